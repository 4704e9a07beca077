"""Everything the cohort board shows, as plain dataclasses, in a fixed number of queries.

A person's line comes from the same `standing` as their own page, so the two cannot disagree.
"""

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain

from django.db.models import Case, OuterRef, Subquery, Value, When
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses import attention
from courses.attention import Reason, Signs
from courses.completion import Asked, Facts, Standing, standing
from courses.models import (
    Attendance,
    AttendanceMark,
    Enrolment,
    LessonProgress,
    Milestone,
    MilestoneKind,
    SessionRun,
)
from courses.models.cohorts import COUNTS_AS_ATTENDED

NAMES_IN_A_SENTENCE = 3


class Cell(StrEnum):
    """What one square of the board says."""

    HERE = "here"
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
    AttendanceMark.MADE_UP: Cell.MADE_UP,
    AttendanceMark.EXCUSED: Cell.EXCUSED,
    AttendanceMark.ABSENT: Cell.AWAY,
}
# class (the stylesheet draws its shape), words, and whether they are seen as well as heard
DRAWN = {
    Cell.HERE: ("cell-done", gettext_lazy("here")),
    Cell.MADE_UP: ("cell-done", gettext_lazy("made up"), True),
    Cell.EXCUSED: ("cell-none", gettext_lazy("excused"), True),
    Cell.AWAY: ("cell-none", gettext_lazy("away"), True),
    Cell.NOT_MARKED: ("cell-todo", gettext_lazy("not yet")),
    Cell.FINISHED: ("cell-done", gettext_lazy("finished")),
    Cell.BEGUN: ("cell-part", gettext_lazy("begun")),
    Cell.NOT_BEGUN: ("cell-todo", gettext_lazy("not yet")),
    Cell.OPTIONAL: ("cell-none", gettext_lazy("not needed")),
}
ASKED_NAMES = {
    "sessions_attended": gettext_lazy("Sessions"),
    "lessons_finished": gettext_lazy("Lessons"),
}
WHY = {
    Reason.MISSED_THE_LAST_SESSIONS: gettext_lazy("Was not at the last two sessions."),
    Reason.NEEDS_A_CATCH_UP: gettext_lazy(
        "Needs a catch-up: the sessions still to come are not enough to complete."
    ),
    Reason.NOT_BEGUN: gettext_lazy("Joined on %(day)s, and has not opened a lesson yet."),
    Reason.QUIET: gettext_lazy("Was last in a lesson on %(day)s."),
}


@dataclass(frozen=True)
class Column:
    """A column: a short label to see, and the title it stands for."""

    label: str
    title: str


@dataclass(frozen=True)
class Row:
    """A trainee: where they stand, and a cell for each session and lesson column."""

    enrolment: int
    name: str
    email: str
    joined_at: datetime
    last_active: datetime | None
    standing: Standing
    sessions: tuple[Cell, ...]
    lessons: tuple[Cell, ...]
    reached_at: datetime | None
    reasons: tuple[Reason, ...] = ()

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
    def completed(self) -> int:
        return sum(row.has_completed for row in self.rows)

    @property
    def can_complete(self) -> int:
        """How many have completed, or can with the sessions still to come."""
        return sum(row.can_complete for row in self.rows)


# --- Reading -----------------------------------------------------------------------------------


def load(cohort, now):
    """Return the cohort's board in four queries. The cohort comes with its edition."""
    return load_all([cohort], now)[cohort.pk]


def load_all(cohorts, now):
    """Return {cohort id: Board} in four queries, however many cohorts and people."""
    scope = {"cohort__in": [cohort.pk for cohort in cohorts]}
    runs = defaultdict(list)
    for run in SessionRun.objects.filter(**scope).select_related("facilitator", "co_facilitator"):
        runs[run.cohort_id].append(run)
    people = defaultdict(list)
    for enrolment in _people(**scope):
        people[enrolment.cohort_id].append(enrolment)
    done = _done(enrolment__left_at=None, enrolment__cohort__in=scope["cohort__in"])
    return {
        cohort.pk: _board(cohort, runs[cohort.pk], people[cohort.pk], done, now)
        for cohort in cohorts
    }


def in_chunks(cohort, now, size=500):
    """Yield the board in pieces of so many people, at least one, so that memory stays flat."""
    runs = list(cohort.session_runs.select_related("facilitator", "co_facilitator"))
    everyone = cohort.enrolments.filter(left_at=None).values_list("trainee__name", "pk")
    order = [pk for _name, pk in sorted((_alphabetical(name), pk) for name, pk in everyone)]
    for start in range(0, len(order) or 1, size):
        chunk = order[start : start + size]
        yield _board(cohort, runs, _people(pk__in=chunk), _done(enrolment__in=chunk), now)


def _people(**scope):
    """The people in it now, with when they completed."""
    reached = Milestone.objects.filter(enrolment=OuterRef("pk"), kind=MilestoneKind.COMPLETION)
    return (
        Enrolment.objects.filter(left_at=None, **scope)
        .select_related("trainee")
        .annotate(reached_at=Subquery(reached.values("reached_at")[:1]))
    )


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


def _board(cohort, runs, people, done, now):
    outline, asked = cohort.edition.outline, cohort.edition.asked()
    counted = [run for run in runs if run.counted]
    rows = tuple(
        _row(each, asked, counted, outline.lessons, done, now) for each in in_order(people)
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
        next_run=next((each.run for each in held if not each.is_over(now)), None),
    )


def _held(run, rows, done):
    marks = (done.marks[row.enrolment].get(run.pk) for row in rows)
    return Held(run=run, counts=Counter(mark for mark in marks if mark), people=len(rows))


def _row(enrolment, asked, counted, lessons, done, now):
    marks, states = done.marks[enrolment.pk], done.lessons[enrolment.pk]
    was_there = {
        run.number: marks[run.pk] in COUNTS_AS_ATTENDED for run in counted if run.pk in marks
    }
    finished = (key for key, state in states.items() if state is Cell.FINISHED)
    row = Row(
        enrolment=enrolment.pk,
        name=enrolment.trainee.name,
        email=enrolment.trainee.email,
        joined_at=enrolment.joined_at,
        last_active=enrolment.last_active_at,
        standing=standing(asked, Facts.of(was_there=was_there, lessons=finished)),
        sessions=tuple(
            MARKS[marks[run.pk]] if run.pk in marks else Cell.NOT_MARKED for run in counted
        ),
        lessons=tuple(_lesson_cell(lesson, states) for lesson in lessons),
        reached_at=enrolment.reached_at,
    )
    if row.has_completed:
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
    return sorted(enrolments, key=lambda each: (_alphabetical(each.trainee.name), each.pk))


def _alphabetical(name):
    """A name as it is sorted: Élan beside Elan, and small letters beside capitals."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


# --- Saying ------------------------------------------------------------------------------------


def sentence(board):
    """Say in one sentence how the cohort is doing and who might be glad of a call."""
    said = _how_many(board)
    names = [row.name for row in board.to_call]
    if not names:
        return _("%(standing)s.") % {"standing": said}
    calls = ngettext(
        "%(names)s might be glad of a call", "%(names)s might be glad of a call", len(names)
    ) % {"names": and_list(names)}
    return _("%(standing)s; %(calls)s.") % {"standing": said, "calls": calls}


def _how_many(board):
    total, completed, can = len(board.rows), board.completed, board.can_complete
    if not total:
        text = _("Nobody has joined yet")
    elif completed == total:
        text = ngettext("The one person here has completed", "All %(total)s have completed", total)
    elif completed and can == completed:
        text = ngettext(
            "%(completed)s of %(total)s has completed, and the others need a catch-up",
            "%(completed)s of %(total)s have completed, and the others need a catch-up",
            completed,
        )
    elif completed:
        text = ngettext(
            "%(completed)s of %(total)s has completed, and %(more)s more still can",
            "%(completed)s of %(total)s have completed, and %(more)s more still can",
            completed,
        )
    elif can == total:
        text = ngettext(
            "The one person here can still complete", "All %(total)s can still complete", total
        )
    else:
        text = _("%(can)s of %(total)s can still complete")
    return text % {"total": total, "completed": completed, "can": can, "more": can - completed}


def and_list(names, most=NAMES_IN_A_SENTENCE):
    """Return “Amina”, “Amina and Dev”, or “Amina, Dev, Ruth and 2 others”."""
    if len(names) == 1:
        return names[0]
    first, rest = names[:most], len(names) - most
    if rest <= 0:
        return _("%(first)s and %(last)s") % {
            "first": _(", ").join(names[:-1]),
            "last": names[-1],
        }
    return ngettext("%(first)s and %(rest)s other", "%(first)s and %(rest)s others", rest) % {
        "first": _(", ").join(first),
        "rest": rest,
    }


def line(row):
    """Say where one person stands, in one line."""
    if row.has_completed:
        return _("Completed on %(day)s.") % {"day": day(row.reached_at)}
    parts = [
        _("%(name)s %(done)s of %(needed)s")
        % {"name": ASKED_NAMES[asked.kind], "done": asked.done, "needed": asked.needed}
        for asked in row.asked
    ]
    return " · ".join(parts)


def why(row):
    """Say, as facts, why this person might be glad of a call."""
    dates = {Reason.NOT_BEGUN: row.joined_at, Reason.QUIET: row.last_active}
    return [
        WHY[reason] % {"day": day(dates[reason])} if reason in dates else str(WHY[reason])
        for reason in row.reasons
    ]


def day(moment):
    """Return a day like “3 November”."""
    return formats.date_format(timezone.localtime(moment), "j F")


def counts(marks, people):
    """Count the marks, {enrolment id: mark}, of these people."""
    found = (marks.get(each.pk) for each in people)
    return Counter(mark for mark in found if mark)


def counts_said(counts, people):
    """Say how many were here, such as “12 here, 2 excused, 1 away”."""
    said = [
        (counts[AttendanceMark.PRESENT], _("%(n)s here")),
        (counts[AttendanceMark.MADE_UP], _("%(n)s made up")),
        (counts[AttendanceMark.EXCUSED], _("%(n)s excused")),
        (counts[AttendanceMark.ABSENT], _("%(n)s away")),
        (people - sum(counts.values()), _("%(n)s not marked yet")),
    ]
    return _(", ").join(text % {"n": n} for n, text in said if n)


def csv_head(board):
    """Return the first line of the board as a file."""
    return [
        _("Name"),
        _("Joined"),
        *chain.from_iterable(
            (asked, _("%(name)s needed") % {"name": asked}) for asked in board.asked
        ),
        *(
            _("Session %(number)s: %(title)s") % {"number": c.label, "title": c.title}
            for c in board.sessions
        ),
        *(
            _("Lesson %(number)s: %(title)s") % {"number": c.label, "title": c.title}
            for c in board.lessons
        ),
        _("Completed"),
        _("Might be glad of a call"),
    ]


def csv_lines(board):
    """Yield each person's line of the board as a file, in the order of `csv_head`."""
    words = {cell: str(looks[1]) for cell, looks in DRAWN.items()}
    for row in board.rows:
        yield [
            row.name,
            _as_day(row.joined_at),
            *chain.from_iterable((str(asked.done), str(asked.needed)) for asked in row.asked),
            *(words[cell] for cell in (*row.sessions, *row.lessons)),
            _as_day(row.reached_at),
            " ".join(why(row)),
        ]


def _as_day(moment):
    return timezone.localdate(moment).isoformat() if moment else ""


def pair(run):
    """Say who leads a session."""
    named = [person.name for person in (run.facilitator, run.co_facilitator) if person]
    if len(named) == 2:
        return _("Led by %(first)s and %(second)s.") % {"first": named[0], "second": named[1]}
    reason = {"reason": run.one_facilitator_reason}
    if named:
        return _("Led by %(name)s alone: %(reason)s.") % {"name": named[0], **reason}
    return _("Nobody is named yet: %(reason)s.") % reason


def drawn(rows):
    """Yield (row, its cells as HTML). 1,500 cells cost 23 ms by template tags, joined here 2."""
    cells = {cell: _drawn(*looks) for cell, looks in DRAWN.items()}
    for row in rows:
        asked = [_drawn_asked(asked) for asked in row.asked]
        done = [cells[cell] for cell in (*row.sessions, *row.lessons)]
        reached = format_html("<td>{}</td>", day(row.reached_at) if row.has_completed else "")
        yield row, format_html_join("", "{}", ((cell,) for cell in (*asked, *done, reached)))


def _drawn(look, text, is_seen=False):
    seen = "meta" if is_seen else "visually-hidden"
    return format_html('<td class="{}"> <span class="{}">{}</span></td>', look, seen, text)


def _drawn_asked(asked):
    of = _("%(done)s of %(needed)s") % {"done": asked.done, "needed": asked.needed}
    if asked.is_met:
        return format_html(
            "<td>{}\N{NO-BREAK SPACE}"
            '<span aria-hidden="true">✓</span><span class="visually-hidden">{}</span></td>',
            of,
            _("met"),
        )
    if not asked.can_still_be_met:
        return format_html('<td>{} <span class="meta">{}</span></td>', of, _("catch-up needed"))
    return format_html("<td>{}</td>", of)
