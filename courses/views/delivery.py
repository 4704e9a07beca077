"""How a session went: its activities, ticked on a phone, and everything about it on one page."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses import board, board_words, held, held_words
from courses.actions import delivery
from courses.actions.attendance import Cancelled, latest_marks
from courses.forms.delivery import DeliveryForm
from courses.models import ActivityHow
from courses.views.attendance import run_to_mark
from courses.views.scope import keeps_what_was_written


def around(run):
    """What every page about a session as it was held shows around the thing itself."""
    return {
        "organises": True,
        "cohort": run.cohort,
        "organisation": run.cohort.organisation,
        "run": run,
        "pair": board_words.pair(run),
        "cancelled": held_words.CANCELLED if run.cancelled_at else "",
    }


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def activities(request, pk, run_pk):
    """Tick how each activity of a session's plan went."""
    run = run_to_mark(request, pk, run_pk)
    lines = held.lines(run, delivery.latest_activities(run))
    form = DeliveryForm(request.POST or None, lines=lines, initial={"key": uuid.uuid4()})
    if form.is_valid() and _kept(request, run, form):
        return redirect("activities", pk, run_pk)
    if "key" in form.errors:
        messages.warning(request, _("We could not read that. Please save it again."))
    rows = run.activity_marks.select_related("by").order_by("pk")
    context = {
        **around(run),
        "form": form,
        "choices": ActivityHow.choices,
        "log": held_words.activity_log(rows),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "courses/organise/activities.html", context, status=status)


def _kept(request, run, form):
    """Keep what was ticked, and say so; False when the session was cancelled."""
    try:
        delivery.mark_activities(
            session_run=run,
            marks=form.marks,
            key=form.cleaned_data["key"],
            by=request.user,
            at=timezone.now(),
        )
    except Cancelled:
        return False
    how = held_words.activities_said(held.load(run))
    messages.success(request, _("Saved. %(how)s") % {"how": how})
    return True


@login_required
@require_safe
def session_held(request, pk, run_pk):
    """Everything about a session as it was held, for the pair and the organisers."""
    run = run_to_mark(request, pk, run_pk)
    found = held.load(run)
    people = list(run.cohort.enrolments.not_left())
    counts = board.counts(latest_marks(run), people)
    context = {
        **around(run),
        "held": found,
        "went": [
            (line, held_words.went_said(line.went) if line.went else "") for line in found.lines
        ],
        "gone": [(row, held_words.went_said(row)) for row in found.gone],
        "activities_said": held_words.activities_said(found),
        "attendance": board_words.counts_said(counts, len(people)) if counts else "",
        "checked": held_words.checked(found),
        "answered": held_words.answered_said(found.told),
        "spreads": held_words.spreads(found.told),
    }
    return render(request, "courses/organise/session_held.html", context)
