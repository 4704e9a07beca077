"""When we forget people who do not come back. Pure: no database, no request, no clock.

Nobody is forgotten who was not warned twice, and each warning leaves the days that it names.
Whoever comes back after a warning begins anew.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from courses.dates import after_months

WARNINGS = (60, 14)  # days before


class Step(StrEnum):
    """What is due for somebody today."""

    NOTHING = "nothing"
    WARN_FIRST = "warn_first"
    WARN_LAST = "warn_last"
    FORGET = "forget"


@dataclass(frozen=True)
class Due:
    """What is due, and the day on which they would be forgotten."""

    step: Step
    goes_on: date


def due(last_active: date, today: date, months: int, first: date | None, last: date | None) -> Due:
    """Say what is due for somebody who was last here on a day.

    `first` and `last` are the days of the two warnings; None where there was none since they were
    last here.
    """
    first_days, last_days = (timedelta(days=days) for days in WARNINGS)
    over = after_months(last_active, months)
    if first is None or first < last_active:
        # However late we notice, they have all the days that a first warning names.
        goes_on = max(over, today + first_days)
        is_time = today >= over - first_days
        return Due(Step.WARN_FIRST if is_time else Step.NOTHING, goes_on)
    goes_on = max(over, first + first_days)
    if last is None or last < first:
        is_time = today >= goes_on - last_days
        goes_on = max(goes_on, today + last_days)
        return Due(Step.WARN_LAST if is_time else Step.NOTHING, goes_on)
    goes_on = max(goes_on, last + last_days)
    return Due(Step.FORGET if today >= goes_on else Step.NOTHING, goes_on)


def names_go_on(issued: date | None, today: date, years: int) -> date | None:
    """Return the day on which certificates lose their name as well; None where they do today.

    It counts from the day of the latest one.
    """
    if issued is None:
        return None
    day = after_months(issued, 12 * years)
    return day if day > today else None
