"""How long a certificate counts: from the training day, renewed by doing, stopped by a pause.

A completion has no end. “Ready to co-facilitate” counts for some months from the day of training,
and for as long again from each renewal. While somebody is ill, or cares for somebody, the clock
stands still. What has ended has lapsed; a renewal brings it back on any later day (C7). Pure: no
database, no request, no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from courses.dates import after_months

NOTICES = (90, 30, 7)  # days before the end on which the holder is told


class State(StrEnum):
    """What a certificate is worth on a day."""

    VALID = "valid"
    PAUSED = "paused"
    LAPSED = "lapsed"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    NAMELESS = "nameless"


@dataclass(frozen=True)
class Pause:
    """Days on which the clock stands still, `began` among them and `ended` not. None: it lasts."""

    began: date
    ended: date | None = None


def pauses_of(turns: Iterable[tuple[date, bool]]) -> tuple[Pause, ...]:
    """Return the pauses that these turns come to.

    A turn is (from which day, whether the clock stands still), in the order of their writing: for
    one day the latest counts.
    """
    pauses: list[Pause] = []
    for day, stands_still in sorted(dict(turns).items()):
        is_open = bool(pauses) and pauses[-1].ended is None
        if stands_still and not is_open:
            pauses.append(Pause(day))
        elif is_open and not stands_still:
            pauses[-1] = Pause(pauses[-1].began, day)
    return tuple(pauses)


@dataclass(frozen=True)
class Life:
    """What happened to a certificate.

    `months`: how long it counts, and each renewal; None where it has no end. `renewals`: the days
    from which it counted anew. `pauses` follow on each other in time. `is_nameless`: its holder
    asked for their name to be taken out.
    """

    training_day: date
    months: int | None = None
    renewals: tuple[date, ...] = ()
    pauses: tuple[Pause, ...] = ()
    replaced_on: date | None = None
    withdrawn_on: date | None = None
    is_nameless: bool = False


@dataclass(frozen=True)
class Standing:
    """How a certificate stands on a day.

    `valid_until` is the last day on which it counts, as things stand; None where it has no end,
    and while it is paused. `days_left` counts from the day to that one; less than 0 once lapsed.
    """

    state: State
    valid_until: date | None = None
    days_left: int | None = None


def standing_on(life: Life, day: date) -> Standing:
    """Say how a certificate stands on a day. What happens later than that is not known yet."""
    if life.withdrawn_on and life.withdrawn_on <= day:
        return Standing(State.WITHDRAWN)
    if life.replaced_on and life.replaced_on <= day:
        return Standing(State.REPLACED)
    if life.is_nameless:
        return Standing(State.NAMELESS)
    if life.months is None:
        return Standing(State.VALID)
    until, is_paused = _until(life, life.months, day)
    if is_paused:
        return Standing(State.PAUSED)
    left = (until - day).days
    return Standing(State.VALID if left >= 0 else State.LAPSED, until, left)


def active_until(
    led: Iterable[date], pauses: tuple[Pause, ...], day: date, months: int
) -> date | None:
    """Return the last day on which somebody is an active facilitator; None when they are not.

    `led` are the last days of the series they led. Each makes them active for so many months; the
    clock stands still in a pause, and while it does they are not active.
    """
    first = min((each for each in led if each <= day), default=None)
    if first is None:
        return None
    life = Life(training_day=first, months=months, renewals=tuple(led), pauses=pauses)
    standing = standing_on(life, day)
    return standing.valid_until if standing.state is State.VALID else None


def notice_due(standing: Standing) -> int | None:
    """Return which notice stands now: the last of NOTICES that has come. None: none, or too late.

    Each is sent once for each end: its message is known by both.
    """
    if standing.state is not State.VALID or standing.days_left is None:
        return None
    return min((each for each in NOTICES if standing.days_left <= each), default=None)


def _until(life: Life, months: int, day: date) -> tuple[date, bool]:
    """Return the last day on which it counts, and whether the clock stands still on this day."""
    began = max((each for each in life.renewals if each <= day), default=life.training_day)
    began = max(began, life.training_day)
    until = after_months(began, months)
    for pause in _known(life.pauses, day):
        stopped_from = max(pause.began, began)
        if stopped_from > until:
            continue  # it had lapsed before
        if pause.ended is None:
            return until, True
        until += max(pause.ended - stopped_from, timedelta())
    return until, False


def _known(pauses: Iterable[Pause], day: date) -> list[Pause]:
    """Return the pauses that had begun by this day, and their ends if those were there as well."""
    begun = (each for each in pauses if each.began <= day)
    return [
        each if each.ended and each.ended <= day else Pause(each.began)
        for each in sorted(begun, key=lambda each: each.began)
    ]
