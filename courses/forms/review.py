"""What a second reader and a writer say about a lesson."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import SignOff
from courses.models.review import SendBackForm

__all__ = ["AloneForm", "SendBackForm", "SignOffForm"]


class SignOffForm(forms.ModelForm):
    """Who agreed to a lesson's words."""

    class Meta:
        model = SignOff
        fields = ["name"]
        error_messages = {"name": {"required": _("Say who signed it off.")}}


class AloneForm(forms.Form):
    """Why something is published without a second reader. It is kept in the page's history."""

    why = forms.CharField(
        label=_("Why can it not wait for a second reader?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("This is kept with your name in the page’s history."),
        error_messages={"required": _("Say why it cannot wait. It is kept with your name.")},
    )
