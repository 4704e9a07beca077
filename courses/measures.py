"""Measures that people answer before a course and after it: when, and what comes of it. Pure.

No two measures are ever put on one scale, or added up: each keeps its own lowest and highest
number, and questions that stand apart stay apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MEAN, APART = "mean", "apart"
BEFORE, AFTER = "before", "after"
OWN, FREE, FREE_WITH_REGISTRATION, LICENSED = "own", "free", "free_with_registration", "licensed"

ASKED_BEFORE = timedelta(days=7)  # after the first session, or after joining if that was later
ASKED_AFTER = timedelta(weeks=8)  # after the course was completed
BANDS = 3

Answers = Sequence[int | None]


@dataclass(frozen=True)
class Scale:
    """How a measure is scored: its numbers, and how many questions may be left out of a mean."""

    lowest: int
    highest: int
    scoring: str
    missing_at_most: int = 0


def as_marked(numbers: Sequence[int]) -> int | None:
    """Return what counts of the numbers that somebody circled for one question on paper.

    Of two neighbours the lower one counts. With more, or two that are no neighbours, the question
    counts as left out.
    """
    marked = sorted(set(numbers))
    if len(marked) == 1 or (len(marked) == 2 and marked[1] - marked[0] == 1):
        return marked[0]
    return None


def mean(answers: Answers, missing_at_most: int) -> float | None:
    """Return the mean of what was answered; None where too much was left out."""
    given = [number for number in answers if number is not None]
    if not given or len(answers) - len(given) > missing_at_most:
        return None
    return sum(given) / len(given)


def scores(answers: Answers, scale: Scale) -> dict[int, float]:
    """Return {part: score} of one person: a mean is one part, questions apart are one part each.

    What cannot be scored is not in it.
    """
    if scale.scoring == MEAN:
        score = mean(answers, scale.missing_at_most)
        return {} if score is None else {0: score}
    return {part: float(each) for part, each in enumerate(answers) if each is not None}


def paired(
    before: Mapping[int, float], after: Mapping[int, float]
) -> dict[int, tuple[float, float]]:
    """Return {part: (before, after)} of what one person can be compared in with themselves."""
    return {part: (before[part], after[part]) for part in before if part in after}


def band_edges(scale: Scale) -> tuple[int, ...]:
    """Return where the second band begins, and the third: three of about the same width.

    They only show how answers lie, and say of nobody that they are well or ill.
    """
    numbers = scale.highest - scale.lowest + 1
    return tuple(scale.lowest + round(n * numbers / BANDS) for n in range(1, BANDS))


def band_of(score: float, scale: Scale) -> int:
    """Return in which band a score lies, counted from nought."""
    return sum(score >= edge for edge in band_edges(scale))


def needs_licence(status: str) -> bool:
    """Tell whether somebody has to hold a licence before a measure may be used."""
    return status not in (OWN, FREE)


def moment(
    *,
    joined_at: datetime,
    first_session_at: datetime | None,
    completed_at: datetime | None,
    now: datetime,
) -> str | None:
    """Return at which moment somebody can be asked now: before, after, or not at all.

    What is said of “before” in the middle of a course says nothing.
    """
    if completed_at is not None:
        return AFTER if now <= completed_at + ASKED_AFTER else None
    if first_session_at is None:
        return BEFORE
    return BEFORE if now <= max(joined_at, first_session_at) + ASKED_BEFORE else None
