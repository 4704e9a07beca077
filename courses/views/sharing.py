"""Sharing a plan, and reading what others shared: the group, those who lead it, a mentor.

An organiser as such reads no plan. Who leads a session of the group reads what the group does.
"""

import uuid

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from courses import board
from courses.actions import sharing
from courses.board_words import and_list
from courses.forms.sharing import SHARE, SharingForm
from courses.models import Audience, Cohort, Enrolment, PlanSharing
from courses.views.plans import own_plan
from courses.views.scope import frame, keeps_what_was_written, own_enrolment


@never_cache
@require_http_methods(["GET", "POST"])
@keeps_what_was_written
def share_plan(request, pk, plan):
    """Share a plan with the group or the mentor, or take it back."""
    enrolment = own_enrolment(request, pk)
    found = own_plan(enrolment, plan)
    if request.method == "POST":
        _share_or_take_back(request, found)
        return redirect("share_plan", pk, plan)
    shared = {
        each.audience: each
        for each in PlanSharing.objects.in_force()
        .filter(plan__enrolment=enrolment, plan__exercise=found.exercise)
        .readable()
    }
    context = {
        **frame(enrolment),
        "plan": found,
        "review": found.reviews.order_by("pk").last(),
        "group": _audience(shared.get(Audience.GROUP), found),
        "group_readers": _group_readers(enrolment),
        "mentor": _audience(shared.get(Audience.MENTOR), found),
        "mentor_person": enrolment.mentor,
        "key": uuid.uuid4(),
    }
    return render(request, "courses/learning/share_plan.html", context)


def _share_or_take_back(request, plan):
    """Do what the pressed button says, and say what came of it."""
    form = SharingForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("We could not read that. Please press the button again."))
        return
    said = form.cleaned_data
    audience = Audience(said["audience"])
    act = {"plan": plan, "audience": audience, "key": said["key"], "at": timezone.now()}
    if said["act"] != SHARE:
        sharing.take_back(**act)
        messages.success(request, _("Taken back. Nobody there can read it any more."))
        return
    try:
        sharing.share(**act, with_review=said["with_review"])
    except sharing.NoMentor:
        messages.warning(request, _("You have no peer mentor yet, so nothing was shared."))
    else:
        messages.success(request, _("Shared. You can take it back at any time."))


def _audience(shared, plan):
    """What the page shows of one audience: what it can read now, and whether that is this."""
    return {"shared": shared, "is_this_one": bool(shared) and shared.plan_id == plan.pk}


def _group_readers(enrolment):
    """Say who would read what is shared with the group, by name."""
    others = Enrolment.objects.not_left().filter(cohort=enrolment.cohort_id)
    others = board.in_order(others.exclude(pk=enrolment.pk).select_related("trainee"))
    names = [each.trainee.name for each in others]
    runs = enrolment.cohort.session_runs
    leaders = get_user_model().objects.filter(
        Q(pk__in=runs.values("facilitator")) | Q(pk__in=runs.values("co_facilitator"))
    )
    said = {
        "names": and_list(names, most=2) if names else "",
        "leaders": and_list([each.name for each in leaders], most=6) if leaders else "",
    }
    if names and leaders:
        return _("%(names)s in your group, and %(leaders)s, who lead it, will see:") % said
    if names:
        return _("%(names)s in your group will see:") % said
    if leaders:
        return _("%(leaders)s, who lead your group, will see:") % said
    return _("Nobody else is in your group yet. Those who join will see:")


# --- Reading what was shared -------------------------------------------------------------------


@require_GET
@login_required
def shared_plans(request, pk):
    """Plans that people of the trainee's own group share with it."""
    enrolment = own_enrolment(request, pk)
    context = {
        **frame(enrolment),
        "people": by_person(PlanSharing.objects.with_group(enrolment.cohort)),
    }
    return render(request, "courses/learning/shared_plans.html", context)


@require_GET
@login_required
def cohort_plans(request, pk):
    """The same, for those who lead sessions of the group. Organising it is not enough."""
    led = Cohort.objects.led_by(request.user).with_edition()
    cohort = get_object_or_404(led, pk=pk)
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "people": by_person(PlanSharing.objects.with_group(cohort)),
    }
    return render(request, "courses/organise/shared_plans.html", context)


def by_person(shared):
    """Return [(enrolment, what they share, newest first)], in the order of the alphabet."""
    found = {}
    for each in shared.readable():
        found.setdefault(each.plan.enrolment, []).append(each)
    return [(enrolment, found[enrolment]) for enrolment in board.in_order(found)]
