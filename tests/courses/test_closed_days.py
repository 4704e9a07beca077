"""On which days an organisation holds nothing: public holidays and its own."""

from datetime import date

import pytest

from courses.closed_days import HOLIDAYS_OF, closed_days, public_holidays
from tests.factories.courses import make_organisation


@pytest.mark.parametrize(
    ("place", "day", "is_holiday"),
    [
        ("GB-ENG", date(2026, 8, 31), True),
        ("GB-SCT", date(2026, 8, 31), False),
        ("GB-SCT", date(2026, 11, 30), True),
        ("GB-ENG", date(2026, 11, 30), False),
        ("GB-NIR", date(2026, 7, 13), True),
        ("GB-WLS", date(2026, 4, 6), True),
        ("IE", date(2026, 3, 17), True),
        ("ES", date(2026, 10, 12), True),
        ("", date(2026, 12, 25), False),
        ("XX", date(2026, 12, 25), False),
    ],
)
def test_each_place_has_its_own_public_holidays(place, day, is_holiday):
    assert (day in public_holidays(place, [2026])) is is_holiday


@pytest.mark.parametrize("place", HOLIDAYS_OF)
def test_every_place_on_the_list_keeps_christmas_in_years_to_come(place):
    assert date(2031, 12, 25) in public_holidays(place, [2031])


@pytest.mark.django_db
def test_own_days_are_added_and_only_those_in_between_are_told():
    organisation = make_organisation(holidays_of="GB-ENG")
    organisation.closed_days.create(
        first_day=date(2026, 12, 24), last_day=date(2026, 12, 26), name="Winter break"
    )
    organisation.closed_days.create(first_day=date(2026, 1, 5), last_day=date(2026, 1, 5))

    assert closed_days(organisation, date(2026, 12, 25), date(2026, 12, 28)) == {
        date(2026, 12, 25): "Winter break",
        date(2026, 12, 26): "Winter break",
        date(2026, 12, 28): "Boxing Day (observed)",
    }
    assert closed_days(organisation, date(2026, 1, 2), date(2026, 1, 9)) == {
        date(2026, 1, 5): "closed"
    }
