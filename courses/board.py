"""Everything the cohort board shows, as plain dataclasses, in a fixed number of queries.

A person's line comes from the same `standing` as their own page, so the two cannot disagree.
"""

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Case, Exists, OuterRef, Value, When
from django.utils.translation import gettext_lazy

from courses import attention, ready, rechecking
from courses.attention import Reason, Signs
from courses.completion import Asked, Facts, Standing, called_off, standing
from courses.models import (
    COUNTS_AS_ATTENDED,
    AccessNeeds,
    Attendance,
    AttendanceMark,
    Enrolment,
    LessonProgress,
    SessionRun,
)


class Cell(StrEnum):
    """What one square of the board says."""

    HERE = "here"
    LATE = "late"
    LEFT_EARLY = "left_early"
    MADE_UP = "made_up"
    EXCUSED = "excused"
    AWAY = "away"
    NOT_MARKED = "not_marked"
    FINISHED = "finished"
    BEGUN = "begun"
    NOT_BEGUN = "not_begun"
    OPTIONAL = "optional"


MARKS = {
    AttendanceMark.PRESENT: Cell.HERE,
    AttendanceMark.LATE: Cell.LATE,
    AttendanceMark.LEFT_EARLY: Cell.LEFT_EARLY,
    AttendanceMark.MADE_UP: Cell.MADE_UP,
    AttendanceMark.EXCUSED: Cell.EXCUSED,
    AttendanceMark.ABSENT: Cell.AWAY,
}
ASKED_NAMES = {
    "sessions_attended": gettext_lazy("Sessions"),
    "lessons_finished": gettext_lazy("Lessons"),
    "completion": gettext_lazy("Completed the course"),
    "session_attended": gettext_lazy("Sessions that are needed"),
    "final_check": gettext_lazy("Check at the end"),
    "practice_ready": gettext_lazy("Ready in practice"),
    "agreements_signed": gettext_lazy("Agreements signed"),
    "sign_off": gettext_lazy("Sign-off"),
}


@dataclass(frozen=True)
class Column:
    """A column: a short label to see, and the title it stands for."""

    label: str
    title: str


@dataclass(frozen=True)
class Row:
    """A trainee: where they stand, and a cell for each session and lesson column.

    `ready` is where they stand on the way to ready to co-facilitate; None where their edition does
    not lead there. `rechecks` are milestones to look at again, after a correction. `needs` are
    what helps them take part, where they share it with whoever the board is for.
    """

    enrolment: int
    name: str
    email: str
    joined_at: datetime
    last_active: datetime | None
    standing: Standing
    sessions: tuple[Cell, ...]
    lessons: tuple[Cell, ...]
    reached_at: datetime | None
    ready: Standing | None = None
    ready_at: datetime | None = None
    rechecks: tuple[rechecking.Recheck, ...] = ()
    reasons: tuple[Reason, ...] = ()
    needs: AccessNeeds | None = None

    @property
    def asked(self) -> tuple[Asked, ...]:
        return self.standing.asked

    @property
    def has_completed(self) -> bool:
        """True once the milestone is written; nothing takes it away."""
        return self.reached_at is not None

    @property
    def can_complete(self) -> bool:
        """True when what is left can be met without a catch-up."""
        return self.has_completed or all(a.can_still_be_met for a in self.standing.outstanding)


@dataclass(frozen=True)
class Held:
    """A session as this cohort holds it, with how many were marked in which way."""

    run: SessionRun
    counts: Counter
    people: int

    @property
    def marked(self) -> int:
        return sum(self.counts.values())

    def is_over(self, now: datetime) -> bool:
        return self.run.starts_at + timedelta(minutes=self.run.minutes) <= now


@dataclass(frozen=True)
class Board:
    """A cohort's board. Rows are in the order of the alphabet; nobody is ranked."""

    held: tuple[Held, ...]
    asked: tuple[str, ...]
    sessions: tuple[Column, ...]
    lessons: tuple[Column, ...]
    rows: tuple[Row, ...]
    next_run: SessionRun | None

    @property
    def to_call(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.reasons)

    @property
    def to_look_at(self) -> tuple[Row, ...]:
        """Those with a milestone that a person should look at again."""
        return tuple(row for row in self.rows if row.rechecks)

    @property
    def needs(self) -> tuple[AccessNeeds, ...]:
        return tuple(row.needs for row in self.rows if row.needs)

    @property
    def completed(self) -> int:
        return sum(row.has_completed for row in self.rows)

    @property
    def can_complete(self) -> int:
        """How many have completed, or can with the sessions still to come."""
        return sum(row.can_complete for row in self.rows)


def load(cohort, now, reader=None):
    """Return the cohort's board in four queries, or six where its edition leads to ready. The
    cohort comes with its edition. With a `reader`, rows have the needs that are shared with them.
    """
    enrolments = Enrolment.objects
    if reader:
        told = AccessNeeds.objects.told_in(cohort, reader).filter(enrolment=OuterRef("pk"))
        enrolments = enrolments.annotate(shares_needs=Exists(told)).select_related("access_needs")
    return load_all([cohort], now, enrolments)[cohort.pk]


def load_all(cohorts, now, enrolments=Enrolment.objects):
    """Return {cohort id: Board} in four queries, or six where an edition leads to ready, however
    many cohorts and people. `enrolments` may be a QuerySet that brings along more."""
    scope = {"cohort__in": [cohort.pk for cohort in cohorts]}
    runs = defaultdict(list)
    for run in SessionRun.objects.filter(**scope).select_related("facilitator", "co_facilitator"):
        runs[run.cohort_id].append(run)
    people = defaultdict(list)
    for enrolment in _people(cohorts, enrolments, **scope):
        people[enrolment.cohort_id].append(enrolment)
    done = _done(enrolment__left_at=None, enrolment__cohort__in=scope["cohort__in"])
    told = ready.load([each for some in people.values() for each in some])
    return {
        cohort.pk: _board(cohort, runs[cohort.pk], people[cohort.pk], done, told, now)
        for cohort in cohorts
    }


def of_one(cohort, enrolment, now):
    """Return the Board of one person alone, in four queries: the same line as on that of all."""
    runs = list(cohort.session_runs.select_related("facilitator", "co_facilitator"))
    people = _people([cohort], pk=enrolment)
    return _board(cohort, runs, people, _done(enrolment=enrolment), ready.load(people), now)


CHUNK = 500


def in_chunks(cohort, now, size=CHUNK):
    """Yield the board in pieces of so many people, at least one, so that memory stays flat."""
    runs = list(cohort.session_runs.select_related("facilitator", "co_facilitator"))
    everyone = cohort.enrolments.not_left().values_list("trainee__name", "pk")
    named = sorted((alphabetical(name), pk) for name, pk in everyone.iterator())
    order = [pk for _name, pk in named]
    del named
    for start in range(0, len(order) or 1, size):
        chunk = order[start : start + size]
        people = _people([cohort], pk__in=chunk)
        yield _board(cohort, runs, people, _done(enrolment__in=chunk), ready.load(people), now)


def _people(cohorts, enrolments=Enrolment.objects, **scope):
    """The people in these cohorts now, with what was decided about them."""
    by_pk = {cohort.pk: cohort for cohort in cohorts}
    now_in = enrolments.not_left().filter(**scope).select_related("trainee")
    people = list(ready.with_told(now_in))
    for enrolment in people:
        enrolment.cohort = by_pk[enrolment.cohort_id]
    return people


@dataclass(frozen=True)
class _Done:
    """What people have done: the latest mark by session run, and a cell by lesson."""

    marks: dict[int, dict[int, str]]
    lessons: dict[int, dict[str, Cell]]


def _done(**scope):
    """Read what these people have done, in two queries."""
    marks, lessons = defaultdict(dict), defaultdict(dict)
    told = Attendance.objects.filter(**scope).order_by("pk")
    for enrolment, run, mark in told.values_list("enrolment_id", "session_run_id", "mark"):
        marks[enrolment][run] = mark
    cell = Case(
        When(finished_at__isnull=False, then=Value(Cell.FINISHED.value)),
        When(steps={}, then=Value(Cell.NOT_BEGUN.value)),
        default=Value(Cell.BEGUN.value),
    )
    progress = LessonProgress.objects.filter(**scope)
    for enrolment, lesson, state in progress.values_list("enrolment_id", "lesson", cell):
        lessons[enrolment][str(lesson)] = Cell(state)
    return _Done(marks, lessons)


def _board(cohort, runs, people, done, told, now):
    outline, asked = cohort.edition.outline, cohort.edition.asked()
    counted = [run for run in runs if run.counted]
    rows = tuple(
        _row(each, asked, counted, outline.lessons, done, told[each.pk], now)
        for each in in_order(people)
    )
    held = tuple(_held(run, rows, done) for run in runs)
    return Board(
        held=held,
        asked=tuple(str(ASKED_NAMES[requirement.kind]) for requirement in asked),
        sessions=tuple(Column(str(run.number), run.title) for run in counted),
        lessons=tuple(
            Column(f"{session.number}.{place}", lesson.title)
            for session in outline.sessions
            for place, lesson in enumerate(session.lessons, 1)
        ),
        rows=rows,
        next_run=next(
            (each.run for each in held if not (each.is_over(now) or each.run.cancelled_at)), None
        ),
    )


def _held(run, rows, done):
    marks = (done.marks[row.enrolment].get(run.pk) for row in rows)
    return Held(run=run, counts=Counter(mark for mark in marks if mark), people=len(rows))


def _row(enrolment, asked, counted, lessons, done, told, now):
    marks, states = done.marks[enrolment.pk], done.lessons[enrolment.pk]
    was_there = {
        run.number: marks[run.pk] in COUNTS_AS_ATTENDED for run in counted if run.pk in marks
    }
    finished = (key for key, state in states.items() if state is Cell.FINISHED)
    facts = Facts.of(was_there=was_there, lessons=finished, called_off=called_off(counted))
    facts = told.add_to(facts)
    row = Row(
        enrolment=enrolment.pk,
        name=enrolment.trainee.name,
        email=enrolment.trainee.email or "",
        joined_at=enrolment.joined_at,
        last_active=enrolment.last_active_at,
        standing=standing(asked, facts),
        sessions=tuple(
            MARKS[marks[run.pk]] if run.pk in marks else Cell.NOT_MARKED for run in counted
        ),
        lessons=tuple(_lesson_cell(lesson, states) for lesson in lessons),
        reached_at=told.completed_at,
        ready=ready.standing(enrolment.cohort.edition, facts),
        ready_at=told.ready_at,
        rechecks=rechecking.rechecks(told, facts),
        needs=enrolment.access_needs if getattr(enrolment, "shares_needs", False) else None,
    )
    if row.has_completed or not enrolment.trainee.is_active:  # who was forgotten is not called
        return row
    signs = Signs(
        attendance=tuple(was_there.values()),
        joined_at=row.joined_at,
        last_active=row.last_active,
    )
    return replace(row, reasons=attention.reasons(signs=signs, standing=row.standing, now=now))


def _lesson_cell(lesson, states):
    state = states.get(lesson.key, Cell.NOT_BEGUN)
    return Cell.OPTIONAL if state is Cell.NOT_BEGUN and not lesson.required else state


def in_order(enrolments):
    """Return enrolments in the order of the alphabet."""
    return sorted(enrolments, key=lambda each: (alphabetical(each.trainee.name), each.pk))


def by_name(person):
    """The key that puts people in the order of the alphabet."""
    return alphabetical(person.name), person.pk


def alphabetical(name):
    """A name as it is sorted: Élan beside Elan, and small letters beside capitals."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def counts(marks, people):
    """Count the marks, {enrolment id: mark}, of these people."""
    found = (marks.get(each.pk) for each in people)
    return Counter(mark for mark in found if mark)
