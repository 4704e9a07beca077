"""What an organiser says after looking again at what somebody reached."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms.progress import KeyForm


class LookForm(KeyForm):
    note = forms.CharField(
        label=_("What you found"),
        max_length=300,
        help_text=_("A few words for your own organisation, like “the mark was a slip”."),
        error_messages={
            "required": _("Write a few words, so that others understand it later."),
            "max_length": _("Please say it in 300 letters or fewer. It is still here."),
        },
    )
