"""What trainees write for themselves. Each save adds a row; the same save sent again is one."""

from django.db import transaction

from courses.actions.keys import key_for
from courses.models import ActionPlan, ActionPlanReview, Checklist, Enrolment, Reflection


def _keep(model, *, key, whose, said, **fields):
    """Add a row, or return the one that the same save made before.

    `whose` says where it belongs, `said` is what the person wrote or chose.
    """
    own_key = key_for(key, fields.get("exercise"), said)
    model.objects.bulk_create(
        [model(key=own_key, **whose, **said, **fields)], ignore_conflicts=True
    )
    return model.objects.get(key=own_key, **whose)


@transaction.atomic
def write_reflection(*, enrolment, lesson, exercise, text, key, at):
    """Keep a reflection. `exercise` is a content.exercises.Reflection."""
    kept = _keep(
        Reflection,
        key=key,
        whose={"enrolment_id": enrolment.pk},
        said={"text": text},
        lesson=lesson.key,
        exercise=exercise.id,
        prompt=exercise.prompt,
        at=at,
    )
    _was_here(enrolment, lesson, at)
    return kept


@transaction.atomic
def write_plan(*, enrolment, lesson, exercise, key, at, **parts):
    """Keep an action plan. `parts`: what, how_much, when, how_often, confidence (0 to 10)."""
    kept = _keep(
        ActionPlan,
        key=key,
        whose={"enrolment_id": enrolment.pk},
        said=parts,
        lesson=lesson.key,
        exercise=exercise.id,
        at=at,
    )
    _was_here(enrolment, lesson, at)
    return kept


@transaction.atomic
def tick(*, enrolment, lesson, checklist, ticked, key, at):
    """Keep what is ticked of a content.exercises.Checklist: `ticked` are the ids of its items."""
    items = [
        {"id": item.id, "text": item.text, "ticked": item.id in ticked} for item in checklist.items
    ]
    kept = _keep(
        Checklist,
        key=key,
        whose={"enrolment_id": enrolment.pk},
        said={"items": items},
        lesson=lesson.key,
        exercise=checklist.id,
        prompt=checklist.prompt,
        at=at,
    )
    _was_here(enrolment, lesson, at)
    return kept


@transaction.atomic
def review_plan(*, plan, outcome, note, key, at):
    """Keep how a plan went. It can be said again; the latest counts."""
    said = {"outcome": outcome, "note": note}
    return _keep(ActionPlanReview, key=key, whose={"plan_id": plan.pk}, said=said, at=at)


def _was_here(enrolment, lesson, at):
    Enrolment.objects.filter(pk=enrolment.pk).update(last_lesson=lesson.key, last_active_at=at)
