"""What trainees write for themselves. Each save adds; a repeated key returns what was kept first."""

from django.db import transaction

from courses.models import ActionPlan, ActionPlanReview, Enrolment, Reflection


def _keep(model, key, **fields):
    """Add a row, or find the one this key made before."""
    model.objects.bulk_create([model(key=key, **fields)], ignore_conflicts=True)
    return model.objects


@transaction.atomic
def write_reflection(*, enrolment, lesson, exercise, text, key, at):
    """Keep a reflection. `exercise` is a content.exercises.Reflection."""
    kept = _keep(
        Reflection,
        key,
        enrolment_id=enrolment.pk,
        lesson=lesson.key,
        exercise=exercise.id,
        prompt=exercise.prompt,
        text=text,
        at=at,
    )
    _was_here(enrolment, at)
    return kept.get(enrolment_id=enrolment.pk, key=key)


@transaction.atomic
def write_plan(*, enrolment, lesson, exercise, key, at, **parts):
    """Keep an action plan. `parts`: what, how_much, when, how_often, confidence (0 to 10)."""
    kept = _keep(
        ActionPlan,
        key,
        enrolment_id=enrolment.pk,
        lesson=lesson.key,
        exercise=exercise.id,
        at=at,
        **parts,
    )
    _was_here(enrolment, at)
    return kept.get(enrolment_id=enrolment.pk, key=key)


@transaction.atomic
def review_plan(*, plan, outcome, note, key, at):
    """Keep how a plan went. It can be said again; the latest counts."""
    kept = _keep(ActionPlanReview, key, plan=plan, outcome=outcome, note=note, at=at)
    return kept.get(plan=plan, key=key)


def _was_here(enrolment, at):
    Enrolment.objects.filter(pk=enrolment.pk).update(last_active_at=at)
