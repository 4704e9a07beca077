"""What people say about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.fonts import name_problem
from lms.models import User

TOO_LONG = _("This name is too long for us. Please make it shorter.")


class MeForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "certificate_name"]
        error_messages = {
            "name": {"required": _("Tell us what to call you."), "max_length": TOO_LONG},
            "certificate_name": {"max_length": TOO_LONG},
        }

    def clean(self):
        """Refuse, while it can still be mended, a name that could not be printed."""
        cleaned = super().clean()
        for field in self.Meta.fields:
            problem = name_problem(cleaned.get(field) or "")
            if problem:
                self.add_error(field, problem)
        return cleaned
