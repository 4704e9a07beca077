"""What an observer saw: kept once, by somebody who may, and corrected by adding to it."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from courses.actions import observations, practice
from courses.actions.practice_slots import CannotObserve
from courses.models import (
    Message,
    Observation,
    Outcome,
    Practice,
    PracticeTalk,
    Rating,
    TalkReason,
)
from courses.observing import Observer, may_observe, what_follows
from courses.readiness import CRITERIA
from tests.factories.courses import NOW, make_mentor, make_organisation, make_organiser, make_role
from tests.factories.practice import (
    SOON,
    book,
    make_observer,
    make_practice_cohort,
    make_slot,
    make_trainee,
    observe,
    rated,
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


@pytest.fixture
def booked(cohort, amina, observer):
    return book(amina, make_slot(cohort, observer=observer))


def correct(observation, by, level=3, reason="I mixed up two people.", key=None, **others):
    return observations.correct(
        observation=observation,
        rated=rated(level, **others),
        next_step="",
        reason=reason,
        by=by,
        key=key or uuid.uuid4(),
        at=NOW + timedelta(days=5),
    )


def test_an_observation_is_kept_with_ten_ratings_and_marks_the_practice(booked, observer):
    at = SOON + timedelta(minutes=20)

    made = observe(booked, observer, PF3=4, PF7=None, at=at)

    booked.refresh_from_db()
    assert (booked.observed_at, made.observer, made.outcome) == (at, observer, Outcome.CARRY_ON)
    assert list(made.ratings.values_list("criterion", "level", "evidence")) == [
        (code, {"PF3": 4, "PF7": None}.get(code, 3), "" if code == "PF7" else f"Saw {code}.")
        for code in CRITERIA
    ]
    assert Message.objects.last().subject == "There is something to read"


def test_sent_twice_it_is_once(booked, observer):
    key = uuid.uuid4()

    assert observe(booked, observer, key=key) == observe(booked, observer, key=key)
    assert (Observation.objects.count(), Rating.objects.count()) == (1, 10)


def test_who_comes_second_is_told_that_it_is_written_already(booked, observer, cohort):
    observe(booked, observer)
    other = make_observer(cohort.organisation, "Otto Observer")

    with pytest.raises(CannotObserve, match="written down already"):
        observe(booked, other)


def test_a_practice_is_watched_before_it_is_written_down(booked, observer):
    with pytest.raises(CannotObserve, match="on a later day"):
        observe(booked, observer, at=SOON - timedelta(days=1))


def test_what_was_cancelled_is_not_written_down(booked, observer, amina):
    practice.cancel(practice=booked, by=amina.trainee, at=NOW)

    with pytest.raises(CannotObserve, match="was cancelled"):
        observe(booked, observer)


# --- C4: who may observe -------------------------------------------------------------------------


def test_C4_a_calibrated_observer_may(booked, observer):
    assert may_observe(observer, booked) is None


def test_C4_somebody_without_the_role_or_whose_role_has_ended_may_not(booked, cohort, observer):
    organiser = make_organiser(cohort.organisation)
    observer.roles.update(ended_at=NOW, ended_by=organiser)

    assert may_observe(observer, booked) == (
        f"Olive Observer is not an observer in {cohort.organisation}."
    )
    with pytest.raises(CannotObserve):
        observe(booked, observer)
    assert not Observation.objects.exists()


def test_C4_the_latest_try_in_this_organisation_decides(booked, cohort, observer):
    elsewhere = make_organisation()
    why = (
        "Observers first rate a sample practice, and agree with others on most of it. "
        "Olive Observer has that still to do."
    )

    try_sample(observer, cohort.organisation, other=3)
    try_sample(observer, elsewhere)

    assert may_observe(observer, booked) == why
    assert Observer(observer).why_not_in(cohort.organisation) == why
    try_sample(observer, cohort.organisation, other=2)
    assert may_observe(observer, booked) is None


def test_C4_nobody_observes_themselves(cohort, amina, booked):
    make_role(amina.trainee, cohort.organisation, "observer")
    try_sample(amina.trainee, cohort.organisation)

    assert may_observe(amina.trainee, booked).startswith("Nobody observes themselves.")


def test_C4_the_mentor_does_not_observe(cohort, amina, observer, booked):
    mentor = make_mentor(amina, "Maria")
    make_role(mentor, cohort.organisation, "observer")
    try_sample(mentor, cohort.organisation)
    booked.refresh_from_db()

    why = "Maria is Amina’s mentor, so somebody else observes."
    assert may_observe(mentor, Practice.objects.with_people().get()) == why


@pytest.mark.parametrize("turned", [False, True])
def test_C4_whoever_co_facilitates_that_day_does_not_observe(cohort, amina, observer, turned):
    """Not in the practice itself, and not in another one of the same day, whoever leads it."""
    dev = make_trainee(cohort, "Dev")
    make_role(dev.trainee, cohort.organisation, "observer")
    try_sample(dev.trainee, cohort.organisation)
    late, next_day = SOON + timedelta(hours=2), SOON + timedelta(days=1)
    one, other = (amina, dev) if turned else (dev, amina)
    together = book(one, make_slot(cohort), partner=other)
    alone = book(amina, make_slot(cohort, starts_at=late)) if one == dev else together
    why = "Dev leads with Amina that day, so somebody else observes."

    assert may_observe(dev.trainee, alone) == why

    if one == dev:
        alone = book(amina, make_slot(cohort, starts_at=next_day))
        assert may_observe(dev.trainee, alone) is None


# --- What follows --------------------------------------------------------------------------------


def test_practice_1_is_for_feedback_carry_on_or_talk_with_your_mentor(booked):
    levels = dict.fromkeys(CRITERIA, 2)

    follows = [
        what_follows(booked, levels).outcome,
        what_follows(booked, levels, wants_talk=True).outcome,
        what_follows(booked, levels | {"PF3": 1}).outcome,
    ]

    assert follows == [Outcome.CARRY_ON, Outcome.TALK, Outcome.TALK]


def test_C1_one_first_level_stands_in_the_way_however_strong_the_rest(amina, observer):
    watched(amina, observer)

    second = watched(amina, observer, number=2, days=1, level=4, PF3=1)

    assert second.outcome == Outcome.NOT_YET
    assert [t.why for t in PracticeTalk.objects.all()] == [TalkReason.LEVEL_ONE]


def test_C2_the_two_about_safety_are_at_ready_or_more(amina, observer):
    watched(amina, observer)

    second = watched(amina, observer, number=2, days=1, level=4, PF9=2)

    assert second.outcome == Outcome.NOT_YET


def test_what_the_second_practice_did_not_show_counts_from_the_first(amina, observer):
    watched(amina, observer, PF7=None, PF8=None)

    second = watched(amina, observer, number=2, days=1, PF1=None, PF7=4, PF8=3)

    assert second.outcome == Outcome.READY


def test_one_reason_to_talk_for_a_practice_and_safety_is_said_first(booked, observer):
    observe(booked, observer, PF2=1, PF5=1)

    assert [t.why for t in PracticeTalk.objects.all()] == [TalkReason.SAFETY]


# --- Corrections ---------------------------------------------------------------------------------


def test_a_correction_is_added_and_names_who_and_why(booked, observer):
    first = observe(booked, observer, PF5=1)

    second = correct(first, observer)

    assert (second.corrects, second.correction_reason) == (first, "I mixed up two people.")
    assert Observation.objects.count() == 2
    assert list(Observation.objects.in_force()) == [second]


def test_an_organiser_may_correct_and_others_may_not(booked, observer, cohort):
    first = observe(booked, observer)
    organiser = make_organiser(cohort.organisation)
    other = make_observer(cohort.organisation, "Otto Observer")

    with pytest.raises(CannotObserve, match="Whoever watched a practice corrects it"):
        correct(first, other)

    assert correct(first, organiser).observer == organiser


def test_C4_an_organiser_does_not_correct_what_was_seen_of_themselves(booked, observer, cohort):
    first = observe(booked, observer)
    make_role(booked.enrolment.trainee, cohort.organisation, "organiser")

    with pytest.raises(CannotObserve, match="Nobody observes themselves"):
        correct(first, booked.enrolment.trainee, level=4)


def test_what_was_corrected_once_is_not_corrected_again_beside_it(booked, observer):
    first, key = observe(booked, observer), uuid.uuid4()
    second = correct(first, observer, key=key)

    with pytest.raises(CannotObserve, match="corrected already"):
        correct(first, observer)

    assert correct(first, observer, key=key) == second
    assert correct(second, observer, level=4).corrects == second


def test_a_correction_without_a_reason_is_not_kept(booked, observer):
    first = observe(booked, observer)

    with pytest.raises(IntegrityError), transaction.atomic():
        correct(first, observer, reason="")


def test_a_talk_that_was_corrected_away_pauses_nobody(booked, observer):
    correct(observe(booked, observer, PF5=1), observer)

    assert not PracticeTalk.objects.to_hold().exists()


def test_a_talk_that_was_held_is_not_asked_for_again_by_a_correction(booked, observer, cohort):
    first = observe(booked, observer, PF5=1)
    talk = PracticeTalk.objects.get()
    practice.hold_talk(talk=talk, by=make_organiser(cohort.organisation), at=NOW)

    correct(first, observer, PF5=1, PF2=4)

    assert not PracticeTalk.objects.to_hold().exists()


def test_a_correction_is_decided_by_what_had_been_seen_until_then(amina, observer):
    """What came later did not count on the day, and opens no talk a second time."""
    watched(amina, observer, PF7=None)
    second, *_others = [
        watched(amina, observer, number=2, days=n, PF1=2, PF2=2, PF3=2, PF7=None)
        for n in (1, 2, 3)
    ]

    corrected = correct(second, observer, PF1=2, PF2=2, PF3=3, PF7=None)

    assert corrected.outcome == Outcome.NOT_YET
    assert [t.why for t in PracticeTalk.objects.all()] == [TalkReason.STILL_NOT_YET]


def test_a_correction_can_bring_a_talk_with_it(booked, observer):
    second = correct(observe(booked, observer), observer, PF9=1)

    talk = PracticeTalk.objects.to_hold().get()
    assert (talk.observation, talk.why) == (second, TalkReason.SAFETY)


# --- What was seen, for whoever decides -----------------------------------------------------


def test_a_level_has_evidence(booked, observer):
    with pytest.raises(IntegrityError), transaction.atomic():
        observations.observe(
            practice=booked,
            observer=observer,
            rated=rated() | {"PF1": (3, "")},
            next_step="",
            key=uuid.uuid4(),
            at=SOON,
        )

    assert not Observation.objects.exists()
