"""The fidelity checklist of a session, by the two who led, or by somebody who watched."""

import uuid
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses import board_words, groups_led, led_words
from courses.actions.attendance import Cancelled
from courses.actions.fidelity import are_two, fill_in, filled_in_by
from courses.forms.fidelity import FidelityForm
from courses.models import DeliveredGroup, FilledInBy, Role, RoleKind, SessionRun
from courses.views.delivery import around
from courses.views.scope import keeps_what_was_written

WATCHED_AGO, WATCHED_SOON = timedelta(weeks=2), timedelta(weeks=1)


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def fidelity(request, pk, run_pk):
    """Fill in the checklist of a session."""
    runs = SessionRun.objects.checked_by(request.user).select_related(
        "cohort__organisation", "facilitator", "co_facilitator"
    )
    run = get_object_or_404(runs, cohort=pk, pk=run_pk)
    kind = filled_in_by(run, request.user)
    sees_the_group = SessionRun.objects.marked_by(request.user).filter(pk=run.pk).exists()
    before = run.fidelity_checks.filter(filled_in_by=kind).select_related("by").last()
    form = FidelityForm(
        request.POST or None, kind=kind, is_pair=are_two(run), initial=_initial(before)
    )
    if form.is_valid() and _kept(request, run, form):
        if sees_the_group:
            return redirect("session_held", pk, run_pk)
        return redirect("sessions_to_watch")
    if "key" in form.errors:
        messages.warning(request, _("We could not read that. Please save it again."))
    context = {
        **around(run),
        "form": form,
        "before": before,
        "is_watched": kind == FilledInBy.OBSERVER,
        "sees_the_group": sees_the_group,
        "organises": sees_the_group,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "courses/organise/fidelity.html", context, status=status)


def _initial(before):
    """Begin with what was filled in before, so that it can be changed."""
    answers = before.answers if before else {}
    said = {item: "yes" if answer else "no" for item, answer in answers.items()}
    return {**said, "note": before.note if before else "", "key": uuid.uuid4()}


def _kept(request, run, form):
    """Keep the checklist, and say so; False when the session was cancelled."""
    try:
        fill_in(
            session_run=run,
            answers=form.answers,
            note=form.cleaned_data["note"],
            together=form.cleaned_data.get("together", False),
            key=form.cleaned_data["key"],
            by=request.user,
            at=timezone.now(),
        )
    except Cancelled:
        return False
    messages.success(
        request, _("Saved. Thank you. The two who led and the organisers can read it.")
    )
    return True


@login_required
@require_safe
def sessions_to_watch(request):
    """Sessions of these weeks, for an observer: they fill in a checklist for one they watched."""
    watches = Role.objects.held(request.user, RoleKind.OBSERVER)
    if not watches.exists():
        raise Http404
    now = timezone.now()
    runs = (
        SessionRun.objects.filter(
            cohort__organisation__in=watches,
            cancelled_at=None,
            starts_at__range=(now - WATCHED_AGO, now + WATCHED_SOON),
        )
        .exclude(facilitator=request.user)
        .exclude(co_facilitator=request.user)
        .select_related("cohort", "facilitator", "co_facilitator")
        .order_by("-starts_at", "pk")
    )
    own = set(
        runs.filter(
            fidelity_checks__by=request.user,
            fidelity_checks__filled_in_by=FilledInBy.OBSERVER,
        ).values_list("pk", flat=True)
    )
    sessions = [(run, board_words.pair(run), run.pk in own) for run in runs]
    groups = DeliveredGroup.objects.filter(organisation__in=watches, end=None).with_people()
    groups = groups.exclude(pk__in=DeliveredGroup.objects.led_by(request.user).values("pk"))
    series = groups_led.series_in(groups)
    context = {
        "sessions": sessions,
        "groups": [
            (group, led_words.pair_of(group))
            for group in groups.order_by(Lower("label"), "pk")
            if not series[group.pk].counts
        ],
    }
    return render(request, "courses/organise/sessions_to_watch.html", context)
