"""Asking people into a cohort by name: first what would happen, line by line, then doing it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.contrib.auth import get_user_model
from django.db import transaction

from courses.actions import cohorts, outbox
from courses.models import Invitation, MessageKind, WaitingPlace
from courses.models.invitations import new_token
from courses.name_list import Line


class Fate(StrEnum):
    """What happens to somebody on a list. Nothing is told of accounts outside this cohort."""

    INVITED = "invited"
    INVITED_FULL = "invited_full"
    CARD = "card"
    CARD_WAITS = "card_waits"
    IN_GROUP = "in_group"
    INVITED_BEFORE = "invited_before"
    WAITS = "waits"
    TWICE = "twice"
    NOT_AN_ADDRESS = "address"
    TWO_ADDRESSES = "two"
    NAME_TOO_LONG = "long"
    NOTHING = "nothing"


# What leads to something being done.
DONE = {Fate.INVITED, Fate.INVITED_FULL, Fate.CARD, Fate.CARD_WAITS}


@dataclass(frozen=True)
class Planned:
    """A line of the list, and what happens to whom it names."""

    line: Line
    fate: Fate

    @property
    def is_done(self) -> bool:
        return self.fate in DONE


def look(cohort, lines):
    """Say for each line what inviting these people would do; nothing is written."""
    known = _Known(cohort)
    return [Planned(line, known.fate(line)) for line in lines]


@transaction.atomic
def invite(*, cohort, lines, by, at):
    """Invite the people on a list, and return what was done for each line.

    Who has an address gets a message; who has none gets an account, and a place or a place on the
    waiting list: a card lets them sign in. Doing it again does nothing twice.
    """
    cohort = cohorts.locked(cohort)
    planned = look(cohort, lines)
    for each in planned:
        if each.is_done:
            _invite(cohort, each, by, at)
    return planned


@transaction.atomic
def withdraw(*, invitation, at):
    """Take an invitation back while nobody has come in with it. Twice is once.

    Who has put themselves on the waiting list with it no longer waits.
    """
    cohort = cohorts.locked(invitation.cohort)
    mine = cohort.invitations.open().filter(pk=invitation.pk)
    waiting = cohort.waiting.waiting().filter(person__in=mine.values("person"))
    waiting.update(left_at=at)
    return mine.update(withdrawn_at=at)


@transaction.atomic
def renew(*, invitation, by, at):
    """Send an invitation that has run out once more, with a new link; tell whether it was."""
    cohort = cohorts.locked(invitation.cohort)
    invitation = cohort.invitations.open().filter(pk=invitation.pk).first()
    if invitation is None or not invitation.has_run_out(at):
        return False
    invitation.token = new_token()
    invitation.expires_at = _end(cohort, at)
    invitation.save(update_fields=["token", "expires_at"])
    _write(invitation, cohort, by, at)
    return True


def _end(cohort, at):
    return at + timedelta(days=cohort.organisation.invitation_days)


class _Known:
    """Who is in a cohort, waits for it or was invited to it, and how many places are left.

    People on the list are added as they are read, so the next line knows of them.
    """

    def __init__(self, cohort):
        enrolled = list(
            cohort.enrolments.not_left().values_list("trainee__email", "trainee__name")
        )
        waiting = list(cohort.waiting.waiting().values_list("person__email", "person__name"))
        invitations = cohort.invitations.filter(withdrawn_at=None)
        answered = invitations.filter(enrolment__left_at=None).exclude(enrolment=None)
        in_group = [*enrolled, *answered.values_list("email", "name")]
        invited = list(invitations.open().values_list("email", "name"))
        self.found = [
            (Fate.IN_GROUP, _addresses(in_group), _names(in_group)),
            (Fate.WAITS, _addresses(waiting), _names(waiting)),
            # Somebody invited by address may share a name with somebody who has none.
            (Fate.INVITED_BEFORE, _addresses(invited), _names(r for r in invited if not r[0])),
        ]
        self.listed = set()
        self.places = cohort.capacity - len(enrolled) - len(waiting)
        self.promised = len(_addresses(invited) - _addresses(waiting))

    def fate(self, line):
        """Say what happens to whom a line names."""
        if line.problem:
            return Fate(line.problem)
        key = line.email or _same(line.name)
        for fate, addresses, names in self.found:
            if key in (addresses if line.email else names):
                return fate
        if key in self.listed:
            return Fate.TWICE
        self.listed.add(key)
        if line.email:
            self.promised += 1
            return Fate.INVITED if self.promised <= self.places else Fate.INVITED_FULL
        self.places -= 1
        return Fate.CARD if self.places >= 0 else Fate.CARD_WAITS


def _addresses(rows):
    return {email.lower() for email, _name in rows if email}


def _names(rows):
    return {_same(name) for _email, name in rows}


def _same(name):
    return " ".join(name.split()).casefold()


def _invite(cohort, planned, by, at):
    line = planned.line
    person = _set_aside(cohort, line, at)
    if not line.email:
        person = person or get_user_model().objects.create_user(name=line.name)
    invitation = Invitation.objects.create(
        cohort=cohort,
        name=line.name,
        email=line.email,
        person=None if line.email else person,
        by=by,
        at=at,
        expires_at=_end(cohort, at),
    )
    if planned.fate is Fate.CARD:
        cohorts.take_in(cohort=cohort, trainee=person, at=at)
    elif planned.fate is Fate.CARD_WAITS:
        WaitingPlace.objects.create(cohort=cohort, person=person, asked_at=at)
    else:
        _write(invitation, cohort, by, at)


def _write(invitation, cohort, by, at):
    """Put the message with the link into the outbox; each link is sent once."""
    to_come = cohort.session_runs.filter(cancelled_at=None, starts_at__gt=at)
    outbox.write(
        kind=MessageKind.INVITATION,
        key=f"{MessageKind.INVITATION}:{invitation.pk}:{invitation.token[:8]}",
        at=at,
        not_after=invitation.expires_at,
        address=invitation.email,
        cohort=cohort,
        name=invitation.name,
        token=invitation.token,
        until=invitation.expires_at,
        by=by,
        first=to_come.order_by("starts_at", "pk").first(),
    )


def _set_aside(cohort, line, at):
    """Set aside the invitation of somebody who came and has left since; return who it was."""
    before = cohort.invitations.filter(
        withdrawn_at=None,
        enrolment__left_at__isnull=False,
        email__iexact=line.email,
        **({} if line.email else {"name__iexact": line.name}),
    ).first()
    if before is None:
        return None
    before.withdrawn_at = at
    before.save(update_fields=["withdrawn_at"])
    return before.person
