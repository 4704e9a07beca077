"""On which days a group meets."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.dates import Skipped, Weeks, after_months, week_before, weekly

TUESDAY = date(2026, 12, 15)
CHRISTMAS = {date(2026, 12, 22): "Christmas break", date(2026, 12, 29): "Christmas break"}

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@st.composite
def weeks_with_closed_days(draw):
    first = draw(days)
    near = st.integers(-60, 200).map(lambda n: first + timedelta(days=n))
    return first, draw(st.integers(0, 12)), draw(st.dictionaries(near, st.text(max_size=8)))


def test_weeks_that_are_closed_are_left_out_and_said():
    assert weekly(TUESDAY, 3, CHRISTMAS) == Weeks(
        days=(TUESDAY, date(2027, 1, 5), date(2027, 1, 12)),
        skipped=(
            Skipped(date(2026, 12, 22), "Christmas break"),
            Skipped(date(2026, 12, 29), "Christmas break"),
        ),
    )


def test_a_first_day_that_is_closed_moves_as_well():
    assert weekly(date(2026, 12, 22), 1, CHRISTMAS).days == (date(2027, 1, 5),)


def test_session_zero_is_the_last_open_week_before_the_first_session():
    assert week_before(date(2027, 1, 5), CHRISTMAS) == Weeks(
        days=(TUESDAY,),
        skipped=(
            Skipped(date(2026, 12, 29), "Christmas break"),
            Skipped(date(2026, 12, 22), "Christmas break"),
        ),
    )


@given(weeks_with_closed_days())
def test_no_session_is_on_a_closed_day_and_none_is_missing(planned):
    first, count, closed = planned

    weeks = weekly(first, count, closed)

    assert len(weeks.days) == count
    assert set(weeks.days) & set(closed) == set()


@given(weeks_with_closed_days())
def test_every_week_from_the_first_to_the_last_is_a_session_or_said_to_be_left_out(planned):
    first, count, closed = planned

    weeks = weekly(first, count, closed)

    told = sorted([*weeks.days, *(each.day for each in weeks.skipped)])
    assert told == [first + timedelta(weeks=n) for n in range(len(told))]
    assert [closed[each.day] for each in weeks.skipped] == [e.what_for for e in weeks.skipped]
    if weeks.days:
        assert told[-1] == weeks.days[-1]


@given(days, st.integers(0, 12))
def test_without_closed_days_sessions_are_a_week_apart(first, count):
    assert weekly(first, count, {}) == Weeks(
        tuple(first + timedelta(weeks=n) for n in range(count)), ()
    )


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 7, 20), 12, date(2027, 7, 20)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last_of_a_shorter_month(day, months, then):
    assert after_months(day, months) == then
