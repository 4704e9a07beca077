"""An organiser plans, a trainee books and looks back, an observer writes: all on phones."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.models import Observation, Practice, PracticeSlot
from courses.readiness import CRITERIA
from tests.factories.courses import make_organiser
from tests.factories.practice import (
    book,
    make_observer,
    make_practice_cohort,
    make_slot,
    make_trainee,
)
from tests.journeys.moves import press


@pytest.fixture
def cohort(site):
    return make_practice_cohort()


def rate(page, level="3", *, besides=()):
    for code in CRITERIA:
        chosen = "none" if code in besides else level
        page.locator(f'[name="level_{code}"][value="{chosen}"]').check()
        if chosen != "none":
            page.locator(f'[name="evidence_{code}"]').fill(f"Saw {code}.")


def due(cohort, observer):
    """A practice that begins now."""
    slot = make_slot(cohort, starts_at=timezone.now() - timedelta(minutes=1), observer=observer)
    organiser = make_organiser(cohort.organisation)
    return book(make_trainee(cohort, "Amina"), slot, by=organiser, at=timezone.now())


def test_from_planning_a_time_to_reading_what_was_seen(open_browser, cohort, script):
    observer = make_observer(cohort.organisation)
    amina = make_trainee(cohort, "Amina")

    organiser = open_browser(make_organiser(cohort.organisation), script=script)
    organiser.goto(f"/organise/{cohort.pk}/practice/")
    organiser.get_by_role("link", name="Plan times").click()
    organiser.get_by_label("Day").fill((timezone.localdate() + timedelta(days=3)).isoformat())
    organiser.get_by_label("Time", exact=True).fill("11:00")
    organiser.get_by_label("Who watches").select_option("Olive Observer")
    press(organiser, "Plan these times")
    expect(organiser.get_by_text("4 times are planned. People can book them now.")).to_be_visible()

    trainee = open_browser(amina.trainee, script=script)
    trainee.goto(f"/learning/{amina.pk}/practice/")
    trainee.get_by_role("radio").first.check()
    trainee.get_by_label("What you will lead").fill("A listening round")
    press(trainee, "Book this time")
    expect(trainee.get_by_text("Your time is booked. You can change it here.")).to_be_visible()

    # The day has come.
    PracticeSlot.objects.update(starts_at=timezone.now() - timedelta(minutes=20))
    watcher = open_browser(observer, script=script)
    watcher.goto("/observe/")
    watcher.get_by_role("link", name="Amina, first practice").click()
    rate(watcher, besides=["PF7", "PF8"])
    press(watcher, "See what follows")
    watcher.get_by_role("radio", name="Carry on").check()
    press(watcher, "Send it")
    expect(watcher.get_by_text("Thank you. What you saw is kept.")).to_be_visible()

    trainee.goto(f"/learning/{amina.pk}/practice/")
    trainee.get_by_role("link", name="First practice").click()
    expect(trainee.get_by_text("Saw PF1.")).to_have_count(0)
    trainee.get_by_label("What went well?").fill("They talked to each other.")
    press(trainee, "Keep my words")
    expect(trainee.get_by_text("Saw PF1.")).to_be_visible()
    expect(trainee.get_by_text("They talked to each other.")).to_be_visible()


def test_what_an_observer_wrote_is_there_again_after_the_tab_was_closed(open_browser, cohort):
    observer = make_observer(cohort.organisation)
    practice = due(cohort, observer)
    page = open_browser(observer)
    page.goto(f"/observe/practice/{practice.pk}/")
    rate(page, besides=["PF7"])

    page.goto("/observe/")
    page.goto(f"/observe/practice/{practice.pk}/")

    expect(page.get_by_text("It is filled in again.")).to_be_visible()
    expect(page.locator('[name="evidence_PF3"]')).to_have_value("Saw PF3.")
    expect(page.locator('[name="level_PF7"][value="none"]')).to_be_checked()

    press(page, "See what follows")
    press(page, "Send it")

    expect(page.get_by_text("Thank you. What you saw is kept.")).to_be_visible()
    page.wait_for_load_state("load")  # what says that it has arrived is read by then
    assert page.evaluate("Object.keys(localStorage)") == []
    assert Observation.objects.get().ratings.filter(level=3).count() == 9
    assert Practice.objects.get().observed_at is not None


def test_going_back_to_change_something_and_sending_twice_is_one_observation(
    open_browser, cohort, script
):
    observer = make_observer(cohort.organisation)
    practice = due(cohort, observer)
    page = open_browser(observer, script=script)
    page.goto(f"/observe/practice/{practice.pk}/")
    rate(page)

    press(page, "See what follows")
    press(page, "Change something")
    page.locator('[name="level_PF2"][value="4"]').check()
    press(page, "See what follows")
    page.get_by_role("button", name="Send it").dblclick()

    expect(page.get_by_text("Line by line")).to_be_visible()
    assert Observation.objects.get().ratings.get(criterion="PF2").level == 4
