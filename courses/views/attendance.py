"""The attendance sheet: who took part in a session."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses import board, board_words
from courses.actions.attendance import latest_marks, mark_attendance
from courses.forms.attendance import AttendanceForm
from courses.models import AttendanceMark, SessionRun
from courses.views.scope import keeps_what_was_written


@never_cache
@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def attendance(request, pk, run_pk):
    """Show the sheet, and keep what was marked on it."""
    run = get_object_or_404(
        SessionRun.objects.marked_by(request.user).select_related(
            "cohort__organisation", "facilitator", "co_facilitator"
        ),
        cohort=pk,
        pk=run_pk,
    )
    people = board.in_order(run.cohort.enrolments.filter(left_at=None).select_related("trainee"))
    latest = latest_marks(run)
    form = AttendanceForm(request.POST or None, people=people, latest=latest)
    if form.is_valid():
        marked = mark_attendance(
            session_run=run,
            marks=form.marks,
            key=form.sheet_key,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _said(board.counts(latest_marks(run), people), len(people)))
        if marked.milestones:
            messages.success(request, _completed(marked.milestones))
        return redirect("attendance", pk, run_pk)
    context = {
        "organises": True,
        "cohort": run.cohort,
        "organisation": run.cohort.organisation,
        "run": run,
        "pair": board_words.pair(run),
        "is_to_come": run.starts_at > timezone.now(),
        "form": form,
        "choices": AttendanceMark.choices,
        "marked": board_words.counts_said(board.counts(latest, people), len(people))
        if latest
        else "",
    }
    return render(
        request, "courses/organise/attendance.html", context, status=422 if form.errors else 200
    )


def _said(counts, people):
    return _("Saved. %(counts)s.") % {"counts": board_words.counts_said(counts, people)}


def _completed(milestones):
    names = [milestone.enrolment.trainee.name for milestone in milestones]
    return ngettext(
        "%(names)s has just completed the course.",
        "%(names)s have just completed the course.",
        len(names),
    ) % {"names": board_words.and_list(names, most=len(names))}
