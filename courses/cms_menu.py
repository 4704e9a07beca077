"""The buttons of Wagtail's editor in our words: one way to publish, which begins with asking."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    WorkflowMenuItem,
)
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter

from courses.actions.languages import is_source
from courses.actions.review import waiting
from courses.models import CatalogPage, CoursePage, LessonPage, SessionPage
from courses.models.review import WrittenByTwo, may_read_second
from courses.panels import ASK

FOR_WRITERS = {"explorer", "images", "documents", "activities"}
NOT_OURS = (
    CancelWorkflowMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    WorkflowMenuItem,
)


class AskItem(ActionMenuItem):
    """Saves the draft, and goes on to where a second reader is asked."""

    name = ASK
    label = _("Ask a second reader")
    icon_name = "group"

    def is_shown(self, context):
        if context["view"] == "create":
            return context["parent_page"].has_workflow
        return context["view"] == "edit" and not context["lock"] and context["page"].has_workflow


class ReadItem(ActionMenuItem):
    """Leads the second reader to where they read it."""

    name = "read-second"
    label = _("Read it as the second reader")
    icon_name = "glasses"

    def is_shown(self, context):
        page = context.get("page")
        return bool(page and waiting(page) and may_read_second(page, context["request"].user))

    def get_url(self, context):
        return reverse("second_reading", args=[context["page"].pk])


class TakeBackItem(CancelWorkflowMenuItem):
    label = _("Take it back, to change it")
    icon_name = "undo"

    def is_shown(self, context):
        page = context.get("page")
        return bool(page and waiting(page) and super().is_shown(context))


def our_items(items, request, context):
    """Put our ways of publishing in place of Wagtail's; `items` is changed where it stands."""
    ours = [item for item in (ReadItem(), AskItem(), TakeBackItem()) if item.is_shown(context)]
    items[:] = [*ours, *(item for item in items if not isinstance(item, NOT_OURS))]


def header_buttons(page, user):
    """Yield the buttons above a page of a course, for those who may write on it."""
    if not isinstance(page, WrittenByTwo) or not page.permissions_for_user(user).can_edit():
        return
    if isinstance(page, LessonPage):
        yield Button(
            _("Try it as a trainee"),
            url=reverse("try_lesson", args=[page.pk]),
            icon_name="mobile-alt",
            priority=10,
        )
        yield Button(
            _("Scenarios"),
            url=reverse("lesson_scenarios", args=[page.pk]),
            icon_name="comment",
            priority=13,
        )
    if isinstance(page, SessionPage):
        yield Button(
            _("Facilitator guide"),
            url=reverse("draft_guide", args=[page.pk]),
            icon_name="doc-full",
            priority=13,
        )
    if isinstance(page, CoursePage) and is_source(page):
        yield Button(
            _("Make a new edition"),
            url=reverse("make_edition", args=[page.pk]),
            icon_name="folder-open-1",
            priority=12,
        )
    yield Button(
        _("Before it is published"),
        url=reverse("before_publishing", args=[page.pk]),
        icon_name="glasses",
        priority=11,
    )


def bundle_buttons(page, user):
    """Yield the buttons to take a course along and to bring one in, for those who may."""
    may = page.permissions_for_user(user)
    if isinstance(page, CoursePage) and is_source(page) and may.can_edit():
        there = reverse("export_course", args=[page.pk])
        yield Button(_("Export this course"), url=there, icon_name="download", priority=13)
    if isinstance(page, CatalogPage) and is_source(page) and may.can_add_subpage():
        there = reverse("import_course")
        yield Button(_("Import a course"), url=there, icon_name="upload", priority=13)


def activities():
    """Return the way to the activities, which stands below Wagtail's own media."""
    return MenuItem(
        _("Activities"),
        reverse("activities"),
        name="activities",
        icon_name="tasks",
        order=450,
    )


class WhereActivitiesAre(ModelAdminURLFinder):
    """Leads from an activity in a lesson to its own page, which every writer may see."""

    edit_url_name = "activity"

    def get_edit_url(self, instance):
        return self.construct_edit_url(instance)


class PublishedAlone(LogFormatter):
    """How a page's history tells that it was published without a second reader, and why."""

    label = _("Publish without a second reader")

    def format_message(self, log_entry):
        return gettext("Published without a second reader. Why: %(why)s") % log_entry.data
