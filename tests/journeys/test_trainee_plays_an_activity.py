"""A trainee plays an activity in a lesson that asks for it, or does it in words."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from content.actions import h5p
from courses.actions import catalogue, editions
from courses.models import H5PHow, H5PStatement, LessonPage, StepEvent
from tests.factories.courses import (
    NOW,
    h5p_block,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_peer_educator,
    make_session,
    read_block,
    step_block,
)
from tests.factories.samples import sample
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.looking import everything_wrong

WORDS = "<p>Is it true that oil is a kind of fruit? Think of where olives come from.</p>"


@pytest.fixture
def enrolment(site):
    """A trainee whose first step asks for an activity."""
    with sample("H5P.TrueFalse").open("rb") as file:
        package = h5p.add_package(file=file, by=None, at=NOW).package
    catalogue.set_up(title="Learn to lead a group", lead="Peers wrote it.", body="")
    asked = h5p_block(package, title="True or false?", asked=True, words=WORDS)
    body = [step_block("Try it"), read_block(), asked, step_block("And now"), read_block()]
    course = make_course(sessions_required=1)
    make_lesson(make_session(course, 1, slug="one"), "Play", body, slug="play")
    edition = editions.make_edition(course=course, by=None, at=NOW)
    return make_enrolment(make_cohort(edition))


def open_step(page, enrolment):
    page.goto(f"/learning/{enrolment.pk}/one/play/1/")
    expect(page.locator("h1")).to_have_text("Try it")


def finish_button(page):
    return page.get_by_role("button", name="I’ve finished this step")


def tells_of_an_answer(response):
    """It also tells that somebody began, and touched something."""
    return response.url.endswith("/said/") and "verbs/answered" in response.request.post_data


def play(page, right=True):
    inside = page.frame_locator(".h5p-stage iframe")
    choice = inside.get_by_role("radio").nth(0 if right else 1)
    choice.click()
    expect(choice).to_have_attribute("aria-checked", "true")
    with page.expect_response(tells_of_an_answer) as said:
        # By key: what is in the frame moves while it grows.
        inside.get_by_role("button", name="Check").press("Enter")
    assert said.value.status == 201
    page.wait_for_timeout(300)


def look(page, name):
    """Keep a picture of the page, where somebody asked for it."""
    if folder := os.environ.get("PICTURES_IN"):
        page.wait_for_timeout(500)
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_the_screen_of_an_activity_is_good_for_everyone(open_browser, enrolment):
    page = open_browser(enrolment.trainee, width=PHONE)
    open_step(page, enrolment)
    page.locator(".h5p").scroll_into_view_if_needed()
    expect(page.locator("[data-says]")).to_have_text("The activity is here.")

    waiting = everything_wrong(page)
    play(page)
    page.reload()
    expect(page.locator("#said-back")).to_contain_text("You did this on")

    assert (waiting, everything_wrong(page)) == ([], [])


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_step_can_be_finished_as_soon_as_its_activity_was_done(open_browser, enrolment, width):
    page = open_browser(enrolment.trainee, width=width)
    open_step(page, enrolment)
    page.locator(".h5p").scroll_into_view_if_needed()
    expect(page.locator("[data-says]")).to_have_text("The activity is here.")
    expect(finish_button(page)).to_be_hidden()
    look(page, f"waits-{width}")

    play(page)
    expect(finish_button(page)).to_be_visible()
    page.reload()
    expect(page.locator("#said-back")).to_contain_text("You did this on")
    look(page, f"done-{width}")
    finish_button(page).click()

    expect(page.locator("h1")).to_have_text("And now")
    assert StepEvent.objects.count() == 1
    assert [(each.verb, each.how) for each in H5PStatement.objects.filter(is_done=True)] == [
        ("answered", H5PHow.PLAYED)
    ]


def test_a_step_can_be_finished_in_words_also_without_script(open_browser, enrolment, script):
    page = open_browser(enrolment.trainee, width=PHONE, script=script)
    open_step(page, enrolment)
    look(page, f"in-words-{'with' if script else 'without'}-script")
    expect(page.get_by_text("Is it true that oil")).to_be_visible(visible=not script)

    page.get_by_role("button", name="I did this in words").click()
    expect(page.locator("#said-back")).to_contain_text("You did this in words on")
    look(page, f"did-in-words-{'with' if script else 'without'}-script")
    finish_button(page).click()

    expect(page.locator("h1")).to_have_text("And now")
    assert H5PStatement.objects.get(is_done=True).how == H5PHow.IN_WORDS


def test_whoever_leaves_it_out_goes_on(open_browser, enrolment):
    page = open_browser(enrolment.trainee, width=PHONE)
    open_step(page, enrolment)

    # It moves down while the activity comes, so it is not pressed where it was.
    page.get_by_role("link", name="Go on without this activity").press("Enter")

    expect(page.locator("h1")).to_have_text("And now")
    assert StepEvent.objects.count() == 0


def test_an_author_tries_it_and_nothing_is_kept(open_browser, enrolment):
    page = open_browser(make_peer_educator(enrolment.cohort.organisation), width=DESK)
    sent = []
    page.on("request", lambda request: sent.append(request.method))

    page.goto(reverse("try_lesson", args=[LessonPage.objects.get().pk]))
    phone = page.frame_locator("iframe").first
    expect(phone.locator("[data-says]")).to_have_text("The activity is here.")
    inside = phone.frame_locator(".h5p-stage iframe")
    inside.get_by_role("radio").first.click()
    inside.get_by_role("button", name="Check").click()
    page.wait_for_timeout(500)
    look(page, "author-tries")

    assert "POST" not in sent
    assert not H5PStatement.objects.exists()
