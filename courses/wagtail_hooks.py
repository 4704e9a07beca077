"""What the courses app adds to the CMS."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from courses.cms_home import CourseTree
from courses.models import CoursePage
from courses.views.editions import make_edition


@hooks.register("register_admin_urls")
def edition_urls():
    return [path("courses/<int:pk>/make-edition/", make_edition, name="make_edition")]


@hooks.register("register_page_header_buttons")
def edition_button(page, user, view_name, next_url=None):
    if isinstance(page, CoursePage) and page.permissions_for_user(user).can_publish():
        yield Button(
            _("Make a new edition"),
            url=reverse("make_edition", args=[page.pk]),
            icon_name="folder-open-1",
            priority=12,
        )


@hooks.register("construct_homepage_panels")
def course_tree(request, panels):
    panels.append(CourseTree(request))
