"""Moving a running cohort to a newer edition. Nobody loses anything by it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.actions.milestones import settle
from courses.changes import sessions_asked, why_not_move
from courses.models import (
    CarriedLesson,
    Cohort,
    CohortMove,
    Enrolment,
    LessonProgress,
    SessionRun,
    StepEvent,
)
from courses.steps import finished, lesson_finished_at

WHY_NOT = {
    "other_course": _("That edition is of another course."),
    "not_newer": _("This group follows that edition already, or a newer one."),
    "other_sessions": _(
        "That edition has other sessions than this group has arranged. A group that has begun "
        "keeps its sessions. A new group can follow it."
    ),
    "more_sessions": _(
        "That edition asks for more sessions than this group was told at the start. A group that "
        "has begun is not asked for more. A new group can follow it."
    ),
}


class CannotMove(Exception):
    """The cohort cannot go over to this edition; `str()` says why, in plain words."""


def refuse_move(cohort, to):
    """Raise CannotMove unless this cohort can go over to this edition."""
    before = cohort.edition
    if before.course_id != to.course_id:
        code = "other_course"
    elif to.number <= before.number:
        code = "not_newer"
    else:
        code = why_not_move(
            before.outline,
            to.outline,
            sessions_asked(before.requirements),
            sessions_asked(to.requirements),
        )
    if code:
        raise CannotMove(WHY_NOT[code])


@transaction.atomic
def move_cohort(*, cohort, to, by, at):
    """Have a running cohort follow a newer edition. Return the CohortMove; twice is once.

    Nobody loses anything: what was finished stays finished, also where a step is new, and what is
    complete by the newer edition counts at once. Raises CannotMove.
    """
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    people = Enrolment.objects.select_for_update().filter(cohort=cohort.pk).order_by("pk")
    people = [person.pk for person in people]
    cohort = Cohort.objects.with_edition().get(pk=cohort.pk)
    done = CohortMove.objects.filter(cohort=cohort, to_edition=to).first()
    if done:
        return done
    refuse_move(cohort, to)
    move = CohortMove.objects.create(
        cohort=cohort, from_edition=cohort.edition, to_edition=to, by=by, at=at
    )
    Cohort.objects.filter(pk=cohort.pk).update(edition=to)
    _carry(move, people)
    _finish_what_is_complete_now(people, to.outline)
    for session in to.outline.sessions:
        SessionRun.objects.filter(cohort=cohort, session=session.key).update(title=session.title)
    for person in Enrolment.objects.with_cohort().filter(pk__in=people).order_by("pk"):
        settle(enrolment=person, at=at)
    return move


def _carry(move, people):
    """Write down what each person had finished when their cohort moved."""
    rows = LessonProgress.objects.filter(enrolment__in=people, finished_at__isnull=False)
    CarriedLesson.objects.bulk_create(
        CarriedLesson(
            move=move,
            enrolment_id=row.enrolment_id,
            lesson=row.lesson,
            finished_at=row.finished_at,
        )
        for row in rows
    )


def _finish_what_is_complete_now(people, outline):
    """Finish the lessons in which only steps were left that are gone now."""
    open_rows = LessonProgress.objects.filter(enrolment__in=people, finished_at=None)
    facts = {}
    for event in StepEvent.objects.filter(
        enrolment__in=people, lesson__in=open_rows.values("lesson")
    ):
        facts.setdefault((event.enrolment_id, event.lesson), []).append(event.as_fact())
    mended = []
    for row in open_rows:
        found = outline.by_key(str(row.lesson))
        done = finished(facts.get((row.enrolment_id, row.lesson), []))
        row.finished_at = lesson_finished_at(found[1].step_ids, done) if found else None
        if row.finished_at:
            mended.append(row)
    LessonProgress.objects.bulk_update(mended, ["finished_at"])
