"""An organiser waives something, signs somebody off, and the certificate is there for them."""

import pytest
from playwright.sync_api import expect

from certificates.models import Certificate
from courses.models import Waiver
from tests.factories.courses import (
    make_cohort,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
    make_ready_edition,
    meet_all_but_sign_off,
)
from tests.journeys.moves import press


@pytest.fixture
def enrolment(site):
    cohort = make_cohort(make_ready_edition(), make_organisation("Riverside Peers"))
    return make_enrolment(cohort, make_person("Amina Yusuf"))


@pytest.fixture
def organiser(enrolment):
    return make_organiser(enrolment.cohort.organisation)


@pytest.fixture
def page(open_browser, organiser, script):
    return open_browser(organiser, script=script)


def open_the_person(page, enrolment):
    page.goto(f"/organise/{enrolment.cohort_id}/people/")
    page.locator("main").get_by_role("link", name="What is left, waivers and sign-off").click()
    expect(page.locator("h1")).to_have_text("Amina Yusuf")


def test_an_organiser_waives_what_stands_in_the_way_and_takes_it_back(page, enrolment):
    open_the_person(page, enrolment)
    page.get_by_text("Waive something").click()
    page.get_by_label("The sessions", exact=True).check()
    page.get_by_label("Why").fill("No bus in winter")
    press(page, "Waive it")
    expect(page.locator("main")).to_contain_text("Why: No bus in winter")

    press(page, "Take the waiver back (The sessions)")

    expect(page.locator("main")).to_contain_text("Taken back by Oluchi Organiser")
    assert Waiver.objects.get().taken_back_by.name == "Oluchi Organiser"


def test_an_organiser_signs_somebody_off_and_they_have_their_certificate(
    page, open_browser, enrolment, allowed
):
    meet_all_but_sign_off(enrolment)
    open_the_person(page, enrolment)
    allowed.add(422)
    press(page, "Sign off as ready")
    expect(page.locator(".problems")).to_contain_text("Tick this first, if you stand by it.")
    page.get_by_label("I have looked at all of this, and I stand by it.").check()

    press(page, "Sign off as ready")

    expect(page.locator("main")).to_contain_text("Ready to co-facilitate since")
    certificate = Certificate.objects.get(milestone__kind="ready")
    theirs = open_browser(enrolment.trainee)
    theirs.goto(f"/learning/{enrolment.pk}/")
    expect(theirs.locator("main")).to_contain_text("You are ready to co-facilitate")
    theirs.goto("/learning/")
    theirs.get_by_role("link", name="Ready to co-facilitate: ").click()
    expect(theirs.locator(".sheet")).to_contain_text("is ready to co-facilitate")
    assert certificate.holder == enrolment.trainee
