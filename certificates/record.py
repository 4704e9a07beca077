"""A person's own record: all they did here, to read and to take away. It stays theirs.

What was done, and never what they wrote: notes and plans are in their notebook. What it says is
read in six queries, however much there is.
"""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date

from django.utils import timezone

from certificates.models import Certificate
from certificates.telling import told
from courses.models import (
    COUNTS_AS_ATTENDED,
    Attendance,
    Enrolment,
    LessonProgress,
    Milestone,
    Practice,
)


@dataclass(frozen=True)
class SessionThere:
    """A session that they were at, or made up."""

    number: int
    title: str
    day: date


@dataclass(frozen=True)
class LessonDone:
    """A lesson they finished, and when."""

    title: str
    day: date


@dataclass(frozen=True)
class Reached:
    """A milestone: "completion" or "ready"."""

    kind: str
    day: date


@dataclass(frozen=True)
class CourseDone:
    """A course they take or took, with all they did in it. `practices` are days."""

    title: str
    language: str
    edition: int
    organisation: str
    group: str
    joined: date
    sessions: tuple[SessionThere, ...]
    lessons: tuple[LessonDone, ...]
    practices: tuple[date, ...]
    reached: tuple[Reached, ...]


@dataclass(frozen=True)
class Record:
    """All that a person did here. The certificates are as they stand now, the latest first."""

    name: str
    certificates: tuple[Certificate, ...]
    courses: tuple[CourseDone, ...]

    def as_data(self):
        """Return it as plain data for JSON; days as 2026-10-06."""
        return {
            "name": self.name,
            "certificates": [told(each) | {"name": each.name} for each in self.certificates],
            "courses": _with_days_as_text([asdict(course) for course in self.courses]),
        }


def record_of(person):
    """Return the Record of a person."""
    enrolments = Enrolment.objects.of(person).with_cohort().order_by("joined_at", "pk")
    mine = {"enrolment__trainee": person}
    sessions = _by_enrolment(_sessions(mine))
    lessons = _by_enrolment(
        LessonProgress.objects.filter(finished_at__isnull=False, **mine)
        .order_by("finished_at")
        .values_list("enrolment", "lesson", "finished_at")
    )
    practices = _by_enrolment(
        Practice.objects.filter(observed_at__isnull=False, **mine)
        .order_by("observed_at")
        .values_list("enrolment", "observed_at")
    )
    reached = _by_enrolment(
        Milestone.objects.filter(**mine)
        .order_by("reached_at", "pk")
        .values_list("enrolment", "kind", "reached_at")
    )
    return Record(
        name=person.name_for_certificates,
        certificates=tuple(Certificate.objects.of(person)),
        courses=tuple(
            CourseDone(
                title=each.cohort.edition.title,
                language=each.cohort.edition.language,
                edition=each.cohort.edition.number,
                organisation=each.cohort.organisation.name,
                group=each.cohort.name,
                joined=timezone.localdate(each.joined_at),
                sessions=tuple(SessionThere(*row) for row in sessions[each.pk]),
                lessons=tuple(_lessons(each.cohort.edition.outline, lessons[each.pk])),
                practices=tuple(timezone.localdate(at) for (at,) in practices[each.pk]),
                reached=tuple(
                    Reached(kind, timezone.localdate(at)) for kind, at in reached[each.pk]
                ),
            )
            for each in enrolments
        ),
    )


def _sessions(mine):
    """Yield (enrolment, number, title, day) of each session that somebody was at, in order."""
    marks = Attendance.objects.filter(**mine).order_by("pk")
    latest = {}
    for enrolment, run, number, title, starts_at, mark in marks.values_list(
        "enrolment",
        "session_run",
        "session_run__number",
        "session_run__title",
        "session_run__starts_at",
        "mark",
    ):
        latest[enrolment, run] = (number, title, timezone.localdate(starts_at), mark)
    for (enrolment, _run), (number, title, day, mark) in sorted(
        latest.items(), key=lambda item: item[1][:3]
    ):
        if mark in COUNTS_AS_ATTENDED:
            yield enrolment, number, title, day


def _lessons(outline, rows):
    """Yield what was finished, by its title; what the edition does not hold any more is left."""
    titles = {lesson.key: lesson.title for lesson in outline.lessons}
    for lesson, at in rows:
        if str(lesson) in titles:
            yield LessonDone(titles[str(lesson)], timezone.localdate(at))


def _by_enrolment(rows):
    found = defaultdict(list)
    for enrolment, *row in rows:
        found[enrolment].append(row)
    return found


def _with_days_as_text(data):
    if isinstance(data, dict):
        return {name: _with_days_as_text(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_with_days_as_text(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data
