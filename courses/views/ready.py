"""One person on the way to ready: what is met, what is waived for them, and the sign-off."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses import completion, ready_words
from courses import ready as readiness
from courses.actions import ready
from courses.actions.milestones import facts_of
from courses.forms.ready import SignOffForm, WaiverForm
from courses.models import Enrolment
from courses.views.scope import keeps_what_was_written, organised_cohort


def _person(request, pk, enrolment_pk):
    """Return the enrolment of a cohort that this person organises, or answer 404."""
    cohort = organised_cohort(request, pk)
    people = Enrolment.objects.not_left().filter(cohort=cohort).select_related("trainee")
    enrolment = get_object_or_404(readiness.with_told(people), pk=enrolment_pk)
    enrolment.cohort = cohort
    return enrolment


@require_http_methods(["GET", "POST"])
@keeps_what_was_written
def person_ready(request, pk, enrolment_pk):
    """Show what is met and what is left for one person; waive something for them."""
    enrolment = _person(request, pk, enrolment_pk)
    shown = _shown(enrolment)
    form = _waiver_form(shown, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ready.waive(
                enrolment=enrolment, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except ready.CannotWaive as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Saved. It is not asked of them any more."))
            return redirect("person_ready", pk, enrolment_pk)
    return _page(request, enrolment, shown, waiver_form=form)


@require_POST
@login_required
def person_sign_off(request, pk, enrolment_pk):
    """Sign somebody off as ready to co-facilitate."""
    enrolment = _person(request, pk, enrolment_pk)
    form = SignOffForm(request.POST)
    if form.is_valid():
        try:
            ready.sign_off(enrolment=enrolment, by=request.user, at=timezone.now())
        except ready.CannotSignOff as why:
            form.add_error(None, str(why))
        else:
            messages.success(
                request,
                _("%(name)s is ready to co-facilitate, and has a certificate that says so.")
                % {"name": enrolment.trainee.name},
            )
            return redirect("person_ready", pk, enrolment_pk)
    return _page(request, enrolment, _shown(enrolment), sign_off_form=form)


@require_POST
@login_required
def take_back(request, pk, enrolment_pk, waiver_pk):
    """Take a waiver back."""
    enrolment = _person(request, pk, enrolment_pk)
    waiver = get_object_or_404(enrolment.waivers, pk=waiver_pk)
    try:
        ready.take_back(waiver=waiver, by=request.user, at=timezone.now())
    except ready.CannotWaive as why:
        messages.warning(request, str(why))
    else:
        messages.success(
            request, _("Taken back. It is asked of them again. What they reached stays.")
        )
    return redirect("person_ready", pk, enrolment_pk)


def _shown(enrolment):
    """What the page shows of a person: their conditions, and what was decided."""
    edition = enrolment.cohort.edition
    told = readiness.load([enrolment])[enrolment.pk]
    runs = list(enrolment.cohort.session_runs.all())
    facts, _days = facts_of(enrolment, told=told, runs=runs)
    said = {
        "told": told,
        "outline": edition.outline,
        "runs": runs,
        "is_own": False,
    }
    where = readiness.standing(edition, facts)
    course = completion.standing(edition.asked(), facts)
    return {
        "told": told,
        "course": ready_words.conditions(course, **said),
        "ready": where and ready_words.conditions(where, **said),
        "waits_for_sign_off": bool(where and where.waits_for_sign_off and not told.ready_at),
        "never": [(ready_words.name(kind), why) for kind, why in ready.WHY_NEVER.items()]
        if where
        else [],
    }


def _waiver_form(shown, data=None):
    kinds = [(each.asked.kind, each.title) for each in shown["course"] if each.can_be_waived]
    return WaiverForm(data, kinds=kinds, initial={"key": uuid.uuid4()})


def _page(request, enrolment, shown, *, waiver_form=None, sign_off_form=None):
    waivers = enrolment.waivers.select_related("by", "taken_back_by").order_by("-pk")
    context = {
        "organises": True,
        "cohort": enrolment.cohort,
        "organisation": enrolment.cohort.organisation,
        "enrolment": enrolment,
        "asks_to_waive": "waive" in request.GET,
        "is_oneself": enrolment.trainee_id == request.user.pk,
        **shown,
        "waivers": [(ready_words.name(each.kind), each) for each in waivers],
        "form": waiver_form or _waiver_form(shown),
        "sign_off_form": sign_off_form or SignOffForm(),
    }
    is_muddled = any(form and form.errors for form in (waiver_form, sign_off_form))
    return render(
        request, "courses/organise/ready.html", context, status=422 if is_muddled else 200
    )
