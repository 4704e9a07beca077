"""Who is on the way through a course: what publishing, a new edition or a move means for them.

An author learns how many, never who; and of fewer than five, only that they are fewer than five.
"""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from courses.changes import Changes, LessonChange, compare
from courses.models import (
    Cohort,
    CoursePage,
    Enrolment,
    LessonProgress,
    Milestone,
    MilestoneKind,
)
from courses.outline import OutlineLesson

FEWER_ARE_NOT_COUNTED = 5


@dataclass(frozen=True)
class PartWay:
    """The people part-way through an edition, and in how many groups they are."""

    edition: int
    groups: int
    people: int

    @property
    def is_few(self):
        return self.people < FEWER_ARE_NOT_COUNTED


def course_of(page):
    """Return the course that a page belongs to, as it was first written; None without one.

    Groups follow editions of that one, also when the page is a translation.
    """
    above = CoursePage.objects.ancestor_of(page, inclusive=True).values("translation_key")
    return CoursePage.objects.filter(translation_key__in=above).order_by("pk").first()


def part_way(course):
    """Return a PartWay for each edition that people of a running group follow, newest first."""
    here = Q(enrolments__left_at=None, enrolments__pk__isnull=False)
    completed = Milestone.objects.filter(kind=MilestoneKind.COMPLETION)
    reached = Exists(completed.filter(enrolment=OuterRef("enrolments")))
    rows = (
        Cohort.objects.filter(here & ~reached, edition__course=course)
        .order_by("-edition__number")
        .values("edition__number")
        .annotate(groups=Count("pk", distinct=True), people=Count("enrolments"))
    )
    return [PartWay(row["edition__number"], row["groups"], row["people"]) for row in rows]


@dataclass(frozen=True)
class Touched:
    """A lesson that a move touches, and how many of the group have finished or begun it."""

    lesson: OutlineLesson
    finished: int
    begun: int
    change: LessonChange | None = None


@dataclass(frozen=True)
class Move:
    """What going over to another edition would mean for the people of a group."""

    people: int
    completed: int
    changes: Changes
    added: tuple[Touched, ...]
    changed: tuple[Touched, ...]
    taken_out: tuple[Touched, ...]


def what_a_move_does(cohort, to):
    """Return the Move of a cohort to an edition, in two queries besides the outlines."""
    there = Enrolment.objects.not_left().filter(cohort=cohort)
    counted = there.aggregate(
        people=Count("pk", distinct=True),
        completed=Count("pk", distinct=True, filter=Q(milestones__kind=MilestoneKind.COMPLETION)),
    )
    finished, begun = {}, {}
    rows = LessonProgress.objects.filter(enrolment__in=there)
    for key, steps, finished_at in rows.values_list("lesson", "steps", "finished_at"):
        if finished_at:
            finished[str(key)] = finished.get(str(key), 0) + 1
        elif steps:
            begun[str(key)] = begun.get(str(key), 0) + 1

    def touched(lesson, change=None):
        return Touched(lesson, finished.get(lesson.key, 0), begun.get(lesson.key, 0), change)

    changes = compare(cohort.edition.outline, to.outline)
    return Move(
        **counted,
        changes=changes,
        added=tuple(map(touched, changes.added)),
        changed=tuple(touched(change.after, change) for change in changes.changed),
        taken_out=tuple(map(touched, changes.taken_out)),
    )
