"""What the courses app adds to the CMS."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from courses.actions import languages
from courses.cms_home import CourseTree
from courses.models import CoursePage, LessonPage, SessionPage
from courses.views.editions import keep_held_pages, make_edition, tell_what_the_bank_lacks
from courses.views.guides import draft_guide, draft_guide_pdf
from courses.views.scenario_drafts import (
    keep_unsound_drafts,
    lesson_scenarios,
    lessons_among,
    play_draft,
)
from courses.views.session_plan import fill_plan, warn_about_minutes


@hooks.register("register_admin_urls")
def edition_urls():
    return [
        path("courses/<int:pk>/make-edition/", make_edition, name="make_edition"),
        path("sessions/<int:pk>/usual-plan/", fill_plan, name="fill_plan"),
        path("sessions/<int:pk>/guide/", draft_guide, name="draft_guide"),
        path("sessions/<int:pk>/guide/pdf/", draft_guide_pdf, name="draft_guide_pdf"),
    ]


@hooks.register("register_page_header_buttons")
def edition_button(page, user, view_name, next_url=None):
    may_make = isinstance(page, CoursePage) and page.permissions_for_user(user).can_publish()
    if may_make and languages.is_source(page):
        yield Button(
            _("Make a new edition"),
            url=reverse("make_edition", args=[page.pk]),
            icon_name="folder-open-1",
            priority=12,
        )


@hooks.register("register_admin_urls")
def scenario_urls():
    return [
        path("courses/<int:pk>/scenarios/", lesson_scenarios, name="lesson_scenarios"),
        path("courses/<int:pk>/scenarios/<uuid:block>/", play_draft, name="play_draft"),
    ]


@hooks.register("register_page_header_buttons")
def scenarios_button(page, user, view_name, next_url=None):
    if isinstance(page, LessonPage) and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Scenarios"),
            url=reverse("lesson_scenarios", args=[page.pk]),
            icon_name="comment",
            priority=13,
        )


@hooks.register("register_page_header_buttons")
def guide_button(page, user, view_name, next_url=None):
    if isinstance(page, SessionPage) and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Facilitator guide"),
            url=reverse("draft_guide", args=[page.pk]),
            icon_name="doc-full",
            priority=13,
        )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_when_minutes_do_not_add_up(request, page):
    if isinstance(page, SessionPage):
        warn_about_minutes(request, page)


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


@hooks.register("after_publish_page")
def look_at_the_question_bank(request, page):
    tell_what_the_bank_lacks(request, page)


@hooks.register("before_publish_page")
def keep_an_unsound_draft(request, page):
    return keep_unsound_drafts(request, [page]) if isinstance(page, LessonPage) else None


@hooks.register("before_bulk_action")
def keep_unsound_drafts_together(request, action_type, objects, action_class_instance):
    if action_type == "publish" and all(isinstance(each, Page) for each in objects):
        return keep_unsound_drafts(request, lessons_among(request, objects))
    return None
