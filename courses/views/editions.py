"""Making a new edition of a course, in the CMS."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.actions import editions, languages
from courses.actions.gathering import next_outline
from courses.affected import part_way
from courses.changes import compare
from courses.models import (
    Cohort,
    CoursePage,
    EditionPage,
    HandoutPage,
    LessonPage,
    QuestionBankPage,
    SessionPage,
    SignOff,
)


@require_http_methods(["GET", "POST"])
def make_edition(request, pk):
    """Show what a new edition will hold and whom it leaves untouched, then make it."""
    course = get_object_or_404(CoursePage, pk=pk)
    if not course.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if not languages.is_source(course):
        raise Http404  # an edition is made of the course as it was first written, with this in it
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
    handouts = HandoutPage.objects.child_of(course).order_by("path")
    latest = course.editions.first()
    context = {
        "course": course,
        "latest": latest,
        "changes": compare(latest.outline, next_outline(course)) if latest else None,
        "part_way": part_way(course),
        "lessons_live": lessons.live().count(),
        "translations_behind": languages.behind(course),
        "lacking": [
            *_what_the_bank_lacks(course, lessons.live()),
            *editions.what_ready_lacks(course, lessons.live(), handouts.live()),
        ],
        "handouts_live": handouts.live().count(),
        "drafts": [*drafts, *lessons.not_live(), *handouts.not_live()],
        "changed": [
            *lessons.live().filter(has_unpublished_changes=True),
            *handouts.live().filter(has_unpublished_changes=True),
        ],
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


def _what_the_bank_lacks(course, lessons):
    bank = QuestionBankPage.objects.child_of(course).live().first()
    return editions.what_the_bank_lacks(lessons, bank)


def tell_what_the_bank_lacks(request, page):
    """After a lesson or the question bank is published: say what does not fit together yet."""
    if isinstance(page, LessonPage):
        course, lessons = page.get_parent().get_parent(), [page]
    elif isinstance(page, QuestionBankPage):
        course = page.get_parent()
        lessons = LessonPage.objects.descendant_of(course).live().order_by("path")
    else:
        return
    for problem in _what_the_bank_lacks(course, lessons):
        messages.warning(request, problem)


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
