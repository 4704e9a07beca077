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
from courses.models import CatalogPage, CoursePage
from courses.views import bundles
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


@hooks.register("register_admin_urls")
def bundle_urls():
    return [
        path("courses/<int:pk>/export/", bundles.export_course, name="export_course"),
        path("courses/<int:pk>/export/zip/", bundles.exported_course, name="exported_course"),
        path("courses/import/", bundles.import_course, name="import_course"),
        path("courses/import/look/", bundles.look_at_course, name="look_at_course"),
        path("courses/import/leave/", bundles.leave_course, name="leave_course"),
    ]


@hooks.register("register_page_header_buttons")
def bundle_buttons(page, user, view_name, next_url=None):
    may = page.permissions_for_user(user)
    if isinstance(page, CoursePage) and may.can_edit():
        there = reverse("export_course", args=[page.pk])
        yield Button(_("Export this course"), url=there, icon_name="download", priority=13)
    if isinstance(page, CatalogPage) and may.can_add_subpage():
        there = reverse("import_course")
        yield Button(_("Import a course"), url=there, icon_name="upload", priority=13)


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
