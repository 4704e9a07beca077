"""A person's own screens: their courses, their name, how pages look to them."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certificates.models import Certificate
from courses import groups_led
from courses.actions import people as people_actions
from courses.actions.reminders import choices_of
from courses.forms.roles import MEANS
from courses.models import LEADERS, Cohort, Enrolment, Milestone, RoleKind
from courses.views.scope import own_organisation
from lms import display
from lms.forms.me import MeForm
from lms.navigation import remember

NAMES = {
    "theme": gettext_lazy("Colours"),
    "text": gettext_lazy("Size of the text"),
    "spacing": gettext_lazy("Room between lines"),
}


@require_GET
@login_required
def learning(request):
    """My learning: the courses I take, my certificates, and what else I do here."""
    enrolments = (
        Enrolment.objects.of(request.user)
        .with_cohort()
        .annotate(has_completed=Exists(Milestone.objects.filter(enrolment=OuterRef("pk"))))
        .order_by("-joined_at")
    )
    given = request.user.roles.filter(ended_at=None).select_related("organisation")
    given = list(given.order_by("kind"))
    roles = [role for role in given if role.accepted_at]
    kinds = {role.kind for role in roles}
    enrolments = list(enrolments)
    organises = not kinds.isdisjoint(LEADERS) or Cohort.objects.led_by(request.user).exists()
    remember(request, organises=organises)
    context = {
        "enrolments": enrolments,
        "waiting": request.user.waiting_places.waiting().select_related("cohort__organisation"),
        "certificates": Certificate.objects.of(request.user).order_by("-issued_at"),
        "roles": roles,
        "asked": [(role, MEANS[role.kind]) for role in given if not role.accepted_at],
        "organises": organises,
        "writes": RoleKind.PEER_EDUCATOR in kinds,
        "observes": RoleKind.OBSERVER in kinds,
        "mentors": RoleKind.MENTOR in kinds,
        "leads": groups_led.leads(request.user),
        "organisation": enrolments[0].cohort.organisation if enrolments else None,
    }
    return render(request, "lms/learning.html", context)


@login_required
@require_POST
def answer_role(request, pk):
    """Say yes or no to a role that an organisation asks one to take on."""
    role = get_object_or_404(request.user.roles.asked(), pk=pk)
    takes_it_on = "yes" in request.POST
    people_actions.answer(role=role, takes_it_on=takes_it_on, at=timezone.now())
    messages.success(request, _("Thank you. It is yours.") if takes_it_on else _("We said no."))
    return redirect("learning")


@require_http_methods(["GET", "POST"])
@login_required
def me(request):
    """My name, as others see it and as a certificate prints it."""
    form = MeForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("me")
    request.user.refresh_from_db()  # the page's head shows the name as it is kept
    context = {
        "form": form,
        "reminders": choices_of(request.user),
        "organisation": own_organisation(request.user),
    }
    return render(request, "lms/me.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_display(request):
    """Text and colours, kept on this device."""
    if request.method == "POST":
        return _keep_display(request)
    chosen = display.chosen(request)
    choices = [
        {"name": name, "label": NAMES[name], "options": options, "chosen": chosen[name]}
        for name, options in display.CHOICES.items()
    ]
    context = {
        "choices": choices,
        "next": request.GET.get("next", ""),
        "organisation": own_organisation(request.user),
    }
    return render(request, "lms/display.html", context)


@require_GET
def change_language(request, code):
    """Read the pages in this language from now on; kept on this device."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    response = redirect(_there(request, request.GET.get("next", "")) or "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=display.COOKIE_AGE,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _there(request, address):
    """Return the address when it is one of ours, else nothing."""
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if ours else ""


def _keep_display(request):
    response = redirect(_there(request, request.POST.get("next", "")) or reverse("display"))
    chosen = {
        name: request.POST.get(name)
        if request.POST.get(name) in dict(options)
        else display.chosen(request)[name]
        for name, options in display.CHOICES.items()
    }
    response.set_cookie(
        display.COOKIE,
        display.as_cookie(chosen),
        max_age=display.COOKIE_AGE,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    messages.success(request, _("Saved for this device."))
    return response
