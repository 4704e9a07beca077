"""Marking a knowledge check."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.exercises import Check, Option
from content.scoring import NotAnOption, mark

OPTIONS = (
    Option("a", "You’ll feel better soon.", "You offered hope."),
    Option("b", "You want to be heard.", "You said back the wish.", best=True),
    Option("c", "Tell me about Monday.", "You asked openly.", best=True),
)
ONE = Check("q", "What would you say?", OPTIONS, choose="one")
SEVERAL = Check("q", "What helps?", OPTIONS, choose="several")


def test_the_best_answer_meets_the_question():
    assert mark(ONE, ["b"]).met


def test_feedback_comes_back_for_what_was_chosen_and_for_nothing_else():
    assert mark(ONE, ["a"]).chosen == (OPTIONS[0],)


def test_a_kind_but_less_helpful_answer_is_not_the_best_one():
    assert not mark(ONE, ["a"]).met


def test_several_answers_are_met_only_all_together():
    assert mark(SEVERAL, ["c", "b"]).met
    assert not mark(SEVERAL, ["b"]).met
    assert not mark(SEVERAL, ["a", "b", "c"]).met


@pytest.mark.parametrize("answers", [[], ["nobody"], ["a", "nobody"]])
def test_what_was_not_offered_is_refused(answers):
    with pytest.raises(NotAnOption):
        mark(SEVERAL, answers)


def test_two_answers_to_a_question_for_one_are_refused():
    with pytest.raises(NotAnOption):
        mark(ONE, ["b", "c"])


@given(st.lists(st.sampled_from("abc"), min_size=1))
def test_order_and_repetition_of_answers_do_not_matter(answers):
    assert mark(SEVERAL, answers) == mark(SEVERAL, sorted(set(answers)))
    assert mark(SEVERAL, answers).met is (set(answers) == {"b", "c"})
