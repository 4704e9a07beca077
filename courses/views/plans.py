"""A trainee's plans, week by week: looking back on one, making the next, and the slip of paper."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses import plan_cycle
from courses.actions import journal
from courses.forms.journal import ReviewForm
from courses.models import ActionPlan
from courses.views.scope import frame, keeps_what_was_written, own_enrolment

NOT_NOW = "plans_not_now"
NOT_NOW_AT_MOST = 20


def own_plan(enrolment, plan):
    """Return one of the trainee's own plans, or answer 404."""
    plans = ActionPlan.objects.filter(enrolment=enrolment).with_is_reviewed()
    return get_object_or_404(plans, pk=plan)


def newest_plan(enrolment):
    """Return the plan this trainee saved last, with whether it is reviewed; None before any."""
    return ActionPlan.objects.filter(enrolment=enrolment).with_is_reviewed().last()


def waits(plan, enrolment, session):
    """Tell whether this newest plan is what the session with this key opens with."""
    if plan is None:
        return False
    made = plan_cycle.Made(saved=plan.pk, lesson=str(plan.lesson), is_reviewed=plan.is_reviewed)
    outline = enrolment.cohort.edition.outline
    return plan_cycle.to_look_back_on([made], outline, session) is not None


def is_set_aside(request, plan):
    """Tell whether the person has said “Not now” about this plan."""
    return plan.pk in request.session.get(NOT_NOW, [])


def look_back(request, enrolment, session):
    """Return what the opening screen of a session asks about an earlier plan: one query, or none.

    “Not now” is not a fact about anyone, so it is kept with the sign-in and not as a record.
    """
    if not plan_cycle.has_plans_before(enrolment.cohort.edition.outline, session.key):
        return {}
    plan = newest_plan(enrolment)
    if not waits(plan, enrolment, session.key) or is_set_aside(request, plan):
        return {}
    form = ReviewForm(initial={"key": uuid.uuid4()}, auto_id="look_back_%s")
    return {"look_back": plan, "look_back_form": form}


@require_http_methods(["GET", "POST"])
@keeps_what_was_written
def review_plan(request, pk, plan):
    """Say how a plan went."""
    enrolment = own_enrolment(request, pk)
    found = own_plan(enrolment, plan)
    form = ReviewForm(request.POST or None, initial={"key": uuid.uuid4()})
    if form.is_valid():
        journal.review_plan(plan=found, at=timezone.now(), **form.cleaned_data)
        opened = urlencode({"session": request.POST.get("session", "")})
        return redirect(f"{reverse('looked_back', args=[pk, plan])}?{opened}")
    if "key" in form.errors:
        messages.warning(request, _("We could not read that. Please save it again."))
    context = {**frame(enrolment), "plan": found, "form": form}
    return render(
        request, "courses/learning/review_plan.html", context, status=422 if form.errors else 200
    )


@require_GET
@login_required
def looked_back(request, pk, plan):
    """What we say back to a review, and the way to the next plan."""
    enrolment = own_enrolment(request, pk)
    found = own_plan(enrolment, plan)
    review = found.reviews.order_by("pk").last()
    if review is None:
        return redirect("review_plan", pk, plan)
    outline = enrolment.cohort.edition.outline
    opened = outline.session(request.GET.get("session", ""))
    context = {
        **frame(enrolment),
        "plan": found,
        "review": review,
        "opened": opened,
        "next": plan_cycle.next_place(outline, str(found.lesson), opened and opened.key),
    }
    return render(request, "courses/learning/looked_back.html", context)


@require_POST
@keeps_what_was_written
def not_now(request, pk, plan):
    """“Not now”: do not ask about this plan again. It can still be reviewed in the notebook."""
    enrolment = own_enrolment(request, pk)
    found = own_plan(enrolment, plan)
    set_aside = [each for each in request.session.get(NOT_NOW, []) if each != found.pk]
    request.session[NOT_NOW] = [*set_aside, found.pk][-NOT_NOW_AT_MOST:]
    messages.info(request, _("That’s fine. Your plan is in your notebook whenever you like."))
    here = request.POST.get("here", "")
    if not url_has_allowed_host_and_scheme(here, allowed_hosts={request.get_host()}):
        here = reverse("course", args=[pk])
    return redirect(here)


@require_GET
@login_required
def plan_slip(request, pk, plan):
    """A plan as a slip of paper, two on a sheet."""
    enrolment = own_enrolment(request, pk)
    context = {**frame(enrolment), "plan": own_plan(enrolment, plan), "numbers": range(11)}
    return render(request, "courses/learning/plan_slip.html", context)


@require_GET
@login_required
def blank_slip(request, pk):
    """An empty slip, to write a plan on by hand."""
    context = {**frame(own_enrolment(request, pk)), "plan": None, "numbers": range(11)}
    return render(request, "courses/learning/plan_slip.html", context)
