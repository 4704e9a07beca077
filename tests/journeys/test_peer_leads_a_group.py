"""Two who are ready lead a group. An organiser begins it; one of the two writes on a phone."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses import groups_led
from courses.models import DeliveredGroup
from tests.factories.courses import make_organisation, make_organiser
from tests.factories.delivered import make_ready
from tests.journeys.moves import press


@pytest.fixture
def organisation(site):
    return make_organisation("Riverside Peers")


@pytest.fixture
def amina(organisation):
    make_ready(organisation, "Ken Wallace")
    return make_ready(organisation, "Amina Yusuf").trainee


def begin(page, organisation):
    page.goto(f"/organise/groups/{organisation.pk}/")
    page.get_by_role("link", name="Write down a new group").click()
    page.get_by_label("Name of the group").fill("Harbour group")
    page.get_by_label("How many sessions are planned").fill("1")
    page.get_by_label("First facilitator").select_option("Amina Yusuf")
    page.get_by_label("Second facilitator").select_option("Ken Wallace")
    press(page, "Write it down")
    expect(page.locator("h1")).to_have_text("Harbour group")


def test_a_group_is_written_down_led_and_counts(
    open_browser, organisation, amina, script, allowed
):
    begin(open_browser(make_organiser(organisation), script=script), organisation)
    phone = open_browser(amina, script=script)
    today = timezone.localdate()

    phone.goto("/learning/")
    phone.get_by_role("link", name="Open the groups I lead").click()
    phone.get_by_role("link", name="Write down session 1").click()
    allowed.add(422)
    phone.get_by_label("On which day").fill(today.isoformat())
    press(phone, "Write it down")
    expect(phone.locator(".problems")).to_contain_text("Write how many came.")
    phone.get_by_label("How many came").fill("8")
    press(phone, "Write it down")
    expect(phone.locator("main")).to_contain_text("One thing is left: a checklist.")

    phone.get_by_role("link", name="Fill in the checklist").click()
    phone.get_by_role("radiogroup", name="Two of us led.").get_by_text("Yes").click()
    phone.get_by_label("The two of us filled this in together.").check()
    press(phone, "Save the checklist")

    expect(phone.locator("main")).to_contain_text("The whole series was led.")
    phone.goto("/groups/")
    expect(phone.locator("main")).to_contain_text("You are active until")
    assert groups_led.series_led_by(amina) == [(DeliveredGroup.objects.get(), today)]
