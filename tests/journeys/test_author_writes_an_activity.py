"""A peer educator makes an activity, mends a spelling in one, and sees how it plays."""

import re

import pytest
from playwright.sync_api import expect

from content.models import H5PPackage
from tests.factories.h5p import make_version
from tests.factories.h5p_types import CONTENT, make_cards
from tests.factories.samples import sample
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.looking import everything_wrong, sideways
from tests.journeys.test_accessibility import keep_picture


@pytest.fixture
def package(tom):
    return make_version(file=make_cards(title="Words we use"), by=tom).package


def plays(page):
    """The frame in the frame: an activity as a trainee meets it."""
    return page.frame_locator("#look").frame_locator("iframe")


def latest(title):
    return H5PPackage.objects.get(title=title).latest


def test_a_spelling_is_mended_and_seen_before_it_is_saved(tom, package, open_browser):
    page = open_browser(tom, width=DESK, height=1000)
    page.goto(f"/cms/activities/{package.pk}/")
    page.get_by_role("link", name="Edit what is in it").click()
    expect(plays(page).get_by_text("Helo", exact=True)).to_be_visible()

    page.get_by_label("Greeting").fill("Hello")
    page.get_by_role("button", name="See how it plays").click()
    expect(plays(page).get_by_text("Hello", exact=True)).to_be_visible()
    assert latest("Words we use").number == 1
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".messages")).to_contain_text("It is saved, as version 2.")
    assert latest("Words we use").content == CONTENT | {"greeting": "Hello"}


def test_without_script_lists_change_and_what_was_typed_stays(tom, package, open_browser):
    page = open_browser(tom, width=DESK, script=False)
    page.goto(f"/cms/activities/{package.pk}/edit/")

    page.get_by_label("Greeting").fill("Hello")
    page.get_by_role("button", name="Down: Card 1").click()
    expect(page.get_by_label("Greeting")).to_have_value("Hello")
    page.get_by_role("button", name="Add: card").click()
    expect(page.locator("[name='h5p.cards.n0.front']")).to_be_focused()
    page.keyboard.type("Rest")
    page.locator("[name='h5p.cards.n0.back']").fill("Before one has to")
    page.get_by_role("button", name="Save", exact=True).click()

    made = latest("Words we use").content
    assert made["greeting"] == "Hello"
    assert [card["back"] for card in made["cards"]] == [
        "A bad spell",
        "Doing a little",
        "Before one has to",
    ]


def test_cards_are_written_and_moved_by_keyboard_alone(tom, package, open_browser):
    page = open_browser(tom, width=DESK, height=1000)
    page.goto(f"/cms/activities/{package.pk}/edit/")

    page.get_by_role("button", name="Add: card").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Front")).to_be_focused()
    page.keyboard.type("Rest")
    page.keyboard.press("Tab")
    page.keyboard.type("Before one has to")
    page.get_by_role("button", name="Up: Card 3").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Up: Card 2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Down: Card 1")).to_be_focused()
    page.get_by_role("button", name="Save", exact=True).focus()
    page.keyboard.press("Enter")

    expect(page.locator(".messages")).to_contain_text("version 2")
    cards = latest("Words we use").content["cards"]
    assert cards[0] == {"front": "Rest", "back": "Before one has to"}
    assert cards[1:] == CONTENT["cards"]


def test_a_field_is_there_when_another_says_so(tom, package, open_browser):
    page = open_browser(tom, width=DESK, height=1000)
    page.goto(f"/cms/activities/{package.pk}/edit/")
    page.get_by_text("How it behaves").click()

    expect(page.get_by_label("How many at once")).to_be_hidden()
    page.get_by_label("Mix the cards").check()

    expect(page.get_by_label("How many at once")).to_be_visible()


def test_one_is_asked_before_leaving_what_is_not_saved(tom, package, open_browser):
    page, asked = open_browser(tom, width=DESK, height=1000), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(f"/cms/activities/{package.pk}/edit/")

    page.get_by_label("Greeting").fill("Hello")
    page.get_by_role("link", name="Leave without saving").click()

    expect(page.get_by_label("Greeting")).to_have_value("Hello")
    assert asked == ["beforeunload"]


def test_whoever_was_signed_out_loses_nothing(tom, package, open_browser):
    page = open_browser(tom, width=DESK, height=1000)
    page.goto(f"/cms/activities/{package.pk}/edit/")
    page.get_by_label("Greeting").fill("Hello")
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[data-says]")).to_contain_text("You are signed out.")
    page.context.add_cookies([each for each in cookies if each["name"] == "sessionid"])
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".messages")).to_contain_text("It is saved, as version 2.")


def test_cards_are_made_of_a_type_that_came_with_a_package(tom, open_browser, allowed):
    allowed.add(422)
    with sample("H5P.Dialogcards").open("rb") as file:
        make_version(file=file, by=tom)
    page = open_browser(tom, width=DESK, height=1000)
    page.goto("/cms/activities/")
    page.get_by_role("link", name="Make an activity").click()
    keep_picture(page, "making an activity")
    page.get_by_role("button", name="Dialog Cards").click()

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".writing-notice")).to_be_focused()
    expect(page.locator(".writing-notice")).to_contain_text("3 places need another look")
    keep_picture(page, "writing an activity")
    page.get_by_label("Title", exact=True).fill("Words we use")
    page.get_by_role("textbox", name="Text", exact=True).fill("Pacing")
    page.get_by_role("textbox", name="Answer", exact=True).fill("A little, then rest")
    page.get_by_role("button", name="See how it plays").click()
    expect(plays(page).get_by_text("Pacing")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page).to_have_url(re.compile(r"/cms/activities/\d+/$"))
    assert [card["text"] for card in latest("Words we use").content["dialogs"]] == ["Pacing"]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nothing_hangs_over_the_edge(tom, package, open_browser, width):
    page = open_browser(tom, width=width)
    page.goto(f"/cms/activities/{package.pk}/edit/")
    for fold in page.locator("main summary").all():
        fold.click()

    assert sideways(page) == []


def test_everyone_can_write(tom, package, open_browser, allowed):
    allowed.add(422)
    page = open_browser(tom, width=DESK, height=1000)
    page.goto(f"/cms/activities/{package.pk}/edit/")
    page.get_by_label("Greeting").fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".writing-notice")).to_be_focused()
    for fold in page.locator("main summary").all():
        fold.click()

    assert everything_wrong(page, "#writing", ours=False) == []
