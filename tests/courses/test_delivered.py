"""A series that somebody led: when it is full, whose it is, and how long it keeps them active."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.delivered import Series, Written, active_until, is_active, series_of

DAY = timedelta(days=1)
FIRST = date(2026, 9, 1)
AMINA, KEN, SAM = 1, 2, 3

days = st.integers(0, 900).map(lambda n: FIRST + n * DAY)
written = st.builds(
    Written,
    number=st.integers(1, 8),
    day=st.none() | days,
    came=st.integers(0, 30),
    leaders=st.lists(st.sampled_from([AMINA, KEN, SAM]), min_size=1, max_size=2).map(tuple),
)


def session(number, came=8, leaders=(AMINA, KEN), day=None):
    return Written(number, day or FIRST + 7 * number * DAY, came, leaders)


def a_series(*more, planned=6, is_checked=True):
    rows = [*(session(number) for number in range(1, planned + 1)), *more]
    return series_of(planned, rows, is_checked=is_checked)


def test_a_series_is_full_once_all_that_was_planned_was_held():
    five = series_of(6, [session(n) for n in range(1, 6)], is_checked=True)

    assert (five.is_full, five.counts, five.next_number) == (False, False, 6)
    assert (a_series().is_full, a_series().counts, a_series().next_number) == (True, True, None)


def test_a_full_series_counts_only_with_a_checklist():
    assert a_series(is_checked=False).is_full
    assert not a_series(is_checked=False).counts


def test_what_was_written_last_about_a_session_counts():
    corrected = a_series(session(6, came=3, day=date(2026, 11, 1)))

    assert corrected.held[-1] == Written(6, date(2026, 11, 1), 3, (AMINA, KEN))
    assert corrected.last_day == date(2026, 11, 1)


def test_a_session_that_was_not_held_after_all_is_missing_again():
    taken_back = a_series(Written(4, None))

    assert [each.number for each in taken_back.held] == [1, 2, 3, 5, 6]
    assert (taken_back.is_full, taken_back.next_number) == (False, 4)


def test_who_led_four_of_six_led_the_series_and_who_stood_in_once_did_not():
    rows = [session(n) for n in range(1, 5)]
    rows += [session(5, leaders=(AMINA,)), session(6, leaders=(AMINA, SAM))]

    assert series_of(6, rows).led_by == (AMINA, KEN)
    assert series_of(6, rows).led_by_one == 1


def test_who_led_three_of_six_did_not_lead_the_series():
    rows = [session(n) for n in range(1, 4)]
    rows += [session(n, leaders=(AMINA,)) for n in range(4, 7)]

    assert series_of(6, rows).led_by == (AMINA,)


def test_head_counts_come_to_an_average():
    counts = [session(number, came) for number, came in enumerate((9, 8, 8, 6, 7, 4), 1)]

    assert series_of(6, counts).average == 7
    assert series_of(6, counts).came == (9, 8, 8, 6, 7, 4)
    assert series_of(6, []).average is None


@given(st.lists(written, max_size=12), st.integers(1, 8), st.booleans())
def test_a_series_is_what_its_latest_words_say(rows, planned, is_checked):
    series = series_of(planned, rows, is_checked=is_checked)

    latest = {}
    for row in rows:
        latest[row.number] = row
    there = {n for n, row in latest.items() if row.day and n <= planned}
    assert {each.number for each in series.held} == there
    assert series.is_full == (there == set(range(1, planned + 1)))
    assert series.counts == (series.is_full and is_checked)
    assert series.last_day == max((latest[n].day for n in there), default=None)
    assert series.first_day == min((latest[n].day for n in there), default=None)


@given(st.lists(written, max_size=12), st.integers(1, 8), written)
def test_writing_the_same_again_changes_nothing(rows, planned, row):
    once, twice = [*rows, row], [*rows, row, row]

    assert series_of(planned, once) == series_of(planned, twice)


@given(st.lists(written, max_size=12), st.integers(1, 8))
def test_nobody_led_a_series_in_which_they_led_less_than_two_thirds(rows, planned):
    series = series_of(planned, rows)

    for person in (AMINA, KEN, SAM):
        led = sum(person in each.leaders for each in series.held)
        assert (person in series.led_by) == (3 * led >= 2 * planned)


def test_A7_active_lasts_twelve_months_from_the_last_day_of_the_latest_series():
    last_days = [date(2025, 3, 1), date(2026, 2, 28)]

    assert active_until(last_days) == date(2027, 2, 28)
    assert active_until(last_days, months=6) == date(2026, 8, 28)
    assert active_until([]) is None


@pytest.mark.parametrize(
    ("today", "active"),
    [
        (date(2026, 2, 27), False),  # the series has not ended yet
        (date(2026, 2, 28), True),
        (date(2027, 2, 28), True),
        (date(2027, 3, 1), False),
    ],
)
def test_somebody_is_active_from_the_end_of_a_series_on(today, active):
    assert is_active([date(2026, 2, 28)], today) is active


@given(st.lists(days, max_size=4), st.lists(days, max_size=4), days)
def test_another_series_never_makes_anybody_less_active(some, more, today):
    if is_active(some, today):
        assert is_active(some + more, today)


def test_a_group_of_no_sessions_is_never_full():
    assert not Series(planned=0).is_full
