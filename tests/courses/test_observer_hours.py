"""How many hours of observers' time a cohort needs (domain.md 6.5 and 10.7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.observer_hours import FIRST, SECOND, needed

PEOPLE = st.integers(min_value=0, max_value=500)


def test_twelve_people_and_two_practices_take_about_seven_hours():
    found = needed(12)

    assert found.watching == 12 * (10 + 6) + 12 * (12 + 6)
    assert found.hours_watching == 7


def test_writing_up_and_practising_again_come_on_top():
    found = needed(12)

    assert (found.writing_up, found.again) == (2 * 12 * 5, 3 * (12 + 6 + 5))
    assert found.minutes == 408 + 120 + 69
    assert found.hours == 10


@pytest.mark.parametrize(("people", "at_once"), [(0, 0), (1, 1), (4, 1), (5, 2), (12, 3), (16, 4)])
def test_one_observer_sits_with_four_people(people, at_once):
    assert needed(people).at_once == at_once


def test_the_allowances_can_be_changed():
    found = needed(8, practices=(FIRST,), together=2, writing_up=0, again=0)

    assert (found.at_once, found.minutes) == (4, 8 * 16)


def test_without_a_practice_nothing_is_needed():
    assert needed(8, practices=()).minutes == 0


@given(people=PEOPLE, again=st.integers(0, 100), writing_up=st.integers(0, 60))
def test_nobody_is_left_without_time_and_nothing_is_counted_twice(people, again, writing_up):
    found = needed(people, again=again, writing_up=writing_up)

    # The same, counted one practice at a time.
    each = [p.minutes + writing_up for _n in range(people) for p in (FIRST, SECOND)]
    more = -(-people * again // 100)
    assert found.minutes == sum(each) + more * (SECOND.minutes + writing_up)
    assert found.hours * 60 - 60 < found.minutes <= found.hours * 60


@given(people=PEOPLE, together=st.integers(1, 12))
def test_rounds_hold_everybody_and_none_is_empty(people, together):
    at_once = needed(people, together=together).at_once

    assert at_once * together >= people
    assert people == 0 or (at_once - 1) * together < people


@given(people=PEOPLE)
def test_one_more_person_never_needs_less(people):
    fewer, more = needed(people), needed(people + 1)

    assert more.minutes > fewer.minutes
    assert more.at_once >= fewer.at_once
