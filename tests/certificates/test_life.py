"""How long a certificate counts, against going through its days one by one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.life import (
    NOTICES,
    Life,
    Pause,
    Standing,
    State,
    active_until,
    notice_due,
    pauses_of,
    standing_on,
)
from courses.dates import after_months

DAY = timedelta(days=1)
TRAINED = date(2026, 7, 20)
days = st.integers(0, 1200).map(lambda n: TRAINED + n * DAY)


@st.composite
def lives(draw):
    """A certificate with renewals, and pauses that follow on each other."""
    turns = sorted(draw(st.sets(days, max_size=6)))
    pauses = [Pause(*turns[n : n + 2]) for n in range(0, len(turns), 2)]
    renewals = draw(st.sets(days, max_size=3))
    return Life(
        training_day=TRAINED,
        months=draw(st.integers(1, 18)),
        renewals=tuple(sorted(renewals)),
        pauses=tuple(pauses),
    )


def by_hand(life, day):
    """The state on a day, found by letting each day pass as somebody with a diary would."""
    left, now, state = None, life.training_day, State.VALID
    while True:
        if now == life.training_day or now in life.renewals:
            left = (after_months(now, life.months) - now).days
        stands_still = any(
            p.began <= now and not (p.ended and p.ended <= now) for p in life.pauses
        )
        counts = State.PAUSED if stands_still else State.VALID
        state = counts if left >= 0 else State.LAPSED
        if now == day:
            return state, left
        if state is not State.PAUSED:
            left -= 1
        now += DAY


@given(lives(), days)
def test_C7_its_days_pass_one_by_one_and_stand_still_in_a_pause(life, day):
    stands = standing_on(life, day)

    state, left = by_hand(life, day)
    assert stands.state is state
    if state is State.VALID:
        assert stands == Standing(State.VALID, day + left * DAY, left)


@given(lives(), days, days)
def test_what_happens_later_changes_nothing_on_a_day(life, day, later):
    known = Life(
        training_day=life.training_day,
        months=life.months,
        renewals=tuple(each for each in life.renewals if each <= day),
        pauses=tuple(each for each in life.pauses if each.began <= day),
    )

    assert standing_on(life, day) == standing_on(known, day)


@given(lives(), days)
def test_a_renewal_brings_back_what_has_lapsed(life, day):
    on_that_day = Life(
        training_day=life.training_day, months=life.months, renewals=(*life.renewals, day)
    )

    assert standing_on(on_that_day, day).state is State.VALID


@given(days)
def test_a_completion_has_no_end(day):
    assert standing_on(Life(TRAINED), day) == Standing(State.VALID)


@given(lives(), days)
def test_what_is_withdrawn_or_replaced_stays_so(life, day):
    gone = Life(TRAINED, life.months, life.renewals, life.pauses, replaced_on=day)
    both = Life(TRAINED, life.months, life.renewals, replaced_on=day, withdrawn_on=day)

    assert standing_on(gone, day + DAY).state is State.REPLACED
    assert standing_on(both, day + DAY).state is State.WITHDRAWN


@pytest.mark.parametrize(
    ("left", "notice"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7)]
)
def test_the_holder_is_told_three_times_before_the_end(left, notice):
    assert NOTICES == (90, 30, 7)
    assert notice_due(Standing(State.VALID, TRAINED, left)) == notice


@pytest.mark.parametrize("state", [State.LAPSED, State.PAUSED, State.WITHDRAWN, State.REPLACED])
def test_nobody_is_told_of_an_end_that_is_not_near(state):
    assert notice_due(Standing(state, None, 5)) is None


@given(st.lists(st.tuples(days, st.booleans()), max_size=12), days)
def test_C7_the_clock_stands_still_on_a_day_as_the_last_turn_up_to_it_says(turns, day):
    told = [each for each in turns if each[0] <= day]
    latest = max((when for when, _still in told), default=None)
    expected = next((still for when, still in reversed(told) if when == latest), False)

    stands_still = any(
        each.began <= day and not (each.ended and each.ended <= day) for each in pauses_of(turns)
    )

    assert stands_still == expected


def test_C7_who_led_a_series_is_active_for_twelve_months():
    led = [date(2027, 3, 1)]

    assert active_until(led, (), date(2027, 2, 28), 12) is None
    assert active_until(led, (), date(2027, 3, 1), 12) == date(2028, 3, 1)
    assert active_until(led, (), date(2028, 3, 1), 12) == date(2028, 3, 1)
    assert active_until(led, (), date(2028, 3, 2), 12) is None


def test_C7_another_series_counts_from_its_own_last_day():
    led = [date(2027, 3, 1), date(2027, 9, 1)]

    assert active_until(led, (), date(2027, 10, 1), 12) == date(2028, 9, 1)


def test_C7_a_pause_does_not_count_against_who_is_active():
    led, pause = [date(2027, 3, 1)], Pause(date(2027, 4, 1), date(2027, 5, 1))

    assert active_until(led, (pause,), date(2027, 4, 10), 12) is None
    assert active_until(led, (pause,), date(2027, 6, 1), 12) == date(2028, 3, 31)


def test_who_led_nothing_is_not_active():
    assert active_until([], (), date(2027, 3, 1), 12) is None
