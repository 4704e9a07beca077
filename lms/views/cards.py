"""Cards to sign in with: printed by an organiser, used once by who has no e-mail address."""

import logging

import segno
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Max, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from content import paper
from courses.views.scope import organised_cohort
from lms import cards as actions
from lms.forms.cards import NOT_GOOD, CardForm, WhoseForm
from lms.models import User

log = logging.getLogger(__name__)
A_PAGE = 8


# --- Coming in ---------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "POST"])
def come_in(request, code=""):
    """Sign in with a card. A link shows a button first: programs open links as well.

    Whether a code is wrong, used or too old, the answer is the same.
    """
    form = CardForm(request.POST or None, initial={"code": code})
    if request.method == "POST":
        if refused := ratelimit.consume_or_429(request, action="card"):
            return refused
        if form.is_valid():
            person = actions.use(code=form.cleaned_data["code"], at=timezone.now())
            if person:
                return perform_login(request, Login(user=person))
            form.add_error("code", NOT_GOOD)
    context = {"form": form, "from_link": bool(code) and not form.errors}
    return render(request, "lms/card.html", context, status=422 if form.errors else 200)


# --- Printing ----------------------------------------------------------------------------------


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def cards(request, pk):
    """Choose for whom cards are made, and print them. Only their hash is kept."""
    cohort = organised_cohort(request, pk)
    now = timezone.now()
    form = WhoseForm(request.POST or None, people=_without_address(cohort, now))
    context = {"organises": True, "cohort": cohort, "organisation": cohort.organisation}
    if form.is_valid():
        made = actions.make(people=form.cleaned_data["people"], by=request.user, at=now)
        sheet = {**context, **_sheet(cohort, made, now)}
        if "pdf" in request.POST:
            return _as_pdf(request, sheet)
        return render(request, "lms/cards_sheet.html", sheet)
    context |= {"form": form, "can_draw": paper.can_draw()}
    return render(request, "lms/cards.html", context, status=422 if form.errors else 200)


def _without_address(cohort, now):
    """People in the group without an address; `good_until` is when their card runs out."""
    enrolled = cohort.enrolments.not_left().values("trainee")
    usable = Q(cards__used_at=None, cards__cancelled_at=None, cards__expires_at__gt=now)
    return (
        User.objects.filter(pk__in=enrolled, email=None)
        .annotate(good_until=Max("cards__expires_at", filter=usable))
        .order_by("name", "pk")
    )


def _sheet(cohort, made, now):
    to_come = cohort.session_runs.filter(cancelled_at=None, starts_at__gt=now)
    drawn = [(each, _qr(each.code)) for each in sorted(made, key=lambda each: each.person.name)]
    return {
        "title": _("Cards to sign in: %(name)s") % {"name": cohort.name},
        "author": cohort.organisation.name,
        "first": to_come.order_by("starts_at", "pk").first(),
        "pages": [drawn[n : n + A_PAGE] for n in range(0, len(drawn), A_PAGE)],
        "site": settings.SITE_ADDRESS,
        "address": settings.SITE_ADDRESS.split("://")[-1] + reverse("card"),
        "sheet": "lms/paper/_cards.html",
    }


def _qr(code):
    address = settings.SITE_ADDRESS + reverse("card_code", args=[code])
    return segno.make_qr(address, error="m").svg_data_uri(border=0, dark="#20302f")


def _as_pdf(request, sheet):
    """Answer with the sheet as PDF; where none can be drawn, with the page of these very codes."""
    document = render_to_string("courses/paper/document.html", sheet)
    try:
        pdf = paper.draw(document, what=sheet["title"])
    except paper.CannotDraw as why:
        log.warning("%s", why, exc_info=why)
        messages.info(
            request, _("The PDF cannot be made right now. This page says the same: print it.")
        )
        return render(request, "lms/cards_sheet.html", sheet)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="cards.pdf"'},
    )
