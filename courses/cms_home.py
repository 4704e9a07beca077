"""What a peer educator meets first in the CMS: what waits for them, and the courses as a tree."""

from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.models import WorkflowState

from courses.models import (
    CatalogPage,
    CoursePage,
    HandoutPage,
    LessonPage,
    QuestionBankPage,
    SessionPage,
)
from courses.models.review import may_read_second

WAGTAILS = (UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel)


class Waiting(Component):
    """What waits for this person: to be read as a second reader, or to be mended."""

    name = "waiting"
    template_name = "courses/cms/_waiting.html"
    order = 40

    def __init__(self, request):
        self.user = request.user

    def get_context_data(self, parent_context):
        states = WorkflowState.objects.active().select_related(
            "requested_by", "current_task_state__finished_by"
        )
        to_read, came_back, asked = [], [], []
        for state in states.order_by("created_at"):
            page = state.content_object
            if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
                if state.requested_by == self.user:
                    came_back.append((page, state))
            elif may_read_second(page, self.user):
                to_read.append((page, state))
            elif state.requested_by == self.user:
                asked.append((page, state))
        return {"to_read": to_read, "came_back": came_back, "asked": asked}


class CourseTree(Component):
    """Every course this person may edit, with all that stands below it, in a few queries."""

    name = "course_tree"
    template_name = "courses/cms/_course_tree.html"
    order = 50

    def __init__(self, request):
        self.user = request.user

    def get_context_data(self, parent_context):
        pages = [
            *CoursePage.objects.filter(alias_of=None).select_related("locale").order_by("path"),
            *SessionPage.objects.filter(alias_of=None).order_by("path"),
            *LessonPage.objects.filter(alias_of=None).order_by("path"),
            *HandoutPage.objects.filter(alias_of=None).order_by("path"),
            *QuestionBankPage.objects.filter(alias_of=None).order_by("path"),
        ]
        languages = {page.locale_id for page in pages}
        # The page that was written first: editions are made of it, and new pages begin there.
        sources = {page.translation_key: page.pk for page in sorted(pages, key=_latest_first)}
        children = {}
        for page in sorted(pages, key=lambda page: page.path):
            children.setdefault(page.path[: -page.steplen], []).append(page)
        front = CatalogPage.objects.first()
        return {
            "several_languages": len(languages) > 1,
            "may_import": front and front.permissions_for_user(self.user).can_add_subpage(),
            "courses": [
                _in_tree(page, page.pk == sources[page.translation_key], children)
                for page in pages
                if isinstance(page, CoursePage) and page.permissions_for_user(self.user).can_edit()
            ],
        }


def _in_tree(course, is_source, children):
    """What the tree shows of a course. `children` are pages by the path of the one above."""
    below = children.get(course.path, [])
    sessions = [page for page in below if isinstance(page, SessionPage)]
    return {
        "course": course,
        "is_source": is_source,
        "sessions": [(session, children.get(session.path, [])) for session in sessions],
        "handouts": [page for page in below if isinstance(page, HandoutPage)],
        "bank": next((page for page in below if isinstance(page, QuestionBankPage)), None),
    }


def _latest_first(page):
    return -page.pk
