"""What is counted in cohorts, in nine queries. Nothing is hidden yet: see `courses.reports`.

An edition that this process has not read before takes one query more.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Q

from courses.confidence import Answered, change
from courses.models import (
    COUNTS_AS_ATTENDED,
    Attendance,
    Cohort,
    Enrolment,
    LessonProgress,
    Milestone,
    MilestoneKind,
    ScaleAnswer,
    SessionRun,
)
from courses.round_reading import knowledge_changes

KNOWLEDGE, CONFIDENCE, MINUTES, CAME = "knowledge", "confidence", "minutes", "came"
ALWAYS = ("reached", "joined", "participants", "completers", KNOWLEDGE, CONFIDENCE, MINUTES)


@dataclass(frozen=True)
class Mean:
    """What a number was before and after for the same people, added up."""

    people: int = 0
    before: float = 0
    after: float = 0

    def __add__(self, other):
        return Mean(
            self.people + other.people, self.before + other.before, self.after + other.after
        )


@dataclass
class Counted:
    """What was counted in a cohort, or in several together. Nothing of it is hidden yet.

    `came` is {number of a session: how many came}, for those that were held. The minutes are
    those of the sessions people came to, and of the required lessons that they finished.
    """

    figures: dict[Hashable, int]
    came: dict[int, int] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    knowledge: Mean = Mean()
    confidence: Mean = Mean()

    @property
    def all_figures(self):
        return {**self.figures, **{(CAME, number): n for number, n in self.came.items()}}


def put_together(several):
    """Add up what was counted in several places."""
    figures, came, titles = Counter(dict.fromkeys(ALWAYS, 0)), Counter(), {}
    knowledge, confidence = Mean(), Mean()
    for each in several:
        figures.update(each.figures)
        came.update(each.came)
        titles = {**each.titles, **titles}
        knowledge, confidence = knowledge + each.knowledge, confidence + each.confidence
    return Counted(
        figures=dict(figures),
        came=dict(came),
        titles=titles,
        knowledge=knowledge,
        confidence=confidence,
    )


def counted_in(cohorts, now):
    """Return {cohort id: Counted}, in nine queries."""
    pks = [cohort.pk for cohort in cohorts]
    people = Enrolment.objects.filter(cohort__in=pks)
    found = Cohort.objects.filter(pk__in=pks).annotate(
        asked=Count(
            "invitations",
            filter=Q(invitations__enrolment=None, invitations__withdrawn_at=None),
        )
    )
    asked = dict(found.order_by().values_list("pk", "asked"))
    joined = defaultdict(set)
    for cohort, enrolment in people.order_by().values_list("cohort_id", "pk"):
        joined[cohort].add(enrolment)
    reached = defaultdict(set)
    milestones = Milestone.objects.filter(enrolment__cohort__in=pks)
    for kind, enrolment in milestones.values_list("kind", "enrolment_id"):
        reached[kind].add(enrolment)
    runs = _held(pks, now)
    there, finished = _there(pks), _finished(pks)
    knew, sure = knowledge_changes(people), _sureness(cohorts)
    return {
        cohort.pk: _of_one(
            cohort,
            joined[cohort.pk],
            asked[cohort.pk],
            reached,
            runs[cohort.pk],
            there,
            finished[cohort.pk],
            knew,
            sure,
        )
        for cohort in cohorts
    }


def _held(pks, now):
    """Return {cohort id: [its counted sessions that are over and were not cancelled]}."""
    runs = defaultdict(list)
    for run in SessionRun.objects.filter(cohort__in=pks, counted=True, cancelled_at=None):
        if run.starts_at + timedelta(minutes=run.minutes) <= now:
            runs[run.cohort_id].append(run)
    return runs


def _there(pks):
    """Return {session run: the enrolments that took part}, by their latest marks."""
    latest = {}
    marks = Attendance.objects.filter(session_run__cohort__in=pks).order_by("pk")
    for run, enrolment, mark in marks.values_list("session_run_id", "enrolment_id", "mark"):
        latest[run, enrolment] = mark
    there = defaultdict(set)
    for (run, enrolment), mark in latest.items():
        if mark in COUNTS_AS_ATTENDED:
            there[run].add(enrolment)
    return there


def _of_one(cohort, joined, asked, reached, runs, there, finished, knew, sure):
    came = {run.number: there[run.pk] & joined for run in runs}
    participants = set().union(*came.values())
    completers = participants & reached[MilestoneKind.COMPLETION]
    figures = {
        "reached": len(joined) + asked,
        "joined": len(joined),
        "participants": len(participants),
        "completers": len(completers),
    }
    if cohort.edition.ready_requirements:
        figures["ready"] = len(completers & reached[MilestoneKind.READY])
    knowledge = _added_up(
        (100 * knew[pk].before / knew[pk].before_of, 100 * knew[pk].after / knew[pk].after_of)
        for pk in joined & knew.keys()
    )
    confidence = _added_up((sure[pk].before, sure[pk].after) for pk in joined & sure.keys())
    figures |= {KNOWLEDGE: knowledge.people, CONFIDENCE: confidence.people}
    together = sum(len(came[run.number]) * run.minutes for run in runs)
    figures[MINUTES] = together + _online_minutes(cohort, finished)
    return Counted(
        figures=figures,
        came={number: len(each) for number, each in came.items()},
        titles={run.number: run.title for run in runs},
        knowledge=knowledge,
        confidence=confidence,
    )


def _added_up(pairs):
    return sum((Mean(1, before, after) for before, after in pairs), Mean())


def _online_minutes(cohort, finished):
    """How long the required lessons take that people finished; {lesson: how many did}."""
    lessons = cohort.edition.outline.lessons
    return sum(finished[lesson.key] * lesson.minutes for lesson in lessons if lesson.required)


def _finished(pks):
    """Return {cohort id: {lesson: how many finished it}}."""
    finished: dict = defaultdict(Counter)
    done = LessonProgress.objects.filter(enrolment__cohort__in=pks, finished_at__isnull=False)
    by_lesson = done.order_by().values_list("enrolment__cohort", "lesson").annotate(Count("pk"))
    for cohort, lesson, people in by_lesson:
        finished[cohort][str(lesson)] = people
    return finished


def _sureness(cohorts):
    """Return {enrolment id: Sureness}, from the first scale they answered and the last."""
    order = {}
    for cohort in cohorts:
        steps = (step for lesson in cohort.edition.outline.lessons for step in lesson.steps)
        asked = (each.id for step in steps for each in step.exercises if each.kind == "scale")
        order[cohort.pk] = {scale: n for n, scale in enumerate(asked)}
    saved = ScaleAnswer.objects.filter(enrolment__cohort__in=order).order_by("pk")
    answers: dict = defaultdict(lambda: defaultdict(list))
    for cohort, enrolment, exercise, at, numbers in saved.values_list(
        "enrolment__cohort", "enrolment", "exercise", "at", "numbers"
    ):
        said, place = Answered(at, numbers), order[cohort].get(str(exercise))
        if place is not None and said.mean is not None:
            answers[enrolment][place].append(said)
    changes = {
        pk: change(said[min(said)], said[max(said)])
        for pk, said in answers.items()
        if len(said) > 1
    }
    return {pk: each for pk, each in changes.items() if each}
