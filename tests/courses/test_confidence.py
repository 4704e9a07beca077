"""How sure people feel: paired, from enough answers, and never mixed with action plans."""

from datetime import timedelta

import pytest

from courses.confidence import Answered, Sureness, change
from tests.factories.courses import NOW


def said(day, *numbers):
    return Answered(NOW + timedelta(days=day), {str(n): each for n, each in enumerate(numbers)})


def test_it_is_the_mean_of_what_was_answered_before_and_after():
    before, after = said(0, *[4] * 5, *[6] * 5), said(40, *[8] * 10)

    assert change([before], [after]) == Sureness(5, 8)


def test_eight_answers_are_enough_and_seven_are_not():
    assert change([said(0, *[5] * 8)], [said(40, *[9] * 8)]) == Sureness(5, 9)
    assert change([said(0, *[5] * 7)], [said(40, *[9] * 10)]) is None


@pytest.mark.parametrize("missing", ["before", "after"])
def test_who_answered_once_only_is_not_in_it(missing):
    answers = [said(0, *[5] * 10)]

    assert change(*([], answers) if missing == "before" else (answers, [])) is None


def test_the_latest_of_each_counts_and_nothing_said_of_before_at_the_end():
    before = [said(0, *[2] * 10), said(1, *[3] * 10), said(41, *[9] * 10)]
    after = [said(42, *[8] * 10), said(40, *[7] * 10)]

    assert change(before, after) == Sureness(3, 8)


def test_what_was_called_before_but_came_only_after_says_nothing():
    assert change([said(41, *[3] * 10)], [said(40, *[8] * 10)]) is None
