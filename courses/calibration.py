"""How far an observer agrees with those who rated a sample before. Pure.

What matters is on which side of *ready* each criterion falls: ready (3 or 4), not yet (1 or 2), or
not seen, which is a side of its own: who sees what was not there, or misses what was, does not
agree. A 3 and a 4 agree; a 2 and a 3 do not. Eight of ten are enough to observe.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from courses.readiness import CRITERIA, READY_LEVEL, Levels

ENOUGH = 80  # of a hundred criteria


class Side(StrEnum):
    """Where a level falls."""

    READY = "ready"
    NOT_YET = "not_yet"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True)
class Agreement:
    """The criteria on which both are on the same side, and those on which they are not."""

    agreed: tuple[str, ...]
    apart: tuple[str, ...]

    @property
    def asked(self) -> int:
        return len(self.agreed) + len(self.apart)

    @property
    def is_enough(self) -> bool:
        return self.asked > 0 and len(self.agreed) * 100 >= ENOUGH * self.asked


def side(level: int | None) -> Side:
    """Return the side of a level; no level means that it was not seen."""
    if level is None:
        return Side.NOT_SEEN
    return Side.READY if level >= READY_LEVEL else Side.NOT_YET


def compare(reference: Levels, rated: Mapping[str, int | None]) -> Agreement:
    """Compare two ratings of the same practice, criterion by criterion, in the rubric's order."""
    same = {code: side(reference.get(code)) is side(rated.get(code)) for code in CRITERIA}
    return Agreement(
        agreed=tuple(code for code in CRITERIA if same[code]),
        apart=tuple(code for code in CRITERIA if not same[code]),
    )
