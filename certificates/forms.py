"""Typing a serial, and withdrawing a certificate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates import numbers
from certificates.models import Withdrawal


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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = Withdrawal._meta.get_field("reason").choices
