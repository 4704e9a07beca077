"""Beginning a lesson: an empty one, from a kit, or as a copy of one that is there."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from content.kits import kits
from courses.actions.kits import copy_lesson, start_from_kit
from courses.models import CoursePage, LessonPage, SessionPage
from courses.views.review import screen


@require_GET
def how_to_write(request):
    """Tell somebody who never wrote one how a lesson comes about."""
    title = _("How to write a lesson")
    way_here = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": "", "label": title},
    ]
    context = {"header_title": title, "breadcrumbs_items": way_here}
    return TemplateResponse(request, "courses/cms/how_to_write.html", context)


@require_http_methods(["GET", "POST"])
def begin_lesson(request, pk):
    """Offer ways to begin a lesson in this session, and begin it."""
    session = get_object_or_404(SessionPage, pk=pk)
    if not session.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    lessons = _lessons_to_copy(request.user)
    if request.method == "POST":
        lesson = _begun(request, session, lessons)
        messages.success(
            request, _("Your draft is ready. Replace its words with your own; it is kept.")
        )
        return redirect("wagtailadmin_pages:edit", lesson.pk)
    return screen(
        request,
        session,
        "begin_lesson",
        _("Begin a lesson"),
        kits=kits(session.locale.language_code),
        lessons=lessons,
        copying=request.GET.get("copy", ""),
    )


def _begun(request, session, lessons):
    offered = kits(session.locale.language_code)
    kit = next((kit for kit in offered if kit.slug == request.POST.get("kit")), None)
    if kit:
        return start_from_kit(session=session, kit=kit, by=request.user)
    for lesson in lessons:
        if str(lesson.pk) == request.POST.get("copy"):
            return copy_lesson(lesson=lesson, session=session, by=request.user)
    raise Http404


def _lessons_to_copy(person):
    """Every lesson of the courses that this person may write on, in their order."""
    courses = [
        course
        for course in CoursePage.objects.order_by("path")
        if course.permissions_for_user(person).can_edit()
    ]
    return [
        lesson
        for course in courses
        for lesson in LessonPage.objects.descendant_of(course).order_by("path")
    ]


def copy_our_way(request, page):
    """Answer a wish to copy a page with Wagtail's own screen: a lesson is copied with ours.

    Returns None for what Wagtail may copy.
    """
    if isinstance(page.specific, LessonPage):
        return redirect(_begin_at(page))
    if request.POST.get("alias"):
        messages.warning(
            request,
            _("A part of a course cannot be shown in two places. Copy it without that tick."),
        )
        return redirect("wagtailadmin_pages:copy", page.pk)
    return None


def _begin_at(lesson):
    return f"{reverse('begin_lesson', args=[lesson.get_parent().pk])}?copy={lesson.pk}"
