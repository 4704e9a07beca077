"""What the courses app adds to the CMS."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from content.models import CourseDocument, Picture
from courses.cms_files import held_documents, held_pictures
from courses.cms_home import CourseTree
from courses.models import CoursePage
from courses.views.editions import keep_held_pages, make_edition

# For exactly these: Wagtail registers a rule of its own for them, before or after.
register_permission_policy(CourseDocument, held_documents, exact_class=True)
register_permission_policy(Picture, held_pictures, exact_class=True)


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


@hooks.register("before_delete_page")
def keep_a_held_page(request, page):
    return keep_held_pages(request, [page])


@hooks.register("before_bulk_action")
def keep_held_pages_together(request, action_type, objects, action_class_instance):
    if action_type == "delete" and all(isinstance(each, Page) for each in objects):
        return keep_held_pages(request, objects)
    return None
