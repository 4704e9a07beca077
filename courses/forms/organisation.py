"""Who people turn to, and when an organisation is closed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.closed_days import HOLIDAYS_OF
from courses.forms.days import DayField
from courses.models import ClosedDays, Organisation

LONGEST = 366  # days that one closing may last; longer is a slip of the finger


class ContactsForm(forms.ModelForm):
    """The “Worried about someone?” contacts, which every page a trainee sees shows."""

    class Meta:
        model = Organisation
        fields = [
            "named_person",
            "named_person_phone",
            "named_person_email",
            "emergency_number",
            "other_help",
        ]
        labels = {
            "named_person": _("Named person"),
            "named_person_phone": _("Their phone number"),
            "named_person_email": _("Their e-mail address"),
            "emergency_number": _("Number to ring in danger"),
            "other_help": _("Other help"),
        }
        widgets = {
            "named_person_phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "emergency_number": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "other_help": forms.Textarea(attrs={"rows": 4}),
        }
        error_messages = {
            "named_person": {
                "required": _("Name the person people can turn to."),
                "max_length": _("Please use 120 letters or fewer."),
            },
            "named_person_phone": {"max_length": _("Please use 40 figures or fewer.")},
            "named_person_email": {
                "invalid": _("Write the whole address, like maria@example.org.")
            },
            "emergency_number": {
                "required": _("Give the number to ring when somebody is in danger."),
                "max_length": _("Please use 20 figures or fewer."),
            },
            "other_help": {"max_length": _("Please use 600 letters or fewer.")},
        }

    def clean(self):
        super().clean()
        reached = {"named_person_phone", "named_person_email"}
        if not reached & self.errors.keys() and not any(self.cleaned_data[n] for n in reached):
            self.add_error(
                "named_person_phone",
                _("Give a phone number or an e-mail address, so that people can reach them."),
            )
        return self.cleaned_data


class SettingsForm(forms.ModelForm):
    """The organisation's rules: holidays, quiet hours, and the numbers that may differ."""

    holidays_of = forms.ChoiceField(
        label=_("Public holidays"),
        required=False,
        choices=[("", _("Plan on any day")), *HOLIDAYS_OF.items()],
        help_text=_("No session is planned on these days."),
        error_messages={"invalid_choice": _("That choice is no longer on the list.")},
    )

    class Meta:
        model = Organisation
        fields = [
            "holidays_of",
            "quiet_from",
            "quiet_until",
            "confidence_target",
            "practices_until_talk",
            "ready_for_months",
            "invitation_days",
            "small_number",
            "asks_about_you",
            "retention_months",
            "certificate_years",
        ]
        labels = {
            "quiet_from": _("No reminders from"),
            "quiet_until": _("No reminders until"),
            "confidence_target": _("How sure of a plan is sure enough"),
            "practices_until_talk": _("Practices that end in “not yet” before you talk"),
            "ready_for_months": _("Months that “ready to co-facilitate” counts"),
            "invitation_days": _("Days that an invitation works"),
            "small_number": _("Smallest number that reports show"),
            "asks_about_you": _("Ask people about themselves"),
            "retention_months": _("Months after which we forget people who do not come back"),
            "certificate_years": _("Years that a certificate keeps its name after that"),
        }
        widgets = {
            name: forms.TimeInput(format="%H:%M", attrs={"type": "time"})
            for name in ("quiet_from", "quiet_until")
        }
        error_messages = {
            **{
                name: {
                    "required": _("Choose the time."),
                    "invalid": _("We could not read that time. Write it like 20:00."),
                }
                for name in ("quiet_from", "quiet_until")
            },
            **{
                name: {
                    "required": _("Write a number from 1 to 10."),
                    "invalid": _("Write a number from 1 to 10."),
                    "min_value": _("Use 1 or more."),
                    "max_value": _("Use 10 or less."),
                }
                for name in ("confidence_target", "practices_until_talk")
            },
            "ready_for_months": {
                "required": _("Write a number from 1 to 60."),
                "invalid": _("Write a number from 1 to 60."),
                "min_value": _("Use 1 or more."),
                "max_value": _("Use 60 or less."),
            },
            "invitation_days": {
                "required": _("Write a number from 1 to 365."),
                "invalid": _("Write a number from 1 to 365."),
                "min_value": _("Use 1 or more."),
                "max_value": _("Use 365 or less."),
            },
            "small_number": {
                "required": _("Write a number, 5 or more."),
                "invalid": _("Write a number, 5 or more."),
                "min_value": _("Use 5 or more, so that nobody is known from a report."),
                "max_value": _("Use 100 or less."),
            },
            "retention_months": {
                "required": _("Write a number from 12 to 120."),
                "invalid": _("Write a number from 12 to 120."),
                "min_value": _("Use 12 or more: people are away for a while."),
                "max_value": _("Use 120 or less."),
            },
            "certificate_years": {
                "required": _("Write a number from 0 to 50."),
                "invalid": _("Write a number from 0 to 50."),
                "min_value": _("Use 0 or more."),
                "max_value": _("Use 50 or less."),
            },
        }

    def clean_small_number(self):
        number = self.cleaned_data["small_number"]
        if number > 100:
            raise forms.ValidationError(_("Use 100 or less."))
        return number


class ClosedDaysForm(forms.ModelForm):
    """A day, or days in a row, on which there are no sessions."""

    class Meta:
        model = ClosedDays
        fields = ["first_day", "last_day", "name"]
        labels = {
            "first_day": _("First day"),
            "last_day": _("Last day"),
            "name": _("What for"),
        }
        help_texts = {
            "last_day": _("Leave it empty for a single day."),
            "name": _("Like “summer break”. You see it when you plan a group."),
        }
        field_classes = {"first_day": DayField, "last_day": DayField}
        error_messages = {"name": {"max_length": _("Please use 80 letters or fewer.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_day"].required = False

    def clean(self):
        super().clean()
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data.get("last_day")
        if first and not last and "last_day" not in self.errors:
            last = self.cleaned_data["last_day"] = first
        if first and last and last < first:
            self.add_error("last_day", _("This is before the first day. Look once more."))
        elif first and last and (last - first).days > LONGEST:
            self.add_error("last_day", _("That is longer than a year. Please look at the year."))
        return self.cleaned_data
