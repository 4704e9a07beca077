"""A peer educator writes a talk: its faults are told at the very choice, mended, and published."""

import pytest
from playwright.sync_api import expect

from courses.models import LessonPage
from tests.factories.courses import (
    TALK,
    make_lesson,
    scenario_block,
    step_block,
)
from tests.journeys.conftest import DESK
from tests.journeys.test_author_publishes_a_lesson import (
    add,
    add_step,
    ask,
    autosave,
    begin_a_lesson,
    read_it,
)

__all__ = ["autosave"]  # for every test here, too


@pytest.fixture
def lesson(session):
    return make_lesson(session, "Talks", [step_block("A talk"), scenario_block()])


ADD = ":scope > div > button[data-streamfield-list-add]"


OPEN = """field => {
  const closed = [];
  for (let e = field.parentElement; e; e = e.parentElement) if (e.hidden) closed.unshift(e);
  closed.forEach(e => document.querySelector(`[aria-controls="${e.id}"]`).click());
}"""


def fill(page, field, words):
    """Fill a field in, in a step or choice that may be folded up."""
    page.locator(field).evaluate(OPEN)
    page.locator(field).fill(words)


def save_draft(page):
    page.locator("footer .w-dropdown__toggle").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()


def add_to(page, block):
    """Add one to the end of a list, and return what its fields begin with."""
    count = page.locator(f"input[name={block}-count]")
    number = int(count.input_value())
    holder = page.locator(f"div:has(> input[name={block}-count])")
    holder.locator(
        "> * button[data-streamfield-list-add], > button[data-streamfield-list-add]"
    ).last.click()
    expect(count).to_have_value(str(number + 1))
    return f"#{block}-{number}-value"


def ask_again(page):
    """Ask after something was held back. Wagtail may ask first, about what it saved itself."""
    page.get_by_role("button", name="Ask a second reader").click()
    go_on = page.get_by_role("button", name="Continue", exact=True)
    found = page.get_by_text("found nothing to mend")
    expect(go_on.or_(found).first).to_be_visible()
    if go_on.is_visible():
        go_on.click()
    expect(found).to_be_visible()
    ask(page)
    expect(page.locator(".messages")).to_contain_text("A second reader is asked.")


def write_step(page, at, name, words, repair=False):
    fill(page, f"{at}-name", name)
    page.locator(f"{at}-words").fill(words)
    if repair:
        page.locator(f"{at}-repair").check()


def write_choice(page, at, go, skill="Leave room", feedback="You made room."):
    fill(page, f"{at}-say", f"“Go on to {go}.”")
    page.locator(f"{at}-then").fill("She looks up.")
    page.locator(f"{at}-feedback").fill(feedback)
    if skill:
        page.locator(f"{at}-skills").get_by_label(skill, exact=True).check()
    page.locator(f"{at}-go").fill(go)


def write_a_talk(page):
    """A talk of two steps and an ending. The very first choice lacks its feedback."""
    block = f"#{add(page, 'Scenario')}-value"
    name = block[1:]
    page.locator(f"{block}-title").fill("News from the clinic")
    page.locator(f"{block}-setting").fill("The tea break.")
    write_step(page, f"{block}-steps-0-value", "1", "“They told me on Monday.”")
    write_choice(page, f"{block}-steps-0-value-choices-0-value", "2", feedback="")
    page.locator(f"{block}-steps-0-value-choices-0-value-kind").check()
    second = add_to(page, f"{name}-steps")
    write_step(page, second, "2", "She has gone quiet.", repair=True)
    write_choice(page, f"{second}-choices-0-value", "heard")
    fill(page, f"{block}-endings-0-value-name", "heard")
    page.locator(f"{block}-endings-0-value-kind").select_option("heard")
    page.locator(f"{block}-endings-0-value-words").fill("She rings her sister.")
    return block


def test_a_fault_is_told_at_the_very_choice_mended_and_published(open_browser, session, tom, joy):
    page = open_browser(tom, width=DESK, height=900)
    page.goto("/cms/")
    begin_a_lesson(page)
    page.locator("#id_title").fill("Talks")
    page.locator("#id_summary").fill("A talk to play.")
    add_step(page, "A talk")
    block = write_a_talk(page)
    page.locator(f"{block}-steps-0-value-choices-0-value-go").focus()
    expect(page.locator("#goes-to option")).to_have_text(["1", "2", "heard"])

    ask(page)
    said = "Write what we say back. Every choice deserves a reason."
    expect(page.locator(".error-message:visible")).to_have_text([said])
    feedback = page.locator(f"{block}-steps-0-value-choices-0-value-feedback")
    expect(feedback).to_be_visible()
    expect(page.locator(f"{block}-steps-0-value-choices-0-value-feedback-errors")).to_contain_text(
        said
    )
    assert not LessonPage.objects.filter(title="Talks", live=True).exists()

    feedback.fill("You said it back.")
    ask_again(page)
    reader = read_it(open_browser, joy, "Talks")
    reader.get_by_role("button", name="It’s good: publish it").click()
    expect(reader.get_by_text("“Talks” is published")).to_be_visible()
    talk = LessonPage.objects.get(live=True).body[1].value.scenario
    assert [step.name for step in talk.steps] == ["1", "2"]


def test_a_draft_with_faults_is_saved_drawn_and_played(open_browser, lesson, tom):
    page = open_browser(tom, width=DESK, height=900)
    page.goto(f"/cms/pages/{lesson.pk}/edit/")
    go = page.locator("#body-1-value-steps-1-value-choices-0-value-go")
    go.evaluate("field => { field.value = 'nowhere'; }")
    save_draft(page)
    expect(page.locator(".messages")).to_contain_text("has been updated")
    expect(go).to_have_value("nowhere")

    page.get_by_role("button", name="Actions").first.click()
    page.get_by_role("link", name="Scenarios", exact=True).click()
    expect(
        page.get_by_text("There is 1 thing to mend before it can be published.")
    ).to_be_visible()
    expect(page.get_by_text("Nothing here is called “nowhere”.")).to_be_visible()
    expect(page.locator(".graph a")).to_have_count(5)

    page.get_by_role("link", name="Play it from step 1b").click()
    page.get_by_label(TALK["steps"][1]["choices"][1]["say"]).check()
    page.get_by_role("button", name="See what happens").click()
    expect(page.locator("#said-back")).to_contain_text("You filled the silence.")
    page.get_by_role("link", name="Go on").click()
    expect(page.locator("h1")).to_have_text("The talk closed")
    page.get_by_role("navigation").get_by_role("link", name="Back to the drawing").click()
    page.get_by_role("link", name="Edit step 1b").click()
    step = LessonPage.objects.get().body[1].value.scenario.steps[1]
    assert page.url.endswith(f"/cms/pages/{lesson.pk}/edit/#block-{step.id}-section")
    expect(page.locator("#body-1-value-steps-1-value-name")).to_have_value("1b")


def test_a_scenario_that_was_just_added_is_open_and_says_what_each_plus_adds(
    open_browser, session, tom
):
    page = open_browser(tom, width=DESK, height=900)
    page.goto("/cms/")
    begin_a_lesson(page)
    add_step(page, "A talk")
    block = add(page, "Scenario")

    expect(page.locator(f"#{block}-value-steps-0-value-words")).to_be_visible()
    expect(page.locator(f"#{block}-value-steps-0-value-choices-0-value-say")).to_be_visible()
    expect(page.locator(f"#{block}-value-endings-0-value-words")).to_be_visible()
    added = page.locator("[data-streamfield-list-add]")
    said = added.evaluate_all("all => all.map(each => each.dataset.adds)")
    assert said == ["Step", "Choice", "Choice", "Step", "Ending", "Ending"]


def test_the_steps_of_a_scenario_that_is_there_stay_closed(open_browser, tom, lesson):
    page = open_browser(tom, width=DESK, height=900)
    page.goto(f"/cms/pages/{lesson.pk}/edit/")

    expect(page.locator("#body-1-value-title")).to_be_visible()
    expect(page.locator("#body-1-value-steps-0-value-words")).to_be_hidden()
