"""A day, as people choose or write it. Every form that asks for one asks alike."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

YEARS_BACK, YEARS_AHEAD = 1, 3


class DayField(forms.DateField):
    """A day, by the calendar of the device. Where that has none, it is written like 2026-11-03."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {
        "required": _("Choose the day."),
        "invalid": _("We could not read that day. Write it like 2026-11-03."),
    }


def check_day(day):
    """Return the day, unless it is so far away that the year must be a slip of the finger."""
    today = timezone.localdate()
    if abs((day - today).days) > 365 * (YEARS_BACK if day < today else YEARS_AHEAD):
        raise forms.ValidationError(
            _("That day is far away. Please look at the year, and choose it again.")
        )
    return day
