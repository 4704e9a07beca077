"""What every activity has, whatever its type asks for."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class TypeForm(forms.Form):
    """The language of a new activity: its player speaks it too, where its maker had words."""

    language = forms.ChoiceField(label=_("Which language is it in?"), choices=settings.LANGUAGES)


class AboutForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=255,
        help_text=_("You find it by this, and trainees hear it before they come to it."),
        error_messages={
            "required": _("Give it a title."),
            "max_length": _("This title is too long. It can have 255 letters at most."),
        },
    )
