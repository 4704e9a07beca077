"""Checking a certificate: anyone may, and nobody signs in for it."""

from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.http import HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certificates import badges, guessing, numbers, telling
from certificates.forms import NameForm, SerialForm
from certificates.models import Certificate
from certificates.same_name import same_name
from certificates.views.scope import not_for_search


@require_safe
def check_form(request):
    """Ask for a serial, and go to its check page."""
    form = SerialForm(request.GET if "serial" in request.GET else None)
    if form.is_valid():
        return redirect("check", numbers.shown(form.cleaned_data["serial"]))
    return render(request, "certificates/check_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@not_for_search
def check(request, serial):
    """Say what is known about a serial. One that was mistyped never reaches the database.

    Where the holder keeps the name to themselves, whoever has the paper types it (by POST, so
    that it stands in no address and no log), and is told whether it is the one.
    """
    read = numbers.read(serial)
    if read and numbers.shown(read) != serial:
        return redirect("check", numbers.shown(read))
    if read and guessing.has_guessed_enough(request):
        return respond_429(request)
    if (found := _known(request, read)) is None:
        context = {"serial": serial, "mistyped": read is None}
        return render(request, "certificates/not_known.html", context, status=404)
    context = {
        "certificate": found,
        "standing": found.standing(),
        "since": telling.since(found),
        "active_until": found.active_until(),
        "today": timezone.localdate(),
    }
    if found.name_is_hidden and found.state not in telling.ENDED:
        context |= _compared(request, found)
    elif request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    is_muddled = "form" in context and context["form"].errors
    return render(request, "certificates/check.html", context, status=422 if is_muddled else 200)


@require_safe
@never_cache
@not_for_search
def check_json(request, serial):
    """Say the same for programs."""
    read = numbers.read(serial)
    if read and guessing.has_guessed_enough(request):
        return respond_429(request)
    found = _known(request, read)
    said = telling.told(found) if found else {"number": serial[:60], "state": "not known"}
    if found and found.state not in telling.ENDED and badges.is_on():
        said["badge"] = settings.SITE_ADDRESS + reverse("badge_json", args=[found.shown_serial])
    response = JsonResponse(said, status=200 if found else 404)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def check_in_capitals(request, serial):
    """Lead on from the address as the QR code holds it, in capitals."""
    return redirect("check", serial)


def _known(request, read):
    """Return the certificate with this serial; None, and a guess is counted, where none has it."""
    found = read and Certificate.objects.for_reading().filter(serial=read).first()
    if read and not found:
        guessing.count(request)
    return found or None


def _compared(request, certificate):
    """Return the form that asks for the name, and whether the one that was typed is on it."""
    form = NameForm(request.POST or None)
    if not form.is_valid():
        return {"form": form}
    is_same = same_name(form.cleaned_data["name"], certificate.name)
    if not is_same:
        guessing.count(request)
    return {"form": form, "typed": form.cleaned_data["name"], "is_same": is_same}
