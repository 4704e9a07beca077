"""Marking who took part in a session."""

from dataclasses import dataclass
from uuid import uuid5

from django.db import transaction

from courses.actions.milestones import settle
from courses.models import Attendance, Enrolment, Milestone


@dataclass(frozen=True)
class Marked:
    """What saving a sheet did: how many marks changed, and the completions that follow."""

    changed: int
    milestones: tuple[Milestone, ...]


@transaction.atomic
def mark_attendance(*, session_run, marks, key, by, at):
    """Add marks for a session: `marks` is {enrolment id: AttendanceMark}. Return what changed.

    A mark that says what was said before adds nothing, so saving the same sheet twice is once,
    even when somebody else has changed a mark between the two. Enrolments of other cohorts are
    passed over. Whoever completes the course by this is settled.
    """
    enrolments = {
        enrolment.pk: enrolment
        for enrolment in Enrolment.objects.select_for_update(of=("self",))
        .with_cohort()
        .filter(cohort=session_run.cohort_id, pk__in=marks)
        .order_by("pk")
    }
    rows = Attendance.objects.filter(session_run=session_run).order_by("pk")
    told = list(rows.values_list("enrolment_id", "mark", "key"))
    latest = {pk: mark for pk, mark, _key in told}
    known = {(pk, row_key) for pk, _mark, row_key in told}
    # A row's key holds the mark too: who goes back to the same sheet and changes a mark means it.
    added = [
        Attendance(
            session_run=session_run,
            enrolment=enrolments[pk],
            mark=mark,
            marked_by=by,
            marked_at=at,
            key=uuid5(key, mark),
        )
        for pk, mark in marks.items()
        if pk in enrolments and latest.get(pk) != mark and (pk, uuid5(key, mark)) not in known
    ]
    Attendance.objects.bulk_create(added, ignore_conflicts=True)
    settled = [settle(enrolment=row.enrolment, at=at) for row in added]
    return Marked(changed=len(added), milestones=tuple(m for m in settled if m))


def latest_marks(session_run):
    """Return {enrolment id: mark} as it stands for a session, in one query."""
    rows = Attendance.objects.filter(session_run=session_run).order_by("pk")
    return dict(rows.values_list("enrolment_id", "mark"))
