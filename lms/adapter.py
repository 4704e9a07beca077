"""How signing in differs from allauth's own way: its doors, its words, and how mail goes out."""

import base64
import io
import secrets
import time

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from lms import devices, posting

# Said only when somebody asks for another code: the first time, the page itself says it.
SENT = "account/messages/login_code_sent.txt"
# What we write when somebody's second step changes, so that nobody changes it behind their back.
CHANGED = {
    "mfa/email/totp_activated": _("An app that shows numbers was added as your second step."),
    "mfa/email/totp_deactivated": _("The app that shows numbers was taken off your account."),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey was taken off your account."),
    "mfa/email/recovery_codes_generated": _("New spare codes were made for your account."),
}


class AccountAdapter(DefaultAccountAdapter):
    """People come in through a cohort's code, so there is no open sign-up page."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _(
            "This code does not fit. Look at the newest e-mail from us, and type its six figures."
        ),
        "too_many_login_attempts": _(
            "That was a few tries in a row, so we stopped to keep your account safe. "
            "Wait a few minutes, then ask for a new code."
        ),
        "rate_limited": _("That was very quick. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def add_message(self, request, level, message_template=None, *args, message=None, **kwargs):
        """Pass on only what we worded ourselves: our pages say the rest where it matters."""
        if message:
            super().add_message(request, level, message=message)
        elif message_template == SENT and request.path == reverse("account_confirm_login_code"):
            super().add_message(request, messages.INFO, message_template, *args, **kwargs)
        elif message_template and message_template.startswith("mfa/"):
            super().add_message(request, messages.SUCCESS, message_template, *args, **kwargs)

    def send_mail(self, template_prefix, email, context):
        request = self.request
        said = {"request": request, "email": email, **context}
        posting.post(self.render_mail(template_prefix, email, said))

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Write to somebody that their second step has changed; who has no address is not told."""
        if user.email and template_prefix in CHANGED:
            self.send_mail("lms/mail/second_step", user.email, {"what": CHANGED[template_prefix]})

    def is_reauthentication_required(self, *, app, **kwargs):
        """Ask for the second step once more before it is changed, unless it was passed just now.

        Who has none yet is not asked: there is nothing to ask for.
        """
        records = get_authentication_records(self.request, self.request.user)
        passed = [each["at"] for each in records if each["method"] == "mfa"]
        return not passed or time.time() - max(passed) > REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user):
        """The ways to pass the second step once more. Nobody has a password here."""
        if not user.is_authenticated:
            return []
        types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        ways = []
        if types & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}:
            ways.append(("mfa_reauthenticate", _("Type a code instead")))
        if Authenticator.Type.WEBAUTHN in types:
            ways.append(("mfa_reauthenticate_webauthn", _("Use my passkey instead")))
            if Authenticator.Type.TOTP not in types:
                ways.reverse()
        return [
            {"id": name, "description": description, "url": reverse(name)}
            for name, description in ways
        ]


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step in our words, and its secrets encrypted where they are kept."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This does not fit. Wait for the next number in your app, and type that one."
        ),
        "cannot_generate_recovery_codes": _("Add a passkey or an app first."),
    }

    def build_totp_svg(self, url):
        drawn = io.BytesIO()
        code = segno.make_qr(url, error="m")
        code.save(drawn, kind="svg", border=4, dark="#20302f", light="#fff", omitsize=True)
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, user, type):
        return devices.in_words(*devices.kind_of(context.request))

    def encrypt(self, text):
        """Whoever reads the database alone, or a backup of it, cannot make anybody's numbers."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """With another SECRET_KEY nothing fits any more: the second step has to be reset."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _box():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(
            base64.urlsafe_b64encode(
                salted_hmac("lms.second_step", "", secret=key, algorithm="sha256").digest()
            )
        )
        for key in keys
    )
