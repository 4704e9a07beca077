"""Making a new edition of a course, in the CMS."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.actions import editions
from courses.affected import part_way
from courses.changes import compare
from courses.models import Cohort, CoursePage, EditionPage, LessonPage, SessionPage, SignOff


@require_http_methods(["GET", "POST"])
def make_edition(request, pk):
    """Show what a new edition will hold and whom it leaves untouched, then make it."""
    course = get_object_or_404(CoursePage, pk=pk)
    if not course.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    there = reverse("wagtailadmin_pages:edit", args=[pk])
    if request.method == "POST":
        try:
            edition = editions.make_edition(course=course, by=request.user, at=timezone.now())
        except editions.NotReady as why:
            messages.warning(request, str(why))
        else:
            messages.success(
                request,
                _("Edition %(number)s is made. New groups can follow it.")
                % {"number": edition.number},
            )
        return redirect(there)
    drafts = list(SessionPage.objects.child_of(course).not_live().order_by("path"))
    lessons = LessonPage.objects.descendant_of(course).order_by("path")
    for session in drafts:
        lessons = lessons.not_descendant_of(session)  # they stay out with their session
    latest = course.editions.first()
    context = {
        "course": course,
        "latest": latest,
        "changes": compare(latest.outline, editions.next_outline(course)) if latest else None,
        "part_way": part_way(course),
        "lessons_live": lessons.live().count(),
        "drafts": [*drafts, *lessons.not_live()],
        "lessons_changed": list(lessons.live().filter(has_unpublished_changes=True)),
        "groups_running": Cohort.objects.filter(edition__course=course).count(),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": there, "label": course.get_admin_display_title()},
            {"url": "", "label": _("Make a new edition")},
        ],
        "header_title": _("Make a new edition"),
        "back": there,
    }
    return TemplateResponse(request, "courses/cms/make_edition.html", context)


def keep_held_pages(request, pages):
    """Answer a wish to delete pages that an edition holds: say why they stay, and what to do.

    Returns None when nothing holds them.
    """
    for page in pages:
        held = EditionPage.objects.filter(page__path__startswith=page.path)
        signed = SignOff.objects.filter(page__path__startswith=page.path)
        if not held.exists() and signed.exists():
            messages.warning(
                request,
                _("“%(title)s” is kept, as somebody signed it off. Unpublish it instead.")
                % {"title": page.title},
            )
            return redirect("wagtailadmin_explore", page.get_parent().pk)
        if held.exists():
            messages.warning(
                request,
                _(
                    "“%(title)s” is part of an edition that groups follow, so it is kept. "
                    "Unpublish it instead: then new editions leave it out."
                )
                % {"title": page.title},
            )
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
