"""An author's words are kept while the connection drops, two people write, or saves overlap."""

import pytest
from playwright.sync_api import expect

from courses.models import LessonPage
from tests.journeys.conftest import DESK
from tests.journeys.test_author_publishes_a_lesson import (
    add,
    add_step,
    autosave,
    begin_a_lesson,
    course,
)

__all__ = ["autosave", "course"]

# Wagtail begins to look for what was typed two seconds after the page is there.
WATCHED = """
document.addEventListener("w-unsaved:watch-edits", () => {
  document.documentElement.classList.add("watched");
});
"""

# The page is there to write in, and still waits for a picture.
SLOW_PICTURE = """
document.addEventListener("DOMContentLoaded", () => {
  document.body.append(Object.assign(new Image(), { src: "/slow.png" }));
});
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


@pytest.fixture
def lesson(course):
    return LessonPage.objects.get(title="Open questions")


def open_at(open_browser, person, address):
    """The page, once Wagtail looks for what is typed."""
    page = open_browser(person, width=DESK, height=900)
    page.add_init_script(WATCHED)
    page.goto(address)
    page.locator("html.watched").wait_for()
    return page


def kept(lesson):
    """The summaries of every draft there is, oldest first."""
    return [revision.as_object().summary for revision in lesson.revisions.order_by("pk")]


def wait_until_kept(page, lesson, summary):
    """Wagtail saves by itself some time after something was typed. Wait, but not for ever."""
    for _second in range(20):
        if summary in kept(lesson):
            return
        page.wait_for_timeout(1000)
    pytest.fail(f"“{summary}” is in no draft: {kept(lesson)}")


def hold_the_first_answer(page):
    """Keep back the answer when Wagtail first saves by itself. Return how to let it go."""
    kept_back = []

    def hold(route):
        by_itself = route.request.headers.get("accept") == "application/json"
        if by_itself and not kept_back:
            kept_back.append((route, route.fetch()))
        else:
            route.continue_()

    def let_go():
        for _tenth in range(200):  # Wagtail saves by itself when it sees fit
            if kept_back:
                break
            page.wait_for_timeout(100)
        route, answer = kept_back[0]
        route.fulfill(response=answer)

    page.route("**/cms/pages/**", hold)
    return let_go


def test_two_people_write_at_once_and_nothing_is_lost(open_browser, lesson, tom, joy):
    """The later one is told that somebody else has saved, and keeps what they wrote."""
    edit = f"/cms/pages/{lesson.pk}/edit/"
    first, second = [open_at(open_browser, person, edit) for person in (tom, joy)]

    first.locator("#id_summary").fill("Tom wrote this.")
    first.locator("footer .w-dropdown__toggle").click()
    with first.expect_navigation():
        first.get_by_role("button", name="Save draft").click()
    second.locator("#id_summary").fill("Joy wrote this.")

    told = second.get_by_role("button", name="Tom Price saved a new version")
    expect(told).to_be_visible(timeout=20_000)
    expect(second.locator("#id_summary")).to_have_value("Joy wrote this.")
    assert kept(lesson)[-1] == "Tom wrote this."  # Joy's is not written over it


def test_what_is_written_while_the_connection_is_gone_is_saved_afterwards(
    open_browser, lesson, tom, allowed
):
    allowed.add(None)  # the requests that could not leave
    page = open_at(open_browser, tom, f"/cms/pages/{lesson.pk}/edit/")

    page.context.set_offline(True)
    page.locator("#id_summary").fill("Written on the train.")
    page.wait_for_timeout(1500)
    page.context.set_offline(False)
    page.locator("#id_summary").press_sequentially(" Sent at home.")

    wait_until_kept(page, lesson, "Written on the train. Sent at home.")
    expect(page.locator("#id_summary")).to_have_value("Written on the train. Sent at home.")


def test_a_button_pressed_while_wagtail_saves_a_new_lesson_makes_no_second_one(
    open_browser, course, tom
):
    page = open_browser(tom, width=DESK, height=900)
    page.add_init_script(WATCHED)
    page.goto("/cms/")
    begin_a_lesson(page)
    page.locator("html.watched").wait_for()
    let_go = hold_the_first_answer(page)
    with page.expect_request(lambda request: request.method == "POST"):
        add_step(page, "Five seconds")

    page.get_by_role("button", name="Ask a second reader").click()
    page.wait_for_timeout(500)  # time enough to send it a second time
    let_go()

    expect(page.get_by_text("“Leave room”, before it is published")).to_be_visible(timeout=20_000)
    lesson = LessonPage.objects.get(title="Leave room")
    assert [step.title for step in lesson.get_latest_revision_as_object().steps] == [
        "Five seconds"
    ]


def test_a_button_waits_for_a_save_that_began_before_the_page_was_all_there(
    open_browser, lesson, tom
):
    """Else the older words of that save come after the newer ones, and are the last draft."""
    page = open_browser(tom, width=DESK, height=900)
    page.add_init_script(WATCHED + SLOW_PICTURE)
    slow = []
    page.route("**/slow.png", lambda route: slow.append(route))
    let_go = hold_the_first_answer(page)
    page.goto(f"/cms/pages/{lesson.pk}/edit/", wait_until="domcontentloaded")
    page.locator("html.watched").wait_for()
    with page.expect_request(lambda request: request.method == "POST"):
        page.locator("#id_summary").fill("Older words.")
    for route in slow:  # the preview is a page, too
        route.fulfill(content_type="image/svg+xml", body=PICTURE)
    page.wait_for_load_state("load")
    sent = []
    page.on("request", lambda request: sent.append(request.method))

    page.locator("#id_summary").fill("Newer words.")
    page.get_by_role("button", name="Ask a second reader").click()
    page.wait_for_timeout(500)  # time enough to send it
    assert "POST" not in sent
    let_go()

    expect(page.get_by_text("found nothing to mend")).to_be_visible(timeout=20_000)
    assert kept(lesson)[-1] == "Newer words."


def test_a_button_pressed_without_a_connection_keeps_the_page_and_goes_on_when_it_is_back(
    open_browser, lesson, tom, allowed
):
    allowed.add(None)  # the requests that could not leave
    page = open_at(open_browser, tom, f"/cms/pages/{lesson.pk}/edit/")

    page.context.set_offline(True)
    page.locator("#id_summary").fill("Written on the train.")
    page.get_by_role("button", name="Ask a second reader").click()
    expect(page.get_by_text("A network error occurred.")).to_be_visible()
    expect(page.locator("#id_summary")).to_have_value("Written on the train.")
    page.context.set_offline(False)

    expect(page.get_by_text("found nothing to mend")).to_be_visible(timeout=20_000)
    assert kept(lesson)[-1] == "Written on the train."


def test_what_is_mended_on_a_page_that_came_back_is_kept(open_browser, lesson, tom, joy):
    """Wagtail itself saves such a page once, and then no more."""
    page = open_at(open_browser, tom, f"/cms/pages/{lesson.pk}/edit/")
    page.locator("#id_summary").fill("")
    page.get_by_role("button", name="Ask a second reader").click()
    expect(page.locator(".messages")).to_contain_text("What you wrote is here.")

    # Wagtail moves the focus to the first thing to mend. To fill puts it back.
    page.locator("#id_summary").fill("A pause")
    wait_until_kept(page, lesson, "A pause")
    page.locator("#id_summary").fill("A pause gives room.")

    wait_until_kept(page, lesson, "A pause gives room.")


def test_what_is_written_as_soon_as_the_page_is_there_is_kept(open_browser, lesson, tom):
    """Wagtail takes what stands there after two seconds for what has been there before."""
    page = open_browser(tom, width=DESK, height=900)
    page.goto(f"/cms/pages/{lesson.pk}/edit/")
    page.locator("#id_summary").fill("Quick.")

    wait_until_kept(page, lesson, "Quick.")


def test_a_lesson_is_kept_while_a_question_in_it_is_half_written(open_browser, course, tom):
    page = open_browser(tom, width=DESK, height=900)
    page.goto("/cms/")
    begin_a_lesson(page)
    add_step(page, "What would you say?")
    block = add(page, "Check yourself")
    page.locator(f"#{block}-value-question").fill("What would you say?")

    for _second in range(20):
        lesson = LessonPage.objects.filter(title="Leave room").first()
        draft = lesson and lesson.get_latest_revision_as_object()
        if draft and len(draft.body) == 2 and draft.body[1].value["question"]:
            break
        page.wait_for_timeout(1000)

    expect(page.get_by_text("Autosave is paused")).to_be_hidden()
    assert draft.body[1].value["question"] == "What would you say?"


def test_a_page_with_nothing_written_since_it_came_is_not_saved(open_browser, lesson, tom):
    page = open_at(open_browser, tom, f"/cms/pages/{lesson.pk}/edit/")
    before = kept(lesson)

    page.wait_for_timeout(3000)

    assert kept(lesson) == before
