"""The organiser's side of practice: times, who has booked them, what was seen, and talks."""

from collections import defaultdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses import board, observer_hours
from courses.actions import practice as practices
from courses.actions import practice_slots as actions
from courses.actions.practice import CannotBook
from courses.actions.practice_slots import CannotObserve, CannotPlan
from courses.forms.practice_slots import BookForForm, ChangeSlotForm, PlanForm, observers
from courses.models import (
    Calibration,
    Observation,
    Practice,
    PracticeNumber,
    PracticeSlot,
    PracticeTalk,
)
from courses.rubric import sheets
from courses.views.observing import correcting
from courses.views.practice import observed as what_was_observed
from courses.views.scope import keeps_what_was_written, organised_cohort


def _frame(cohort):
    return {"organises": True, "cohort": cohort, "organisation": cohort.organisation}


# --- All of it -----------------------------------------------------------------------------------


@login_required
@require_safe
def slots(request, pk):
    """Show what is planned, who has practised, and whom to talk with this week."""
    cohort = organised_cohort(request, pk)
    people = board.in_order(cohort.enrolments.not_left().select_related("trainee"))
    times = list(
        cohort.practice_slots.planned().with_taken().select_related("observer", "session_run")
    )
    practised = list(
        Practice.objects.in_force()
        .filter(enrolment__cohort=cohort, enrolment__left_at=None)
        .select_related("enrolment__trainee", "slot")
        .order_by("pk")
    )
    booked = defaultdict(list)
    for each in practised:
        booked[each.slot_id].append(each)
    now = timezone.now()
    context = {
        **_frame(cohort),
        "needed": observer_hours.needed(len(people)),
        "planned": _planned(times),
        "people": _people(people, practised),
        "coming": [(each, booked[each.pk]) for each in times if each.starts_at > now],
        "earlier": [(each, booked[each.pk]) for each in times if each.starts_at <= now],
        "talks": PracticeTalk.objects.to_hold()
        .filter(enrolment__cohort=cohort)
        .select_related("enrolment__trainee", "observation__practice"),
        "not_calibrated": _not_calibrated(cohort),
        "has_observers": observers(cohort).exists(),
        "sheets": sheets(cohort.edition),
    }
    return render(request, "courses/organise/practice_slots.html", context)


def _planned(times):
    """Return {practice: places that are planned}."""
    return {
        number: sum(each.places for each in times if each.number == number)
        for number in PracticeNumber.values
    }


def _people(people, practised):
    """Say for each person where they are with the first practice and the second."""
    latest = {(each.enrolment_id, each.number): each for each in practised}
    return [
        (enrolment.trainee.name, [latest.get((enrolment.pk, n)) for n in PracticeNumber.values])
        for enrolment in people
    ]


def _not_calibrated(cohort):
    """Return the observers who have still to compare themselves with a sample, in two queries."""
    here = list(observers(cohort))
    tries = Calibration.objects.filter(organisation=cohort.organisation_id, observer__in=here)
    latest = dict(tries.order_by("pk").values_list("observer_id", "is_enough"))
    return [each for each in here if not latest.get(each.pk)]


# --- Times ---------------------------------------------------------------------------------------


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def plan(request, pk):
    """Plan times, one or many in one step."""
    cohort = organised_cohort(request, pk)
    form = PlanForm(request.POST or None, cohort=cohort)
    if form.is_valid():
        names = ("number", "rounds", "session_run")
        details = form.details | {name: form.cleaned_data[name] for name in names}
        try:
            made = actions.plan(cohort=cohort, by=request.user, at=timezone.now(), **details)
        except CannotPlan as cannot:
            form.add_error(_where(cannot, "rounds"), str(cannot))
        else:
            messages.success(request, _planned_words(len(made)))
            return redirect("practice_slots", pk)
    context = {**_frame(cohort), "form": form, "not_calibrated": _not_calibrated(cohort)}
    return render(
        request, "courses/organise/practice_plan.html", context, status=422 if form.errors else 200
    )


def _planned_words(made):
    if not made:
        return _("These times were planned already.")
    return ngettext(
        "%(n)s time is planned. People can book it now.",
        "%(n)s times are planned. People can book them now.",
        made,
    ) % {"n": made}


def _where(cannot, otherwise):
    """Return the field that a problem is about."""
    return "observer" if isinstance(cannot, CannotObserve) else otherwise


def _slot(cohort, pk):
    return get_object_or_404(
        PracticeSlot.objects.planned().select_related("observer", "cohort"), cohort=cohort, pk=pk
    )


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def slot(request, pk, slot):
    """One time: who has booked it, what to change about it, and calling it off."""
    cohort = organised_cohort(request, pk)
    found = _slot(cohort, slot)
    form = ChangeSlotForm(request.POST or None, slot=found)
    if form.is_valid():
        try:
            actions.change(slot=found, at=timezone.now(), **form.details)
        except CannotPlan as cannot:
            form.add_error(_where(cannot, "places"), str(cannot))
        else:
            messages.success(request, _("Saved. Whoever has booked it is told."))
            return redirect("practice_slots", pk)
    return _show_slot(request, cohort, found, form=form)


@keeps_what_was_written
@require_POST
def book(request, pk, slot):
    """Book a time for somebody."""
    cohort = organised_cohort(request, pk)
    found = _slot(cohort, slot)
    form = BookForForm(request.POST, people=_everybody(cohort))
    if form.is_valid():
        try:
            practices.book(slot=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except CannotBook as cannot:
            form.add_error("enrolment", str(cannot))
        else:
            messages.success(request, _("Booked. They are told, if they have an e-mail address."))
            return redirect("practice_slot", pk, slot)
    return _show_slot(request, cohort, found, book_form=form)


def _everybody(cohort):
    people = cohort.enrolments.not_left().select_related("trainee")
    return people.order_by("trainee__name", "pk")


def _show_slot(request, cohort, slot, form=None, book_form=None):
    booked = list(Practice.objects.in_force().filter(slot=slot).with_people())
    context = {
        **_frame(cohort),
        "slot": slot,
        "form": form or ChangeSlotForm(slot=slot),
        "book_form": book_form or BookForForm(people=_everybody(cohort)),
        "booked": booked,
        "is_full": len(booked) >= slot.places,
        "is_over": bool(booked) and all(each.observed_at for each in booked),
        "watched_before": _watched_before(slot, booked),
    }
    errors = (form and form.errors) or (book_form and book_form.errors)
    return render(
        request, "courses/organise/practice_slot.html", context, status=422 if errors else 200
    )


def _watched_before(slot, booked):
    """Return the names of those whose first practice this time's observer watched as well.

    Where possible, somebody else watches the second one.
    """
    if slot.number != PracticeNumber.SECOND or slot.observer_id is None:
        return []
    before = Observation.objects.filter(
        observer=slot.observer,
        practice__number=PracticeNumber.FIRST,
        practice__enrolment__in=[each.enrolment_id for each in booked],
    )
    known = set(before.values_list("practice__enrolment_id", flat=True))
    return [each.enrolment.trainee.name for each in booked if each.enrolment_id in known]


@login_required
@require_POST
def call_off(request, pk, slot):
    """Call a time off."""
    found = get_object_or_404(PracticeSlot, cohort=organised_cohort(request, pk), pk=slot)
    actions.cancel(slot=found, at=timezone.now())
    messages.success(request, _("This time is called off. Who had booked it can choose again."))
    return redirect("practice_slots", pk)


def _practice(cohort, pk):
    found = Practice.objects.in_force().filter(enrolment__cohort=cohort)
    return get_object_or_404(found.with_people().with_self_review(), pk=pk)


@login_required
@require_POST
def let_go(request, pk, practice):
    """Let somebody's booking go."""
    found = _practice(organised_cohort(request, pk), practice)
    practices.cancel(practice=found, by=request.user, at=timezone.now())
    messages.success(request, _("The place is free again."))
    return redirect("practice_slot", pk, found.slot_id)


# --- What was seen, and talks --------------------------------------------------------------------


@login_required
@require_safe
def observed(request, pk, practice):
    """What was seen in somebody's practice."""
    cohort = organised_cohort(request, pk)
    found = _practice(cohort, practice)
    seen = what_was_observed(found)
    if seen["observation"] is None or found.enrolment.trainee_id == request.user.pk:
        raise Http404  # who organises and learns reads their own as everybody does
    earlier = Observation.objects.filter(practice=found, corrected_by__isnull=False)
    context = {
        **_frame(cohort),
        "practice": found,
        "earlier": earlier.select_related("observer"),
        **seen,
    }
    return render(request, "courses/observe/seen.html", context)


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def correct(request, pk, practice):
    """Correct what was written of somebody's practice."""
    cohort = organised_cohort(request, pk)
    found = _practice(cohort, practice)
    if found.enrolment.trainee_id == request.user.pk:
        raise Http404
    done = ("practice_observed", pk, found.pk)
    return correcting(request, found, done, organises=True, cohort=cohort)


@login_required
@require_POST
def talk(request, pk, talk):
    """Record that a talk was held."""
    cohort = organised_cohort(request, pk)
    found = get_object_or_404(PracticeTalk, enrolment__cohort=cohort, pk=talk)
    practices.hold_talk(talk=found, by=request.user, at=timezone.now())
    messages.success(
        request,
        _("Thank you. %(name)s can go on.") % {"name": found.enrolment.trainee.name},
    )
    return redirect("practice_slots", pk)
