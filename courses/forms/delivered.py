"""What is written down about a group led after training: who leads it, days, and head counts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.actions.delivered import CannotLead, check_pair
from courses.forms.cohorts import GONE, editions
from courses.forms.days import DayField, check_day
from courses.forms.fidelity import ChecklistForm
from courses.forms.progress import KeyForm
from courses.models import Alone, DeliveredGroup
from courses.models.delivered import MOST_PEOPLE, MOST_SESSIONS

PAIR = ["facilitator", "co_facilitator", "alone_because"]
IN_FIGURES = _("Write the number in figures, like 8.")


class LedFields(forms.Form):
    """The two people who lead, or the one and why. Offered are those who are ready."""

    facilitator = forms.ModelChoiceField(
        label=_("First facilitator"),
        queryset=None,
        empty_label=_("Choose somebody"),
        error_messages={"required": _("Choose who led."), "invalid_choice": GONE},
    )
    co_facilitator = forms.ModelChoiceField(
        label=_("Second facilitator"),
        queryset=None,
        required=False,
        empty_label=_("Nobody"),
        error_messages={"invalid_choice": GONE},
    )
    alone_because = forms.ChoiceField(
        label=_("If only one leads: why"),
        choices=[("", _("Two lead")), *Alone.choices],
        required=False,
        error_messages={"invalid_choice": GONE},
    )

    @property
    def pair(self):
        """The fields about who leads, which a page shows together."""
        return [self[name] for name in PAIR]

    def let_lead(self, people):
        """Offer these people."""
        for name in ("facilitator", "co_facilitator"):
            self.fields[name].queryset = people

    def clean(self):
        super().clean()
        if not self.errors.keys() & set(PAIR):
            try:
                check_pair(*(self.cleaned_data.get(name) for name in PAIR))
            except CannotLead as cannot:
                self.add_error("co_facilitator", str(cannot))
        return self.cleaned_data


class BeginForm(LedFields, KeyForm):
    """A group that begins: what it is called, who leads it, and how often it meets."""

    field_order = ["label", "edition", "sessions_planned"]

    label = forms.CharField(
        label=_("Name of the group"),
        max_length=DeliveredGroup._meta.get_field("label").max_length,
        help_text=_("A day or a place, like “Tuesday group”. No condition and no person’s name."),
        error_messages={
            "required": _("Give the group a name."),
            "max_length": _("Please use a name of %(limit_value)s letters or fewer."),
        },
    )
    edition = forms.ModelChoiceField(
        label=_("Course that it follows"),
        queryset=None,
        required=False,
        empty_label=_("Another one, or none"),
        error_messages={"invalid_choice": GONE},
    )
    sessions_planned = forms.IntegerField(
        label=_("How many sessions are planned"),
        min_value=1,
        max_value=MOST_SESSIONS,
        initial=6,
        error_messages={
            "required": IN_FIGURES,
            "invalid": IN_FIGURES,
            "min_value": _("Choose a number from 1 on."),
            "max_value": _("Choose a number up to %(limit_value)s."),
        },
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = editions()
        self.let_lead(people)

    @property
    def what(self):
        """All fields but those about who leads."""
        return [field for field in self.visible_fields() if field.name not in PAIR]


class SessionForm(LedFields, KeyForm):
    """A session that was held: on which day, how many came, and who led it."""

    field_order = ["held_on", "came"]

    held_on = DayField(label=_("On which day"))
    came = forms.IntegerField(
        label=_("How many came"),
        min_value=0,
        max_value=MOST_PEOPLE,
        help_text=_("Only the number, without the two of you. No names are kept."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Write how many came. If nobody came, write 0."),
            "invalid": IN_FIGURES,
            "min_value": IN_FIGURES,
            "max_value": _("Choose a number up to %(limit_value)s."),
        },
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.let_lead(people)

    def clean_held_on(self):
        return check_day(self.cleaned_data["held_on"])

    @property
    def what(self):
        """All fields but those about who leads."""
        return [field for field in self.visible_fields() if field.name not in PAIR]


class CheckForm(ChecklistForm):
    """The checklist of one session of a group. It has no room for words."""

    def __init__(self, *args, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"] = forms.TypedChoiceField(
            label=_("Which session"),
            choices=sessions,
            coerce=int,
            error_messages={"required": _("Choose which session."), "invalid_choice": GONE},
        )
