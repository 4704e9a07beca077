"""A session as a group plans it: changed, cancelled, on again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses import board_words
from courses.actions import sessions
from courses.forms.sessions import CancelForm, SessionForm
from courses.models import SessionRun
from courses.views.scope import keeps_what_was_written, organised_cohort


def _found(request, pk, run_pk):
    """Return the cohort and its session if this person is its organiser, or answer 404."""
    cohort = organised_cohort(request, pk)
    runs = SessionRun.objects.select_related("facilitator", "co_facilitator", "cohort")
    return cohort, get_object_or_404(runs, cohort=cohort, pk=run_pk)


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def session_run(request, pk, run_pk):
    """Change when a session is, where, and who leads it."""
    cohort, run = _found(request, pk, run_pk)
    form = SessionForm(request.POST or None, session_run=run)
    if form.is_valid():
        changes = sessions.change_session(
            session_run=run, by=request.user, at=timezone.now(), **form.details
        )
        messages.success(request, _said(changes, run))
        return redirect("cohort", cohort.pk)
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "run": run,
        "pair": board_words.pair(run),
        "form": form,
        "changes": run.changes.select_related("by").order_by("-pk"),
        "was_held": run.attendances.exists(),
    }
    return render(
        request, "courses/organise/session_run.html", context, status=422 if form.errors else 200
    )


def _said(changes, run):
    if not changes:
        return _("Nothing was changed.")
    if run.cancelled_at:
        return _("Saved. The session is still cancelled, so nobody gets a message.")
    if {change.kind for change in changes} & sessions.FOR_EVERYBODY:
        return _("Saved. Everybody in the group gets a message, if the session is still to come.")
    return _("Saved. Those who lead get a message, if the session is still to come.")


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def cancel(request, pk, run_pk):
    """Ask once more, then say that a session is not held."""
    cohort, run = _found(request, pk, run_pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            sessions.cancel_session(
                session_run=run,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except sessions.CannotCancel as why:
            messages.warning(request, str(why))
        else:
            messages.success(
                request, _("Session %(number)s is cancelled.") % {"number": run.number}
            )
        return redirect("cohort", pk)
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "run": run,
        "form": form,
        "is_to_come": run.starts_at > timezone.now(),
        "people": cohort.enrolments.not_left().count(),
    }
    return render(
        request, "courses/organise/cancel.html", context, status=422 if form.errors else 200
    )


@login_required
@require_POST
def bring_back(request, pk, run_pk):
    """Say that a cancelled session is on again."""
    _cohort, run = _found(request, pk, run_pk)
    sessions.bring_back(session_run=run, by=request.user, at=timezone.now())
    messages.success(request, _("Session %(number)s is on again.") % {"number": run.number})
    return redirect("session_run", pk, run_pk)
