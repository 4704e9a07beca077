"""Figures of a cohort and of an organisation, for organisers, and as a summary for funders.

No figure here is more than `courses.reports` lets be shown, on the screen as on paper.
"""

import csv

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from courses import about_words, measure_words, report_words, reports
from courses.views.board import not_a_formula
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
        "sections": _sections(report),
        "is_large": is_large(request),
    }


def _sections(report):
    """Everything that a report says, in order."""
    measured = measure_words.sections(report.measures) if report.measures else []
    about = about_words.sections(report.about) if report.about else []
    return [*report_words.sections(report), *measured, *about]


# --- The pages ---------------------------------------------------------------------------------


@login_required
@require_safe
def cohort_figures(request, pk):
    """The figures of a cohort."""
    context = _of_cohort(request, pk)
    files = {
        "pdf": pdf_address(reverse("cohort_figures_pdf", args=[pk])),
        "csv": reverse("cohort_figures_csv", args=[pk]),
    }
    return render(request, PAGE, context | files)


@login_required
@require_safe
def cohort_figures_pdf(request, pk):
    """The same for funders: totals only."""
    page = reverse("cohort_figures", args=[pk])
    return as_pdf(request, SHEET, _of_cohort(request, pk), page=page)


@login_required
@require_safe
def cohort_figures_csv(request, pk):
    """The same for a spreadsheet."""
    context = _of_cohort(request, pk)
    return _as_csv(context, context["cohort"].name)


@login_required
@require_safe
def organisation_figures(request, pk):
    """The figures of an organisation."""
    context = _of_organisation(request, pk)
    asked = f"?{urlencode({'year': context['year']})}" if context["year"] else ""
    files = {
        "pdf": pdf_address(reverse("organisation_figures_pdf", args=[pk]) + asked),
        "csv": reverse("organisation_figures_csv", args=[pk]) + asked,
    }
    return render(request, PAGE, context | files)


@login_required
@require_safe
def organisation_figures_pdf(request, pk):
    """The same for funders: totals only."""
    page = reverse("organisation_figures", args=[pk])
    return as_pdf(request, SHEET, _of_organisation(request, pk), page=page)


@login_required
@require_safe
def organisation_figures_csv(request, pk):
    """The same for a spreadsheet."""
    context = _of_organisation(request, pk)
    return _as_csv(context, context["title"])


def _as_csv(context, name):
    """Send the tables of a report, one below the other, as they stand on the page."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(
        True, f"{slugify(name, allow_unicode=True) or 'figures'}.csv"
    )
    writer = csv.writer(response)
    for section in context["sections"]:
        for line in section.lines:
            writer.writerow(map(not_a_formula, line))
    return response
