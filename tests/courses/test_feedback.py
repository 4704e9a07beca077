"""The rule that says when a group's feedback is shown, and what it comes to."""

from collections import Counter
from itertools import pairwise
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from courses.feedback import QUESTIONS, Spread, can_be_shown, spread
from courses.held_words import FEEDBACK_QUESTIONS


def test_E2_fewer_than_five_are_not_shown():
    assert spread([8, 8, 9, 10], 5) is None


def test_five_are_shown_as_a_spread():
    assert spread([8, 10, 7, 8, 0], 5) == Spread(
        people=5, middle=8, lowest=0, highest=10, counts=(1, 0, 0, 0, 0, 0, 0, 1, 2, 0, 1)
    )


@given(st.lists(st.integers(0, 10), max_size=20), st.integers(5, 8))
def test_a_spread_says_what_a_plain_count_says(numbers, small_number):
    found = spread(numbers, small_number)

    if len(numbers) < small_number:
        assert found is None
    else:
        assert found.counts == tuple(Counter(numbers)[n] for n in range(11))
        assert found.middle == median(numbers)


@given(st.lists(st.integers(1, 4), max_size=30))
def test_E2_what_is_shown_never_grows_by_fewer_than_a_small_number(arrivals):
    shown, waiting, looks = 0, 0, [0]

    for arrived in arrivals:
        waiting += arrived
        if can_be_shown(waiting, 5):
            shown, waiting = shown + waiting, 0
        looks.append(shown)

    grown = [after - before for before, after in pairwise(looks)]
    assert [step for step in grown if 0 < step < 5] == []


def test_every_question_has_words():
    assert tuple(FEEDBACK_QUESTIONS) == QUESTIONS
