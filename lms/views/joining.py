"""Joining a cohort, with the code or the link that its organiser gave."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.actions import cohorts
from courses.models import Cohort, Enrolment
from lms.forms.joining import CodeForm, NewcomerForm
from lms.models import User


@require_http_methods(["GET", "POST"])
def join(request):
    """Ask for the code of a cohort."""
    typed = request.POST if request.method == "POST" else request.GET
    form = CodeForm(typed if "code" in typed else None)
    if form.is_valid():
        code = cohorts.read_join_code(form.cleaned_data["code"])
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
    cohort = Cohort.objects.filter(join_code=cohorts.read_join_code(code)).with_edition().first()
    if cohort is None:
        return redirect(f"{reverse('join')}?{urlencode({'code': code[:60]})}")
    if request.user.is_authenticated:
        return _join_as(request, cohort)
    why_not = cohorts.why_nobody_can_join(cohort)
    form = NewcomerForm(None if why_not else request.POST or None)
    if form.is_valid():
        return _send_code(request, form, cohort)
    context = {"form": form, "why_not": why_not, **_shown(cohort)}
    return render(request, "lms/joining/cohort.html", context, status=422 if form.errors else 200)


def _send_code(request, form, cohort):
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
    there = urlencode({"next": reverse("join_cohort", args=[cohort.join_code])})
    return redirect(f"{reverse('account_confirm_login_code')}?{there}")


def _join_as(request, cohort):
    """Let a signed-in person in when they say so; who is in already is taken to the course."""
    enrolment = Enrolment.objects.of(request.user).filter(cohort=cohort).first()
    if enrolment is None and request.method == "POST":
        try:
            enrolment = cohorts.enrol(cohort=cohort, trainee=request.user, at=timezone.now())
        except cohorts.CannotJoin as why:
            messages.warning(request, str(why))
            return redirect("join")
        messages.success(request, _("You are in. Welcome!"))
    if enrolment:
        return redirect("course", enrolment.pk)
    context = {"why_not": cohorts.why_nobody_can_join(cohort), **_shown(cohort)}
    return render(request, "lms/joining/cohort.html", context)


def _shown(cohort):
    return {"cohort": cohort, "organisation": cohort.organisation}
