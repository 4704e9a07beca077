"""When a trainee is ready to co-facilitate, from what was seen in practice. Pure.

Ten criteria are rated from 1 to 4, or not seen. For each the latest level that was seen counts.
*Ready*: every criterion was seen, none is at 1, the two about safety are at 3 or more, and at
least eight of the ten are at 3 or more. Nothing is added up or averaged, and no number is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

CRITERIA = tuple(f"PF{number}" for number in range(1, 11))
SAFETY_CRITICAL = frozenset({"PF5", "PF9"})
GETS_IN_THE_WAY, READY_LEVEL, HIGHEST = 1, 3, 4
READY_AT_LEAST = 8

Levels = Mapping[str, int | None]


class Decision(StrEnum):
    """What follows from the levels that were seen."""

    READY = "ready"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class Readiness:
    """The decision, and all that stands in its way: criteria, in the order of the rubric."""

    decision: Decision
    not_seen: tuple[str, ...]
    in_the_way: tuple[str, ...]
    safety_below: tuple[str, ...]
    below: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        return self.decision is Decision.READY


def latest_seen(observations: Iterable[Levels]) -> dict[str, int]:
    """Return the latest level that was seen of each criterion. The newest observation is last."""
    seen: dict[str, int] = {}
    for levels in observations:
        seen.update({code: level for code, level in levels.items() if level is not None})
    return seen


def decide(observations: Iterable[Levels]) -> Readiness:
    """Decide from all that was seen: {criterion: level or None} for each practice, newest last."""
    seen = latest_seen(observations)
    not_seen = tuple(code for code in CRITERIA if code not in seen)
    in_the_way = tuple(code for code in CRITERIA if seen.get(code) == GETS_IN_THE_WAY)
    below = tuple(code for code in CRITERIA if code in seen and seen[code] < READY_LEVEL)
    safety_below = tuple(code for code in below if code in SAFETY_CRITICAL)
    at_ready = len(CRITERIA) - len(not_seen) - len(below)
    is_ready = not (not_seen or in_the_way or safety_below) and at_ready >= READY_AT_LEAST
    return Readiness(
        decision=Decision.READY if is_ready else Decision.NOT_YET,
        not_seen=not_seen,
        in_the_way=in_the_way,
        safety_below=safety_below,
        below=below,
    )
