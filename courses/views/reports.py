"""Figures of a cohort and of an organisation, for organisers, and as a summary for funders.

No figure here is more than `courses.reports` lets be shown, on the screen as on paper.
"""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from courses import report_words, reports
from courses.views.paper import as_pdf, is_large, pdf_address
from courses.views.scope import organised_cohort, organised_place

PAGE = "courses/organise/figures.html"
SHEET = "courses/paper/_figures.html"


def _of_cohort(request, pk):
    """What the figures of a cohort show, to its organiser."""
    cohort = organised_cohort(request, pk)
    now = timezone.now()
    report = reports.of_cohort(cohort, now)
    title = _("%(cohort)s in figures") % {"cohort": cohort.name}
    about = _("Course: %(course)s.") % {"course": cohort.edition.title}
    return _around(request, cohort.organisation, report, title, about, now) | {
        "cohort": cohort,
        "back": reverse("cohort", args=[pk]),
        "back_to": cohort.name,
    }


def _of_organisation(request, pk):
    """What the figures of an organisation show, of the year that is asked for."""
    organisation = organised_place(request, pk)
    asked = request.GET.get("year", "")
    now = timezone.now()
    found = reports.of_organisation(organisation, now, int(asked) if asked.isdecimal() else None)
    names = {"name": organisation.name, "year": found.year}
    title = _("%(name)s in %(year)s") if found.year else _("%(name)s in figures")
    count = found.report.cohorts
    about = ngettext("%(n)s group.", "%(n)s groups together.", count) % {"n": count}
    return _around(request, organisation, found.report, title % names, about, now) | {
        "years": found.years,
        "year": found.year,
        "names": report_words.NAMES.values(),
        "cohorts": [
            (cohort, [report_words.number_of(each, name) for name in report_words.NAMES])
            for cohort, each in found.cohorts
        ],
        "back": reverse("organise"),
        "back_to": _("Your cohorts"),
    }


def _around(request, organisation, report, title, about, now):
    return {
        "organises": True,
        "organisation": organisation,
        "author": organisation.name,
        "title": title,
        "about": about,
        "now": now,
        "lead": report_words.lead(report),
        "hidden_note": report_words.hidden_note(report),
        "sections": report_words.sections(report),
        "is_large": is_large(request),
    }


@login_required
@require_safe
def cohort_figures(request, pk):
    """The figures of a cohort."""
    context = _of_cohort(request, pk)
    return render(
        request, PAGE, context | {"pdf": pdf_address(reverse("cohort_figures_pdf", args=[pk]))}
    )


@login_required
@require_safe
def cohort_figures_pdf(request, pk):
    """The same for funders: totals only."""
    page = reverse("cohort_figures", args=[pk])
    return as_pdf(request, SHEET, _of_cohort(request, pk), page=page)


@login_required
@require_safe
def organisation_figures(request, pk):
    """The figures of an organisation."""
    context = _of_organisation(request, pk)
    address = reverse("organisation_figures_pdf", args=[pk])
    if context["year"]:
        address += f"?year={context['year']}"
    return render(request, PAGE, context | {"pdf": pdf_address(address)})


@login_required
@require_safe
def organisation_figures_pdf(request, pk):
    """The same for funders: totals only."""
    page = reverse("organisation_figures", args=[pk])
    return as_pdf(request, SHEET, _of_organisation(request, pk), page=page)
