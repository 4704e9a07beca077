"""Joining a cohort, and signing in."""

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.fonts import name_problem


class CodeForm(forms.Form):
    """The code of a cohort."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=60,
        help_text=_("Your organiser gave it to you. It has eight letters and figures."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Type the code that your organiser gave you."),
            "max_length": _("This is longer than a code. A code has eight letters and figures."),
        },
    )


class SignInForm(RequestLoginCodeForm):
    """The address to send a sign-in code to."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send you a code to sign in with. You need no password."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Type your e-mail address, so that we can send your code."),
            "invalid": _("This does not look like an e-mail address. It needs an @ and a dot."),
        },
    )

    def clean_email(self):
        """Return the address as we keep it: letters that only look alike get no one's code."""
        typed = super().clean_email()
        return self._user.email if self._user else typed.lower()


class SignInCodeForm(ConfirmLoginCodeForm):
    """The six figures of the e-mail."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=20,
        error_messages={
            "required": _("Type the six figures of the e-mail we sent."),
            "max_length": _("This is longer than a code. A code has six figures."),
        },
    )


class NewcomerForm(SignInForm):
    """Who is joining: enough to send a sign-in code, and to call them by their name."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("What your group calls you. You can change it later."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Tell us what to call you."),
            "max_length": _("This name is too long for us. Please make it shorter."),
        },
    )

    field_order = ["name", "email"]

    @property
    def account(self):
        """The person who has this address already, or None."""
        return self._user

    def clean_name(self):
        problem = name_problem(self.cleaned_data["name"])
        if problem:
            raise forms.ValidationError(problem)
        return self.cleaned_data["name"]
