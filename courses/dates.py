"""On which days a group meets: week by week, without the days on which it cannot.

Pure: no database, no request, no clock.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Skipped:
    """A day on which there is no session, and what for; that may be nothing."""

    day: date
    what_for: str


@dataclass(frozen=True)
class Weeks:
    """The days of sessions, in order, and the days that were left out on the way."""

    days: tuple[date, ...]
    skipped: tuple[Skipped, ...]


def weekly(first: date, count: int, closed_days: Mapping[date, str]) -> Weeks:
    """Plan `count` sessions, on the weekday of `first` and not before it.

    A week whose day is closed is skipped, and everything after it comes a week later.
    """
    return _planned(first, count, closed_days, WEEK)


def week_before(first: date, closed_days: Mapping[date, str]) -> Weeks:
    """Plan a Session Zero: a week before the first session, or earlier when that is closed."""
    return _planned(first - WEEK, 1, closed_days, -WEEK)


def _planned(first: date, count: int, closed_days: Mapping[date, str], step: timedelta) -> Weeks:
    days: list[date] = []
    skipped: list[Skipped] = []
    day = first
    while len(days) < count:
        if day in closed_days:
            skipped.append(Skipped(day, closed_days[day]))
        else:
            days.append(day)
        day += step
    return Weeks(tuple(days), tuple(skipped))


def after_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
