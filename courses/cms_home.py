"""What a peer educator meets first in the CMS: the courses as a tree, each a tap away."""

from wagtail.admin.ui.components import Component

from courses.models import CoursePage, HandoutPage, LessonPage, SessionPage


class CourseTree(Component):
    """Every course this person may edit, with all that stands below it, in five queries."""

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
        ]
        languages = {page.locale_id for page in pages}
        children = {}
        for page in sorted(pages, key=lambda page: page.path):
            children.setdefault(page.path[: -page.steplen], []).append(page)
        return {
            "several_languages": len(languages) > 1,
            "courses": [
                (
                    course,
                    [
                        (below, children.get(below.path, []))
                        for below in children.get(course.path, [])
                        if isinstance(below, SessionPage)
                    ],
                    [
                        below
                        for below in children.get(course.path, [])
                        if isinstance(below, HandoutPage)
                    ],
                )
                for course in pages
                if isinstance(course, CoursePage)
                and course.permissions_for_user(self.user).can_edit()
            ],
        }
