"""Where people are signed in: noted as they sign in, shown in plain words, and ended by them.

A session is ended by deleting it. Besides, every session holds a value made from the person's
(unusable) password: a new one ends also those that were never noted.
"""

import re
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.models import Device

SEEN = "seen_on"
# The first that fits is meant: browsers name others they want to be taken for.
BROWSERS = [
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"OPR/|Opera", "Opera"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"Safari/", "Safari"),
]
SYSTEMS = [
    (r"Android", "Android"),
    (r"iPad", "iPad"),
    (r"iPhone", "iPhone"),
    (r"CrOS", "Chromebook"),
    (r"Windows", "Windows"),
    (r"Macintosh|Mac OS X", "Mac"),
    (r"Linux", "Linux"),
]


def kind_of(request):
    """Return the browser and the system of a request, as far as they are known."""
    says = request.META.get("HTTP_USER_AGENT", "")
    return _first(BROWSERS, says), _first(SYSTEMS, says)


def _first(known, says):
    return next((name for pattern, name in known if re.search(pattern, says)), "")


def in_words(browser, system):
    """Say what kind of device this is, like “Chrome on Android”."""
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A device we do not know")


def note(request, person):
    """Note that this person is signed in here; called at sign-in, and once a day after it."""
    if request.session.session_key is None:
        request.session.save()  # somebody else was signed in here: this session is quite new
    today = timezone.localdate()
    browser, system = kind_of(request)
    known = {"person": person, "browser": browser, "system": system, "seen_on": today}
    Device.objects.update_or_create(
        session_key=request.session.session_key,
        defaults=known,
        create_defaults={**known, "signed_in_at": timezone.now()},
    )
    request.session[SEEN] = today.isoformat()


def is_noted_today(request):
    """Tell whether there is nothing to note: nobody is signed in, or today was noted already."""
    if SESSION_KEY not in request.session:
        return True
    return request.session.get(SEEN) == timezone.localdate().isoformat()


def forget(request):
    """Nobody is signed in here any more."""
    Device.objects.filter(session_key=request.session.session_key).delete()


def of(person):
    """The devices on which somebody is signed in now; those whose session is over are let go."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    person.devices.exclude(session_key__in=live).delete()
    return list(person.devices.all())


@transaction.atomic
def sign_out(device):
    """End the session on one device."""
    _store().delete(device.session_key)
    device.delete()


@transaction.atomic
def sign_out_elsewhere(request):
    """End every session of this person but this one."""
    here = request.session.session_key
    person = request.user
    for device in person.devices.exclude(session_key=here):
        sign_out(device)
    if not person.has_usable_password():
        _end_what_was_never_noted(person)
        update_session_auth_hash(request, person)  # this session goes on, under another key
        person.devices.filter(session_key=here).update(session_key=request.session.session_key)


@transaction.atomic
def sign_out_everywhere(person):
    """End every session of this person."""
    for device in person.devices.all():
        sign_out(device)
    if not person.has_usable_password():
        _end_what_was_never_noted(person)


def _end_what_was_never_noted(person):
    person.set_unusable_password()
    person.save(update_fields=["password"])


def _store():
    return import_module(settings.SESSION_ENGINE).SessionStore()
