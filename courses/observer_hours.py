"""How much of observers' time a cohort's practices take. Pure: no database, no request, no clock.

Everybody practises twice. In each practice they lead for some minutes, and then there is spoken
feedback. One observer sits with a round of four, one person after the other; so the number of
rounds is the number of observers who are needed at the same time. Writing it up takes a little
more, and some people practise again. Twelve people and two practices come to about seven hours
with spoken feedback alone.
"""

from dataclasses import dataclass

ROUND = 4  # people whom one observer watches, one after the other
WRITING_UP = 5  # minutes for each practice
PRACTISE_AGAIN = 25  # of a hundred people, how many practise once more


@dataclass(frozen=True)
class Practising:
    """How long one person's practice takes: leading, and the spoken feedback after it."""

    leading: int
    feedback: int

    @property
    def minutes(self) -> int:
        return self.leading + self.feedback


FIRST, SECOND = Practising(leading=10, feedback=6), Practising(leading=12, feedback=6)
MINUTES = {1: FIRST.minutes, 2: SECOND.minutes}


@dataclass(frozen=True)
class Needed:
    """What a cohort needs: observers at once, and minutes of their time, by what they are for."""

    people: int
    at_once: int
    watching: int
    writing_up: int
    again: int

    @property
    def minutes(self) -> int:
        return self.watching + self.writing_up + self.again

    @property
    def hours_watching(self) -> int:
        """Hours of watching and spoken feedback, as a person would say them: to the next one."""
        return _whole_hours(self.watching)

    @property
    def hours(self) -> int:
        """All hours, with writing up and practising again."""
        return _whole_hours(self.minutes)


def needed(
    people: int,
    *,
    practices: tuple[Practising, ...] = (FIRST, SECOND),
    together: int = ROUND,
    writing_up: int = WRITING_UP,
    again: int = PRACTISE_AGAIN,
) -> Needed:
    """Return what so many people need. `again` of a hundred practise the last one once more."""
    people = max(people, 0)
    more = _up(people * again, 100) if practices else 0
    return Needed(
        people=people,
        at_once=_up(people, together),
        watching=people * sum(each.minutes for each in practices),
        writing_up=people * len(practices) * writing_up,
        again=more * (practices[-1].minutes + writing_up) if practices else 0,
    )


def _whole_hours(minutes: int) -> int:
    return _up(minutes, 60)


def _up(number: int, by: int) -> int:
    return -(-number // by)
