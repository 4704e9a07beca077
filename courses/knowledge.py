"""What came of a person's course checks: enough or not yet, and what changed since the beginning.

Pure: no database, no request, no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

BASELINE, FINAL = "baseline", "final"


@dataclass(frozen=True)
class RoundFact:
    """A round that was finished: what it was for, and how many of its questions were met."""

    purpose: str
    begun_at: datetime
    finished_at: datetime
    met: int
    asked: int
    is_enough: bool


@dataclass(frozen=True)
class Change:
    """How many questions were met before the course, and how many after it."""

    before: int
    before_of: int
    after: int
    after_of: int

    @property
    def share(self) -> float:
        """The change as a share of the questions asked, from -1 to 1."""
        return self.after / self.after_of - self.before / self.before_of


def knowledge_change(rounds: Iterable[RoundFact]) -> Change | None:
    """Return what changed from the baseline to the first final round; None unless both exist.

    The first round at the end counts, not the best of many. What was called a baseline but came
    only after it says nothing, and is left out.
    """
    known = sorted(rounds, key=lambda each: each.begun_at)
    before = next((each for each in known if each.purpose == BASELINE), None)
    after = next((each for each in known if each.purpose == FINAL), None)
    if before is None or after is None or before.finished_at > after.begun_at:
        return None
    return Change(before.met, before.asked, after.met, after.asked)


def final_check_met_at(rounds: Iterable[RoundFact]) -> datetime | None:
    """Return when a final round was enough first; None while none is. Any number may come before
    it, and what comes after it takes nothing away."""
    enough = (each.finished_at for each in rounds if each.purpose == FINAL and each.is_enough)
    return min(enough, default=None)
