"""The fidelity checklist of a session."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms.progress import KeyForm
from courses.held_words import items_of
from courses.models import FidelityCheck, FilledInBy

ANSWERS = [("yes", _("Yes")), ("no", _("No")), ("", _("Not sure"))]


class ChecklistForm(KeyForm):
    """What happened, item by item; each may be left open. `is_pair`: two fill it in together."""

    def __init__(self, *args, kind, is_pair=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = items_of(kind)
        for item, words in self.items.items():
            self.fields[item] = forms.ChoiceField(
                label=words,
                choices=ANSWERS,
                required=False,
                error_messages={"invalid_choice": _("Choose Yes, No or Not sure.")},
            )
        if is_pair and kind == FilledInBy.PAIR:
            self.fields["together"] = forms.BooleanField(
                label=_("The two of us filled this in together."),
                error_messages={
                    "required": _("Fill it in together, then tick this. It can wait until then.")
                },
            )

    @property
    def rows(self):
        return [self[item] for item in self.items]

    def clean(self):
        asked = [self.cleaned_data.get(item) for item in self.items]
        if not (any(asked) or self.cleaned_data.get("note")) and not self.errors:
            raise forms.ValidationError(_("Nothing is chosen yet. Choose what you are sure of."))

    @property
    def answers(self):
        """{item: true or false}; what was left open is not in it."""
        said = {item: self.cleaned_data[item] for item in self.items}
        return {item: answer == "yes" for item, answer in said.items() if answer}


class FidelityForm(ChecklistForm):
    """The checklist of a session of a course, with a few words about it."""

    note = forms.CharField(
        label=_("Anything to note"),
        required=False,
        max_length=FidelityCheck._meta.get_field("note").max_length,
        help_text=_(
            "What you changed, and why. What you would do differently. What you need from your "
            "organiser. No names of people who came, and nothing about their health."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": _("Please say it in %(limit_value)s letters or fewer. It is still here.")
        },
    )
