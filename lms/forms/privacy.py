"""Somebody asked an organiser to be forgotten."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AskedByLetterForm(forms.Form):
    """How they asked, and whether their name stays on their certificates."""

    why = forms.CharField(
        label=_("How did they ask?"),
        max_length=300,
        help_text=_("Like “a letter from 3 March”. It is deleted together with the rest."),
        error_messages={
            "required": _("Say how they asked, so that everybody can see it was their own wish."),
            "max_length": _("Please use 300 letters or fewer."),
        },
    )
    keeps_certificates = forms.BooleanField(
        label=_("They want their name to stay on their certificates"), required=False
    )
