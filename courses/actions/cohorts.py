"""Starting a cohort, changing it, and who has a place in it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses import codes
from courses.actions import trail
from courses.actions.sessions import check_pair, place_of_cohort_changed
from courses.closed_days import planned
from courses.models import Changed, Cohort, Edition, Enrolment, SessionRun

CODE_LENGTH = 8

FULL = gettext_lazy("This group is full. You can put yourself on the waiting list.")


class CannotJoin(Exception):
    """The person cannot join this cohort; `str()` says why and what to do."""


@transaction.atomic
def start(*, organisation, edition, name, first_session_at, by, at, starts=None, **details):
    """Start a cohort on an edition, with its sessions week by week from `first_session_at`.

    Weeks in which the organisation holds nothing are left out; `starts`, {number of the session:
    when}, says otherwise. `details` may give `way`, `place`, `capacity`, `facilitator`,
    `co_facilitator` and `one_facilitator_reason`.
    """
    pair = {
        "facilitator": details.pop("facilitator", None),
        "co_facilitator": details.pop("co_facilitator", None),
        "one_facilitator_reason": details.pop("one_facilitator_reason", ""),
    }
    check_pair(**pair)
    edition = Edition.objects.get(pk=edition.pk)
    starts = starts or planned_starts(organisation, edition, first_session_at)[0]
    cohort = Cohort.objects.create(
        organisation=organisation,
        edition=edition,
        name=name,
        join_code=codes.new(CODE_LENGTH),
        started_by=by,
        started_at=at,
        **details,
    )
    SessionRun.objects.bulk_create(
        SessionRun(
            cohort=cohort,
            session=session.key,
            number=session.number,
            title=session.title,
            counted=session.counted,
            minutes=session.minutes,
            starts_at=starts[session.number],
            **pair,
        )
        for session in edition.outline.sessions
    )
    return cohort


def planned_starts(organisation, edition, first_session_at):
    """Return {number: when each session begins}, and the weeks that are left out and why.

    Weeks are counted on the clock of the place, so that ten o'clock stays ten o'clock when the
    clocks change.
    """
    first = timezone.localtime(first_session_at)
    days, skipped = planned(organisation, edition.outline, first.date())
    starts = {
        number: datetime.combine(day, first.time(), tzinfo=first.tzinfo)
        for number, day in days.items()
    }
    return starts, skipped


@transaction.atomic
def open_joining(*, cohort, is_open):
    """Let people join with the code, or stop that for now. Nobody who is in is affected."""
    Cohort.objects.filter(pk=cohort.pk).update(joining_open=is_open)


@transaction.atomic
def change(*, cohort, by, at, **details):
    """Change a cohort's `name`, `way`, `place` or `capacity`. Those it concerns are told.

    Raises CannotJoin when there would be fewer places than people.
    """
    cohort = locked(cohort)
    before = {"way": cohort.way, "place": cohort.place}
    for name, value in details.items():
        setattr(cohort, name, value)
    people = cohort.enrolments.not_left().count()
    if cohort.capacity < people:
        raise CannotJoin(
            ngettext(
                "%(n)s person is in this group. Give at least so many places.",
                "%(n)s people are in this group. Give at least so many places.",
                people,
            )
            % {"n": people}
        )
    cohort.save(update_fields=list(details))
    if before != {"way": cohort.way, "place": cohort.place}:
        place_of_cohort_changed(cohort=cohort, before=before, by=by, at=at)
    return cohort


@transaction.atomic
def enrol(*, cohort, trainee, at):
    """Let a person into a cohort. Twice is once. Raises CannotJoin when it is closed or full.

    Nobody is written to: that is what `actions.joining` does.
    """
    cohort = locked(cohort)
    enrolment = enrolled(cohort, trainee)
    if enrolment:
        return enrolment
    why_not = why_nobody_can_join(cohort)
    if why_not:
        raise CannotJoin(why_not)
    return take_in(cohort=cohort, trainee=trainee, at=at)


def enrolled(cohort, person):
    """Return a person's place in a cohort that they have not left, or None."""
    return cohort.enrolments.filter(trainee=person, left_at=None).first()


def take_in(*, cohort, trainee, at):
    """Give a person a place in a cohort that the caller has locked. Raises CannotJoin when full.

    Whoever comes in is no longer waited for: their invitation is answered, their wait is over.
    """
    if is_full(cohort):
        raise CannotJoin(_("Every place is taken. Give the group more places first."))
    enrolment, is_new = Enrolment.objects.get_or_create(
        cohort=cohort, trainee=trainee, defaults={"joined_at": at}
    )
    if not is_new:
        has_left, enrolment.left_at = enrolment.left_at is not None, None
        enrolment.save(update_fields=["left_at"])
        if has_left:
            trail.note(what=Changed.CAME_BACK, by=None, at=at, person=trainee, enrolment=enrolment)
    cohort.waiting.waiting().filter(person=trainee).update(let_in_at=at)
    theirs = Q(person=trainee)
    if trainee.email:
        theirs |= Q(person=None, email__iexact=trainee.email)
    cohort.invitations.open().filter(theirs).update(person=trainee, enrolment=enrolment)
    return enrolment


def is_full(cohort):
    """Tell whether every place is taken."""
    return cohort.enrolments.not_left().count() >= cohort.capacity


def has_place_for_newcomers(cohort):
    """Tell whether somebody new may come in: those who wait already are before them."""
    taken = cohort.enrolments.not_left().count() + cohort.waiting.waiting().count()
    return taken < cohort.capacity


def why_nobody_can_join(cohort):
    """Return why the door is closed, in a sentence that says what to do; None when it is open."""
    if not cohort.joining_open:
        return _(
            "This group is not taking new people now. Please ask the organiser who sent the code."
        )
    return None if has_place_for_newcomers(cohort) else str(FULL)


def locked(cohort):
    """Return the cohort as it is now, while nobody else can let people in."""
    return Cohort.objects.select_for_update().get(pk=cohort.pk)
