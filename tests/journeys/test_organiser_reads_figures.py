"""Figures as an organiser reads them on a phone, once there are enough people to show any."""

import pytest
from playwright.sync_api import expect

from tests.courses.test_reports import answer_scales, came, edition_with_scales, enrol
from tests.factories.courses import make_cohort, make_organiser
from tests.journeys.looking import everything_wrong


@pytest.mark.parametrize("who", ["one group", "all groups"])
def test_before_and_after_fit_on_a_phone(who, open_browser, front):
    cohort = make_cohort(edition_with_scales())
    people = enrol(cohort, 6)
    came(cohort, people, 1)
    for enrolment in people:
        answer_scales(enrolment, 4, 10)
    place = cohort.organisation
    page = open_browser(make_organiser(place), width=320)

    path = {"one group": f"{cohort.pk}/figures", "all groups": f"figures/{place.pk}"}[who]
    page.goto(f"/organise/{path}/")

    how_sure = page.get_by_role("table", name="How sure people feel as facilitators")
    expect(how_sure.get_by_role("cell")).to_have_text(["4.0 of 10", "10.0 of 10", "6"])
    assert everything_wrong(page) == []
