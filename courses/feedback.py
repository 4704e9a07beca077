"""What a group says of a session: when it is shown, and what it comes to.

Pure: no database, no request, no clock. Nothing is shown of fewer than a small number of people,
and nothing is ever added to what is shown by fewer: whoever looks before and after would know
what the last one said.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

QUESTIONS = ("listened_to", "had_a_turn", "can_use")
LOWEST, HIGHEST = 0, 10


@dataclass(frozen=True)
class Spread:
    """How many gave which number, from 0 to 10."""

    people: int
    middle: float
    lowest: int
    highest: int
    counts: tuple[int, ...]


def can_be_shown(waiting: int, small_number: int) -> bool:
    """Tell whether so many answers that nobody has seen yet may be shown, all at once."""
    return waiting >= small_number


def spread(numbers: Iterable[int], small_number: int) -> Spread | None:
    """Return what these numbers come to; None when too few people gave one."""
    told = sorted(numbers)
    if not can_be_shown(len(told), small_number):
        return None
    by_number = Counter(told)
    return Spread(
        people=len(told),
        middle=median(told),
        lowest=told[0],
        highest=told[-1],
        counts=tuple(by_number[number] for number in range(LOWEST, HIGHEST + 1)),
    )
