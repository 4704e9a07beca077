"""Days and times as each language writes them: “21 November 2026”, “21 de noviembre de 2026”.

How they are written is itself a message, marked “date format”, so that translators keep it beside
the sentences it stands in. Its letters are those of Django's `date` filter; a backslash before a
letter keeps that letter as it is.
"""

from django.utils.formats import date_format
from django.utils.translation import pgettext


def day(moment):
    """21 November 2026."""
    return date_format(moment, pgettext("date format", "j F Y"))


def day_and_time(moment):
    """21 November 2026, 14:00."""
    return date_format(moment, pgettext("date format", "j F Y, H:i"))


def day_of_year(moment):
    """21 November."""
    return date_format(moment, pgettext("date format", "j F"))


def day_of_year_and_time(moment):
    """21 November, 14:00."""
    return date_format(moment, pgettext("date format", "j F, H:i"))


def weekday(moment):
    """Saturday 21 November 2026."""
    return date_format(moment, pgettext("date format", "l j F Y"))


def weekday_and_time(moment):
    """Saturday 21 November, 14:00."""
    return date_format(moment, pgettext("date format", "l j F, H:i"))
