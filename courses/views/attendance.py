"""The attendance sheet: who took part in a session. And how one person made a session up.

The sheet is answered as a page, or in JSON to the script that keeps marks on the phone until
they have arrived.
"""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses import board, board_words, held_words
from courses.actions.attendance import Cancelled, Mark, mark_attendance, marks_of
from courses.forms.attendance import COMMON, OTHERS, AttendanceForm, CatchUpForm
from courses.models import AttendanceMark, Enrolment, MeetingWay, SessionRun
from courses.views.needs import told_in
from courses.views.scope import keeps_what_was_written, sign_in_first


def run_to_mark(request, pk, run_pk):
    """Return a session that this person organises or leads, or answer 404."""
    runs = SessionRun.objects.marked_by(request.user).select_related(
        "cohort__organisation", "facilitator", "co_facilitator"
    )
    return get_object_or_404(runs, cohort=pk, pk=run_pk)


# --- The sheet ---------------------------------------------------------------------------------


def for_scripts_as_well(view):
    """Tell a script in JSON when nobody, or somebody else, is signed in. Others go on."""

    def wrapped(request, pk, run_pk):
        if not _is_script(request):
            return keeps_what_was_written(view)(request, pk, run_pk)
        if not request.user.is_authenticated:
            why = _("You are signed out. Sign in, and your marks are sent.")
            here = reverse("attendance", args=[pk, run_pk])
            return sign_in_first(request, why, otherwise=here)
        if request.POST.get("person") != str(request.user.pk):
            why = _("Somebody else is signed in here now. These marks wait for who made them.")
            return JsonResponse({"why": why}, status=403)
        return view(request, pk, run_pk)

    return wrapped


def _is_script(request):
    return request.method == "POST" and request.headers.get("Accept") == "application/json"


@never_cache
@require_http_methods(["GET", "POST"])
@for_scripts_as_well
def attendance(request, pk, run_pk):
    """Show the sheet, and keep what was marked on it."""
    run = run_to_mark(request, pk, run_pk)
    # Whoever is in the group as well is marked by somebody else.
    others = run.cohort.enrolments.not_left().exclude(trainee=request.user)
    people = board.in_order(others.select_related("trainee"))
    rows = list(marks_of(run))
    form = AttendanceForm(request.POST or None, people=people, rows=rows)
    if run.cancelled_at and request.method == "POST":
        return _refused(request, _sheet(request, run, form, rows), held_words.CANCELLED)
    if not form.is_valid():
        if _is_script(request):
            return _refused(request, {}, _first_problem(form))
        status = 422 if form.errors else 200
        return _page(request, _sheet(request, run, form, rows), status)
    try:
        marked = mark_attendance(
            session_run=run,
            marks=form.marks,
            seen=form.seen,
            key=form.sheet_key,
            by=request.user,
            at=timezone.now(),
        )
    except Cancelled:  # while this was on its way
        return _refused(request, _sheet(request, run, form, rows), held_words.CANCELLED)
    return _kept(request, run, people, form, marked)


def _kept(request, run, people, form, marked):
    """Say what was kept, and ask again about what somebody else has marked since."""
    rows = list(marks_of(run))
    names = {each.pk: each.trainee.name for each in people}
    disputed = {
        pk: (form.marks[pk], held_words.disputed(row, names[pk], form.marks[pk]))
        for pk, row in marked.disputed.items()
    }
    after = AttendanceForm(people=people, rows=rows, disputed=disputed)
    latest = {pk: row.mark for pk, row in after.latest.items()}
    said = _said(board.counts(latest, people), len(people))
    completed = _completed(marked.milestones) if marked.milestones else ""
    if _is_script(request):
        return JsonResponse(_for_the_script(after, said, completed))
    for each in (said, completed):
        if each:
            messages.success(request, each)
    if disputed:
        return _page(request, _sheet(request, run, after, rows), 409)
    return redirect("attendance", run.cohort_id, run.pk)


def _for_the_script(form, said, completed):
    return {
        "said": said,
        "completed": completed,
        "unmarked": form.has_unmarked,
        "lines": {pk: {"was": row.pk, **vars(Mark.of(row))} for pk, row in form.latest.items()},
        "disputed": {pk: why for pk, (_mark, why) in form.disputed.items()},
    }


def _refused(request, context, why):
    if _is_script(request):
        return JsonResponse({"why": str(why)}, status=422)
    return _page(request, context, 422)


def _first_problem(form):
    return next(iter(form.errors.values()))[0]


def _sheet(request, run, form, rows):
    latest = {pk: row.mark for pk, row in form.latest.items()}
    return {
        "organises": True,
        "cohort": run.cohort,
        "organisation": run.cohort.organisation,
        "run": run,
        "pair": board_words.pair(run),
        "is_to_come": run.starts_at > timezone.now(),
        "cancelled": held_words.CANCELLED if run.cancelled_at else "",
        "form": form,
        "common": [(mark, mark.label) for mark in COMMON],
        "others": [(mark, mark.label) for mark in OTHERS],
        "ways": MeetingWay.choices,
        "log": held_words.attendance_log(rows),
        "needs": told_in(run.cohort, request.user),
        "marked": board_words.counts_said(board.counts(latest, form.people), len(form.people))
        if latest
        else "",
    }


def _page(request, context, status):
    return render(request, "courses/organise/attendance.html", context, status=status)


def _said(counts, people):
    return _("Saved. %(counts)s.") % {"counts": board_words.counts_said(counts, people)}


def _completed(milestones):
    names = [milestone.enrolment.trainee.name for milestone in milestones]
    return ngettext(
        "%(names)s has just completed the course.",
        "%(names)s have just completed the course.",
        len(names),
    ) % {"names": board_words.and_list(names, most=len(names))}


# --- Catching up -------------------------------------------------------------------------------


def _missed(enrolment, runs):
    """Return [(SessionRun, latest Attendance or None)] of what somebody was not at."""
    rows = enrolment.attendances.order_by("pk").select_related("marked_by")
    latest = {row.session_run_id: row for row in rows}
    return [
        (run, latest.get(run.pk))
        for run in runs
        if run.pk not in latest or latest[run.pk].mark in ("absent", "excused")
    ]


@login_required
@require_safe
def catch_ups(request, pk, enrolment_pk):
    """Which sessions somebody could make up, for who organises or leads these sessions."""
    runs = SessionRun.objects.marked_by(request.user).filter(cohort=pk, counted=True)
    runs = list(runs.filter(cancelled_at=None).select_related("cohort__organisation"))
    enrolment = get_object_or_404(
        Enrolment.objects.with_cohort().select_related("trainee"),
        cohort__in={run.cohort_id for run in runs},
        pk=enrolment_pk,
        left_at=None,
    )
    held = [run for run in runs if run.starts_at <= timezone.now()]
    context = {
        **_around(enrolment),
        "missed": [
            (run, row, _is_needed_for_ready(enrolment, run))
            for run, row in _missed(enrolment, held)
        ],
    }
    return render(request, "courses/organise/catch_ups.html", context)


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def catch_up(request, pk, enrolment_pk, run_pk):
    """Write down how somebody made up a session that they were not at."""
    run = run_to_mark(request, pk, run_pk)
    people = Enrolment.objects.with_cohort().select_related("trainee")
    enrolment = get_object_or_404(people, cohort=pk, pk=enrolment_pk, left_at=None)
    if not run.counted or run.cancelled_at:
        raise Http404
    form = CatchUpForm(request.POST or None, initial={"key": uuid.uuid4()})
    if form.is_valid():
        made_up = Mark(
            AttendanceMark.MADE_UP, form.cleaned_data["way"], form.cleaned_data["reason"]
        )
        marked = mark_attendance(
            session_run=run,
            marks={enrolment.pk: made_up},
            key=form.cleaned_data["key"],
            by=request.user,
            at=timezone.now(),
        )
        said = _("Saved. %(name)s has made up session %(number)s.")
        messages.success(request, said % {"name": enrolment.trainee.name, "number": run.number})
        if marked.milestones:
            messages.success(request, _completed(marked.milestones))
        return redirect("catch_ups", pk, enrolment_pk)
    if "key" in form.errors:
        messages.warning(request, _("We could not read that. Please save it again."))
    context = {
        **_around(enrolment),
        "run": run,
        "log": held_words.attendance_log(marks_of(run).filter(enrolment=enrolment)),
        "needed_for_ready": _is_needed_for_ready(enrolment, run),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "courses/organise/catch_up.html", context, status=status)


def _around(enrolment):
    return {
        "organises": True,
        "cohort": enrolment.cohort,
        "organisation": enrolment.cohort.organisation,
        "enrolment": enrolment,
        "person": enrolment.trainee,
    }


def _is_needed_for_ready(enrolment, run):
    session = enrolment.cohort.edition.outline.session_by_key(str(run.session))
    return bool(session and session.needed_for_ready)
