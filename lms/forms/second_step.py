"""The second step: a number from an app, a spare code, a passkey and its name."""

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

AS_CODE = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "autocapitalize": "none",
    "spellcheck": "false",
    "class": "code-entry",
}
TOO_LONG = _("This is longer than a code.")


class AddAppForm(ActivateTOTPForm):
    """The number that the app shows first."""

    code = forms.CharField(
        label=_("The number your app shows"),
        max_length=20,
        help_text=_("Six figures. They change every half minute: take the newest."),
        widget=forms.TextInput(attrs=AS_CODE),
        error_messages={
            "required": _("Type the six figures that your app shows."),
            "max_length": TOO_LONG,
        },
    )


def _code():
    return forms.CharField(
        label=_("Your number or spare code"),
        max_length=20,
        help_text=_("Six figures from your app. Or eight figures from your list of spare codes."),
        widget=forms.TextInput(attrs=AS_CODE),
        error_messages={
            "required": _("Type the six figures that your app shows, or a spare code."),
            "max_length": TOO_LONG,
        },
    )


class PassForm(AuthenticateForm):
    """The second step, after the code by e-mail."""

    code = _code()


class PassAgainForm(ReauthenticateForm):
    """The second step once more, before something about it changes."""

    code = _code()


def _name(help_text=""):
    return forms.CharField(
        label=_("What you call it"),
        required=False,
        max_length=60,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("Please use 60 letters or fewer.")},
    )


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey, as the browser made it."""

    name = _name(_("So that you know it again, like “my phone”."))


class NamePasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = _name()

    def clean_name(self):
        return self.cleaned_data["name"] or self.instance.wrap().name
