"""What is written down about a contact with somebody who is ready to co-facilitate."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.forms.cohorts import GONE
from courses.forms.days import DayField
from courses.forms.progress import KeyForm
from courses.models import CameOfIt, ContactWay


class ContactForm(KeyForm):
    """Which contact it was, on which day, how, and what came of it. There is no room for words."""

    month = forms.TypedChoiceField(
        label=_("Which contact"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which contact it was."), "invalid_choice": GONE},
    )
    day = DayField(label=_("On which day"))
    how = forms.ChoiceField(
        label=_("How you were in contact"),
        choices=ContactWay,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how."), "invalid_choice": GONE},
    )
    came_of_it = forms.ChoiceField(
        label=_("What came of it"),
        choices=CameOfIt,
        widget=forms.RadioSelect,
        help_text=_("What you talked about stays between the two of you."),
        error_messages={"required": _("Choose what came of it."), "invalid_choice": GONE},
    )

    def __init__(self, *args, months, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = months

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("That day has not come yet. Write the contact down once you had it.")
            )
        return day
