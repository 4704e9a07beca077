"""What the content app adds to the CMS."""

from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from content.views import h5p_editing
from content.views.h5p_chooser import chooser
from content.views.h5p_screens import may_add


@hooks.register("register_admin_viewset")
def activities_to_choose():
    return chooser


@hooks.register("register_admin_urls")
def writing_urls():
    return [
        path("activities/make/", h5p_editing.make_activity, name="make_activity"),
        path("activities/make/<int:pk>/", h5p_editing.begin_activity, name="begin_activity"),
        path("activities/<int:pk>/edit/", h5p_editing.edit_activity, name="edit_activity"),
    ]


@hooks.register("activity_buttons")
def ways_to_write(package, person):
    """Beside the ways to bring a file: to write an activity, or in one, here."""
    if not may_add(person):
        return []
    if package is None:
        return [Button(_("Make an activity"), url=reverse("make_activity"), icon_name="plus")]
    there = reverse("edit_activity", args=[package.pk])
    return [Button(_("Edit what is in it"), url=there, icon_name="edit")]
