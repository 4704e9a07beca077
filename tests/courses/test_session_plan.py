from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.blocks import ActivityType
from courses.session_plan import Slot, slots, timing, usual

LONDON = ZoneInfo("Europe/London")
some_minutes = st.lists(st.one_of(st.none(), st.integers(1, 240)), max_size=12)


@pytest.mark.parametrize(
    ("minutes", "planned", "left", "over", "fits"),
    [
        ([20, 120], 140, 10, 0, False),
        ([20, 130], 150, 0, 0, True),
        ([20, 140], 160, 0, 10, False),
        ([20, None], 20, 130, 0, False),
        ([], 0, 150, 0, False),
    ],
)
def test_the_minutes_are_held_against_the_length(minutes, planned, left, over, fits):
    found = timing(minutes, 150)

    assert (found.planned, found.left, found.over, found.fits) == (planned, left, over, fits)


def test_a_session_without_a_length_yet_has_none():
    assert timing([5], None).over == 5


@given(some_minutes, st.integers(0, 600))
def test_what_is_left_and_what_is_over_make_up_the_difference(minutes, length):
    found = timing(minutes, length)

    assert found.planned + found.left - found.over == length
    assert 0 in (found.left, found.over)
    assert found.fits == (found.left == found.over == 0)


def test_each_activity_begins_where_the_one_before_it_ends():
    assert slots([35, 25, None, 5]) == [Slot(0, 35), Slot(35, 60), Slot(60, 60), Slot(60, 65)]


@given(some_minutes)
def test_the_slots_fill_the_plan_without_a_gap(minutes):
    found = slots(minutes)

    assert len(found) == len(minutes)
    assert [slot.begins for slot in found] == [0, *(slot.ends for slot in found)][: len(found)]
    assert (found[-1].ends if found else 0) == timing(minutes, 0).planned


def test_without_a_day_the_clock_begins_at_nought():
    assert Slot(35, 60).at() == ("0:35", "1:00")


def test_on_the_day_it_is_the_clock_of_the_place():
    start = datetime(2026, 9, 1, 10, 0, tzinfo=LONDON)

    assert Slot(35, 60).at(start) == ("10:35", "11:00")


def test_in_the_night_when_the_clocks_change_minutes_still_pass():
    start = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)  # at two it is one o'clock again

    assert Slot(15, 45).at(start) == ("01:45", "01:15")


def test_the_usual_plan_has_the_shape_that_sessions_share():
    assert usual(1, 150) == [
        ("welcome", 10),
        ("mini_talk", 45),
        ("break", 20),
        ("practice", 45),
        ("action_plan", 20),
        ("close", 10),
    ]
    assert usual(2, 150) == [
        ("welcome", 5),
        ("feedback", 25),
        ("mini_talk", 35),
        ("break", 20),
        ("practice", 40),
        ("action_plan", 15),
        ("close", 10),
    ]


@given(st.integers(0, 20), st.integers(1, 600))
def test_the_usual_plan_always_fills_the_session(number, length):
    plan = usual(number, length)

    assert timing([minutes for _kind, minutes in plan], length).fits
    assert min(minutes for _kind, minutes in plan) >= 1
    assert {kind for kind, _minutes in plan} <= set(ActivityType.values)


@given(st.integers(2, 20), st.integers(30, 600))
def test_a_session_of_half_an_hour_or_more_has_every_part(number, length):
    assert len(usual(number, length)) == 7
