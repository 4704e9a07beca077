"""Asking the rule again, and writing down what is newly true."""

from django.db import transaction
from django.utils import timezone

from courses.completion import Facts, standing
from courses.models import (
    COUNTS_AS_ATTENDED,
    Attendance,
    LessonProgress,
    Milestone,
    MilestoneKind,
)
from courses.signals import milestone_reached


def facts_of(enrolment, *, attendance=None, progress=None):
    """Return (facts, attended session days) of an enrolment, in two queries.

    `attendance` and `progress` spare a query to callers who hold the rows already.
    """
    if attendance is None:
        attendance = Attendance.objects.filter(enrolment=enrolment, session_run__counted=True)
        attendance = attendance.values_list(
            "session_run__number", "mark", "session_run__starts_at"
        ).order_by("pk")
    latest = {number: (mark, starts_at) for number, mark, starts_at in attendance}
    if progress is None:
        progress = LessonProgress.objects.filter(enrolment=enrolment, finished_at__isnull=False)
        progress = progress.values_list("lesson", flat=True)
    facts = Facts.of(
        was_there={number: mark in COUNTS_AS_ATTENDED for number, (mark, _day) in latest.items()},
        lessons=(str(lesson) for lesson in progress),
    )
    return facts, {number: latest[number][1] for number in facts.sessions_attended}


def standing_of(enrolment):
    """Return where this trainee stands, in two queries."""
    facts, _days = facts_of(enrolment)
    return standing(enrolment.cohort.edition.asked(), facts)


def settle(*, enrolment, at):
    """Record a milestone if the rule says that it is reached. Return it when it is new, else None.

    Called inside the transaction of whatever changed the facts, by someone who holds the lock on
    the enrolment. A milestone once written stays: this only ever adds. What listens is told after
    the commit, so that it never hears of something that was rolled back.
    """
    facts, attended = facts_of(enrolment)
    edition = enrolment.cohort.edition
    if not standing(edition.asked(), facts).is_complete:
        return None
    reached = Milestone.objects.filter(enrolment=enrolment, kind=MilestoneKind.COMPLETION)
    if reached.exists():
        return None
    days = sorted(timezone.localdate(day) for day in attended.values()) or [timezone.localdate(at)]
    milestone = Milestone.objects.create(
        enrolment=enrolment,
        kind=MilestoneKind.COMPLETION,
        edition=edition,
        reached_at=at,
        evidence={
            "sessions_attended": sorted(facts.sessions_attended),
            "lessons_finished": len(facts.lessons_finished),
            "first_day": days[0].isoformat(),
            "last_day": days[-1].isoformat(),
        },
    )
    transaction.on_commit(
        lambda: milestone_reached.send_robust(sender=Milestone, milestone=milestone, at=at)
    )
    return milestone
