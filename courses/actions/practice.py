"""A trainee's practices: booking a time, looking back on it, and the talk that may follow."""

from django.db import transaction
from django.utils.translation import gettext as _

from courses.actions.keys import key_for
from courses.actions.milestones import settle_ready
from courses.actions.practice_slots import tell
from courses.models import (
    Enrolment,
    Practice,
    PracticeNumber,
    PracticeSlot,
    PracticeTalk,
    SelfReview,
)
from courses.observing import Observer, waits_for_self_review


class CannotBook(Exception):
    """This time cannot be booked; `str()` says why and what to do."""


class TooEarly(Exception):
    """There is nothing to look back on yet; `str()` says so."""


def why_not_now(enrolment, number, *, by_trainee):
    """Return why a trainee cannot book this practice yet, in a sentence; None when they can.

    The self-review comes before anything that could tell what the observer saw.
    """
    if by_trainee and waits_for_self_review(enrolment).exists():
        return _("First write down how your last practice was for you. Then book the next one.")
    if PracticeTalk.objects.pausing().filter(enrolment=enrolment).exists():
        return _(
            "Before the next practice there is a talk with your organiser. "
            "They will be in touch this week. You can book again after it."
        )
    done = Practice.objects.observed().filter(enrolment=enrolment, number=PracticeNumber.FIRST)
    if number == PracticeNumber.SECOND and not done.exists():
        return _("The second practice comes after the first one. Please book that one first.")
    return None


@transaction.atomic
def book(*, enrolment, slot, by, at, partner=None, activity=""):
    """Book a place at a time. An earlier booking of the same practice is let go in the same step.

    The same booking again changes nothing. Raises CannotBook when there is no place, when the
    practice cannot be booked yet, or when the observer may not watch it.
    """
    enrolment = Enrolment.objects.select_for_update(no_key=True, of=("self",)).get(pk=enrolment.pk)
    slot = (
        PracticeSlot.objects.select_for_update(no_key=True, of=("self",))
        .select_related("observer")
        .get(pk=slot.pk)
    )
    earlier = Practice.objects.booked().filter(enrolment=enrolment, number=slot.number).first()
    wanted = Practice(
        enrolment=enrolment,
        number=slot.number,
        slot=slot,
        partner=partner,
        activity=activity,
        booked_by=by,
        booked_at=at,
    )
    if earlier and _is_the_same(earlier, wanted):
        return earlier
    _check(wanted, by=by, at=at)
    if earlier:
        _check_begun(earlier, by=by, at=at)
        earlier.cancelled_at = at
        earlier.save(update_fields=["cancelled_at"])
    if Practice.objects.in_force().filter(slot=slot).count() >= slot.places:
        raise CannotBook(_("Somebody has just booked this time. Please choose another one."))
    wanted.save()
    tell(wanted, "booked", at=at)
    return wanted


def _check_begun(practice, *, by, at):
    """Raise CannotBook when a trainee would let go of a practice that has begun.

    Their observer has still to write about it. An organiser knows whether it was held.
    """
    if practice.slot.starts_at <= at and by.pk == practice.enrolment.trainee_id:
        raise CannotBook(
            _(
                "This practice has begun, so it stays. If it did not happen, tell your organiser, "
                "and they free you to book another one."
            )
        )


def _is_the_same(one, other):
    names = ("slot_id", "partner_id", "activity")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _check(practice, *, by, at):
    """Raise CannotBook when a rule stands in the way of this booking."""
    enrolment, slot, partner = practice.enrolment, practice.slot, practice.partner
    by_trainee = by.pk == enrolment.trainee_id
    if slot.cohort_id != enrolment.cohort_id or enrolment.left_at:
        raise CannotBook(_("This time is for another group. Please choose another one."))
    if slot.cancelled_at or (by_trainee and slot.starts_at <= at):
        raise CannotBook(_("This time is gone. Please choose another one."))
    if partner and (
        partner.pk == enrolment.pk or partner.cohort_id != slot.cohort_id or partner.left_at
    ):
        raise CannotBook(_("Choose somebody else from your group to lead with."))
    why = why_not_now(enrolment, slot.number, by_trainee=by_trainee)
    if why is None and slot.observer:
        why = Observer(slot.observer).too_near(practice)
    if why:
        raise CannotBook(why)


@transaction.atomic
def cancel(*, practice, by, at):
    """Let a booking go; its place is free again. Twice is once. Who did not do it is told.

    Raises CannotBook when a trainee lets go of a practice that has begun.
    """
    enrolment = Enrolment.objects.select_for_update(no_key=True).get(pk=practice.enrolment_id)
    found = Practice.objects.locked().with_people().get(pk=practice.pk)
    if found.cancelled_at or found.observed_at:
        return found
    _check_begun(found, by=by, at=at)
    found.cancelled_at = at
    found.save(update_fields=["cancelled_at"])
    if by.pk != enrolment.trainee_id:
        tell(found, "cancelled", at=at)
    return found


@transaction.atomic
def review_own(*, practice, went_well, next_time, key, at):
    """Keep what a trainee says of their own practice, before they read what was seen (C3).

    It is written once: what was seen is open from then on. Return the SelfReview. Raises TooEarly
    before the practice has begun.
    """
    begun = practice.observed_at or (practice.slot and practice.slot.starts_at <= at)
    if practice.cancelled_at or not begun:
        raise TooEarly(_("You can write this once you have practised."))
    Practice.objects.locked().get(pk=practice.pk)
    said = {"went_well": went_well, "next_time": next_time}
    review, _made = SelfReview.objects.get_or_create(
        practice=practice, defaults={**said, "key": key_for(key, said), "at": at}
    )
    settle_ready(enrolment=practice.enrolment, at=at)
    return review


@transaction.atomic
def hold_talk(*, talk, by, at):
    """Record that a talk was held: what was said in it is not kept. The first to say so counts."""
    PracticeTalk.objects.filter(pk=talk.pk, held_at=None).update(held_at=at, held_by=by)
    return PracticeTalk.objects.get(pk=talk.pk)
