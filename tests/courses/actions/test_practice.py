"""Booking a practice, looking back on it before anybody else does, and the talk after it."""

import uuid
from datetime import timedelta

import pytest

from courses.actions import practice
from courses.actions.practice import CannotBook, TooEarly
from courses.models import Message, Organisation, Practice, PracticeTalk, SelfReview, TalkReason
from tests.factories.courses import NOW, make_mentor, make_organiser, make_role
from tests.factories.practice import (
    SOON,
    book,
    make_observer,
    make_practice_cohort,
    make_slot,
    make_trainee,
    observe,
    review_own,
    try_sample,
    watched,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make_practice_cohort()


@pytest.fixture
def amina(cohort):
    return make_trainee(cohort, "Amina")


@pytest.fixture
def observer(cohort):
    return make_observer(cohort.organisation)


def held(enrolment, by):
    for talk in PracticeTalk.objects.to_hold().filter(enrolment=enrolment):
        practice.hold_talk(talk=talk, by=by, at=NOW)


def test_a_trainee_books_a_time_with_a_partner_and_what_they_will_lead(cohort, amina):
    dev = make_trainee(cohort, "Dev")
    slot = make_slot(cohort)

    booked = book(amina, slot, partner=dev, activity="A listening round")

    assert (booked.slot, booked.number, booked.partner) == (slot, 1, dev)
    assert booked.activity == "A listening round"
    assert Message.objects.get().person == amina.trainee


def test_the_same_booking_twice_is_once(cohort, amina):
    slot = make_slot(cohort)

    assert book(amina, slot) == book(amina, slot, at=NOW + timedelta(minutes=1))
    assert Practice.objects.count() == 1


def test_another_time_takes_the_place_of_the_first_and_both_are_kept(cohort, amina):
    first = book(amina, make_slot(cohort))
    slot = make_slot(cohort, starts_at=SOON + timedelta(days=1))

    second = book(amina, slot)

    first.refresh_from_db()
    assert first.cancelled_at == NOW
    assert list(Practice.objects.booked()) == [second]


def test_a_full_time_cannot_be_booked_and_the_earlier_booking_stays(cohort, amina):
    first, full = make_slot(cohort), make_slot(cohort, starts_at=SOON + timedelta(days=1))
    mine = book(amina, first)
    book(make_trainee(cohort, "Dev"), full)

    with pytest.raises(CannotBook, match="Somebody has just booked this time"):
        book(amina, full)

    assert list(Practice.objects.booked().filter(enrolment=amina)) == [mine]


def test_what_was_let_go_can_be_booked_by_another(cohort, amina):
    slot = make_slot(cohort)
    booked = book(amina, slot)

    practice.cancel(practice=booked, by=amina.trainee, at=NOW)
    practice.cancel(practice=booked, by=amina.trainee, at=NOW)
    other = book(make_trainee(cohort, "Dev"), slot)

    assert list(Practice.objects.booked()) == [other]
    assert [m.subject for m in Message.objects.all()] == ["Your time is booked"] * 2


def test_an_organiser_books_for_somebody_and_lets_it_go_and_they_are_told(cohort, amina):
    organiser = make_organiser(cohort.organisation)

    booked = book(amina, make_slot(cohort), by=organiser)
    practice.cancel(practice=booked, by=organiser, at=NOW)

    assert booked.booked_by == organiser
    assert [m.subject for m in Message.objects.all()] == [
        "Your time is booked",
        "A time is cancelled",
    ]


def test_a_time_of_another_group_or_one_that_is_gone_is_not_booked(cohort, amina):
    elsewhere = make_slot(make_practice_cohort())
    past = make_slot(cohort, starts_at=NOW - timedelta(days=1))
    off = make_slot(cohort)
    off.cancelled_at = NOW
    off.save()

    for slot, why in [(elsewhere, "another group"), (past, "is gone"), (off, "is gone")]:
        with pytest.raises(CannotBook, match=why):
            book(amina, slot)


def test_somebody_of_another_group_is_no_partner(cohort, amina):
    slot, elsewhere = make_slot(cohort), make_trainee(make_practice_cohort(), "Ruth")

    for partner in (elsewhere, amina):
        with pytest.raises(CannotBook, match="somebody else from your group"):
            book(amina, slot, partner=partner)


def test_C4_nobody_books_a_time_that_their_own_mentor_watches(cohort, amina):
    mentor = make_mentor(amina, "Maria Mentor")
    make_role(mentor, cohort.organisation, "observer")
    try_sample(mentor, cohort.organisation)
    slot = make_slot(cohort, observer=mentor)

    with pytest.raises(CannotBook, match="Maria Mentor is Amina’s mentor"):
        book(amina, slot)


def test_the_second_practice_comes_after_the_first_was_watched(cohort, amina, observer):
    slot = make_slot(cohort, 2, SOON + timedelta(days=7))

    with pytest.raises(CannotBook, match="The second practice comes after the first"):
        book(amina, slot)

    watched(amina, observer)
    assert book(amina, slot).number == 2


def test_a_practice_that_has_begun_is_not_let_go_by_its_trainee(cohort, amina):
    """Their observer has still to write about it; an organiser knows whether it was held."""
    booked = book(amina, make_slot(cohort))
    other = make_slot(cohort, starts_at=SOON + timedelta(days=7))
    organiser = make_organiser(cohort.organisation)

    with pytest.raises(CannotBook, match="has begun, so it stays"):
        practice.cancel(practice=booked, by=amina.trainee, at=SOON)
    with pytest.raises(CannotBook, match="has begun, so it stays"):
        book(amina, other, at=SOON)

    practice.cancel(practice=booked, by=organiser, at=SOON)
    assert book(amina, other, at=SOON).slot == other


def test_what_somebody_leads_can_be_changed_and_the_time_stays(cohort, amina):
    slot = make_slot(cohort)
    book(amina, slot, activity="A round")

    booked = book(amina, slot, activity="A sharing round")

    assert (booked.slot, booked.activity) == (slot, "A sharing round")
    assert Practice.objects.booked().count() == 1


# --- Looking back first --------------------------------------------------------------------------


def test_C3_the_next_practice_waits_for_the_self_review(cohort, amina, observer):
    watched(amina, observer, reviewed=False)
    slot = make_slot(cohort, 2, SOON + timedelta(days=7))

    with pytest.raises(CannotBook, match="First write down how your last practice was"):
        book(amina, slot)

    assert book(amina, slot, by=make_organiser(cohort.organisation)).number == 2


def test_a_self_review_is_written_once_the_practice_has_begun(cohort, amina):
    booked = book(amina, make_slot(cohort))

    with pytest.raises(TooEarly):
        review_own(booked, at=SOON - timedelta(minutes=1))

    first = review_own(booked, at=SOON)
    assert review_own(booked, went_well="Other words") == first
    assert SelfReview.objects.get().went_well == "They talked to each other."


def test_a_practice_that_was_let_go_is_not_looked_back_on(cohort, amina):
    booked = book(amina, make_slot(cohort))
    practice.cancel(practice=booked, by=amina.trainee, at=NOW)
    booked.refresh_from_db()

    with pytest.raises(TooEarly):
        practice.review_own(
            practice=booked, went_well="It did", next_time="", key=uuid.uuid4(), at=SOON
        )


# --- Talks ---------------------------------------------------------------------------------------


def test_safety_at_the_first_level_pauses_the_next_practice_until_the_talk(
    cohort, amina, observer
):
    watched(amina, observer, PF9=1)
    slot = make_slot(cohort, 2, SOON + timedelta(days=7))
    organiser = make_organiser(cohort.organisation)

    for by in (amina.trainee, organiser):
        with pytest.raises(CannotBook, match="there is a talk with your organiser"):
            book(amina, slot, by=by)

    held(amina, organiser)
    assert book(amina, slot).number == 2


def test_another_first_level_opens_a_talk_and_pauses_nothing(cohort, amina, observer):
    watched(amina, observer, PF2=1)

    talk = PracticeTalk.objects.get()

    assert (talk.why, talk.held_at) == (TalkReason.LEVEL_ONE, None)
    assert book(amina, make_slot(cohort, 2, SOON + timedelta(days=7))).number == 2


def test_A8_an_organisation_says_how_often_is_often_enough_for_a_talk(cohort, amina, observer):
    Organisation.objects.update(practices_until_talk=2)
    watched(amina, observer)

    watched(amina, observer, number=2, days=1, PF1=2, PF2=2, PF3=2)
    assert not PracticeTalk.objects.exists()

    watched(amina, observer, number=2, days=2, PF1=2, PF2=2, PF3=2)
    assert [t.why for t in PracticeTalk.objects.all()] == [TalkReason.STILL_NOT_YET]


def test_C5_after_three_times_not_yet_there_is_a_talk_and_no_closed_door(cohort, amina, observer):
    watched(amina, observer)
    for n in (1, 2, 3):
        assert not PracticeTalk.objects.exists()
        watched(amina, observer, number=2, days=n, PF1=2, PF2=2, PF3=2)
    slot = make_slot(cohort, 2, SOON + timedelta(days=9))

    assert [t.why for t in PracticeTalk.objects.all()] == [TalkReason.STILL_NOT_YET]
    with pytest.raises(CannotBook, match="there is a talk"):
        book(amina, slot)

    held(amina, make_organiser(cohort.organisation))
    observe(book(amina, slot), observer, PF1=2, PF2=2, PF3=2)
    assert PracticeTalk.objects.count() == 1


def test_who_says_first_that_a_talk_was_held_counts(cohort, amina, observer):
    watched(amina, observer, PF5=1)
    talk = PracticeTalk.objects.get()
    first, second = (make_organiser(cohort.organisation, name) for name in ("Oluchi", "Omar"))

    practice.hold_talk(talk=talk, by=first, at=NOW)
    again = practice.hold_talk(talk=talk, by=second, at=NOW + timedelta(days=1))

    assert (again.held_by, again.held_at) == (first, NOW)
