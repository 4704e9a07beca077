"""Contacts after one month, three and six: when one is due, and that nobody is owed two."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.dates import after_months
from courses.support import AROUND, MONTHS, Contact, Support, When, asked_for, opens, support_due

DAY = timedelta(days=1)
READY = date(2026, 1, 31)

days = st.integers(0, 500).map(lambda n: READY + n * DAY)
contacts = st.lists(st.builds(Contact, month=st.sampled_from(MONTHS), day=days), max_size=6)


def stands(month, today, *made):
    return next(each for each in support_due(READY, made, today) if each.month == month)


@pytest.mark.parametrize(
    ("today", "when"),
    [
        (date(2026, 2, 13), When.TO_COME),
        (date(2026, 2, 14), When.DUE),
        (date(2026, 3, 14), When.DUE),
        (date(2026, 3, 15), When.LATE),
        (date(2026, 4, 15), When.LATE),
        (date(2026, 4, 16), When.PASSED),  # the one after three months is asked for now
    ],
)
def test_the_first_contact_has_its_time_around_one_month(today, when):
    assert stands(1, today) == Support(1, date(2026, 2, 28), when)


def test_the_last_contact_is_not_asked_for_after_nine_months():
    assert stands(6, date(2026, 10, 30)).when == When.LATE
    assert stands(6, date(2026, 10, 31)).when == When.PASSED


def test_a_contact_is_on_time_until_two_weeks_after_its_day():
    good = stands(3, date(2026, 12, 1), Contact(3, date(2026, 5, 14)))
    late = stands(3, date(2026, 12, 1), Contact(3, date(2026, 5, 15)))

    assert (good.when, good.made_on, good.is_on_time) == (When.MADE, date(2026, 5, 14), True)
    assert (late.when, late.made_on, late.is_on_time) == (When.MADE, date(2026, 5, 15), False)
    assert not stands(3, date(2026, 5, 1)).is_on_time


def test_of_two_contacts_for_a_month_the_first_is_the_one():
    second, first = Contact(1, date(2026, 3, 20)), Contact(1, date(2026, 3, 1))

    assert stands(1, date(2026, 4, 1), second, first).made_on == date(2026, 3, 1)


@given(contacts, days)
def test_nobody_is_ever_asked_for_two_contacts(made, today):
    several = support_due(READY, made, today)

    asked = [each for each in several if each.is_asked_for]
    assert asked in ([], [asked_for(several)])
    assert [each.month for each in several] == list(MONTHS)


@given(contacts, days)
def test_a_month_is_made_exactly_where_there_is_a_contact_for_it(made, today):
    several = support_due(READY, made, today)

    assert {each.month for each in several if each.when == When.MADE} == {c.month for c in made}
    assert all((each.made_on is None) == (each.when != When.MADE) for each in several)


@given(days)
def test_without_contacts_one_is_asked_for_from_the_first_on_until_nine_months(today):
    asked = asked_for(support_due(READY, [], today))

    assert (asked is not None) == (opens(READY, 1) <= today < after_months(READY, 9))


@given(contacts, days)
def test_a_contact_that_is_late_is_so_two_weeks_after_its_day(made, today):
    for each in support_due(READY, made, today):
        if each.when == When.LATE:
            assert today > each.day + AROUND
        if each.when == When.DUE:
            assert each.day - AROUND <= today <= each.day + AROUND
