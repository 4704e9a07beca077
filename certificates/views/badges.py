"""Badges, and what programs check them by. Nobody signs in for it, and any site may ask."""

from functools import wraps

from allauth.core.ratelimit import respond_429
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certificates import badges, guessing
from certificates.badges import credentials, pictures, statuses
from certificates.life import State
from certificates.models import Certificate
from certificates.views.scope import certificate_at, not_for_search
from content.paper import CannotDraw

GONE = {State.WITHDRAWN, State.REPLACED, State.NAMELESS}


def for_any_site(view):
    """Let pages of other sites read the answer: it is the same for everyone, whoever asks."""

    @wraps(view)
    @require_safe
    def open_to_all(request, *args, **kwargs):
        if not badges.is_on():
            raise Http404
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return open_to_all


def of_a_certificate(view):
    """Give the view the certificate that counts, and whether its name may be told.

    A badge is public as far as the check page is. One that was withdrawn or replaced is gone.
    """

    @wraps(view)
    @for_any_site
    @not_for_search
    def with_certificate(request, serial):
        if guessing.has_guessed_enough(request):
            return respond_429(request)
        try:
            found = certificate_at(Certificate.objects.for_reading(), serial)
        except Http404:
            guessing.count(request)
            raise
        if found.state in GONE:
            said = (
                _("The holder of this badge asked us to remove their name, so it is not here.")
                if found.state is State.NAMELESS
                else _("This badge no longer counts: its certificate was withdrawn or replaced.")
            )
            return HttpResponse(said, status=410, content_type="text/plain; charset=utf-8")
        response = view(request, found, with_name=not found.name_is_hidden)
        patch_cache_control(response, public=True, max_age=statuses.KEPT_FOR)
        return response

    return with_certificate


@of_a_certificate
def badge_json(request, certificate, with_name):
    """The badge as data."""
    return _json(badges.credential(certificate, with_name=with_name), badges.MEDIA_TYPE)


@of_a_certificate
def badge_svg(request, certificate, with_name):
    """The badge as a picture with the data inside, to any size."""
    return HttpResponse(badges.svg(certificate, with_name=with_name), "image/svg+xml")


@of_a_certificate
def badge_png(request, certificate, with_name):
    """The badge as a picture with the data inside. Where it cannot be drawn, the other one is."""
    try:
        return HttpResponse(badges.png(certificate, with_name=with_name), "image/png")
    except CannotDraw:
        return redirect("badge_svg", certificate.shown_serial)


@require_safe
def achievement(request, organisation, edition, kind):
    """What a badge is given for, as people read it. There once somebody has it."""
    found = Certificate.objects.for_reading().filter(
        organisation=organisation, milestone__edition=edition, milestone__kind=kind
    )
    first = get_object_or_404(found.order_by("pk")[:1])
    context = {
        "certificate": first,
        "description": credentials.description(first),
        "picture": pictures.as_data(first),
    }
    return render(request, "certificates/achievement.html", context)


@for_any_site
def status(request, which):
    """The list of badges that no longer count."""
    if which and which not in statuses.lists():  # the first is there from the first day
        raise Http404
    response = _json(badges.status_list(which), badges.MEDIA_TYPE)
    patch_cache_control(response, public=True, max_age=statuses.KEPT_FOR)
    return response


@for_any_site
def did(request):
    """Who this site is, and the keys that its badges are checked by (did:web)."""
    response = _json(badges.did_document(), "application/did+json")
    patch_cache_control(response, public=True, max_age=statuses.KEPT_FOR)
    return response


def _json(data, media_type):
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False}, content_type=media_type)
