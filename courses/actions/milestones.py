"""Asking the rule again, and writing down what is newly true."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from courses import completion, ready
from courses.completion import Facts, standing
from courses.models import (
    COUNTS_AS_ATTENDED,
    Attendance,
    Enrolment,
    LessonProgress,
    Milestone,
    MilestoneKind,
)
from courses.signals import milestone_reached


def facts_of(enrolment, *, attendance=None, progress=None, told=None, runs=()):
    """Return (facts, attended session days) of an enrolment, in three queries.

    `attendance`, `progress` and `told` (a courses.ready.Told) spare a query to callers who hold
    them already. Who asks what can still be met gives the group's `runs`: some may be called off.
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
        called_off=completion.called_off(runs),
    )
    facts = (told or told_of(enrolment)).add_to(facts)
    return facts, {number: latest[number][1] for number in facts.sessions_attended}


def told_of(enrolment):
    """Return what was decided about an enrolment: one query, or none if it came along."""
    if hasattr(enrolment, "told_waived"):
        return ready.told_by(enrolment)
    found = ready.with_told(Enrolment.objects.filter(pk=enrolment.pk)).get()
    found.cohort = enrolment.cohort
    return ready.told_by(found)


def ready_standing_of(enrolment):
    """Return where this trainee stands on the way to ready, or None where the course does not
    lead there."""
    edition = enrolment.cohort.edition
    if not ready.leads_there(edition):
        return None
    facts, _told = facts_in_full(enrolment)
    return ready.standing(edition, facts)


def facts_in_full(enrolment):
    """Return (facts, told) of an enrolment with all that observers and checks have shown."""
    told = _told_in_full(enrolment)
    facts, _days = facts_of(enrolment, told=told)
    return facts, told


def settle(*, enrolment, at):
    """Record what the rule says is reached: completion, and ready to co-facilitate.

    Return the completion when it is new, else None. Called inside the transaction of whatever
    changed the facts, by someone who holds the lock on the enrolment. A milestone once written
    stays: this only ever adds. What listens is told after the commit, so that it never hears of
    something that was rolled back.
    """
    told = told_of(enrolment)
    if told.completed_at:
        _settle_ready(enrolment, told, at)
        return None
    facts, attended = facts_of(enrolment, told=told)
    edition = enrolment.cohort.edition
    if not standing(edition.asked(), facts).is_complete:
        return None
    milestone = _reach(
        enrolment,
        MilestoneKind.COMPLETION,
        at,
        {
            "sessions_attended": sorted(facts.sessions_attended),
            "lessons_finished": len(facts.lessons_finished),
            **({"waived": sorted(facts.waived)} if facts.waived else {}),
            **_days(attended, at),
        },
    )
    _settle_ready(enrolment, replace(told, completed_at=at), at)
    return milestone


@transaction.atomic
def settle_ready(*, enrolment, at):
    """Settle after something that only “ready to co-facilitate” asks about, like a signature.

    Takes the lock on the enrolment itself, and asks nothing where the course does not lead there.
    """
    if ready.leads_there(enrolment.cohort.edition):
        Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        settle(enrolment=Enrolment.objects.with_cohort().get(pk=enrolment.pk), at=at)


def _settle_ready(enrolment, told, at):
    """Record that a trainee who has completed is ready to co-facilitate, if the rule says so.

    Most editions ask for an organiser's word last of all: without it, no more has to be asked.
    """
    edition = enrolment.cohort.edition
    asked = {each.kind for each in edition.ready_asked()}
    waits = completion.SIGN_OFF in asked and told.signed_off_at is None
    if not asked or told.ready_at or waits:
        return
    told = replace(_told_in_full(enrolment), completed_at=told.completed_at)
    facts, attended = facts_of(enrolment, told=told)
    if ready.standing(edition, facts).is_complete:
        _reach(enrolment, MilestoneKind.READY, at, _evidence_of_ready(told, facts, attended, at))


def _told_in_full(enrolment):
    """Return what was decided and shown about an enrolment, in three queries."""
    found = ready.with_told(Enrolment.objects.filter(pk=enrolment.pk)).get()
    found.cohort = enrolment.cohort
    return ready.load([found])[found.pk]


def _evidence_of_ready(told, facts, attended, at):
    """What was met, as it stood. Training ends with the last session or practice (C7)."""
    practices = sorted(_day(each.at) for each in told.watched)
    days = _days(attended, at)
    training_date = max([days["last_day"], *practices])
    return {
        "completed": _day(told.completed_at),
        "sessions_attended": sorted(facts.sessions_attended),
        "final_check": told.final_check_at and _day(told.final_check_at),
        "practices": practices,
        "agreements": {which: _day(signed) for which, signed in sorted(told.signed.items())},
        "signed_off": told.signed_off_at and _day(told.signed_off_at),
        "first_day": min([days["first_day"], *practices]),
        "last_day": training_date,
        "training_date": training_date,
    }


def _days(attended, at):
    """The first and the last day together; the day of completing, where nobody met."""
    days = sorted(_day(day) for day in attended.values()) or [_day(at)]
    return {"first_day": days[0], "last_day": days[-1]}


def _day(moment):
    return timezone.localdate(moment).isoformat()


def _reach(enrolment, kind, at, evidence):
    """Write a milestone, and announce it once it is safely written."""
    milestone = Milestone.objects.create(
        enrolment=enrolment,
        kind=kind,
        edition=enrolment.cohort.edition,
        reached_at=at,
        evidence=evidence,
    )
    transaction.on_commit(
        lambda: milestone_reached.send_robust(sender=Milestone, milestone=milestone, at=at)
    )
    return milestone
