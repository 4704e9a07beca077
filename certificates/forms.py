"""Checking a certificate, and what happens to one after it was issued."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates import numbers
from certificates.fonts import name_problem
from certificates.models import PauseReason, Withdrawal, reasons_for
from courses.forms.days import DayField


class SerialForm(forms.Form):
    serial = forms.CharField(
        label=_("Number on the certificate"),
        help_text=_("Twelve letters and figures, like 9X06-PSRW-67T2."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the number that is printed on the certificate.")},
    )

    def clean_serial(self):
        serial = numbers.read(self.cleaned_data["serial"])
        if serial is None:
            raise forms.ValidationError(
                _("One of the letters or figures is not as printed. Please look once more.")
            )
        return serial


class FindForm(forms.Form):
    name = forms.CharField(label=_("Name on the certificate"), required=False, max_length=120)
    cohort = forms.IntegerField(required=False, widget=forms.HiddenInput)


class WithdrawalForm(forms.ModelForm):
    class Meta:
        model = Withdrawal
        fields = ["reason", "note"]
        widgets = {"reason": forms.RadioSelect, "note": forms.Textarea(attrs={"rows": 4})}
        error_messages = {
            "reason": {"required": _("Choose a reason.")},
            "note": {"required": _("Write a sentence, so that others understand it later.")},
        }

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(each.value, each.label) for each in reasons_for(kind)]


class NameForm(forms.Form):
    """The name that somebody reads on a paper."""

    name = forms.CharField(
        label=_("Name as printed"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the name that is printed on the certificate.")},
    )


class CorrectionForm(forms.Form):
    """What is printed on a certificate and was wrong. It begins with what stands there now."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("A certificate needs a name on it.")},
    )
    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=0,
        max_value=999,
        max_digits=5,
        decimal_places=1,
        error_messages={
            "required": _("Say how many hours the course took."),
            "invalid": _("Write the hours as a number, like 21.5."),
        },
    )
    first_day = DayField(
        label=_("First day"),
        error_messages={"required": _("Say which day was the first.")},
    )
    last_day = DayField(
        label=_("Last day"),
        error_messages={"required": _("Say which day was the last.")},
    )
    note = forms.CharField(
        label=_("What was wrong"),
        max_length=300,
        help_text=_("A few words for your own organisation. It is never shown to others."),
        error_messages={"required": _("Say in a few words what was wrong.")},
    )

    CHANGED = ("name", "hours", "first_day", "last_day")

    def clean_name(self):
        problem = name_problem(self.cleaned_data["name"])
        if problem:
            raise forms.ValidationError(problem)
        return self.cleaned_data["name"]

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first. Look at both again."))
        if not self.errors and not set(self.changed_data) & set(self.CHANGED):
            raise forms.ValidationError(
                _("Nothing is different yet. Put right what is wrong, or leave it as it is.")
            )
        return cleaned

    def changed(self):
        """Return {field of a certificate: what it should be}."""
        return {name: self.cleaned_data[name] for name in self.CHANGED}


def _day_field(label):
    return DayField(label=label, error_messages={"required": _("Say on which day.")})


class DayForm(forms.Form):
    """A day between the end of the training and today."""

    day = _day_field(_("Day"))

    def __init__(self, *args, trained, **kwargs):
        super().__init__(*args, **kwargs)
        self.trained = trained

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Write it down when it is."))
        if day < self.trained:
            raise forms.ValidationError(_("This day is before the end of the training."))
        return day


class RenewalForm(DayForm):
    day = _day_field(_("On which day was the session that somebody watched?"))
    note = forms.CharField(label=_("Anything to note"), max_length=300, required=False)
    sure = forms.BooleanField(
        label=_("They went through the part about safety again, and led while somebody watched."),
        error_messages={"required": _("Tick this first, if both were done.")},
    )


class PauseForm(DayForm):
    day = _day_field(_("From which day?"))
    reason = forms.ChoiceField(
        label=_("Why"),
        choices=PauseReason,
        widget=forms.RadioSelect,
        help_text=_("No more than this is kept, and nobody outside your organisation sees it."),
        error_messages={"required": _("Choose a reason.")},
    )
