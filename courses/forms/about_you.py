"""What people are asked about themselves. Every question can be left out."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models.about_you import (
    NOT_SAID,
    RATHER_NOT,
    AgeBand,
    EthnicGroup,
    Gender,
    Language,
    YesNo,
)

QUESTIONS = ("age", "gender", "ethnic_group", "disabled", "carer", "languages", "postcode_area")
FIRST_PART = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
WHOLE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)[0-9][A-Z]{2}")


def _asked(label, choices, help_text=""):
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=[("", _("Leave this out")), *choices.choices],
        required=False,
        error_messages={"invalid_choice": _("That choice is no longer on the list.")},
    )


class AboutYouForm(forms.Form):
    """Seven questions, and that one agrees. None of them is about health."""

    age = _asked(_("How old are you?"), AgeBand)
    gender = _asked(_("Are you a woman, a man, or do you use another word?"), Gender)
    ethnic_group = _asked(_("What is your ethnic group?"), EthnicGroup)
    disabled = _asked(_("Do you think of yourself as disabled?"), YesNo)
    carer = _asked(
        _("Do you look after somebody who needs it, without being paid?"),
        YesNo,
        _("Like a partner, a parent or a friend."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Which languages do you use in your life?"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("One of these is no longer on the list.")},
    )
    postcode_area = forms.CharField(
        label=_("What is the first part of your postcode?"),
        help_text=_("Like SW18. It says the area, and not your street."),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 8}),
        error_messages={"max_length": _("Write the first part only, like SW18.")},
    )
    postcode_not_said = forms.BooleanField(label=RATHER_NOT, required=False)
    agrees = forms.BooleanField(
        label=_("I have read what happens with my answers, and I agree to it"),
        error_messages={
            "required": _("We keep your answers only when you agree. Not to is fine too.")
        },
    )

    @property
    def asked(self):
        return [self[name] for name in (*QUESTIONS, "postcode_not_said")]

    def clean_postcode_area(self):
        """Keep the first part, also of who wrote all of it: no more than that ever arrives."""
        said = re.sub(r"\s", "", self.cleaned_data["postcode_area"]).upper()
        whole = WHOLE.fullmatch(said)
        if whole and not FIRST_PART.fullmatch(said):
            return whole[1]
        if said and not FIRST_PART.fullmatch(said):
            raise forms.ValidationError(_("Write the first part of it, like SW18 or M1."))
        return said

    def clean_languages(self):
        said = self.cleaned_data["languages"]
        return [NOT_SAID] if NOT_SAID in said else said

    def clean(self):
        super().clean()
        if self.errors:
            return
        if self.cleaned_data.pop("postcode_not_said"):
            self.cleaned_data["postcode_area"] = NOT_SAID
        if not any(self.cleaned_data[name] for name in QUESTIONS):
            nothing = _("Nothing is answered yet. Answer what you like, or go back.")
            self.add_error("age", nothing)

    @property
    def answers(self):
        return {name: self.cleaned_data[name] for name in QUESTIONS}


def as_said(found):
    """Return what a form begins with: what its owner said last."""
    if found is None:
        return {}
    begun = {name: getattr(found, name) for name in QUESTIONS}
    if begun["postcode_area"] == NOT_SAID:
        begun |= {"postcode_area": "", "postcode_not_said": True}
    return begun
