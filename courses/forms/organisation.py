"""Who people turn to: the contacts of an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Organisation


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
