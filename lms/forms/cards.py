"""Cards: for whom they are made, and the code that is typed from one."""

from django import forms
from django.utils.translation import gettext_lazy as _

NOT_GOOD = _(
    "This code does not work, or no longer. Look at it once more, or ask your organiser for a "
    "new card."
)


class CardForm(forms.Form):
    """The code on a card."""

    code = forms.CharField(
        label=_("The code on your card"),
        max_length=60,
        help_text=_("Three times four letters and figures."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the code on your card."), "max_length": NOT_GOOD},
    )


class WhoseForm(forms.Form):
    """The people for whom cards are made."""

    people = forms.ModelMultipleChoiceField(
        label=_("For whom"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one person."),
            "invalid_choice": _("Somebody on this list has left or has an address now."),
            "invalid_pk_value": _("Somebody on this list has left or has an address now."),
        },
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
        self.fields["people"].initial = [person.pk for person in people]
