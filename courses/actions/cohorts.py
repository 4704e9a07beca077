"""Starting a cohort, and joining it."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Cohort, Edition, Enrolment, SessionRun

# Read aloud and typed on a phone: no letters or figures that look alike, no vowels to make words.
CODE_SYMBOLS = "23456789BCDFGHJKMNPQRTVWXZ"
CODE_LENGTH = 8


class CannotJoin(Exception):
    """The person cannot join this cohort; `str()` says why and what to do."""


class PairNeeded(Exception):
    """A session needs two different facilitators, or a reason why there is only one."""


def new_join_code():
    """Return a code such as `K7RT4XWP`: 26^8 of them, so that guessing leads nowhere."""
    return "".join(secrets.choice(CODE_SYMBOLS) for _n in range(CODE_LENGTH))


def read_join_code(typed):
    """Return the code as it is kept, however it was typed: small letters, spaces or dashes."""
    return "".join(symbol for symbol in typed.upper() if symbol.isalnum())[:40]


@transaction.atomic
def start(*, organisation, edition, name, first_session_at, by, at, **details):
    """Start a cohort on an edition, with its sessions a week apart from `first_session_at`.

    `details` may give `way`, `place`, `capacity`, `facilitator`, `co_facilitator` and
    `one_facilitator_reason`. Session zero, if the course has one, is a week before the first.
    """
    pair = {
        "facilitator": details.pop("facilitator", None),
        "co_facilitator": details.pop("co_facilitator", None),
        "one_facilitator_reason": details.pop("one_facilitator_reason", ""),
    }
    check_pair(**pair)
    edition = Edition.objects.get(pk=edition.pk)
    # Weeks are counted on the clock of the place, so that ten o'clock stays ten o'clock when the
    # clocks change.
    first_session_at = timezone.localtime(first_session_at)
    cohort = Cohort.objects.create(
        organisation=organisation,
        edition=edition,
        name=name,
        join_code=new_join_code(),
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
            starts_at=first_session_at + timedelta(weeks=session.number - 1),
            **pair,
        )
        for session in edition.outline.sessions
    )
    return cohort


def check_pair(*, facilitator, co_facilitator, one_facilitator_reason):
    """Raise PairNeeded unless two different people lead, or a reason says why it is one."""
    if facilitator and facilitator == co_facilitator:
        raise PairNeeded(_("Name two different people. Sessions are led by a pair."))
    if not (facilitator and co_facilitator) and not one_facilitator_reason.strip():
        raise PairNeeded(_("Name two facilitators, or say why there is only one."))


@transaction.atomic
def change_session(*, session_run, starts_at, facilitator, co_facilitator, one_facilitator_reason):
    """Change when a session is, and who leads it."""
    check_pair(
        facilitator=facilitator,
        co_facilitator=co_facilitator,
        one_facilitator_reason=one_facilitator_reason,
    )
    session_run.starts_at = starts_at
    session_run.facilitator = facilitator
    session_run.co_facilitator = co_facilitator
    session_run.one_facilitator_reason = one_facilitator_reason
    session_run.save(
        update_fields=["starts_at", "facilitator", "co_facilitator", "one_facilitator_reason"]
    )
    return session_run


@transaction.atomic
def open_joining(*, cohort, is_open):
    """Let people join with the code, or stop that for now. Nobody who is in is affected."""
    Cohort.objects.filter(pk=cohort.pk).update(joining_open=is_open)


@transaction.atomic
def enrol(*, cohort, trainee, at):
    """Let a person into a cohort. Twice is once. Raises CannotJoin when it is closed or full."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    enrolment = Enrolment.objects.filter(cohort=cohort, trainee=trainee).first()
    if enrolment and enrolment.left_at is None:
        return enrolment
    why_not = why_nobody_can_join(cohort)
    if why_not:
        raise CannotJoin(why_not)
    if enrolment:
        enrolment.left_at = None
        enrolment.save(update_fields=["left_at"])
        return enrolment
    return Enrolment.objects.create(cohort=cohort, trainee=trainee, joined_at=at)


def why_nobody_can_join(cohort):
    """Return why the door is closed, in a sentence that says what to do; None when it is open."""
    if not cohort.joining_open:
        return _(
            "This group is not taking new people now. Please ask the organiser who sent the code."
        )
    if cohort.enrolments.filter(left_at=None).count() >= cohort.capacity:
        return _("This group is full. Please ask the organiser: there may be another one.")
    return None
