"""Handouts to print: for trainees those that are for everyone, for those who lead all of them."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from courses import handouts
from courses.models import Cohort
from courses.views.paper import as_pdf, is_large, pdf_address
from courses.views.scope import frame, in_its_words, own_enrolment

SHEET = "courses/paper/_handout.html"


def _shown(request, cohort, handout):
    """What a handout's page and its PDF show."""
    if handout is None:
        raise Http404
    sheet = handouts.sheet_of(handout.revision)
    return {
        **in_its_words(cohort.edition, handout),
        "handout": handout,
        "title": sheet.title,
        "summary": sheet.summary,
        "drawn": mark_safe(sheet.html),  # noqa: S308 - drawn by our templates, which escape
        "author": cohort.organisation.name,
        "cohort": cohort,
        "is_large": is_large(request),
    }


# --- Trainees ----------------------------------------------------------------------------------


def _own(request, pk, slug):
    enrolment = own_enrolment(request, pk)
    for_everyone = enrolment.cohort.edition.outline.handouts_for_everyone
    shown = _shown(request, enrolment.cohort, handouts.found(for_everyone, slug))
    return {**frame(enrolment), **shown}


@require_safe
@login_required
def handout(request, pk, handout):
    """A handout, to read and to print."""
    context = _own(request, pk, handout)
    context["pdf"] = pdf_address(reverse("handout_pdf", args=[pk, handout]))
    return render(request, "courses/learning/handout.html", context)


@require_safe
@login_required
def handout_pdf(request, pk, handout):
    """The same as PDF."""
    page = reverse("handout", args=[pk, handout])
    return as_pdf(request, SHEET, _own(request, pk, handout), page=page)


# --- Those who lead ----------------------------------------------------------------------------


def _led_cohort(request, pk):
    return get_object_or_404(Cohort.objects.seen_by(request.user).with_edition(), pk=pk)


def _led(request, pk, slug):
    cohort = _led_cohort(request, pk)
    shown = _shown(request, cohort, handouts.found(cohort.edition.outline.handouts, slug))
    return {"organises": True, "organisation": cohort.organisation, **shown}


@login_required
@require_safe
def cohort_handouts(request, pk):
    """All the handouts of a cohort's edition."""
    cohort = _led_cohort(request, pk)
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "edition": cohort.edition,
        "handouts": cohort.edition.outline.handouts,
    }
    return render(request, "courses/organise/handouts.html", context)


@login_required
@require_safe
def cohort_handout(request, pk, handout):
    """A handout, to read and to print."""
    context = _led(request, pk, handout)
    context["pdf"] = pdf_address(reverse("cohort_handout_pdf", args=[pk, handout]))
    return render(request, "courses/organise/handout.html", context)


@login_required
@require_safe
def cohort_handout_pdf(request, pk, handout):
    """The same as PDF."""
    page = reverse("cohort_handout", args=[pk, handout])
    return as_pdf(request, SHEET, _led(request, pk, handout), page=page)
