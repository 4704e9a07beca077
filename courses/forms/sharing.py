"""What an owner does with a plan: share it, or take it back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms.progress import KeyForm
from courses.models import Audience

SHARE, TAKE_BACK = "share", "take_back"


class SharingForm(KeyForm):
    """One press of a button: with whom, and whether to share or to take back."""

    audience = forms.ChoiceField(choices=Audience.choices)
    act = forms.ChoiceField(choices=[(SHARE, SHARE), (TAKE_BACK, TAKE_BACK)])
    with_review = forms.BooleanField(label=_("How it went, too"), required=False)
