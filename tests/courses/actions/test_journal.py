"""What trainees write is added, never changed, and never lost."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from content import exercises
from courses.actions import journal
from courses.models import (
    ActionPlan,
    ActionPlanReview,
    Checklist,
    Enrolment,
    Organisation,
    Reflection,
)
from tests.factories.courses import NOW, make_cohort, make_edition, make_enrolment

pytestmark = pytest.mark.django_db

PROMPT = exercises.Reflection(id=str(uuid.uuid4()), prompt="When did you last feel heard?")
PLAN = exercises.Plan(id=str(uuid.uuid4()), prompt="What is one small thing?")
WALK = {
    "what": "walk in the garden",
    "how_much": "ten minutes",
    "when": "after tea",
    "how_often": "three times",
    "confidence": 8,
}


@pytest.fixture
def enrolment():
    return make_enrolment(cohort=make_cohort(edition=make_edition(sessions=1)))


def reflect(enrolment, text, key=None):
    return journal.write_reflection(
        enrolment=enrolment,
        lesson=enrolment.cohort.edition.outline.lessons[0],
        exercise=PROMPT,
        text=text,
        key=key or uuid.uuid4(),
        at=NOW,
    )


def plan(enrolment, key=None, **changes):
    return journal.write_plan(
        enrolment=enrolment,
        lesson=enrolment.cohort.edition.outline.lessons[0],
        exercise=PLAN,
        key=key or uuid.uuid4(),
        at=NOW,
        **{**WALK, **changes},
    )


def test_each_save_of_a_reflection_is_kept(enrolment):
    reflect(enrolment, "First words.")
    reflect(enrolment, "Better words.")

    assert list(Reflection.objects.values_list("text", flat=True)) == [
        "First words.",
        "Better words.",
    ]


def test_a_reflection_sent_twice_is_kept_once(enrolment):
    key = uuid.uuid4()

    assert reflect(enrolment, "Words.", key) == reflect(enrolment, "Words.", key)
    assert Reflection.objects.count() == 1


def test_going_back_and_writing_more_keeps_both(enrolment):
    key = uuid.uuid4()
    reflect(enrolment, "Words.", key)

    reflect(enrolment, "Words and more.", key)

    assert Reflection.objects.count() == 2


def test_a_reflection_keeps_the_question_it_answered(enrolment):
    assert reflect(enrolment, "Words.").prompt == "When did you last feel heard?"


@pytest.mark.parametrize(("confidence", "easier"), [(0, True), (6, True), (7, False), (10, False)])
def test_under_seven_of_ten_asks_whether_to_make_it_easier(enrolment, confidence, easier):
    assert plan(enrolment, confidence=confidence).could_be_easier is easier


def test_A8_an_organisation_says_how_sure_is_sure_enough(enrolment):
    Organisation.objects.update(confidence_target=5)
    enrolment = Enrolment.objects.with_cohort().get(pk=enrolment.pk)

    assert plan(enrolment, confidence=4).could_be_easier is True
    assert plan(enrolment, confidence=5).could_be_easier is False


def test_a_plan_keeps_its_history(enrolment):
    plan(enrolment, confidence=5)
    plan(enrolment, how_much="five minutes", confidence=8)

    kept = ActionPlan.objects.values_list("how_much", "confidence")
    assert list(kept) == [("ten minutes", 5), ("five minutes", 8)]


@pytest.mark.parametrize("confidence", [-1, 11])
def test_confidence_runs_from_0_to_10(enrolment, confidence):
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionPlan.objects.create(
            enrolment=enrolment,
            lesson=uuid.uuid4(),
            exercise=uuid.uuid4(),
            key=uuid.uuid4(),
            at=NOW,
            **{**WALK, "confidence": confidence},
        )


@pytest.mark.parametrize("outcome", ["done", "partly", "changed", "not_done"])
def test_a_plan_may_end_in_each_of_four_ways(enrolment, outcome):
    review = journal.review_plan(
        plan=plan(enrolment), outcome=outcome, note="", key=uuid.uuid4(), at=NOW
    )

    assert review.outcome == outcome


def test_saying_it_again_adds_and_sending_it_again_does_not(enrolment):
    made, key = plan(enrolment), uuid.uuid4()
    journal.review_plan(plan=made, outcome="partly", note="", key=key, at=NOW)
    journal.review_plan(plan=made, outcome="partly", note="", key=key, at=NOW)

    journal.review_plan(plan=made, outcome="done", note="It came back.", key=key, at=NOW)

    assert list(ActionPlanReview.objects.values_list("outcome", flat=True)) == ["partly", "done"]


# --- Checklists --------------------------------------------------------------------------------

CHECKLIST = exercises.Checklist(
    id=str(uuid.uuid4()),
    prompt="What is ready?",
    items=(exercises.Item("chairs", "The chairs"), exercises.Item("kettle", "The kettle")),
)


def tick(enrolment, *ticked, key=None):
    return journal.tick(
        enrolment=enrolment,
        lesson=enrolment.cohort.edition.outline.lessons[0],
        checklist=CHECKLIST,
        ticked=ticked,
        key=key or uuid.uuid4(),
        at=NOW,
    )


def test_ticks_are_kept_with_the_list_as_it_read(enrolment):
    kept = tick(enrolment, "kettle")

    assert kept.prompt == "What is ready?"
    assert kept.items == [
        {"id": "chairs", "text": "The chairs", "ticked": False},
        {"id": "kettle", "text": "The kettle", "ticked": True},
    ]
    assert kept.ticked == ["kettle"]


def test_ticking_more_adds_and_sending_it_again_does_not(enrolment):
    key = uuid.uuid4()
    tick(enrolment, "kettle", key=key)
    tick(enrolment, "kettle", key=key)

    tick(enrolment, key=key)

    assert [each.ticked for each in Checklist.objects.all()] == [["kettle"], []]
