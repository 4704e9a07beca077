"""Marking who took part in a session."""

from dataclasses import dataclass
from uuid import uuid5

from django.db import transaction

from courses.actions.keys import key_for
from courses.actions.milestones import settle
from courses.models import Attendance, Enrolment, Milestone, SessionRun


class Cancelled(Exception):
    """The session was cancelled: nobody was there, and nobody was away."""


@dataclass(frozen=True)
class Mark:
    """What a sheet says of one person: the mark, another way than the session's own, a reason."""

    mark: str
    way: str = ""
    reason: str = ""

    @classmethod
    def of(cls, row):
        """What an Attendance says."""
        return cls(row.mark, row.way, row.reason)

    @property
    def is_plain(self):
        """True when there is nothing to it but the mark."""
        return not (self.way or self.reason)


@dataclass(frozen=True)
class Marked:
    """What saving a sheet did: how many marks changed, and the completions that follow.

    `disputed`: {enrolment id: Attendance}, what somebody else marked after the sheet was drawn.
    Theirs stands until its writer has seen it.
    """

    changed: int
    milestones: tuple[Milestone, ...]
    disputed: dict[int, Attendance]


def locked(session_run):
    """Return a session as it is now, while nobody else writes about it. Raises Cancelled."""
    runs = SessionRun.objects.select_for_update(of=("self",))
    run = runs.select_related("cohort__organisation").get(pk=session_run.pk)
    if run.cancelled_at:
        raise Cancelled
    return run


@transaction.atomic
def mark_attendance(*, session_run, marks, key, by, at, seen=None):
    """Add marks for a session: `marks` is {enrolment id: AttendanceMark or Mark}.

    A mark that says what was said before adds nothing, so saving the same sheet twice is once,
    even when somebody else has changed a mark between the two. Enrolments of other cohorts are
    passed over, and so is one's own: nobody says of themselves that they were there. Whoever
    completes the course by this is settled.

    `seen`, if given, is {enrolment id: id of the Attendance its writer saw, or None}. What
    somebody else has marked since then is not written over: see `Marked.disputed`. Raises
    Cancelled.
    """
    # Two sheets of one session are kept one after the other, so that none overlooks the other.
    locked(session_run)
    asked = {pk: each if isinstance(each, Mark) else Mark(each) for pk, each in marks.items()}
    enrolments = {
        enrolment.pk: enrolment
        for enrolment in Enrolment.objects.select_for_update(of=("self",))
        .with_cohort()
        .filter(cohort=session_run.cohort_id, pk__in=asked)
        .exclude(trainee=by)
        .order_by("pk")
    }
    told = list(marks_of(session_run))
    added, disputed = [], {}
    for pk, mark in asked.items():
        if pk not in enrolments:
            continue
        before = [row for row in told if row.enrolment_id == pk]
        own_key = _key(key, mark)
        if (before and Mark.of(before[-1]) == mark) or own_key in {row.key for row in before}:
            continue
        if seen and pk in seen and _somebody_else_since(before, seen[pk], by):
            disputed[pk] = before[-1]
            continue
        added.append(
            Attendance(
                session_run=session_run,
                enrolment=enrolments[pk],
                mark=mark.mark,
                way=mark.way,
                reason=mark.reason,
                marked_by=by,
                marked_at=at,
                key=own_key,
            )
        )
    Attendance.objects.bulk_create(added, ignore_conflicts=True)
    settled = [settle(enrolment=row.enrolment, at=at) for row in added]
    return Marked(len(added), tuple(m for m in settled if m), disputed)


def _key(key, mark):
    """A row's key holds what it says: who goes back to a sheet and changes a mark means it."""
    return uuid5(key, mark.mark) if mark.is_plain else key_for(key, *vars(mark).values())


def _somebody_else_since(rows, seen, by):
    """Tell whether the mark that counts is somebody else's, and newer than what was seen."""
    return bool(rows) and rows[-1].pk > (seen or 0) and rows[-1].marked_by_id != by.pk


def marks_of(session_run):
    """Return every mark of a session with who made it, oldest first: one query."""
    rows = Attendance.objects.filter(session_run=session_run).order_by("pk")
    return rows.select_related("marked_by", "enrolment__trainee")


def latest_marks(session_run):
    """Return {enrolment id: mark} as it stands for a session, in one query."""
    rows = Attendance.objects.filter(session_run=session_run).order_by("pk")
    return dict(rows.values_list("enrolment_id", "mark"))
