"""An app that shows numbers, as a person holds it."""

import base64
import re
import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.test import TestCase
from django.urls import reverse

KEY = base64.b32encode(b"twenty bytes of key!").decode()


def number(key=KEY, later=0):
    """What the app shows; `later` half minutes from now."""
    totp = TOTP(base64.b32decode(key), 6, SHA1(), 30, enforce_key_length=False)  # noqa: S303
    return totp.generate(int(time.time()) + 30 * later).decode()


def give_app(person):
    """Set an app up for somebody, as they would."""
    return auth.TOTP.activate(person, KEY).instance


def give_spare_codes(person):
    return RecoveryCodes.activate(person).get_unused_codes()


def key_on(response):
    """The key that the page for setting up an app shows."""
    return re.search(r'<code class="key">([^<]+)<', response.content.decode())[1].replace(" ", "")


def set_up_app(client):
    """Set up an app by its page, and return its key."""
    key = key_on(client.get(reverse("mfa_activate_totp")))
    with TestCase.captureOnCommitCallbacks(execute=True):
        response = client.post(reverse("mfa_activate_totp"), {"code": number(key)})
    assert response.status_code == 302, response.content.decode()
    return key
