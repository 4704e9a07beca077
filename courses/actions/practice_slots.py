"""Planning the times at which trainees practise: many in one step, moved, and called off."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from courses.actions import outbox
from courses.models import MessageKind, Practice, PracticeSlot, Role, RoleKind
from courses.observing import Observer

MOST_AT_ONCE = 40
TOLD_OF = ("starts_at", "way", "place")  # what people who booked are told when it changes


class CannotPlan(Exception):
    """The times cannot be planned like this; `str()` says why and what to do."""


class CannotObserve(CannotPlan):
    """The observer cannot watch at this time; `str()` says why."""


@transaction.atomic
def plan(*, cohort, number, starts_at, rounds, minutes, by, at, observer=None, **details):
    """Plan times for a practice, one after the other: so many `rounds`, each so many `minutes`.

    `details` may give `places` (in each), `way`, `place` and `session_run`. A time that is there
    already, with the same start, place and observer, is not made again, so twice is once. Return
    those that were made.
    """
    _check_observer(observer, cohort, [])
    if not 1 <= rounds <= MOST_AT_ONCE:
        raise CannotPlan(_("Plan from 1 to %(most)s times in one step.") % {"most": MOST_AT_ONCE})
    cohort = type(cohort).objects.select_for_update(no_key=True).get(pk=cohort.pk)
    starts = [starts_at + timedelta(minutes=minutes * n) for n in range(rounds)]
    there = PracticeSlot.objects.planned().filter(
        cohort=cohort, number=number, observer=observer, place=details.get("place", "")
    )
    known = set(there.filter(starts_at__in=starts).values_list("starts_at", flat=True))
    return PracticeSlot.objects.bulk_create(
        PracticeSlot(
            cohort=cohort,
            number=number,
            starts_at=start,
            minutes=minutes,
            observer=observer,
            by=by,
            at=at,
            **details,
        )
        for start in starts
        if start not in known
    )


@transaction.atomic
def change(*, slot, at, **now):
    """Move a time, or change its way, place, minutes, places or observer. Who booked it is told.

    Raises CannotPlan when more people have booked than there would be places or when somebody was
    watched in it, and CannotObserve when the observer may not watch one of those who booked.
    """
    slot = PracticeSlot.objects.select_for_update(no_key=True).get(pk=slot.pk)
    booked = list(Practice.objects.booked().filter(slot=slot).with_people())
    taken = Practice.objects.in_force().filter(slot=slot).count()
    if taken > len(booked):
        raise CannotPlan(_("Somebody has practised at this time already. It stays as it is."))
    if now.get("places", slot.places) < taken:
        raise CannotPlan(_("People have booked these places. Cancel a booking first."))
    before = {name: getattr(slot, name) for name in TOLD_OF}
    for name, value in now.items():
        setattr(slot, name, value)
    for practice in booked:
        practice.slot = slot
    if slot.observer_id and "observer" in now:
        _check_observer(slot.observer, slot.cohort, booked)
    slot.save(update_fields=list(now))
    if before != {name: getattr(slot, name) for name in TOLD_OF}:
        for practice in booked:
            tell(practice, "moved", at=at)
    return slot


@transaction.atomic
def cancel(*, slot, at):
    """Call a time off. Whoever booked it is told, and can book another. Twice is once."""
    slot = PracticeSlot.objects.select_for_update(no_key=True).get(pk=slot.pk)
    if slot.cancelled_at:
        return slot
    slot.cancelled_at = at
    slot.save(update_fields=["cancelled_at"])
    for practice in Practice.objects.locked().booked().filter(slot=slot).with_people():
        practice.cancelled_at = at
        practice.save(update_fields=["cancelled_at"])
        tell(practice, "cancelled", at=at)
    return slot


def tell(practice, what, *, at):
    """Put a message about a practice into the outbox: booked, moved, cancelled or watched."""
    cohort = practice.enrolment.cohort
    stamp = f"-{at:%Y%m%d%H%M%S%f}" if what == "moved" else ""
    return outbox.write(
        kind=MessageKind.PRACTICE,
        key=f"practice-{what}-{practice.pk}{stamp}",
        at=at,
        person=practice.enrolment.trainee,
        cohort=cohort,
        practice=practice,
        slot=practice.slot,
        what=what,
    )


def tell_organisers(practice, *, at):
    """Tell the organisers that somebody is to be talked with this week: not who, and not why."""
    cohort = practice.enrolment.cohort
    roles = Role.objects.in_force().filter(
        organisation=cohort.organisation_id, kind=RoleKind.ORGANISER
    )
    for role in roles.select_related("person"):
        outbox.write(
            kind=MessageKind.PRACTICE,
            key=f"practice-talk-{practice.pk}-{role.person_id}-{at:%Y%m%d%H%M%S%f}",
            at=at,
            person=role.person,
            cohort=cohort,
            practice=practice,
            what="talk",
        )


def _check_observer(observer, cohort, booked):
    """Raise CannotObserve when this person may not observe here, or one of those who booked."""
    if observer is None:
        return
    watching = Observer(observer)
    reasons = [watching.why_not_in(cohort.organisation)]
    reasons += [watching.too_near(practice) for practice in booked]
    why = next((reason for reason in reasons if reason), None)
    if why:
        raise CannotObserve(why)
