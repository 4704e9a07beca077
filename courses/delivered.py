"""A group led after training: is its series full, whose is it, until when is somebody active?

It knows days, who led, and how many came. A session was held when a day is written down for it.
What was written last about a session counts. Pure: no database, no request, no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from courses.dates import after_months

ACTIVE_MONTHS = 12
# Who led four of six sessions led the series, as who came to four of six came to the course.
LED, OF = 2, 3


@dataclass(frozen=True)
class Written:
    """What was written down about one session. No day: it was not held after all.

    `leaders` are the ids of the two who led, or of the one.
    """

    number: int
    day: date | None
    came: int = 0
    leaders: tuple[int, ...] = ()


@dataclass(frozen=True)
class Series:
    """A group's sessions as they stand: those that were held, in the order of their numbers."""

    planned: int
    held: tuple[Written, ...] = ()
    is_checked: bool = False

    @property
    def is_full(self) -> bool:
        """Whether as many sessions were held as were planned."""
        return len(self.held) >= self.planned > 0

    @property
    def counts(self) -> bool:
        """Whether it keeps those who led it active: a full series, with a checklist of it."""
        return self.is_full and self.is_checked

    @property
    def first_day(self) -> date | None:
        return min(self._days, default=None)

    @property
    def last_day(self) -> date | None:
        return max(self._days, default=None)

    @property
    def _days(self) -> list[date]:
        return [each.day for each in self.held if each.day]

    @property
    def led_by(self) -> tuple[int, ...]:
        """The ids of those who led most of it. Somebody who stood in once is not among them."""
        led = [each for session in self.held for each in set(session.leaders)]
        return tuple(
            sorted(each for each in set(led) if OF * led.count(each) >= LED * self.planned)
        )

    @property
    def led_by_one(self) -> int:
        """How many sessions were led by one alone."""
        return sum(len(set(each.leaders)) < 2 for each in self.held)

    @property
    def came(self) -> tuple[int, ...]:
        """How many came, session by session."""
        return tuple(each.came for each in self.held)

    @property
    def average(self) -> float | None:
        """How many came on average; None before the first session."""
        return sum(self.came) / len(self.came) if self.came else None

    @property
    def next_number(self) -> int | None:
        """The first session that is not held yet; None when all are."""
        held = {each.number for each in self.held}
        return next((n for n in range(1, self.planned + 1) if n not in held), None)


def series_of(planned: int, rows: Iterable[Written], *, is_checked: bool = False) -> Series:
    """Return the series that these rows come to, in the order of their writing."""
    latest = {row.number: row for row in rows}
    held = (latest[number] for number in sorted(latest) if 1 <= number <= planned)
    return Series(planned, tuple(each for each in held if each.day), is_checked)


def active_until(last_days: Iterable[date], months: int = ACTIVE_MONTHS) -> date | None:
    """Return the last day on which somebody is active, from the last days of the series that
    count; None for who has led none."""
    latest = max(last_days, default=None)
    return after_months(latest, months) if latest else None


def is_active(last_days: Iterable[date], today: date, months: int = ACTIVE_MONTHS) -> bool:
    """Whether somebody is active today. A series that ends later is not known yet."""
    until = active_until((day for day in last_days if day <= today), months)
    return until is not None and today <= until
