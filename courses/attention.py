"""Who might be glad of a call. Facts for a person to think about, never a mark on anyone.

Pure: no database, no request, no clock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from courses.completion import Standing

QUIET_AFTER = timedelta(days=14)
MISSED_IN_A_ROW = 2


class Reason(StrEnum):
    """Why an organiser might want to ring somebody."""

    MISSED_THE_LAST_SESSIONS = "missed_the_last_sessions"
    NEEDS_A_CATCH_UP = "needs_a_catch_up"
    NOT_BEGUN = "not_begun"
    QUIET = "quiet"


@dataclass(frozen=True)
class Signs:
    """What can be seen of a trainee from outside.

    `attendance`: for each counted session held so far, in order, whether they were there.
    `last_active`: when they last did something in a lesson; None when they have not yet.
    """

    attendance: tuple[bool, ...]
    joined_at: datetime
    last_active: datetime | None


def reasons(*, signs: Signs, standing: Standing, now: datetime) -> tuple[Reason, ...]:
    """Return why this person might be glad of a call; nothing when they have completed."""
    if standing.is_complete:
        return ()
    found = []
    last = signs.attendance[-MISSED_IN_A_ROW:]
    if len(last) == MISSED_IN_A_ROW and not any(last):
        found.append(Reason.MISSED_THE_LAST_SESSIONS)
    if any(not asked.can_still_be_met for asked in standing.outstanding):
        found.append(Reason.NEEDS_A_CATCH_UP)
    lessons_left = any(asked.kind == "lessons_finished" for asked in standing.outstanding)
    if lessons_left and signs.last_active is None and now - signs.joined_at > QUIET_AFTER:
        found.append(Reason.NOT_BEGUN)
    if lessons_left and signs.last_active and now - signs.last_active > QUIET_AFTER:
        found.append(Reason.QUIET)
    return tuple(found)
