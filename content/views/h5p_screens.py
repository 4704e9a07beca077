"""What all screens about activities at the author's desk share: who may add one, the way back.

Everybody who writes sees activities and takes them out as files. Adding and changing them needs a
permission of its own, “add activity”, as what is in a file was written by strangers.
"""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from content.models import H5PPackage


def may_add(person):
    """Whether this person may upload activities, change them and make new ones."""
    return policy_registry.get_by_type(H5PPackage).user_has_permission(person, "add")


def only_who_may_add(request):
    if not may_add(request.user):
        raise PermissionDenied


def screen(request, template, title="", package=None, status=200, **context):
    """Draw one of our screens, with the way back: to the activity it is about, or to all of them.

    Without a title it is the last of these itself.
    """
    way = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("activities"), "label": _("Activities")},
    ]
    if package:
        way.append({"url": reverse("activity", args=[package.pk]), "label": package.title})
    if title:
        way.append({"url": "", "label": title})
    context |= {
        "package": package,
        "may_add": may_add(request.user),
        "back": way[-2]["url"],
        "header_title": way[-1]["label"],
        "breadcrumbs_items": way,
    }
    return TemplateResponse(request, template, context, status=status)
