"""A trainee plays a talk: to an ending, back without undoing, and again, choosing differently."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.actions import editions
from courses.models import LessonProgress, ScenarioMove, ScenarioRun
from tests.factories.courses import (
    TALK,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_session,
    read_block,
    scenario_block,
    step_block,
)
from tests.journeys.looking import sideways
from tests.journeys.moves import focus_is_on, follow, h1, press, tab_to
from tests.journeys.paper import sheets_in

REASSURE, REFLECT, UNSAFE = (choice["say"] for choice in TALK["steps"][0]["choices"])
REPAIR, FILL = (choice["say"] for choice in TALK["steps"][1]["choices"])
RIGHT_STEP = TALK["steps"][0]["choices"][2]["safety_step"]


@pytest.fixture
def enrolment(site):
    course = make_course(sessions_required=1)
    session = make_session(course, 1, title="Listening", slug="listening")
    note = {"content_note": "Somebody is ill.", "safety": True}
    body = [
        step_block("A talk"),
        scenario_block(),
        step_block("A harder talk"),
        scenario_block(**note),
        step_block("After it"),
        read_block(),
    ]
    make_lesson(session, "Talks", body, slug="talks")
    edition = editions.make_edition(course=course, by=None, at=timezone.now())
    return make_enrolment(make_cohort(edition), at=timezone.now())


@pytest.fixture
def step(enrolment):
    """The address of a step of the lesson."""
    return lambda n: f"/learning/{enrolment.pk}/listening/talks/{n}/"


def choose(page, words):
    page.get_by_label(words).check()
    press(page, "See what happens")
    expect(page.locator("#said-back")).to_be_visible()
    page.wait_for_load_state("load")


def chosen():
    """What is kept: for each run, how many moves, and the ending it came to."""
    return [
        (run.moves.count(), run.moves.latest("number").ending)
        for run in ScenarioRun.objects.order_by("pk")
    ]


def test_a_talk_is_played_to_an_ending_and_again_choosing_differently(
    open_browser, enrolment, step, script
):
    page = open_browser(enrolment.trainee, script=script)
    page.goto(step(1))
    press(page, "Begin")
    h1(page, TALK["title"])

    choose(page, REASSURE)
    expect(page.locator("#said-back")).to_contain_text("Roadblock: Reassuring too soon")
    follow(page, "Go on")
    expect(page.get_by_text("A chance to repair")).to_be_visible()
    choose(page, REPAIR)
    follow(page, "Go on")
    choose(page, "Wait.")
    follow(page, "Go on")
    h1(page, "They felt heard")

    press(page, "Play it again, and choose differently")
    choose(page, REASSURE)
    follow(page, "Go on")
    choose(page, FILL)
    follow(page, "Go on")
    h1(page, "The talk closed")
    assert chosen() == [(3, "heard"), (2, "closed")]

    press(page, "I’ve finished this step")
    h1(page, "A harder talk")
    page.goto(step(1))
    expect(page.locator(".endings li")).to_have_text(["They felt heard", "The talk closed"])


def test_an_unsafe_choice_shows_the_right_step_and_is_made_again(
    open_browser, enrolment, step, script
):
    page = open_browser(enrolment.trainee, script=script)
    page.goto(step(2))
    expect(page.get_by_text("Somebody is ill.")).to_be_visible()
    press(page, "Begin")
    follow(page, "Worried about someone? Who to turn to is on this page.")
    assert page.url.endswith("#worry")

    choose(page, UNSAFE)
    expect(page.get_by_text(RIGHT_STEP)).to_be_visible()
    follow(page, "Choose again")
    expect(page.get_by_text(RIGHT_STEP)).to_be_visible()
    expect(page.get_by_text("You chose this before.")).to_have_count(1)
    choose(page, REFLECT)
    expect(page.get_by_role("link", name="Go on")).to_be_visible()


def test_a_talk_with_a_content_note_may_be_skipped_at_no_cost(
    open_browser, enrolment, step, script
):
    page = open_browser(enrolment.trainee, script=script)
    page.goto(step(2))
    press(page, "Skip this one and go on")
    h1(page, "After it")
    press(page, "I’ve finished this step")
    page.goto(step(1))
    press(page, "I’ve finished this step")
    h1(page, "A harder talk")
    assert LessonProgress.objects.get().finished_at
    assert ScenarioRun.objects.count() == 0


def test_going_back_shows_what_was_chosen_and_pressing_again_changes_nothing(
    open_browser, enrolment, step, script
):
    page = open_browser(enrolment.trainee, script=script)
    page.goto(step(1))
    press(page, "Begin")
    choose(page, REASSURE)
    follow(page, "Go on")
    choose(page, REPAIR)
    follow(page, "Back")
    expect(page.locator(".say")).to_contain_text(REASSURE)

    for _page in range(4):
        page.go_back()  # to a page of the time before it was chosen
    page.goto(f"{step(1)}scenario/1/")
    expect(page.get_by_role("radio")).to_have_count(0)
    expect(page.locator("#said-back")).to_contain_text("She looks at her cup.")
    assert ScenarioMove.objects.count() == 2


def test_two_tabs_make_one_way(open_browser, enrolment, step):
    page = open_browser(enrolment.trainee)
    page.goto(step(1))
    press(page, "Begin")
    other = page.context.new_page()
    other.goto(page.url)
    choose(page, REASSURE)

    other.get_by_label(REFLECT).check()
    press(other, "See what happens")

    expect(other.locator(".say")).to_contain_text(REASSURE)
    assert ScenarioMove.objects.count() == 1


def test_a_double_click_is_one_choice(open_browser, enrolment, step):
    page = open_browser(enrolment.trainee)
    page.goto(step(1))
    press(page, "Begin")
    page.get_by_label(REASSURE).check()
    page.get_by_role("button", name="See what happens").dblclick()
    expect(page.locator("#said-back")).to_be_visible()
    assert ScenarioMove.objects.count() == 1


def test_who_leaves_finds_their_place_again(open_browser, enrolment, step, script):
    page = open_browser(enrolment.trainee, script=script)
    page.goto(step(1))
    press(page, "Begin")
    choose(page, REASSURE)
    follow(page, "Go on")
    follow(page, "Leave it here for now")
    follow(page, "Carry on where you were")
    expect(page.get_by_text(TALK["steps"][1]["words"])).to_be_visible()


def test_a_talk_can_be_played_with_the_keyboard_alone(open_browser, enrolment, step):
    page = open_browser(enrolment.trainee)
    page.goto(step(1))
    tab_to(page, "Begin")
    page.keyboard.press("Enter")

    h1(page, TALK["title"])
    tab_to(page, REASSURE)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert focus_is_on(page, REFLECT)
    tab_to(page, "See what happens")
    page.keyboard.press("Enter")
    expect(page.locator("#said-back")).to_contain_text("You said it back")
    tab_to(page, "Go on")
    page.keyboard.press("Enter")

    expect(page.get_by_text(TALK["steps"][2]["words"])).to_be_visible()
    tab_to(page, "Wait.")
    page.keyboard.press("Space")
    tab_to(page, "See what happens")
    page.keyboard.press("Enter")
    expect(page.locator("#said-back")).to_contain_text("You left room.")
    tab_to(page, "Go on")
    page.keyboard.press("Enter")
    h1(page, "They felt heard")
    assert chosen() == [(2, "heard")]


def test_a_talk_reads_from_right_to_left_on_the_smallest_phone(open_browser, enrolment, step):
    page = open_browser(enrolment.trainee, width=320)
    turned = "document.documentElement.dir = 'rtl'"
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ {turned} }})")
    page.goto(step(1))
    press(page, "Begin")
    assert sideways(page) == []
    choose(page, REASSURE)
    assert sideways(page) == []
    follow(page, "Go on")
    box, words = (page.locator(each).first.bounding_box() for each in (".opt input", ".opt span"))
    assert box["x"] > words["x"]
    choose(page, FILL)
    follow(page, "Go on")
    h1(page, "The talk closed")
    assert sideways(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_talk_prints_as_cards_that_are_not_cut_in_two(open_browser, enrolment, step, theme):
    page = open_browser(enrolment.trainee, theme=theme)
    page.goto(step(1))
    follow(page, "Print as role-play cards")
    h1(page, TALK["title"])
    sheets = sheets_in(page.pdf(format="A4"))
    assert len(sheets) <= 3
    for step_ in TALK["steps"]:
        [sheet] = [sheet for sheet in sheets if f"Card {step_['name']} " in sheet]
        for choice in step_["choices"]:
            assert choice["feedback"] in sheet
    words = " ".join(sheets)
    assert re.findall(r"Turn to card (\w+)", words) == ["1b", "2", "2"]
    for left_out in ("My learning", "Sign out", "Back to the lesson", "Text and colours"):
        assert left_out not in words
