"""A course check: a set of questions that is drawn, answered one by one, and kept."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from content.rounds import TooFew
from content.scoring import NotAnOption
from courses.actions import checks, editions
from courses.models import CheckAnswer, CheckRound, Enrolment
from courses.reading import reading
from courses.round_reading import (
    bank_questions,
    change_of,
    final_checks_met,
    knowledge_changes,
)
from tests.factories.courses import (
    NOW,
    best_answers,
    course_check_block,
    make_bank,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_session,
    step_block,
)

pytestmark = pytest.mark.django_db


class Checked:
    """A trainee in a course with a check before it and one at its end, of all four questions."""

    def __init__(self, enrolment=None, draw=4, need=3):
        self.enrolment = enrolment or make_enrolment(self._cohort(draw, need))
        self.outline = self.enrolment.cohort.edition.outline
        self.lesson = self.outline.lessons[0]
        self.before, self.after = (step.exercise for step in reading(self.lesson).steps.values())
        self.questions = bank_questions(self.outline.bank)

    @staticmethod
    def _cohort(draw, need):
        course = make_course(sessions_required=1)
        body = [
            *(step_block("Before"), course_check_block("baseline", draw=draw, need=0)),
            *(step_block("After"), course_check_block("final", draw=draw, need=need)),
        ]
        make_lesson(make_session(course, 1), body=body)
        make_session(course, 2)
        make_bank(course)
        return make_cohort(editions.make_edition(course=course, by=None, at=NOW))

    def begin(self, check=None, key=None, at=NOW):
        return checks.begin_round(
            enrolment=self.enrolment,
            lesson=self.lesson,
            check=check or self.after,
            questions=self.questions,
            bank=self.outline.bank,
            key=key or uuid.uuid4(),
            at=at,
        )

    def answer(self, round, place=0, best=True, key=None, at=NOW):
        question = self.questions[round.questions[place]["id"]][1]
        return checks.answer_question(
            round=round,
            question=question,
            answers=best_answers(question) if best else other_answers(question),
            key=key or uuid.uuid4(),
            at=at,
        )

    def go_through(self, check=None, other=(), at=NOW):
        """Answer a whole set; the questions at the places in `other` less well."""
        round = self.begin(check, at=at)
        for place in range(len(round.questions)):
            self.answer(round, place, best=place not in other, at=at)
        return CheckRound.objects.get(pk=round.pk)


def other_answers(question):
    if question.kind == "check":
        return [next(option.id for option in question.options if not option.best)]
    if question.kind == "order":
        return [item.id for item in reversed(question.items)]
    return {card.id: _not_fitting(card) for card in question.cards}


def _not_fitting(card):
    return next(place for place in ("first", "second", "third") if place not in card.fits)


@pytest.fixture
def checked():
    return Checked()


def test_a_round_keeps_what_was_drawn_and_from_which_revision(checked):
    round = checked.begin()

    assert (round.purpose, round.need, round.bank) == ("final", 3, checked.outline.bank)
    assert sorted(each["id"] for each in round.questions) == sorted(checked.questions)
    assert [each["safety"] for each in round.questions].count(True) == 1
    assert (round.begun_at, round.finished_at) == (NOW, None)


def test_a_round_begun_twice_with_one_key_is_one(checked):
    key = uuid.uuid4()

    assert checked.begin(key=key) == checked.begin(key=key)
    assert CheckRound.objects.count() == 1


def test_a_round_that_is_open_is_gone_on_with(checked):
    first = checked.begin()

    assert checked.begin() == first
    assert CheckRound.objects.count() == 1


def test_after_a_round_is_finished_another_is_drawn_anew_as_often_as_one_likes(checked):
    rounds = [checked.go_through() for _n in range(3)]

    assert len({round.pk for round in rounds}) == 3
    assert len({round.seed for round in rounds}) == 3
    assert CheckRound.objects.count() == 3


def test_a_baseline_is_taken_only_once(checked):
    first = checked.go_through(checked.before)

    assert checked.begin(checked.before) == first
    assert CheckRound.objects.count() == 1


def test_more_than_the_bank_holds_is_refused_and_nothing_is_kept(checked):
    checked.questions = {}

    with pytest.raises(TooFew):
        checked.begin()
    assert CheckRound.objects.count() == 0


def test_an_answer_is_marked_and_kept(checked):
    round = checked.begin()

    for place in range(4):
        checked.answer(round, place, best=place != 2)

    assert [answer.met for answer in round.answers.all()] == [True, True, False, True]
    for answer in round.answers.all():
        assert answer.answers == (
            best_answers(checked.questions[str(answer.question)][1])
            if answer.met
            else other_answers(checked.questions[str(answer.question)][1])
        )


def test_the_first_answer_counts_and_another_is_told_so(checked):
    round = checked.begin()
    first, _is_this = checked.answer(round, best=False)

    counts, is_this = checked.answer(round, best=True)

    assert (counts, is_this, counts.met) == (first, False, False)
    assert CheckAnswer.objects.count() == 1


def test_an_answer_sent_twice_is_the_same_one(checked):
    round, key = checked.begin(), uuid.uuid4()

    first = checked.answer(round, key=key)

    assert checked.answer(round, key=key) == first == (CheckAnswer.objects.get(), True)


def test_not_knowing_yet_is_an_answer_that_is_not_met(checked):
    round = checked.begin(checked.before)
    question = checked.questions[round.questions[0]["id"]][1]

    answer, _is_this = checks.answer_question(
        round=round, question=question, answers=None, key=uuid.uuid4(), at=NOW
    )

    assert (answer.answers, answer.met) == (None, False)


def test_an_answer_that_was_not_offered_is_not_kept(checked):
    round = checked.begin()
    question = checked.questions[round.questions[0]["id"]][1]

    with pytest.raises(NotAnOption):
        checks.answer_question(
            round=round, question=question, answers=["elsewhere"], key=uuid.uuid4(), at=NOW
        )
    assert CheckAnswer.objects.count() == 0


def test_the_last_answer_finishes_the_round(checked):
    round = checked.begin()
    for place in (3, 1, 0):
        checked.answer(round, place)
    assert CheckRound.objects.get().finished_at is None

    checked.answer(round, 2, at=NOW + timedelta(days=3))

    assert CheckRound.objects.get().finished_at == NOW + timedelta(days=3)


def test_carry_on_remembers_the_lesson(checked):
    checked.answer(checked.begin(), at=NOW + timedelta(hours=1))

    kept = Enrolment.objects.get()
    assert (str(kept.last_lesson), kept.last_active_at) == (
        checked.lesson.key,
        NOW + timedelta(hours=1),
    )


# --- What must always be true ------------------------------------------------------------------


def again(row, **changes):
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


ANOTHER = {"key": uuid.UUID(int=1), "finished_at": NOW}


@pytest.mark.parametrize(
    ("purpose", "changes"),
    [
        ("final", {"finished_at": NOW}),  # the same key
        ("final", {**ANOTHER, "finished_at": None}),  # a second one that is open
        ("baseline", ANOTHER),  # a second baseline
        ("final", {**ANOTHER, "purpose": "exam"}),
        ("final", {**ANOTHER, "finished_at": NOW - timedelta(days=1)}),
    ],
    ids=["begun twice", "open twice", "baseline twice", "purpose", "finished before it began"],
)
def test_a_round_that_cannot_be_is_refused_by_the_database(purpose, changes, checked):
    round = checked.begin(checked.before if purpose == "baseline" else checked.after)

    with pytest.raises(IntegrityError), transaction.atomic():
        again(round, **changes)


def test_another_round_that_is_finished_may_be(checked):
    again(checked.begin(), **ANOTHER)

    assert CheckRound.objects.count() == 2


@pytest.mark.parametrize(
    "changes", [{}, {"question": uuid.UUID(int=1), "answers": None, "met": True}]
)
def test_an_answer_that_cannot_be_is_refused_by_the_database(changes, checked):
    answer, _is_this = checked.answer(checked.begin())

    with pytest.raises(IntegrityError), transaction.atomic():
        again(answer, **changes)


# --- What came of it ---------------------------------------------------------------------------


def place_of_safety(round):
    return next(n for n, each in enumerate(round.questions) if each["safety"])


def test_enough_with_safety_is_there_and_without_it_is_not_yet(checked):
    round = checked.begin()
    safety = place_of_safety(round)
    for place in range(4):
        checked.answer(round, place, best=place != safety)
    without = final_checks_met([checked.enrolment])

    round = checked.begin()
    other = (place_of_safety(round) + 1) % 4
    for place in range(4):
        checked.answer(round, place, best=place != other)

    assert (without, [*final_checks_met([checked.enrolment])]) == ({}, [checked.enrolment.pk])


def test_a_round_that_is_still_open_says_nothing(checked):
    checked.go_through(checked.before, other=(0, 1))
    round = checked.begin(at=NOW + timedelta(days=1))
    for place in range(3):
        checked.answer(round, place)

    assert (change_of(checked.enrolment), final_checks_met([checked.enrolment])) == (None, {})


def test_what_changed_is_the_first_set_after_beside_the_set_before(checked):
    checked.go_through(checked.before, other=(0, 1, 2))
    checked.go_through(other=(0,), at=NOW + timedelta(days=1))
    checked.go_through(at=NOW + timedelta(days=2))

    change = change_of(checked.enrolment)

    assert (change.before, change.before_of, change.after, change.after_of) == (1, 4, 3, 4)


@pytest.mark.parametrize("people", [1, 3])
def test_a_whole_group_is_read_in_a_query_or_two(people, checked, django_assert_num_queries):
    enrolments = [checked.enrolment]
    enrolments += [make_enrolment(checked.enrolment.cohort) for _n in range(people - 1)]
    for enrolment in enrolments:
        one = Checked(enrolment)
        one.go_through(one.before, other=(0,))
        one.go_through(at=NOW + timedelta(days=1))

    with django_assert_num_queries(2):
        changes = knowledge_changes(enrolments)
    with django_assert_num_queries(1):
        met = final_checks_met(enrolments)

    assert {pk: change.share for pk, change in changes.items()} == {
        enrolment.pk: 0.25 for enrolment in enrolments
    }
    assert met == {enrolment.pk: NOW + timedelta(days=1) for enrolment in enrolments}
