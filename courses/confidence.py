"""How sure people are that they can facilitate, before the course and after it. Pure.

This is the scale of ten statements from 0 to 10 that opens and ends a course. The confidence in an
action plan is another thing, and is never put together with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

ANSWERED_AT_LEAST = 8


@dataclass(frozen=True)
class Answered:
    """A scale as it was saved once: {statement: 0 to 10}, without those that were left out."""

    at: datetime
    numbers: Mapping[str, int]

    @property
    def mean(self) -> float | None:
        """The mean of what was answered; None where that is too little."""
        given = list(self.numbers.values())
        return sum(given) / len(given) if len(given) >= ANSWERED_AT_LEAST else None


@dataclass(frozen=True)
class Sureness:
    """How sure somebody was before the course, and after it."""

    before: float
    after: float


def change(before: Iterable[Answered], after: Iterable[Answered]) -> Sureness | None:
    """Return what somebody said before and after; None unless there is enough of both.

    The latest of each counts. What was said of “before” only after the end says nothing.
    """
    at_the_end = sorted(
        (each for each in after if each.mean is not None), key=lambda each: each.at
    )
    if not at_the_end:
        return None
    at_first = sorted(
        (each for each in before if each.mean is not None and each.at < at_the_end[0].at),
        key=lambda each: each.at,
    )
    if not at_first or at_first[-1].mean is None or at_the_end[-1].mean is None:
        return None
    return Sureness(at_first[-1].mean, at_the_end[-1].mean)
