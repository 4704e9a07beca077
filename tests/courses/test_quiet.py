from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from courses.quiet import is_quiet, next_allowed

LONDON = ZoneInfo("Europe/London")
EVENING, MORNING = time(20), time(9)
ZONES = [
    LONDON,
    ZoneInfo("America/New_York"),
    ZoneInfo("Asia/Kathmandu"),
    ZoneInfo("Australia/Lord_Howe"),  # its clocks are changed by half an hour
    ZoneInfo("Pacific/Apia"),  # it left out 30 December 2011
]


def london(*when, fold=0):
    return datetime(*when, tzinfo=LONDON, fold=fold)


def allowed(moment, quiet_from=EVENING, quiet_until=MORNING):
    return next_allowed(moment, quiet_from, quiet_until, LONDON).astimezone(LONDON)


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        (london(2026, 11, 23, 12), london(2026, 11, 23, 12)),
        (london(2026, 11, 23, 19, 59, 59), london(2026, 11, 23, 19, 59, 59)),
        (london(2026, 11, 23, 20), london(2026, 11, 24, 9)),
        (london(2026, 11, 24, 3), london(2026, 11, 24, 9)),
        (london(2026, 11, 24, 9), london(2026, 11, 24, 9)),
    ],
)
def test_what_falls_in_the_night_is_sent_in_the_morning(moment, sent):
    assert allowed(moment) == sent


def test_quiet_hours_may_be_in_the_day():
    assert allowed(london(2026, 11, 23, 13), time(12), time(14)) == london(2026, 11, 23, 14)
    assert allowed(london(2026, 11, 23, 3), time(12), time(14)) == london(2026, 11, 23, 3)


def test_the_same_time_twice_is_no_quiet_time_at_all():
    assert allowed(london(2026, 11, 23, 20), time(20), time(20)) == london(2026, 11, 23, 20)


def test_nine_in_the_morning_is_nine_on_the_clock_when_clocks_are_changed():
    """On 29 March the clocks go forward in the night, on 25 October they go back."""
    spring = next_allowed(london(2026, 3, 28, 21), EVENING, MORNING, LONDON)
    autumn = next_allowed(london(2026, 10, 24, 21), EVENING, MORNING, LONDON)

    assert spring == datetime(2026, 3, 29, 8, tzinfo=UTC)
    assert autumn == datetime(2026, 10, 25, 9, tzinfo=UTC)


def test_an_end_that_the_clocks_jump_over_is_where_they_land():
    sent = next_allowed(london(2026, 3, 29, 0, 30), EVENING, time(1, 30), LONDON)

    assert sent == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_an_end_that_comes_twice_is_the_first_that_is_still_to_come():
    first = next_allowed(london(2026, 10, 25, 1, 10), EVENING, time(1, 30), LONDON)
    second = next_allowed(london(2026, 10, 25, 1, 10, fold=1), EVENING, time(1, 30), LONDON)

    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert second == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def looked_at_minute_by_minute(moment, quiet_from, quiet_until, tz):
    """The plain way: go on by a minute until it is not quiet."""
    while is_quiet(moment, quiet_from, quiet_until, tz):
        moment = moment.replace(second=0) + timedelta(minutes=1)
    return moment


# Mostly days on which something happens to the clocks somewhere.
days = st.one_of(
    st.sampled_from(
        [
            datetime(2026, 3, 28),
            datetime(2026, 3, 8),
            datetime(2026, 10, 25),
            datetime(2026, 11, 1),
            datetime(2026, 4, 4),
            datetime(2026, 10, 3),
            datetime(2011, 12, 29),
        ]
    ),
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
)
moments = st.builds(
    lambda day, minutes: (
        (day.replace(second=0, microsecond=0, tzinfo=UTC)) + timedelta(minutes=minutes)
    ),
    days,
    st.integers(0, 2 * 24 * 60),
)
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59]))


@given(moments, times, times, st.sampled_from(ZONES))
@example(datetime(2026, 10, 25, 0, 40, tzinfo=UTC), time(1, 30), time(2), LONDON)
def test_it_is_what_looking_at_the_clock_each_minute_gives(moment, start, end, tz):
    found = next_allowed(moment, start, end, tz)

    assert found == looked_at_minute_by_minute(moment, start, end, tz)


@given(moments, times, times, st.sampled_from(ZONES))
def test_it_is_never_quiet_never_earlier_and_asking_again_changes_nothing(moment, start, end, tz):
    found = next_allowed(moment, start, end, tz)

    assert found >= moment
    assert not is_quiet(found, start, end, tz)
    assert next_allowed(found, start, end, tz) == found
