"""How the activities of a session went on the day."""

from dataclasses import dataclass

from django.db import transaction

from courses.actions.attendance import locked
from courses.actions.keys import key_for
from courses.models import ActivityMark


@dataclass(frozen=True)
class Went:
    """How one activity went, and why where it was not as planned."""

    how: str
    reason: str = ""


@transaction.atomic
def mark_activities(*, session_run, marks, key, by, at):
    """Add how activities went: `marks` is {(place, title): Went}. Return how many are new.

    What says the same as before adds nothing, and neither does what is sent twice. Raises
    Cancelled.
    """
    locked(session_run)
    latest = latest_activities(session_run)
    added = [
        ActivityMark(
            session_run=session_run,
            place=place,
            title=title,
            how=went.how,
            reason=went.reason,
            by=by,
            at=at,
            key=key_for(key, title, went.how, went.reason),
        )
        for (place, title), went in marks.items()
        if went_of(latest.get((place, title))) != went
    ]
    before = session_run.activity_marks.count()
    ActivityMark.objects.bulk_create(added, ignore_conflicts=True)
    return session_run.activity_marks.count() - before


def went_of(row):
    """What an ActivityMark says; None where there is none."""
    return Went(row.how, row.reason) if row else None


def latest_activities(session_run):
    """Return {(place, title): ActivityMark} as it stands, in one query.

    A group that has moved to another edition may have another activity in the same place.
    """
    rows = session_run.activity_marks.select_related("by").order_by("pk")
    return {(row.place, row.title): row for row in rows}
