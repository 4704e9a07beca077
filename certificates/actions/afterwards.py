"""What happens to a certificate after it was issued: withdrawn, renewed, paused, named or not."""

from django.contrib.auth import get_user_model
from django.db import transaction

from certificates.models import Certificate, NameTurn, PauseTurn, Renewal, RenewalKind, Withdrawal
from courses.actions import rechecking
from courses.groups_led import all_series_led
from courses.models import Milestone, MilestoneKind


@transaction.atomic
def withdraw(*, certificate, reason, note, by, at):
    """Withdraw a certificate. Twice is once: the first reason and day stay.

    Where another one stands in its place by now, that one is withdrawn.
    """
    newest = _newest(certificate.milestone_id)
    withdrawal, is_new = Withdrawal.objects.get_or_create(
        certificate=newest,
        defaults={"reason": reason, "note": note, "withdrawn_at": at, "withdrawn_by": by},
    )
    if is_new:
        rechecking.settled(milestone=newest.milestone, note=note, by=by, at=at)
    return withdrawal


def renew(*, milestone, kind, day, by, at, note=""):
    """Note what somebody did, by which “ready to co-facilitate” counts anew. Twice is once."""
    renewal, _made = Renewal.objects.get_or_create(
        milestone=milestone, kind=kind, day=day, defaults={"note": note, "by": by, "at": at}
    )
    return renewal


def renew_by_series(*, organisation, person, day, by, at):
    """Note that somebody led a whole series: what they are ready for there counts anew (C7)."""
    ready = Milestone.objects.of(person).filter(
        kind=MilestoneKind.READY, enrolment__cohort__organisation=organisation
    )
    for milestone in ready:
        renew(milestone=milestone, kind=RenewalKind.SERIES, day=day, by=by, at=at)


def renew_by_all_series(*, at):
    """Note every series that was led and is not noted yet: the catch-up. Return how many."""
    before, led = Renewal.objects.count(), all_series_led()
    people = get_user_model().objects.in_bulk({pk for _group, pk, _day in led})
    for group, person, day in led:
        renew_by_series(
            organisation=group.organisation,
            person=people[person],
            day=day,
            by=people[person],
            at=at,
        )
    return Renewal.objects.count() - before


@transaction.atomic
def pause(*, milestone, day, reason, by, at):
    """Let the clock of “ready to co-facilitate” stand still from this day, for a PauseReason."""
    return _turn(milestone, by, at, day=day, is_paused=True, reason=reason)


@transaction.atomic
def go_on(*, milestone, day, by, at):
    """Let the clock run again from this day."""
    return _turn(milestone, by, at, day=day, is_paused=False, reason="")


@transaction.atomic
def show_name(*, milestone, is_hidden, at):
    """Keep whether the check page shows the name, or asks for it. What is so already stays."""
    Milestone.objects.select_for_update().get(pk=milestone.pk)
    latest = NameTurn.objects.filter(milestone=milestone).last()
    if is_hidden != bool(latest and latest.is_hidden):
        NameTurn.objects.create(milestone=milestone, is_hidden=is_hidden, at=at)


def _turn(milestone, by, at, **turn):
    """Write a turn unless the last one said the same: a form that is sent twice."""
    Milestone.objects.select_for_update().get(pk=milestone.pk)
    latest = PauseTurn.objects.filter(milestone=milestone).last()
    if latest and all(getattr(latest, name) == value for name, value in turn.items()):
        return latest
    return PauseTurn.objects.create(milestone=milestone, by=by, at=at, **turn)


def _newest(milestone_id):
    """Return the certificate of a milestone that none replaces; nobody else changes that now."""
    Milestone.objects.select_for_update().get(pk=milestone_id)
    return Certificate.objects.current().get(milestone=milestone_id)
