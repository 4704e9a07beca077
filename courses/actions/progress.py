"""What a trainee does in a lesson: finish a step or take that back, answer a question.

Every write carries a key that the trainee's side made. A repeat finds the key and changes nothing,
so a double tap, a resent form or a reply that got lost on the way does no harm.
"""

from django.db import transaction
from django.db.models import OuterRef, Subquery

from content import scoring
from courses.actions.keys import key_for
from courses.actions.milestones import settle
from courses.models import (
    Attempt,
    CarriedLesson,
    Enrolment,
    H5PStatement,
    LessonProgress,
    StepEvent,
)
from courses.models.progress import StepEventKind
from courses.ready import with_told
from courses.steps import finished, lesson_finished_at, still_to_do


class NotDoneYet(Exception):
    """The step asks for an activity first, and it was not done, neither played nor in words."""


@transaction.atomic
def finish_step(*, enrolment, lesson, step, key, at):
    """Record "I've finished this step". Return the milestone that follows from it, if any.

    `lesson` is the OutlineLesson, `step` the step's id in it. Raises NotDoneYet.
    """
    said = {"kind": StepEventKind.FINISHED, "key": key}
    return _tell(enrolment, lesson, step, at, [said], once_done=True)


@transaction.atomic
def undo_step(*, enrolment, lesson, step, undoes, key, at):
    """Record that a step is not finished after all.

    `undoes` are the keys of what is taken back: more than one when the step was finished twice.
    """
    said = [
        {"kind": StepEventKind.UNDONE, "key": key_for(key, undone), "undoes": undone}
        for undone in undoes
    ]
    return _tell(enrolment, lesson, step, at, said)


def _tell(enrolment, lesson, step, at, said, once_done=False):
    """Add facts about a step, bring the lesson's progress up to date, and settle."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    locked = _as_it_is_now(enrolment, lesson)
    if once_done:
        _refuse_if_not_done(locked, lesson, step)
    StepEvent.objects.bulk_create(
        [
            StepEvent(enrolment=locked, lesson=lesson.key, step=step, at=at, **each)
            for each in said
        ],
        ignore_conflicts=True,
    )
    events = StepEvent.objects.filter(enrolment=locked, lesson=lesson.key)
    done = finished(told.as_fact() for told in events)
    finished_at = lesson_finished_at(_asked(locked, lesson), done) or locked.carried_at
    LessonProgress.objects.bulk_create(
        [
            LessonProgress(
                enrolment=locked,
                lesson=lesson.key,
                steps={step: [fact.key for fact in facts] for step, facts in done.items()},
                finished_at=finished_at,
            )
        ],
        update_conflicts=True,
        unique_fields=["enrolment", "lesson"],
        update_fields=["steps", "finished_at"],
    )
    Enrolment.objects.filter(pk=locked.pk).update(
        last_lesson=lesson.key, last_step=step, last_active_at=at
    )
    return settle(enrolment=locked, at=at) if finished_at else None


def _as_it_is_now(enrolment, lesson):
    """Return a locked enrolment with its cohort, which may just have moved to another edition.

    What was decided about it comes along too. `carried_at` says when the lesson was finished in
    an edition that they followed before.
    """
    carried = CarriedLesson.objects.filter(enrolment=OuterRef("pk"), lesson=lesson.key)
    return (
        with_told(Enrolment.objects.with_cohort())
        .annotate(carried_at=Subquery(carried.values("finished_at")[:1]))
        .get(pk=enrolment.pk)
    )


def _asked(enrolment, lesson):
    """Return the steps of the lesson as the cohort's edition has it now."""
    return _as_held(enrolment, lesson).step_ids


def _as_held(enrolment, lesson):
    found = enrolment.cohort.edition.outline.by_key(lesson.key)
    return found[1] if found else lesson


def _refuse_if_not_done(enrolment, lesson, step):
    """Raise NotDoneYet when the step asks for an activity that was not done.

    A step that is finished stays so, also where a newer edition asks for more.
    """
    steps = (each for each in _as_held(enrolment, lesson).steps if each.id == step)
    asked = next((each.asked for each in steps), ())
    if not asked:
        return
    events = StepEvent.objects.filter(enrolment=enrolment, lesson=lesson.key, step=step)
    if step in finished(told.as_fact() for told in events):
        return
    done = H5PStatement.objects.filter(enrolment=enrolment, exercise__in=asked, is_done=True)
    if still_to_do(asked, map(str, done.values_list("exercise", flat=True))):
        raise NotDoneYet


@transaction.atomic
def record_attempt(*, enrolment, lesson, check, answers, key, at):
    """Mark an answer and keep it. Return the Attempt; the same answer sent again is the same one.

    `check` is a content.exercises.Question. Raises content.scoring.NotAnOption when the answer is
    not one of those offered.
    """
    mark = scoring.mark_any(check, answers)
    own_key = key_for(key, check.id, mark.answers)
    Attempt.objects.bulk_create(
        [
            Attempt(
                enrolment_id=enrolment.pk,
                lesson=lesson.key,
                exercise=check.id,
                revision=lesson.revision,
                answers=mark.answers,
                met=mark.met,
                key=own_key,
                at=at,
            )
        ],
        ignore_conflicts=True,
    )
    Enrolment.objects.filter(pk=enrolment.pk).update(last_lesson=lesson.key, last_active_at=at)
    return Attempt.objects.get(enrolment_id=enrolment.pk, key=own_key)
