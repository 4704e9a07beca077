"""The organiser's desk: cohorts, the board of one, and its joining code."""

import csv
from datetime import timedelta
from itertools import chain

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Max, OuterRef, Subquery
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses import board, board_words
from courses.actions import cohorts
from courses.forms.cohorts import CohortDetailsForm, CohortForm, DatesForm, editions
from courses.models import LEADERS, Cohort, Edition, Organisation
from courses.views.scope import keeps_what_was_written

EARLIER_AFTER = timedelta(weeks=8)


# --- Finding -----------------------------------------------------------------------------------


def organised(request, pk):
    """Return the cohort with its edition if this person is its organiser, or answer 404."""
    return get_object_or_404(Cohort.objects.organised_by(request.user).with_edition(), pk=pk)


# --- All cohorts -------------------------------------------------------------------------------


@login_required
@require_safe
def organise(request):
    """Show the cohorts that this person organises or leads."""
    now = timezone.now()
    organisations = list(Organisation.objects.organised_by(request.user))
    seen = list(
        Cohort.objects.seen_by(request.user).annotate(last_at=Max("session_runs__starts_at"))
    )
    if not (
        organisations or seen or request.user.roles.in_force().filter(kind__in=LEADERS).exists()
    ):
        raise Http404
    current = [each for each in seen if each.last_at is None or each.last_at > now - EARLIER_AFTER]
    boards = board.load_all(current, now)
    context = {
        "organises": True,
        "organisations": organisations,
        "current": [
            (each, boards[each.pk].next_run, board_words.sentence(boards[each.pk]))
            for each in current
        ],
        "earlier": [each for each in seen if each.pk not in boards],
    }
    return render(request, "courses/organise/organise.html", context)


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def start(request):
    """Start a cohort: say what, look at the dates, and start it."""
    if not Organisation.objects.organised_by(request.user).exists():
        raise Http404
    form = CohortForm(request.POST or None, organiser=request.user)
    if form.is_valid() and "back" not in request.POST:
        return _look_at_dates(request, form)
    context = {"organises": True, "form": form, "can_start": editions().exists()}
    return render(
        request, "courses/organise/new.html", context, status=422 if form.errors else 200
    )


def _look_at_dates(request, form):
    """Show the days that will come, each of which may be changed; with them the cohort starts."""
    details = form.details
    first, edition = form.cleaned_data["starts_at"], details["edition"]
    starts, skipped = cohorts.planned_starts(details["organisation"], edition, first)
    titles = {
        each.number: f"{each.number}. {each.title}" if each.counted else each.title
        for each in edition.outline.sessions
    }
    days = DatesForm(request.POST, starts=starts, titles=titles)
    if days.is_valid():
        return _started(
            request, **details, first_session_at=first, starts=days.cleaned_data["starts"]
        )
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name in form.fields
        for value in values
    ]
    context = {
        "organises": True,
        "name": details["name"],
        "time": first,
        "form": days,
        "sent": sent,
        "skipped": skipped,
    }
    return render(
        request, "courses/organise/new_dates.html", context, status=422 if days.errors else 200
    )


def _started(request, **details):
    cohort = cohorts.start(**details, by=request.user, at=timezone.now())
    messages.success(
        request,
        _("%(name)s is ready. Now invite people, or share the code.") % {"name": cohort.name},
    )
    return redirect("cohort", cohort.pk)


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def change(request, pk):
    """Change what a group is called, where it meets, and how many can be in it."""
    cohort = organised(request, pk)
    form = CohortDetailsForm(request.POST or None, instance=cohort)
    if form.is_valid():
        try:
            cohorts.change(cohort=cohort, by=request.user, at=timezone.now(), **form.details)
        except cohorts.CannotJoin as too_few:
            form.add_error("capacity", str(too_few))
        else:
            messages.success(request, _("Saved. If the place is new, everybody gets a message."))
            return redirect("cohort", pk)
    if form.errors:
        cohort.refresh_from_db(fields=form.Meta.fields)
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "form": form,
    }
    return render(
        request, "courses/organise/change.html", context, status=422 if form.errors else 200
    )


# --- One cohort --------------------------------------------------------------------------------


@login_required
@require_safe
def cohort(request, pk):
    """Show the board of a cohort."""
    newer = Edition.objects.filter(
        course=OuterRef("edition__course"), number__gt=OuterRef("edition__number")
    ).order_by("-number")
    seen = Cohort.objects.seen_by(request.user)
    seen = seen.annotate(newer=Subquery(newer.values("number")[:1]))
    cohort = get_object_or_404(seen, pk=pk)
    now = timezone.now()
    seen = board.load(cohort, now)
    join = request.build_absolute_uri(reverse("join_cohort", args=[cohort.join_code]))
    sessions = [_session(held, cohort, request.user, now) for held in seen.held]
    due = [each["run"] for each in sessions if each["due"] and each["may_mark"]]
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "board": seen,
        "sentence": board_words.sentence(seen),
        "people": [
            (row, board_words.line(row), cells) for row, cells in board_words.drawn(seen.rows)
        ],
        "calls": [(row, board_words.why(row)) for row in seen.to_call],
        "sessions": sessions,
        "due": due[-1] if due else None,
        "leads": any(_leads(request.user, each.run) for each in seen.held),
        "join_link": join,
        "join_code": _in_fours(cohort.join_code),
    }
    return render(request, "courses/organise/cohort.html", context)


def _session(held, cohort, person, now):
    """What the list of sessions shows of one."""
    run = held.run
    return {
        "run": run,
        "pair": board_words.pair(run),
        "marked": board_words.counts_said(held.counts, held.people) if held.marked else "",
        "due": not run.cancelled_at and held.people > held.marked and run.starts_at <= now,
        "may_mark": not run.cancelled_at and (cohort.organised or _leads(person, run)),
    }


def _leads(person, run):
    return person.pk in (run.facilitator_id, run.co_facilitator_id)


def _in_fours(code):
    """A code as it is read aloud: K7RT 4XWP."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


@login_required
@require_POST
def joining(request, pk):
    """Open or close joining."""
    cohort = organised(request, pk)
    is_open = request.POST.get("open") == "1"
    cohorts.open_joining(cohort=cohort, is_open=is_open)
    messages.success(
        request,
        _("People can join with the code now.")
        if is_open
        else _("The code is closed for now. Everybody who is in stays in."),
    )
    return redirect(reverse("cohort", args=[cohort.pk]) + "#joining")


# --- The board as a file -----------------------------------------------------------------------


@login_required
@require_safe
def as_csv(request, pk):
    """Send the board as a file, piece by piece, so that memory stays flat."""
    cohort = organised(request, pk)
    response = StreamingHttpResponse(
        _csv(cohort, timezone.now()), content_type="text/csv; charset=utf-8"
    )
    name = slugify(cohort.name, allow_unicode=True) or "board"
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.csv")
    return response


def _csv(cohort, now):
    """Yield the file in pieces of 500 people, after the mark by which Excel knows UTF-8."""
    writer = csv.writer(_Passing())
    yield "\ufeff"
    for number, piece in enumerate(board.in_chunks(cohort, now)):
        head = [] if number else [board_words.csv_head(piece)]
        lines = chain(head, board_words.csv_lines(piece))
        yield "".join(writer.writerow(map(_not_a_formula, line)) for line in lines)


class _Passing:
    """A file that hands back what is written to it."""

    def write(self, text):
        return text


def _not_a_formula(cell):
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
