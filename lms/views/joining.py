"""Joining a cohort: with its code, with an invitation, or by way of its waiting list."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses import codes
from courses.actions import cohorts, joining
from courses.models import Cohort, Enrolment, Invitation, WaitingPlace
from lms.forms.joining import CodeForm, NewcomerForm
from lms.models import User


@require_http_methods(["GET", "POST"])
def join(request):
    """Ask for the code of a cohort."""
    typed = request.POST if request.method == "POST" else request.GET
    form = CodeForm(typed if "code" in typed else None)
    if form.is_valid():
        code = codes.read(form.cleaned_data["code"])
        if Cohort.objects.filter(join_code=code).exists():
            return redirect("join_cohort", code)
        form.add_error(
            "code",
            _("We do not know this code. Look at it once more, or ask your organiser for it."),
        )
    return render(
        request, "lms/joining/join.html", {"form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def join_cohort(request, code):
    """Show the cohort that a code belongs to, and let the person in."""
    cohort = Cohort.objects.filter(join_code=codes.read(code)).with_edition().first()
    if cohort is None:
        return redirect(f"{reverse('join')}?{urlencode({'code': code[:60]})}")
    return _at_the_door(request, cohort, reverse("join_cohort", args=[cohort.join_code]))


@never_cache
@require_http_methods(["GET", "POST"])
def join_invited(request, token):
    """Show the cohort that somebody was invited to, with their name and address filled in."""
    invitation = (
        Invitation.objects.filter(token=token, withdrawn_at=None)
        .select_related("cohort__edition", "cohort__organisation", "by")
        .defer("cohort__edition__contents")
        .first()
    )
    if invitation is None:
        return render(request, "lms/joining/no_invitation.html", status=410)
    if invitation.has_run_out(timezone.now()):
        context = {"invitation": invitation}
        return render(request, "lms/joining/invitation_over.html", context, status=410)
    return _at_the_door(request, invitation.cohort, request.path, invitation)


def _at_the_door(request, cohort, here, invitation=None):
    """Ask a newcomer who they are; let in, or put on the waiting list, who is signed in."""
    is_open = cohort.joining_open or invitation is not None
    context = {
        "cohort": cohort,
        "organisation": cohort.organisation,
        "why_not": None if is_open else cohorts.why_nobody_can_join(cohort),
        "is_full": not cohorts.has_place_for_newcomers(cohort),
    }
    if request.user.is_authenticated:
        return _join_as(request, cohort, here, invitation, context)
    if invitation and invitation.enrolment_id:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('learning')})}")
    filled_in = {"name": invitation.name, "email": invitation.email} if invitation else None
    form = NewcomerForm((is_open and request.POST) or None, initial=filled_in)
    if form.is_valid():
        return _send_code(request, form, here)
    context["form"] = form
    return render(request, "lms/joining/cohort.html", context, status=422 if form.errors else 200)


def _send_code(request, form, here):
    """Make the person, if the address is new, and send a code; known or not looks the same."""
    person = form.account
    if person is None:
        try:
            with transaction.atomic():
                person = User.objects.create_user(
                    email=form.cleaned_data["email"], name=form.cleaned_data["name"]
                )
        except IntegrityError:  # an address that is there but may not sign in
            person = None
    LoginCodeVerificationProcess.initiate(
        request=request, user=person, email=form.cleaned_data["email"].lower()
    )
    return redirect(f"{reverse('account_confirm_login_code')}?{urlencode({'next': here})}")


def _join_as(request, cohort, here, invitation, context):
    """Let a signed-in person in when they say so; who is in already is taken to the course."""
    person = request.user
    enrolment = Enrolment.objects.of(person).filter(cohort=cohort).first()
    if enrolment is None and request.method == "POST":
        do = joining.wait if "wait" in request.POST else joining.join
        try:
            enrolment = do(cohort=cohort, person=person, at=timezone.now(), invitation=invitation)
        except cohorts.CannotJoin as why:
            if not context["why_not"]:  # else the page says it
                messages.warning(request, str(why))
            return redirect(here)
        if isinstance(enrolment, WaitingPlace):
            messages.success(request, _("You are on the waiting list. We write to you."))
            return redirect(here)
        messages.success(request, _("You are in. Welcome!"))
    if enrolment:
        return redirect("course", enrolment.pk)
    context["waits"] = cohort.waiting.waiting().filter(person=person).exists()
    return render(request, "lms/joining/cohort.html", context)


@login_required
@require_POST
def stop_waiting(request, pk):
    """Leave the waiting list of a cohort."""
    waits = get_object_or_404(
        WaitingPlace.objects.waiting().select_related("cohort"), person=request.user, cohort=pk
    )
    joining.stop_waiting(cohort=waits.cohort, person=request.user, at=timezone.now())
    messages.success(request, _("You are no longer on the waiting list."))
    return redirect("learning")
