"""What an organiser says about one person: a waiver, and the word that they are ready."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms.progress import KeyForm


class WaiverForm(KeyForm):
    """What is waived for one person, and why. `kinds` are (kind, name) of what can be."""

    kind = forms.ChoiceField(
        label=_("What to waive"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what to waive."),
            "invalid_choice": _("That can’t be waived. Please choose from the list."),
        },
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_(
            "A few words about access, like “cannot travel in winter”. Leave out anything about "
            "health. They can read it."
        ),
        error_messages={
            "required": _("Say why, in a few words."),
            "max_length": _("Please say it in 300 letters or fewer. It is still here."),
        },
    )
    instead = forms.CharField(
        label=_("What they do instead"),
        max_length=300,
        required=False,
        help_text=_("Like “goes through the session with Maria by phone”."),
        error_messages={
            "max_length": _("Please say it in 300 letters or fewer. It is still here."),
        },
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds


class SignOffForm(forms.Form):
    """A tick and a button: it cannot be taken back, so it is given on purpose."""

    sure = forms.BooleanField(
        label=_("I have looked at all of this, and I stand by it."),
        error_messages={"required": _("Tick this first, if you stand by it.")},
    )
