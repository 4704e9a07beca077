"""A trainee's notebook: everything they wrote, ticked and signed. Nobody else can open it."""

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.shortcuts import render
from django.views.decorators.http import require_GET

from courses.models import (
    ActionPlan,
    ActionPlanReview,
    Audience,
    Checklist,
    PlanSharing,
    Reflection,
    Signature,
)
from courses.round_reading import change_of
from courses.views.quiz import own_answers
from courses.views.scope import frame, own_enrolment, said_by


@require_GET
@login_required
def notebook(request, pk):
    """Everything this trainee wrote in this course, newest first."""
    enrolment = own_enrolment(request, pk)
    plans = ActionPlan.objects.filter(enrolment=enrolment).prefetch_related(
        Prefetch("reviews", ActionPlanReview.objects.order_by("-pk"))
    )
    shared = _shared(enrolment)
    context = {
        **frame(enrolment),
        "change": change_of(enrolment),
        "plans": [
            (plan, earlier, shared.get(plan.exercise, {}))
            for plan, earlier in _latest_first(plans)
        ],
        **own_answers(enrolment),
        "reflections": [
            (row, earlier, said_by(enrolment, row.exercise, row.prompt))
            for row, earlier in _latest_first(Reflection.objects.filter(enrolment=enrolment))
        ],
        "checklists": [
            (row, earlier, said_by(enrolment, row.exercise, row.prompt))
            for row, earlier in _latest_first(Checklist.objects.filter(enrolment=enrolment))
        ],
        "signatures": [
            (row, said_by(enrolment, row.exercise, row.title))
            for row in Signature.objects.filter(enrolment=enrolment).order_by("-pk")
        ],
    }
    return render(request, "courses/learning/notebook.html", context)


def _shared(enrolment):
    """Return {exercise: {audience: PlanSharing}} of what others can read now, in one query."""
    found = {}
    for each in PlanSharing.objects.in_force().filter(plan__enrolment=enrolment).readable():
        found.setdefault(each.plan.exercise, {})[Audience(each.audience).value] = each
    return found


def _latest_first(rows):
    """Return, for each exercise, its latest version with those that came before; newest first."""
    by_exercise = {}
    for row in rows:
        by_exercise.setdefault(row.exercise, []).append(row)
    latest = [(versions[-1], versions[-2::-1]) for versions in by_exercise.values()]
    return sorted(latest, key=lambda pair: pair[0].at, reverse=True)
