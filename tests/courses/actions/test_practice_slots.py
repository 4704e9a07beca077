"""Times to practise: planned many in one step, moved, called off."""

from datetime import timedelta

import pytest

from courses.actions import practice, practice_slots
from courses.actions.practice_slots import CannotObserve, CannotPlan
from courses.models import Message, MessageKind, Practice, PracticeSlot
from tests.factories.courses import NOW, make_mentor, make_organiser, make_person, make_role
from tests.factories.practice import (
    SOON,
    book,
    make_observer,
    make_practice_cohort,
    make_slot,
    make_trainee,
    try_sample,
    watched,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make_practice_cohort()


def plan(cohort, by=None, **details):
    details = {"number": 1, "starts_at": SOON, "rounds": 4, "minutes": 16} | details
    return practice_slots.plan(
        cohort=cohort, by=by or make_organiser(cohort.organisation), at=NOW, **details
    )


def subjects():
    return list(Message.objects.order_by("pk").values_list("subject", flat=True))


def test_rounds_are_planned_one_after_the_other_in_one_step(cohort):
    observer = make_observer(cohort.organisation)

    made = plan(cohort, observer=observer, way="video", place="https://meet.example/one")

    assert [slot.starts_at for slot in made] == [
        SOON + timedelta(minutes=16 * n) for n in range(4)
    ]
    assert {(s.observer, s.places, s.way, s.place) for s in made} == {
        (observer, 1, "video", "https://meet.example/one")
    }


def test_planning_the_same_twice_is_once_and_another_room_is_more(cohort):
    organiser = make_organiser(cohort.organisation)
    plan(cohort, organiser)

    again = plan(cohort, organiser)
    elsewhere = plan(cohort, organiser, place="Room 2")

    assert (len(again), len(elsewhere), PracticeSlot.objects.count()) == (0, 4, 8)


@pytest.mark.parametrize("rounds", [0, 41])
def test_nobody_plans_no_times_or_hundreds(cohort, rounds):
    with pytest.raises(CannotPlan, match="from 1 to 40"):
        plan(cohort, rounds=rounds)


def test_C4_an_observer_who_is_not_calibrated_is_not_named(cohort):
    observer = make_observer(cohort.organisation, calibrated=False)

    with pytest.raises(CannotObserve, match="Olive Observer has that still to do"):
        plan(cohort, observer=observer)

    assert not PracticeSlot.objects.exists()


def test_C4_an_observer_who_is_near_to_somebody_booked_is_not_named(cohort):
    slot, amina = make_slot(cohort), make_trainee(cohort, "Amina")
    book(amina, slot)
    mentor = make_mentor(amina, "Maria")
    make_role(mentor, cohort.organisation, "observer")
    try_sample(mentor, cohort.organisation)
    watching = make_observer(cohort.organisation)

    with pytest.raises(CannotObserve, match="Maria is Amina’s mentor"):
        practice_slots.change(slot=slot, at=NOW, observer=mentor)
    practice_slots.change(slot=slot, at=NOW, observer=watching)

    slot.refresh_from_db()
    assert slot.observer == watching


def test_who_booked_is_told_when_a_time_moves_and_only_then(cohort):
    slot, amina = make_slot(cohort), make_trainee(cohort, "Amina")
    book(amina, slot)

    practice_slots.change(slot=slot, at=NOW, places=2)
    practice_slots.change(slot=slot, at=NOW, starts_at=SOON + timedelta(hours=1))
    practice_slots.change(slot=slot, at=NOW, starts_at=SOON + timedelta(hours=1))

    assert subjects() == ["Your time is booked", "A time has changed"]
    told = Message.objects.last()
    assert told.kind == MessageKind.PRACTICE
    assert "It is now Friday 4 September, 12:00." in told.text


def test_places_that_are_taken_are_not_taken_away(cohort):
    slot = make_slot(cohort, places=2)
    for name in ("Amina", "Dev"):
        book(make_trainee(cohort, name), slot)

    with pytest.raises(CannotPlan, match="Cancel a booking first"):
        practice_slots.change(slot=slot, at=NOW, places=1)


def test_calling_a_time_off_frees_those_who_booked_it_to_book_again(cohort):
    slot, amina = make_slot(cohort), make_trainee(cohort, "Amina")
    book(amina, slot)
    other = make_slot(cohort, starts_at=SOON + timedelta(days=1))

    practice_slots.cancel(slot=slot, at=NOW)
    practice_slots.cancel(slot=slot, at=NOW + timedelta(hours=1))
    booked = book(amina, other)

    slot.refresh_from_db()
    assert slot.cancelled_at == NOW
    assert list(Practice.objects.booked()) == [booked]
    assert subjects() == ["Your time is booked", "A time is cancelled", "Your time is booked"]


def test_calling_off_a_time_that_was_watched_leaves_what_was_seen(cohort):
    amina = make_trainee(cohort, "Amina")
    observation = watched(amina, make_observer(cohort.organisation))

    practice_slots.cancel(slot=observation.practice.slot, at=NOW)

    observation.practice.refresh_from_db()
    assert observation.practice.cancelled_at is None


def test_somebody_without_an_address_is_told_by_their_organiser(cohort):
    slot, amina = make_slot(cohort), make_trainee(cohort, "Amina")
    amina.trainee.email = None
    amina.trainee.save()

    book(amina, slot)

    assert not Message.objects.exists()


def test_a_message_names_no_condition_level_or_reason(cohort):
    """E6: it says when and where, and has one link."""
    organiser = make_organiser(cohort.organisation)
    cohort.started_by = organiser
    cohort.save()
    slot = make_slot(cohort, place="Room 2")
    amina = make_trainee(cohort, "Amina")

    practice.book(enrolment=amina, slot=slot, by=amina.trainee, at=NOW, activity="A round")

    told = Message.objects.get()
    assert told.text == (
        "Hello Amina,\n\n"
        "You have a time: Friday 4 September, 11:00. In person: Room 2.\n\n"
        f"http://127.0.0.1:8000/learning/{amina.pk}/practice/\n\n"
        f"Oluchi Organiser\n{cohort.organisation.name}\n\n"
        "--\nYou get this because you are part of a course with us.\n"
    )


def test_a_planner_who_observes_nowhere_is_no_observer(cohort):
    with pytest.raises(CannotObserve, match="Pat is not an observer in"):
        plan(cohort, observer=make_person("Pat"))


def test_times_come_in_the_order_of_the_day(cohort):
    later, first = make_slot(cohort, starts_at=SOON + timedelta(hours=1)), make_slot(cohort)

    assert list(PracticeSlot.objects.with_taken()) == [first, later]


def test_a_time_in_which_somebody_was_watched_stays_as_it_is(cohort):
    slot = watched(make_trainee(cohort, "Amina"), make_observer(cohort.organisation)).practice.slot

    with pytest.raises(CannotPlan, match="It stays as it is"):
        practice_slots.change(slot=slot, at=NOW, starts_at=SOON + timedelta(days=1))


def test_organisers_are_told_that_there_is_a_talk_and_neither_who_nor_why(cohort):
    """E6: who reads over a shoulder learns nothing."""
    make_organiser(cohort.organisation)
    amina = make_trainee(cohort, "Amina")

    watched(amina, make_observer(cohort.organisation), PF9=1)

    told = Message.objects.get(person__name="Oluchi Organiser")
    assert told.subject == "A talk for this week"
    assert "Amina" not in told.text
    assert f"/organise/{cohort.pk}/practice/" in told.text
