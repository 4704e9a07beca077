"""Marking who took part in a session."""

from django.db import transaction

from courses.actions.milestones import settle
from courses.models import Attendance, Enrolment


@transaction.atomic
def mark_attendance(*, session_run, marks, key, by, at):
    """Add marks for a session: `marks` is {enrolment id: AttendanceMark}. Return how many changed.

    A mark that says what was said before adds nothing, so saving the same sheet twice is once.
    Enrolments of other cohorts are passed over. Whoever completes the course by this is settled.
    """
    enrolments = {
        enrolment.pk: enrolment
        for enrolment in Enrolment.objects.select_for_update(of=("self",))
        .with_cohort()
        .filter(cohort=session_run.cohort_id, pk__in=marks)
        .order_by("pk")
    }
    latest = latest_marks(session_run)
    changed = {
        pk: mark for pk, mark in marks.items() if pk in enrolments and latest.get(pk) != mark
    }
    Attendance.objects.bulk_create(
        [
            Attendance(
                session_run=session_run,
                enrolment=enrolments[pk],
                mark=mark,
                marked_by=by,
                marked_at=at,
                key=key,
            )
            for pk, mark in changed.items()
        ],
        ignore_conflicts=True,
    )
    for pk in changed:
        settle(enrolment=enrolments[pk], at=at)
    return len(changed)


def latest_marks(session_run):
    """Return {enrolment id: mark} as it stands for a session, in one query."""
    rows = Attendance.objects.filter(session_run=session_run).order_by("pk")
    return dict(rows.values_list("enrolment_id", "mark"))
