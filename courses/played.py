"""An activity as a trainee meets it: which versions are theirs, and what came of playing it."""

from dataclasses import dataclass
from datetime import datetime

from content.h5p.statements import Reported, reported
from courses.models import H5PHow, H5PStatement

TOLD_AT_MOST = 5


@dataclass(frozen=True)
class Done:
    """One time that somebody did an activity, as they read it themselves."""

    at: datetime
    in_words: bool
    told: Reported


def held(enrolment, exercise):
    """Yield (lesson, activity) as each edition has it that the group follows or followed.

    The one that it follows now comes first. What was played before a move may still arrive.
    """
    editions = (move.from_edition for move in _moves(enrolment.cohort))
    for edition in _after(enrolment.cohort.edition, editions):
        found = edition.outline.h5p(str(exercise))
        if found:
            yield found


def _moves(cohort):
    moves = cohort.moves.select_related("from_edition").defer("from_edition__contents")
    yield from moves.order_by("-pk")


def _after(first, others):
    """Yield the first, and ask for the others only when they are needed."""
    yield first
    yield from others


def done_of(enrolment, exercise, language=""):
    """Return each Done of an activity, the latest first and not too many, in one query."""
    rows = H5PStatement.objects.filter(enrolment=enrolment, exercise=exercise, is_done=True)
    return [
        Done(
            at=row.at,
            in_words=row.how == H5PHow.IN_WORDS,
            told=reported(row.statement, language),
        )
        for row in rows.order_by("-pk")[:TOLD_AT_MOST]
    ]


def is_done(enrolment, exercise):
    """Whether somebody ever did an activity, in whatever version and way."""
    rows = H5PStatement.objects.filter(enrolment=enrolment, exercise=exercise, is_done=True)
    return rows.exists()
