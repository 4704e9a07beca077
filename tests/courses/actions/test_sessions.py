"""A session that changes: what is noted, and who is told."""

import uuid
from datetime import timedelta

import pytest

from courses.actions import sessions
from courses.actions.attendance import Cancelled, mark_attendance
from courses.actions.joining import take_out
from courses.actions.sessions import CannotCancel, PairNeeded
from courses.models import Message, SessionChange, SessionRun
from tests.factories.courses import (
    NOW,
    attend,
    make_cohort,
    make_edition,
    make_enrolment,
    make_person,
)

pytestmark = pytest.mark.django_db

BEFORE = NOW - timedelta(days=3)


class Group:
    """Two trainees, one of whom has left, and three sessions led by a pair."""

    def __init__(self):
        self.cohort = make_cohort(make_edition(sessions=3), place="The library")
        self.amina = make_enrolment(self.cohort, make_person("Amina")).trainee
        gone = make_enrolment(self.cohort, make_person("Dev"))
        take_out(enrolment=gone, at=BEFORE)
        self.run, *self.others = self.cohort.session_runs.all()
        self.maria, self.sam = self.run.facilitator, self.run.co_facilitator
        self.oluchi = make_person("Oluchi")

    def change(self, at=BEFORE, **changes):
        details = {
            "starts_at": self.run.starts_at,
            "facilitator": self.maria,
            "co_facilitator": self.sam,
            "one_facilitator_reason": "",
        }
        return sessions.change_session(
            session_run=self.run, by=self.oluchi, at=at, **(details | changes)
        )

    def cancel(self, at=BEFORE):
        return sessions.cancel_session(
            session_run=self.run, reason="Sam is away", by=self.oluchi, at=at
        )


def told():
    """Who was written to, about what."""
    return sorted((each.person.name, each.kind) for each in Message.objects.all())


def test_a_session_that_moves_is_noted_and_told_to_everybody_who_is_in():
    group = Group()

    group.change(starts_at=NOW + timedelta(days=1), reason="The rooms are taken")

    [change] = SessionChange.objects.all()
    assert (change.kind, change.before, change.after, change.reason, change.by, change.at) == (
        "moved",
        {"starts_at": "2026-09-01T10:00:00+00:00"},
        {"starts_at": "2026-09-02T10:00:00+00:00"},
        "The rooms are taken",
        group.oluchi,
        BEFORE,
    )
    assert told() == [
        ("Amina", "session_moved"),
        ("Fatima First", "session_moved"),
        ("Sam Second", "session_moved"),
    ]


def test_the_message_says_when_it_was_and_is_and_no_reason():
    """E6: no reason stands in a message, and the subject names no group."""
    group = Group()

    group.change(starts_at=NOW + timedelta(days=1), reason="Sam is ill")

    message = Message.objects.get(person=group.amina)
    assert message.subject == "Something has changed about a session"
    assert "It was on Tuesday 1 September, 11:00." in message.text
    assert "When: Wednesday 2 September, 11:00" in message.text
    assert "Where: The library" in message.text
    assert "Sam is ill" not in message.text


def test_the_other_sessions_stay_as_they_are():
    group = Group()

    group.change(starts_at=NOW + timedelta(days=1))

    assert [run.starts_at for run in group.cohort.session_runs.all()] == [
        NOW + timedelta(days=1),
        NOW + timedelta(weeks=1),
        NOW + timedelta(weeks=2),
    ]


def test_what_is_saved_as_it_was_is_no_change():
    group = Group()

    group.change()
    again = group.change(starts_at=group.run.starts_at)

    assert again == []
    assert (SessionChange.objects.count(), Message.objects.count()) == (0, 0)


def test_the_same_change_sent_twice_is_one_change_and_one_message_each():
    group = Group()
    moved = {"starts_at": NOW + timedelta(days=1)}

    group.change(**moved)
    group.change(**moved)

    assert (SessionChange.objects.count(), Message.objects.count()) == (1, 3)


def test_day_place_and_pair_together_are_three_facts_and_one_message_each():
    group = Group()
    ruth = make_person("Ruth")

    group.change(
        starts_at=NOW + timedelta(days=1), way="video", place="Room 4", co_facilitator=ruth
    )

    assert [change.kind for change in SessionChange.objects.all()] == ["moved", "place", "pair"]
    assert [name for name, _kind in told()] == ["Amina", "Fatima First", "Ruth", "Sam Second"]
    text = Message.objects.get(person=group.amina).text
    assert "How: by video" in text
    assert "Where: Room 4" in text
    assert "Who leads: Fatima First and Ruth" in text


def test_another_pair_is_told_to_those_who_lead_and_who_no_longer_do():
    group = Group()

    group.change(co_facilitator=make_person("Ruth"))

    assert [name for name, _kind in told()] == ["Fatima First", "Ruth", "Sam Second"]


def test_nobody_is_told_of_a_session_that_was_over_and_still_is():
    group = Group()

    group.change(starts_at=NOW - timedelta(days=1), at=NOW + timedelta(days=1))

    assert (SessionChange.objects.count(), Message.objects.count()) == (1, 0)


def test_a_session_needs_a_pair_or_a_reason():
    """A2."""
    group = Group()

    with pytest.raises(PairNeeded):
        group.change(co_facilitator=None, one_facilitator_reason=" ")

    assert not SessionChange.objects.exists()


def test_who_has_no_address_gets_no_message():
    group = Group()
    group.amina.email = None
    group.amina.save()

    group.change(starts_at=NOW + timedelta(days=1))

    assert [name for name, _kind in told()] == ["Fatima First", "Sam Second"]


def test_a_cancelled_session_is_noted_and_told_once():
    group = Group()

    group.cancel()
    group.cancel()

    assert SessionRun.objects.get(pk=group.run.pk).cancelled_at == BEFORE
    assert [(each.kind, each.reason) for each in SessionChange.objects.all()] == [
        ("cancelled", "Sam is away")
    ]
    assert told() == [
        ("Amina", "session_cancelled"),
        ("Fatima First", "session_cancelled"),
        ("Sam Second", "session_cancelled"),
    ]
    assert "Sam is away" not in Message.objects.first().text


def test_a_session_that_people_came_to_is_not_cancelled():
    group = Group()
    attend(make_enrolment(group.cohort), 1)

    with pytest.raises(CannotCancel, match="it was held"):
        group.cancel()

    assert SessionRun.objects.get(pk=group.run.pk).cancelled_at is None


def test_nobody_marks_attendance_at_a_cancelled_session():
    group = Group()

    group.cancel()

    with pytest.raises(Cancelled):
        mark_attendance(session_run=group.run, marks={}, key=uuid.uuid4(), by=group.maria, at=NOW)


def test_while_it_is_cancelled_a_new_day_is_not_told_until_it_is_on_again():
    group = Group()
    group.cancel()
    Message.objects.all().delete()

    group.change(starts_at=NOW + timedelta(days=1))
    silent = Message.objects.count()
    sessions.bring_back(session_run=group.run, by=group.oluchi, at=BEFORE)
    sessions.bring_back(session_run=group.run, by=group.oluchi, at=BEFORE)

    assert silent == 0
    assert SessionRun.objects.get(pk=group.run.pk).cancelled_at is None
    text = Message.objects.get(person=group.amina).text
    assert "session 1 of your group is on again." in text
    assert "When: Wednesday 2 September, 11:00" in text
    assert [each.kind for each in SessionChange.objects.all()] == [
        "cancelled",
        "moved",
        "brought_back",
    ]
