"""What a trainee does in a lesson, as it is written down."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.scoring import NotAnOption
from courses.actions import progress
from courses.models import Attempt, Enrolment, LessonProgress, Milestone, StepEvent
from courses.reading import reading
from tests.factories.courses import (
    NOW,
    attend,
    check_block,
    finish_all_lessons,
    finish_lesson,
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_session,
    step_block,
)
from tests.factories.standing import standing_of

pytestmark = pytest.mark.django_db


def finish(enrolment, lesson, step=0, key=None, at=NOW):
    key = key or uuid.uuid4()
    progress.finish_step(
        enrolment=enrolment, lesson=lesson, step=lesson.step_ids[step], key=key, at=at
    )
    return key


def undo(enrolment, lesson, undoes, step=0, key=None):
    progress.undo_step(
        enrolment=enrolment,
        lesson=lesson,
        step=lesson.step_ids[step],
        undoes=[undoes],
        key=key or uuid.uuid4(),
        at=NOW,
    )


def done_in(enrolment, lesson):
    return set(LessonProgress.objects.get(enrolment=enrolment, lesson=lesson.key).steps)


def test_a_finished_step_is_kept_with_the_key_that_finished_it():
    enrolment = make_enrolment()
    lesson = enrolment.cohort.edition.outline.lessons[0]

    key = finish(enrolment, lesson)

    kept = LessonProgress.objects.get(enrolment=enrolment, lesson=lesson.key)
    assert kept.steps == {lesson.step_ids[0]: [str(key)]}
    assert kept.finished_at is None


def test_the_last_step_finishes_the_lesson():
    enrolment = make_enrolment()
    lesson = enrolment.cohort.edition.outline.lessons[0]
    finish(enrolment, lesson, step=1)

    finish(enrolment, lesson, step=0, at=NOW + timedelta(hours=1))

    kept = LessonProgress.objects.get(enrolment=enrolment, lesson=lesson.key)
    assert kept.finished_at == NOW + timedelta(hours=1)


def test_a_step_sent_twice_is_one_fact():
    enrolment = make_enrolment()
    lesson = enrolment.cohort.edition.outline.lessons[0]
    key = finish(enrolment, lesson)

    finish(enrolment, lesson, key=key, at=NOW + timedelta(days=1))

    assert StepEvent.objects.filter(enrolment=enrolment).count() == 1


def test_an_undo_opens_the_step_again_and_is_a_fact_too():
    enrolment = make_enrolment()
    lesson = enrolment.cohort.edition.outline.lessons[0]
    key = finish(enrolment, lesson)

    undo(enrolment, lesson, key)

    assert done_in(enrolment, lesson) == set()
    assert StepEvent.objects.filter(enrolment=enrolment).count() == 2


def test_a_step_finished_in_two_tabs_is_open_again_by_one_undo():
    enrolment = make_enrolment()
    lesson = enrolment.cohort.edition.outline.lessons[0]
    keys = [finish(enrolment, lesson), finish(enrolment, lesson)]

    progress.undo_step(
        enrolment=enrolment,
        lesson=lesson,
        step=lesson.step_ids[0],
        undoes=keys,
        key=uuid.uuid4(),
        at=NOW,
    )

    assert done_in(enrolment, lesson) == set()


def test_carry_on_remembers_the_step_and_the_moment():
    enrolment = make_enrolment()
    lesson = enrolment.cohort.edition.outline.lessons[2]

    finish(enrolment, lesson, step=1)

    kept = Enrolment.objects.get(pk=enrolment.pk)
    assert (str(kept.last_lesson), str(kept.last_step), kept.last_active_at) == (
        lesson.key,
        lesson.step_ids[1],
        NOW,
    )


def test_the_step_that_completes_the_course_writes_the_milestone():
    enrolment = make_enrolment()
    attend(enrolment, 1, 2, 3, 4)
    *before, last = enrolment.cohort.edition.outline.lessons
    for lesson in before:
        finish_lesson(enrolment, lesson)
    finish(enrolment, last, step=0)
    assert not Milestone.objects.exists()

    finish(enrolment, last, step=1, at=NOW + timedelta(days=40))

    milestone = Milestone.objects.get(enrolment=enrolment)
    assert milestone.reached_at == NOW + timedelta(days=40)
    assert milestone.evidence == {
        "sessions_attended": [1, 2, 3, 4],
        "lessons_finished": 6,
        "first_day": "2026-09-01",
        "last_day": "2026-09-22",
    }


def test_an_undo_never_touches_a_milestone():
    enrolment = make_enrolment()
    attend(enrolment, 1, 2, 3, 4)
    finish_all_lessons(enrolment)
    milestone = Milestone.objects.get(enrolment=enrolment)
    lesson = enrolment.cohort.edition.outline.lessons[0]
    key = StepEvent.objects.filter(enrolment=enrolment, step=lesson.step_ids[0]).get().key

    undo(enrolment, lesson, key)

    assert not standing_of(enrolment).is_complete
    assert Milestone.objects.get(enrolment=enrolment) == milestone


def test_completing_twice_is_one_milestone():
    enrolment = make_enrolment()
    attend(enrolment, 1, 2, 3, 4)
    finish_all_lessons(enrolment)

    finish_all_lessons(enrolment, at=NOW + timedelta(days=1))
    attend(enrolment, 5, 6)

    assert Milestone.objects.filter(enrolment=enrolment).count() == 1


@pytest.mark.parametrize("lessons", [1, 3])
def test_a_step_that_completes_the_course_takes_the_same_few_statements(
    lessons, django_assert_num_queries
):
    enrolment = make_enrolment(cohort=make_cohort(edition=make_edition(lessons=lessons, steps=1)))
    attend(enrolment, 1, 2, 3, 4)
    *before, last = enrolment.cohort.edition.outline.lessons
    for lesson in before:
        finish_lesson(enrolment, lesson)

    # Nine statements, between the two that open and close the transaction.
    with django_assert_num_queries(11):
        finish(enrolment, last)

    assert Milestone.objects.filter(enrolment=enrolment).count() == 1


@pytest.mark.parametrize("lessons", [1, 3])
def test_any_other_step_takes_six_statements(lessons, django_assert_num_queries):
    enrolment = make_enrolment(cohort=make_cohort(edition=make_edition(lessons=lessons)))
    lesson = enrolment.cohort.edition.outline.lessons[0]

    with django_assert_num_queries(8):
        finish(enrolment, lesson)


def test_only_an_undo_may_name_what_it_undoes():
    enrolment = make_enrolment()

    with pytest.raises(IntegrityError, match="only_an_undo_undoes"), transaction.atomic():
        StepEvent.objects.create(
            enrolment=enrolment,
            lesson=uuid.uuid4(),
            step=uuid.uuid4(),
            kind="finished",
            key=uuid.uuid4(),
            undoes=uuid.uuid4(),
            at=NOW,
        )


# Each event: (step, which of four keys, which of four keys it undoes or None).
events = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 3), st.none() | st.integers(0, 3)), max_size=8
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=events, random=st.randoms())
def test_any_order_and_repetition_of_events_gives_the_same_standing(
    course_of_one_lesson, told, random
):
    first_told = {(key, undoes is None): (step, key, undoes) for step, key, undoes in told}
    kept = list(first_told.values())
    again = kept * 2
    random.shuffle(again)

    results = []
    for sequence in (kept, again):
        with transaction.atomic():
            enrolment = make_enrolment(cohort=course_of_one_lesson)
            attend(enrolment, 1)
            lesson = enrolment.cohort.edition.outline.lessons[0]
            for step, key, undoes in sequence:
                if undoes is None:
                    finish(enrolment, lesson, step=step, key=uuid.UUID(int=key + 1))
                else:
                    undo(
                        enrolment,
                        lesson,
                        uuid.UUID(int=undoes + 1),
                        step=step,
                        key=uuid.UUID(int=key + 101),
                    )
            results.append(
                (
                    LessonProgress.objects.filter(enrolment=enrolment)
                    .values_list("steps", "finished_at")
                    .first(),
                    standing_of(enrolment),
                )
            )
            transaction.set_rollback(True)
    assert results[0] == results[1]


@pytest.fixture
def course_of_one_lesson():
    return make_cohort(edition=make_edition(sessions=1), capacity=1000)


# --- Knowledge checks ------------------------------------------------------------------------


@pytest.fixture
def asked():
    """An enrolment, the lesson with a question in it, and the question."""
    course = make_course(sessions_required=1)
    body = [step_block(), check_block()]
    make_lesson(make_session(course, 1), body=body)
    from courses.actions.editions import make_edition as freeze

    enrolment = make_enrolment(cohort=make_cohort(edition=freeze(course=course, by=None, at=NOW)))
    lesson = enrolment.cohort.edition.outline.lessons[0]
    return enrolment, lesson, reading(lesson).steps[body[0]["id"]].exercise


def attempt(asked, answers, key):
    enrolment, lesson, check = asked
    return progress.record_attempt(
        enrolment=enrolment, lesson=lesson, check=check, answers=answers, key=key, at=NOW
    )


def test_an_attempt_keeps_what_was_answered_and_whether_it_was_the_best(asked):
    less_helpful, best, _other = asked[2].options

    assert attempt(asked, [best.id], uuid.uuid4()).met
    assert not attempt(asked, [less_helpful.id], uuid.uuid4()).met
    assert list(Attempt.objects.order_by("pk").values_list("answers", flat=True)) == [
        [best.id],
        [less_helpful.id],
    ]


def test_an_answer_sent_twice_is_one_attempt(asked):
    key = uuid.uuid4()

    first = attempt(asked, [asked[2].options[0].id], key)
    again = attempt(asked, [asked[2].options[0].id], key)

    assert (again, Attempt.objects.count()) == (first, 1)


def test_going_back_and_answering_differently_keeps_both(asked):
    key = uuid.uuid4()

    attempt(asked, [asked[2].options[0].id], key)
    attempt(asked, [asked[2].options[1].id], key)

    assert list(Attempt.objects.order_by("pk").values_list("met", flat=True)) == [False, True]


def test_an_answer_that_was_not_offered_is_not_kept(asked):
    with pytest.raises(NotAnOption):
        attempt(asked, [str(uuid.uuid4())], uuid.uuid4())

    assert not Attempt.objects.exists()
