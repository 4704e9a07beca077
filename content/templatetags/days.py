"""For templates that show a day or a time: `{{ run.starts_at|weekday_and_time }}`."""

from django import template

from content import days

register = template.Library()


def _filter(write):
    register.filter(
        write.__name__,
        lambda moment: write(moment) if moment else "",
        expects_localtime=True,
    )


_filter(days.day)
_filter(days.day_and_time)
_filter(days.day_of_year)
_filter(days.day_of_year_and_time)
_filter(days.weekday)
_filter(days.weekday_and_time)
