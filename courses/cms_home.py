"""What a peer educator meets first in the CMS: the courses as a tree, each a tap away."""

from wagtail.admin.ui.components import Component

from courses.models import CatalogPage, CoursePage, LessonPage, SessionPage


class CourseTree(Component):
    """Every course this person may edit, with its sessions and lessons, in five queries."""

    name = "course_tree"
    template_name = "courses/cms/_course_tree.html"
    order = 50

    def __init__(self, request):
        self.user = request.user

    def get_context_data(self, parent_context):
        pages = [
            *CoursePage.objects.order_by("path"),
            *SessionPage.objects.order_by("path"),
            *LessonPage.objects.order_by("path"),
        ]
        children = {}
        for page in sorted(pages, key=lambda page: page.path):
            children.setdefault(page.path[: -page.steplen], []).append(page)
        front = CatalogPage.objects.first()
        return {
            "may_import": front and front.permissions_for_user(self.user).can_add_subpage(),
            "courses": [
                (course, [(s, children.get(s.path, [])) for s in children.get(course.path, [])])
                for course in pages
                if isinstance(course, CoursePage)
                and course.permissions_for_user(self.user).can_edit()
            ],
        }
