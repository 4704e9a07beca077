"""A peer educator brings in an activity, gives it another file, and puts it into a lesson."""

import base64
import re

import pytest
from playwright.sync_api import expect

from content.models import H5PPackage
from tests.factories.courses import (
    make_lesson,
    step_block,
)
from tests.factories.h5p import make_h5p, make_version
from tests.journeys.conftest import DESK
from tests.journeys.looking import everything_wrong
from tests.journeys.test_accessibility import keep_picture
from tests.journeys.test_author_publishes_a_lesson import add

DROP = """([zone, name, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const dropped = new DataTransfer();
  dropped.items.add(new File([bytes], name));
  for (const type of ['dragenter', 'dragover', 'drop'])
    document.querySelector(zone).dispatchEvent(
      new DragEvent(type, { dataTransfer: dropped, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def cards(tmp_path):
    path = tmp_path / "cards.h5p"
    path.write_bytes(make_h5p(title="Cards about listening").getvalue())
    return path


def drop(page, path):
    data = base64.b64encode(path.read_bytes()).decode()
    page.wait_for_load_state()  # until then nobody listens for what is dropped
    page.evaluate(DROP, [".drop-here", path.name, data])


def test_an_activity_is_uploaded_by_its_file(tom, open_browser, cards, script):
    page = open_browser(tom, width=DESK, height=900, script=script)

    page.goto("/cms/activities/")
    expect(page.get_by_text("There are no activities yet")).to_be_visible()
    if script:
        assert everything_wrong(page, ".desk", ours=False) == []
    page.get_by_role("link", name="Upload an activity").click()
    page.get_by_label("The H5P file").set_input_files(cards)
    page.get_by_label("Title").fill("Cards for week 2")
    page.get_by_role("button", name="Upload it").click()

    expect(page.locator(".messages")).to_contain_text("“Cards for week 2” is here.")
    expect(page.get_by_role("heading", name="As a trainee meets it")).to_be_visible()


def test_an_activity_is_uploaded_by_dropping_it(tom, open_browser, cards):
    page = open_browser(tom, width=DESK, height=900)

    page.goto("/cms/activities/upload/")
    drop(page, cards)
    keep_picture(page, "uploading an activity, dropped")
    page.get_by_role("button", name="Upload it").click()

    expect(page.locator(".messages")).to_contain_text("“Cards about listening” is here.")


def test_a_file_that_is_refused_says_why_and_nothing_has_to_be_typed_again(
    tom, open_browser, cards, tmp_path, allowed
):
    allowed.add(422)
    page, other = open_browser(tom, width=DESK, height=900), tmp_path / "notes.h5p"
    other.write_text("Hello")

    page.goto("/cms/activities/upload/")
    page.get_by_label("Title").fill("Cards for week 2")
    page.get_by_role("button", name="Upload it").click()
    expect(page.get_by_role("alert")).to_have_text("Choose a file first.")
    page.get_by_label("The H5P file").set_input_files(other)
    page.get_by_role("button", name="Upload it").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not an H5P file")
    expect(page.get_by_label("The H5P file")).to_be_focused()
    keep_picture(page, "uploading an activity, refused")
    assert everything_wrong(page, "main", ours=False) == []
    drop(page, cards)
    expect(page.locator("#id_file_error")).to_be_empty()
    page.get_by_role("button", name="Upload it").click()

    expect(page.locator(".messages")).to_contain_text("“Cards for week 2” is here.")
    assert H5PPackage.objects.count() == 1


def test_one_file_at_a_time_and_none_that_is_too_large(tom, open_browser, cards):
    page = open_browser(tom, width=DESK, height=900)
    page.goto("/cms/activities/upload/")

    page.evaluate("document.querySelector('[data-upload]').dataset.most = 10")
    drop(page, cards)

    expect(page.get_by_role("alert")).to_contain_text("This file is too large.")
    page.get_by_role("button", name="Upload it").click()
    expect(page.get_by_role("alert")).to_contain_text("This file is too large.")
    assert not H5PPackage.objects.exists()


def test_a_broken_connection_is_told_and_the_file_can_be_sent_again(tom, open_browser, cards):
    page = open_browser(tom, width=DESK, height=900)
    page.goto("/cms/activities/upload/")
    page.get_by_label("The H5P file").set_input_files(cards)
    page.route("**/upload/", lambda route: route.abort("aborted"), times=1)

    page.get_by_role("button", name="Upload it").click()
    expect(page.get_by_role("alert")).to_contain_text("The file did not get here.")
    page.get_by_role("button", name="Upload it").click()

    expect(page.locator(".messages")).to_contain_text("“Cards about listening” is here.")


def test_whoever_was_signed_out_is_asked_to_sign_in(tom, open_browser, cards):
    page = open_browser(tom, width=DESK, height=900)
    page.goto("/cms/activities/upload/")
    page.get_by_label("The H5P file").set_input_files(cards)
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="Upload it").click()

    expect(page).to_have_url(re.compile("/sign-in/"))


def test_an_activity_is_given_another_file(tom, open_browser, cards):
    package = make_version(title="Cards").package
    page = open_browser(tom, width=DESK, height=900)

    page.goto(f"/cms/activities/{package.pk}/")
    page.get_by_role("link", name="Replace it with another file").click()
    expect(page.get_by_text("It becomes version 2. Version 1 is kept as it is.")).to_be_visible()
    drop(page, cards)
    page.get_by_role("button", name="Make it the new version").click()

    expect(page.locator(".messages")).to_contain_text("Version 2 is here.")
    expect(page.get_by_role("heading", level=2)).to_have_text("Cards")


# --- Into a lesson -----------------------------------------------------------------------------


@pytest.fixture
def lesson(session, tom, open_browser, allowed):
    """The editor of a lesson, with an empty activity in it."""
    allowed.add(400)  # Wagtail saves while one writes, also what is not ready to be saved
    lesson = make_lesson(session, "Leave room", body=[step_block()])
    page = open_browser(tom, width=DESK, height=900)
    page.goto(f"/cms/pages/{lesson.pk}/edit/")
    block = add(page, "Activity (H5P)")
    page.locator(f"#{block}-value-title").fill("Which answer leaves room?")
    return page


def test_an_activity_is_chosen_by_keyboard(lesson):
    make_version(title="Cards about secrets")
    make_version(title="Cards about listening")
    page = lesson

    page.get_by_role("button", name="Choose an activity").press("Enter")
    window = page.get_by_role("dialog")
    window.get_by_label("Find an activity by its title or type").fill("listening")
    expect(window.get_by_role("link", name="Cards about secrets")).to_have_count(0)
    keep_picture(page, "choosing an activity")
    assert everything_wrong(page, ".modal-body", ours=False) == []
    window.get_by_role("link", name="Cards about listening").press("Enter")

    expect(page.locator("[data-chooser-title]")).to_have_text("Cards about listening")


def test_an_activity_is_uploaded_while_one_writes(lesson, cards, tmp_path):
    page, other = lesson, tmp_path / "notes.h5p"
    other.write_text("Hello")

    page.get_by_role("button", name="Choose an activity").click()
    window = page.get_by_role("dialog")
    window.get_by_role("tab", name="Upload").click()
    window.get_by_label("Title", exact=True).fill("Cards for week 2")
    window.get_by_label("The H5P file").set_input_files(other)
    window.get_by_role("button", name="Upload it").click()
    expect(window.get_by_text("This is not an H5P file")).to_be_visible()
    assert everything_wrong(page, ".modal-body", ours=False) == []
    window.get_by_label("The H5P file").set_input_files(cards)
    window.get_by_role("button", name="Upload it").click()

    expect(page.locator("[data-chooser-title]")).to_have_text("Cards for week 2")
    assert H5PPackage.objects.get().title == "Cards for week 2"
