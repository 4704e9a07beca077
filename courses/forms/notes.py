"""What an organiser writes to one person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms.progress import KeyForm

OWN = "own"
READY = {
    "missed": _(
        "We missed you at the last session. You are welcome at the next one, whatever kept you "
        "away. If something would make it easier to come, tell me."
    ),
    "step": _(
        "There is one step left in your course. Do it whenever it suits you. If something is in "
        "the way, tell me, and we look at it together."
    ),
    "how": _("How are you getting on? Tell me if there is anything I can do."),
}
NOTE_AT_MOST = 1000


class NoteForm(KeyForm):
    """A text that is ready, one's own words, or both."""

    ready = forms.ChoiceField(
        label=_("What do you want to say?"),
        choices=[*READY.items(), (OWN, _("Only my own words"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a text, or say it in your own words."),
            "invalid_choice": _("Choose a text, or say it in your own words."),
        },
    )
    note = forms.CharField(
        label=_("Your own words"),
        required=False,
        max_length=NOTE_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "max_length": _("This is too long for a note. Please make it shorter, or ring them.")
        },
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("ready") == OWN and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Write what you want to say, or choose a text above."))
        return cleaned

    def words(self):
        """Return what is said, in the language that is active now."""
        ready = READY.get(self.cleaned_data["ready"], "")
        said = [str(ready), self.cleaned_data["note"]]
        return "\n\n".join(part for part in said if part)
