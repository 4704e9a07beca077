"""Whether a session's activities fill its time, when each begins, and the usual plan.

Pure: no database, no request, no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise


@dataclass(frozen=True)
class Timing:
    """How long the activities take together, beside how long the session is, in minutes."""

    planned: int
    length: int

    @property
    def left(self) -> int:
        """Minutes that no activity fills yet."""
        return max(0, self.length - self.planned)

    @property
    def over(self) -> int:
        """Minutes that the activities run past the end."""
        return max(0, self.planned - self.length)

    @property
    def fits(self) -> bool:
        return self.planned == self.length


def timing(minutes: Iterable[int | None], length: int | None) -> Timing:
    """Add up the activities of a session. One whose minutes are not written yet takes none."""
    return Timing(planned=sum(each or 0 for each in minutes), length=length or 0)


@dataclass(frozen=True)
class Slot:
    """When an activity begins and ends, in minutes from the start of the session."""

    begins: int
    ends: int

    def at(self, start: datetime | None = None) -> tuple[str, str]:
        """Return both as a clock shows them: from 0:00, or on the clock of the place at `start`.

        Minutes really pass, also in the night when the clocks change.
        """
        if start is None:
            return _from_nought(self.begins), _from_nought(self.ends)
        return _on_the_clock(start, self.begins), _on_the_clock(start, self.ends)


def _from_nought(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _on_the_clock(start: datetime, minutes: int) -> str:
    then = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)
    return then.strftime("%H:%M")


def slots(minutes: Iterable[int | None]) -> list[Slot]:
    """Return when each activity begins and ends, one after the other."""
    marks = accumulate((each or 0 for each in minutes), initial=0)
    return [Slot(begins, ends) for begins, ends in pairwise(marks)]


# The shape that every session shares: the type of each activity, and its minutes out of 150.
FIRST = (
    ("welcome", 10),
    ("mini_talk", 45),
    ("break", 20),
    ("practice", 45),
    ("action_plan", 20),
    ("close", 10),
)
LATER = (
    ("welcome", 5),
    ("feedback", 25),
    ("mini_talk", 35),
    ("break", 20),
    ("practice", 40),
    ("action_plan", 15),
    ("close", 10),
)
USUAL_LENGTH = 150
ROUND_FROM = 120  # shorter sessions are planned to the minute, longer ones in fives


def usual(number: int, length: int) -> list[tuple[str, int]]:
    """Return the usual plan of a session as types and minutes; they add up to `length`.

    Looking back on plans comes in from the second session on. In a session so short that a part
    would have no time, that part is left out.
    """
    shape = LATER if number > 1 else FIRST
    grain = 5 if length >= ROUND_FROM else 1
    ends = [
        round(end * length / USUAL_LENGTH / grain) * grain
        for end in accumulate(share for _kind, share in shape)
    ]
    ends[-1] = length
    kinds = [kind for kind, _share in shape]
    parts = zip(kinds, pairwise([0, *ends]), strict=True)
    return [(kind, end - begin) for kind, (begin, end) in parts if end > begin]
