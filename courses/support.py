"""When somebody who is ready to co-facilitate is glad of a call: after one month, three and six.

Each contact has its time: it opens two weeks before the day, and is on time until two weeks after
it. A contact that was not made gives way to the next one, so nobody is ever owed two. Pure: no
database, no request, no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from courses.dates import after_months

MONTHS = (1, 3, 6)
AROUND = timedelta(days=14)
LAST = 9  # months after which the last one is not asked for any more


class When(StrEnum):
    """How a contact stands on a day."""

    TO_COME = "to_come"
    DUE = "due"
    LATE = "late"
    MADE = "made"
    PASSED = "passed"


@dataclass(frozen=True)
class Contact:
    """A contact that was made: the one after how many months, and on which day."""

    month: int
    day: date


@dataclass(frozen=True)
class Support:
    """One of the three contacts: its day, how it stands, and when it was made."""

    month: int
    day: date
    when: When
    made_on: date | None = None

    @property
    def is_asked_for(self) -> bool:
        return self.when in (When.DUE, When.LATE)

    @property
    def is_on_time(self) -> bool:
        return self.made_on is not None and self.made_on <= self.day + AROUND


def opens(ready_on: date, month: int) -> date:
    """The first day on which a contact can be made."""
    return after_months(ready_on, month) - AROUND


def support_due(ready_on: date, contacts: Iterable[Contact], today: date) -> tuple[Support, ...]:
    """Return how each of the contacts stands today. The first one for a month is the one."""
    made: dict[int, date] = {}
    for each in contacts:
        made[each.month] = min(each.day, made.get(each.month, each.day))
    return tuple(_support(ready_on, month, made.get(month), today) for month in MONTHS)


def _support(ready_on: date, month: int, made_on: date | None, today: date) -> Support:
    day = after_months(ready_on, month)
    if made_on is not None:
        return Support(month, day, When.MADE, made_on)
    if today < opens(ready_on, month):
        return Support(month, day, When.TO_COME)
    if today >= _gives_way(ready_on, month):
        return Support(month, day, When.PASSED)
    return Support(month, day, When.LATE if today > day + AROUND else When.DUE)


def _gives_way(ready_on: date, month: int) -> date:
    """The day from which this contact is not asked for any more."""
    later = [each for each in MONTHS if each > month]
    return opens(ready_on, later[0]) if later else after_months(ready_on, LAST)


def asked_for(several: Iterable[Support]) -> Support | None:
    """Return the one that is asked for now, if any: there are never two."""
    return next((each for each in several if each.is_asked_for), None)
