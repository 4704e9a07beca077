"""A session's plan in the CMS: told when its minutes do not add up, filled in when it is empty."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.blocks import usual_plan
from courses.models import SessionPage

SAID = "courses/cms/_minutes_said.html"


def warn_about_minutes(request, session):
    """Say with numbers that a saved plan does not fill its session. It is saved all the same.

    The editor also saves by itself while people write; then only the panel beside them says so.
    """
    if session.plan and not session.timing.fits and request.accepts("text/html"):
        said = " ".join(render_to_string(SAID, {"timing": session.timing}).split())
        messages.warning(
            request, _("%(title)s: %(said)s") % {"title": session.title, "said": said}
        )


@require_http_methods(["GET", "POST"])
def fill_plan(request, pk):
    """Offer the usual plan to a session that has none yet, and put it into its draft."""
    page = get_object_or_404(SessionPage, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    there = reverse("wagtailadmin_pages:edit", args=[pk])
    draft = page.get_latest_revision_as_object()
    if draft.plan:
        messages.info(request, _("This session has a plan already, so we left it as it is."))
        return redirect(there)
    draft.plan = usual_plan(draft.number, draft.minutes)
    if request.method == "POST":
        draft.save_revision(user=request.user, log_action=True)
        messages.success(
            request, _("The usual plan is in your draft. Change whatever you like in it.")
        )
        return redirect(there)
    context = {
        "session": draft,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": there, "label": draft.get_admin_display_title()},
            {"url": "", "label": _("The usual plan")},
        ],
        "header_title": _("The usual plan"),
        "back": there,
    }
    return TemplateResponse(request, "courses/cms/fill_plan.html", context)
