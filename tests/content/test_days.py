"""Days, times and the names of languages, as each language writes them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from content import days
from content.language_names import language_name

MOMENT = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)  # a Saturday


def every_way(moment):
    return [
        days.day(moment),
        days.day_and_time(moment),
        days.day_of_year(moment),
        days.day_of_year_and_time(moment),
        days.weekday(moment),
        days.weekday_and_time(moment),
    ]


def test_english_writes_days_without_small_words():
    assert every_way(MOMENT) == [
        "21 November 2026",
        "21 November 2026, 14:00",
        "21 November",
        "21 November, 14:00",
        "Saturday 21 November 2026",
        "Saturday 21 November, 14:00",
    ]


def test_spanish_puts_de_between():
    with translation.override("es"):
        assert every_way(MOMENT) == [
            "21 de noviembre de 2026",
            "21 de noviembre de 2026, 14:00",
            "21 de noviembre",
            "21 de noviembre, 14:00",
            "sábado 21 de noviembre de 2026",
            "sábado 21 de noviembre, 14:00",
        ]


@pytest.mark.parametrize(
    ("filters", "moment", "shown"),
    [
        ("day", date(2026, 9, 1), "1 September 2026"),
        (
            "weekday_and_time",
            datetime(2026, 9, 1, 13, 0, tzinfo=UTC),
            "Tuesday 1 September, 14:00",
        ),
        ("day", None, ""),
    ],
    ids=["a day", "a moment, by the clock of the place", "no day"],
)
def test_a_template_shows_it(filters, moment, shown):
    template = Template("{% load days %}{{ moment|" + filters + " }}")

    assert template.render(Context({"moment": moment})) == shown


@pytest.mark.parametrize(
    ("reader", "names"),
    [
        ("en-gb", ["English", "Spanish", "French"]),
        (
            "es",
            ["inglés", "español", "Francés"],
        ),  # one not offered is as Django has it
    ],
)
def test_a_language_is_named_as_inside_a_sentence(reader, names):
    with translation.override(reader):
        assert [str(language_name(code)) for code in ("en-gb", "es", "fr")] == names
