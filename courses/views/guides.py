"""The facilitator guide: for those who lead a cohort, and for authors of a draft."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses import board_words, guide
from courses.models import Cohort, SessionPage
from courses.views.needs import told_in, without_names
from courses.views.paper import as_pdf, is_large, pdf_address

PAGE = "courses/organise/guide.html"
SHEET = "courses/paper/_guide.html"


def _cohort(request, pk):
    """Return the cohort if this person leads sessions of it or organises it, or answer 404."""
    cohorts = Cohort.objects.seen_by(request.user).with_edition().with_group_agreement()
    return get_object_or_404(cohorts, pk=pk)


def _of_course(request, pk):
    """What the whole guide of a cohort shows."""
    cohort = _cohort(request, pk)
    runs = {
        str(run.session): run
        for run in cohort.session_runs.select_related("facilitator", "co_facilitator")
    }
    outline = cohort.edition.outline
    title = _("Facilitator guide: %(course)s") % {"course": cohort.edition.title}
    return {
        **_around(request, cohort, title),
        "guides": [_led(guide.guide(outline, s, runs.get(s.key))) for s in outline.sessions],
        "is_whole": True,
        "course_title": cohort.edition.title,
    }


def _of_session(request, pk, run_pk):
    """What the guide of one session shows."""
    cohort = _cohort(request, pk)
    runs = cohort.session_runs.select_related("facilitator", "co_facilitator")
    run = get_object_or_404(runs, pk=run_pk)
    outline = cohort.edition.outline
    session = outline.session_by_key(str(run.session))
    title = _("Facilitator guide, session %(number)s: %(title)s") % {
        "number": session.number,
        "title": session.title,
    }
    return {
        **_around(request, cohort, title),
        "guides": [_led(guide.guide(outline, session, run))],
        "run": run,
        "needs": (told := told_in(cohort, request.user)),
        "asked_for": without_names(told),
    }


def _around(request, cohort, title):
    return {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "author": cohort.organisation.name,
        "title": title,
        "is_large": is_large(request),
        "back": reverse("cohort", args=[cohort.pk]),
        "back_to": cohort.name,
    }


def _led(found):
    """A session's guide, with its pair in words."""
    return {
        "plan": found.plan,
        "run": found.run,
        "rows": found.rows,
        "ends": found.ends,
        "handouts": found.handouts,
        "pair": board_words.pair(found.run) if found.run else "",
    }


@login_required
@require_safe
def course_guide(request, pk):
    """The guide to all the sessions of a cohort."""
    context = _of_course(request, pk)
    return render(request, PAGE, context | {"pdf": pdf_address(reverse("guide_pdf", args=[pk]))})


@login_required
@require_safe
def course_guide_pdf(request, pk):
    """The same as PDF."""
    return as_pdf(request, SHEET, _of_course(request, pk), page=reverse("guide", args=[pk]))


@login_required
@require_safe
def session_guide(request, pk, run_pk):
    """The guide to one session, on the clock of its day."""
    pdf = pdf_address(reverse("session_guide_pdf", args=[pk, run_pk]))
    return render(request, PAGE, _of_session(request, pk, run_pk) | {"pdf": pdf})


@login_required
@require_safe
def session_guide_pdf(request, pk, run_pk):
    """The same as PDF."""
    page = reverse("session_guide", args=[pk, run_pk])
    return as_pdf(request, SHEET, _of_session(request, pk, run_pk), page=page)


# --- In the CMS --------------------------------------------------------------------------------


def _of_draft(request, pk):
    """What an author sees of the guide: the newest draft, with the clock from nought."""
    page = get_object_or_404(SessionPage, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    return {
        "guides": [_led(guide.SessionGuide(plan=guide.plan_of_page(draft)))],
        "title": _("Facilitator guide (draft): %(title)s") % {"title": draft.title},
        "author": "",
        "is_large": is_large(request),
        "back": reverse("wagtailadmin_pages:edit", args=[pk]),
        "back_to": _("Back to the editor"),
    }


@require_safe
def draft_guide(request, pk):
    """The guide as it would be if this draft were published."""
    context = _of_draft(request, pk)
    pdf = pdf_address(reverse("draft_guide_pdf", args=[pk]))
    return render(request, PAGE, context | {"pdf": pdf})


@require_safe
def draft_guide_pdf(request, pk):
    """The same as PDF."""
    return as_pdf(request, SHEET, _of_draft(request, pk), page=reverse("draft_guide", args=[pk]))
