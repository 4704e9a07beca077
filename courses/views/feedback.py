"""How a session was for those who came: said without a name, and the code that leads there."""

from datetime import timedelta

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from courses import held, held_words
from courses.actions import feedback
from courses.actions.attendance import Cancelled
from courses.forms.feedback import FeedbackForm
from courses.models import AttendanceMark, Enrolment, FeedbackGiven
from courses.views.attendance import run_to_mark
from courses.views.delivery import around
from courses.views.scope import frame, keeps_what_was_written, own_enrolment

WAS_NOT_THERE = (AttendanceMark.ABSENT, AttendanceMark.EXCUSED, AttendanceMark.MADE_UP)
ASKED_FOR = timedelta(days=14)


# --- For trainees ------------------------------------------------------------------------------


def _has_begun(run, now):
    return run.starts_at <= now and run.cancelled_at is None


def to_say(enrolment, runs, marks, now):
    """Return the newest session that somebody was at and can still say something about, or None.

    `marks` is {session run id: their latest mark}. While nobody has marked them, they may have
    been there.
    """
    recent = [
        run
        for run in runs
        if run.counted
        and _has_begun(run, now)
        and run.starts_at > now - ASKED_FOR
        and marks.get(run.pk) not in WAS_NOT_THERE
    ]
    newest = max(recent, key=lambda run: run.starts_at, default=None)
    if newest is None or _has_said(enrolment, newest):
        return None
    return newest


def _has_said(enrolment, run):
    return FeedbackGiven.objects.filter(session_run=run, enrolment=enrolment).exists()


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def how_it_was(request, pk, run):
    """Ask a trainee how a session was for them, and keep it without their name."""
    enrolment = own_enrolment(request, pk)
    found = get_object_or_404(enrolment.cohort.session_runs, pk=run)
    marks = enrolment.attendances.filter(session_run=found).order_by("pk")
    mark = marks.values_list("mark", flat=True).last()
    form = FeedbackForm(request.POST or None)
    can_say = _has_begun(found, timezone.now()) and mark not in WAS_NOT_THERE
    if can_say and form.is_valid() and _given(enrolment, found, form):
        messages.success(request, _("Thank you. It is kept without your name."))
        return redirect("how_it_was", pk, run)
    context = {
        **frame(enrolment),
        "run": found,
        "form": form,
        "has_said": _has_said(enrolment, found),
        "can_say": can_say,
        "small_number": enrolment.cohort.organisation.small_number,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "courses/learning/how_it_was.html", context, status=status)


def _given(enrolment, run, form):
    """Keep it. True as well when it was said before: what came first counts."""
    try:
        feedback.give(session_run=run, enrolment=enrolment, numbers=form.cleaned_data)
    except Cancelled:
        return False
    return True


@require_GET
@login_required
def feedback_door(request, run):
    """The address that a group is shown: it leads each of them to a page of their own."""
    own = Enrolment.objects.of(request.user).filter(cohort__session_runs=run).first()
    if own is None:
        raise Http404
    return redirect("how_it_was", own.pk, run)


# --- For those who lead --------------------------------------------------------------------------


@login_required
@require_safe
def feedback_code(request, pk, run_pk):
    """The code to hold up at the end of a session."""
    run = run_to_mark(request, pk, run_pk)
    link = request.build_absolute_uri(reverse("feedback_door", args=[run.pk]))
    context = {
        **around(run),
        "link": link,
        "qr": segno.make_qr(link, error="m").svg_data_uri(scale=8, border=4, light="#ffffff"),
        "answered": held_words.answered_said(held.told(run)),
        "small_number": run.cohort.organisation.small_number,
    }
    return render(request, "courses/organise/feedback_code.html", context)
