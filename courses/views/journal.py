"""A trainee's own pages: what they wrote, and how their plans went. Nobody else can open these."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.actions import journal
from courses.forms.journal import ReviewForm
from courses.models import ActionPlan, ActionPlanReview, Reflection
from courses.round_reading import change_of
from courses.views.quiz import own_answers
from courses.views.scope import frame, keeps_what_was_written, own_enrolment


@require_GET
@login_required
def notebook(request, pk):
    """Everything this trainee wrote in this course, newest first."""
    enrolment = own_enrolment(request, pk)
    plans = ActionPlan.objects.filter(enrolment=enrolment).prefetch_related(
        Prefetch("reviews", ActionPlanReview.objects.order_by("-pk"))
    )
    context = {
        **frame(enrolment),
        "plans": _latest_first(plans),
        "change": change_of(enrolment),
        **own_answers(enrolment),
        "reflections": _latest_first(Reflection.objects.filter(enrolment=enrolment)),
    }
    return render(request, "courses/learning/notebook.html", context)


def _latest_first(rows):
    """Return, for each exercise, its latest version with how many came before; newest first."""
    by_exercise = {}
    for row in rows:
        by_exercise.setdefault(row.exercise, []).append(row)
    latest = [(versions[-1], versions[-2::-1]) for versions in by_exercise.values()]
    return sorted(latest, key=lambda pair: pair[0].at, reverse=True)


@require_http_methods(["GET", "POST"])
@keeps_what_was_written
def review_plan(request, pk, plan):
    """Say how a plan went."""
    enrolment = own_enrolment(request, pk)
    found = get_object_or_404(ActionPlan, enrolment=enrolment, pk=plan)
    form = ReviewForm(request.POST or None, initial={"key": uuid.uuid4()})
    if form.is_valid():
        journal.review_plan(plan=found, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved. Thank you for looking back."))
        return redirect("notebook", pk)
    if "key" in form.errors:
        messages.warning(request, _("We could not read that. Please save it again."))
    context = {
        **frame(enrolment),
        "plan": found,
        "form": form,
    }
    return render(
        request, "courses/learning/review_plan.html", context, status=422 if form.errors else 200
    )
