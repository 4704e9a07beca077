"""A person's own calendar: as a file, and at an address that a calendar program asks by itself."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses import calendars
from courses.actions import calendars as actions
from courses.views.scope import own_organisation


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def calendar(request):
    """Show all the days, the file, and the private address; make another address."""
    now = timezone.now()
    if request.method == "POST":
        actions.renew(person=request.user, at=now)
        messages.success(request, _("Here is a new address. The old one no longer works."))
        return redirect("calendar")
    address = actions.address_of(person=request.user, at=now)
    sessions = list(calendars.sessions_of(request.user).filter(starts_at__gt=now))
    context = {
        "sessions": sessions,
        "practices": [
            each for each in calendars.practices_of(request.user) if each.slot.starts_at > now
        ],
        "address": settings.SITE_ADDRESS
        + reverse("calendar_feed", args=[actions.token_of(address)]),
        "organisation": own_organisation(request.user),
    }
    return render(request, "courses/learning/calendar.html", context)


@never_cache
@login_required
@require_safe
def calendar_file(request):
    """Send the calendar as a file."""
    return _answer(request.user)


@never_cache
@require_safe
def calendar_feed(request, token):
    """Send the calendar to whoever knows its address: programs that ask cannot sign in."""
    person = actions.person_of(token)
    if person is None:
        raise Http404
    with translation.override(person.language or settings.LANGUAGE_CODE):
        return _answer(person)


def _answer(person):
    return HttpResponse(
        calendars.as_file(person),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="sessions.ics"'},
    )
