"""Coming into a cohort, waiting for a place in it, and leaving it; with what people are told."""

from django.db import transaction
from django.utils.translation import gettext as _

from courses.actions import cohorts, outbox, trail
from courses.actions.cohorts import CannotJoin
from courses.models import Changed, Cohort, Enrolment, Invitation, MessageKind, WaitingPlace


@transaction.atomic
def join(*, cohort, person, at, invitation=None):
    """Let a person in, with the code or with an invitation, and welcome them. Twice is once.

    An invitation opens a door that is closed to the code, for one person. Raises CannotJoin.
    """
    cohort = cohorts.locked(cohort)
    enrolment = cohorts.enrolled(cohort, person)
    if enrolment:
        return enrolment
    if invitation:
        invitation = _answered(invitation, person, at)
    why_not = why_not_now(cohort, person, is_invited=invitation is not None)
    if why_not:
        raise CannotJoin(why_not)
    enrolment = cohorts.take_in(cohort=cohort, trainee=person, at=at)
    _answer(invitation, person, enrolment)
    _welcome(enrolment, MessageKind.WELCOME, at)
    return enrolment


def why_not_now(cohort, person=None, is_invited=False):
    """Return why this person cannot come in now, in a sentence; None when they can."""
    if not is_invited and not cohort.joining_open:
        return cohorts.why_nobody_can_join(cohort)
    return None if cohorts.has_place_for_newcomers(cohort) else str(cohorts.FULL)


@transaction.atomic
def wait(*, cohort, person, at, invitation=None):
    """Put a person on the waiting list, or let them in when there is a place after all.

    Return their place on the list or in the group. Twice is once. Raises CannotJoin when the
    group takes nobody.
    """
    cohort = cohorts.locked(cohort)
    waits = cohort.waiting.waiting().filter(person=person).first()
    if waits:
        return waits
    if cohorts.enrolled(cohort, person) or cohorts.has_place_for_newcomers(cohort):
        return join(cohort=cohort, person=person, at=at, invitation=invitation)
    if invitation:
        invitation = _answered(invitation, person, at)
    elif not cohort.joining_open:
        raise CannotJoin(cohorts.why_nobody_can_join(cohort))
    _answer(invitation, person, None)
    return WaitingPlace.objects.create(cohort=cohort, person=person, asked_at=at)


@transaction.atomic
def stop_waiting(*, cohort, person, at):
    """Take a person off the waiting list; they may ask again."""
    return cohort.waiting.waiting().filter(person=person).update(left_at=at)


@transaction.atomic
def let_in(*, waiting_place, at):
    """Give a place to somebody who waits, and write to them. Twice is once.

    Raises CannotJoin when the group is full, or when they no longer wait.
    """
    cohort = cohorts.locked(Cohort(pk=waiting_place.cohort_id))
    person = waiting_place.person
    enrolment = cohorts.enrolled(cohort, person)
    if enrolment:
        return enrolment
    if not cohort.waiting.waiting().filter(pk=waiting_place.pk).exists():
        raise CannotJoin(_("They are no longer on the waiting list."))
    enrolment = cohorts.take_in(cohort=cohort, trainee=person, at=at)
    _welcome(enrolment, MessageKind.PLACE_FREE, at)
    return enrolment


@transaction.atomic
def take_out(*, enrolment, at, by=None):
    """Say that a person has left the group. What they did is kept. Twice is once."""
    left = Enrolment.objects.filter(pk=enrolment.pk, left_at=None).update(left_at=at)
    if left:
        person = enrolment.trainee
        trail.note(what=Changed.LEFT, by=by, at=at, person=person, enrolment=enrolment)
    return left


def _answered(invitation, person, at):
    """Return the invitation if this person may still answer it; else raise CannotJoin."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.withdrawn_at:
        raise CannotJoin(_("This invitation was taken back. Please ask your organiser."))
    if invitation.has_run_out(at):
        raise CannotJoin(_("This invitation has run out. Ask your organiser for a new one."))
    if invitation.person_id not in (None, person.pk):
        raise CannotJoin(_("Somebody has used this invitation already. Was it you? Then sign in."))
    return invitation


def _answer(invitation, person, enrolment):
    if invitation:
        invitation.person, invitation.enrolment = person, enrolment
        invitation.save(update_fields=["person", "enrolment"])


def _welcome(enrolment, kind, at):
    """Write to somebody who has just come in: the dates, the place, and where to begin.

    Who leaves and comes back is welcomed again.
    """
    cohort = Cohort.objects.with_edition().get(pk=enrolment.cohort_id)
    outbox.write(
        kind=kind,
        key=f"{kind}:{enrolment.pk}:{at.isoformat()}",
        at=at,
        person=enrolment.trainee,
        cohort=cohort,
        enrolment=enrolment,
        by=cohort.started_by,
        runs=list(cohort.session_runs.filter(cancelled_at=None, starts_at__gt=at)),
    )
