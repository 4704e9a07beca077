"""A plan opens the next session, leads to a new one, is shared with the group and taken back."""

import re
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.actions import editions
from courses.models import ActionPlan, ActionPlanReview, PlanSharing
from tests.factories.courses import (
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_person,
    make_plan,
    make_session,
    plan_block,
    read_block,
    step_block,
)
from tests.journeys.moves import follow, h1, press
from tests.journeys.paper import sheets_in


@pytest.fixture
def group(site):
    """Amina and Dev, in a course whose two sessions each ask for a plan."""
    course = make_course(sessions_required=1)
    for number, title in ((1, "Listening"), (2, "Finding one’s own way")):
        body = [step_block("Welcome"), read_block(), step_block("My week"), plan_block()]
        session = make_session(course, number, title=title, slug=f"session-{number}")
        make_lesson(session, f"Lesson {number}", body, slug="lesson")
    cohort = make_cohort(editions.make_edition(course=course, by=None, at=timezone.now()))
    amina, dev = (make_enrolment(cohort, make_person(n)) for n in ("Amina Yusuf", "Dev Patel"))
    return SimpleNamespace(amina=amina, dev=dev)


def fill_in_a_plan(page, what, sure):
    for label, words in [
        ("What will you do?", what),
        ("How much?", "ten minutes"),
        ("When?", "after tea"),
        ("How often?", "twice"),
    ]:
        page.get_by_label(label).fill(words)
    page.get_by_label(str(sure), exact=True).check()
    press(page, re.compile("^Save (my|the) plan"))


def test_a_plan_goes_round_and_is_shared_and_taken_back(open_browser, group, script):
    page = open_browser(group.amina.trainee, script=script)
    _plan(page, group.amina)
    _look_back(page, group.amina)
    _plan_anew(page)
    _share(page)
    other = open_browser(group.dev.trainee, script=script)
    other.goto(f"/learning/{group.dev.pk}/")
    other.get_by_role("link", name="Plans people have shared").click()
    expect(other.locator("main")).to_contain_text("Amina Yusuf")
    expect(other.get_by_role("heading", name="Write to my sister")).to_be_visible()
    _take_back(page)
    other.reload()
    expect(other.locator("main")).to_contain_text("Plans will be here")
    expect(other.get_by_text("Write to my sister")).to_have_count(0)
    assert list(PlanSharing.objects.values_list("is_shared", flat=True)) == [True, False]


def _plan(page, amina):
    page.goto(f"/learning/{amina.pk}/session-1/lesson/2/")
    fill_in_a_plan(page, "Ring my sister", 5)
    said = page.locator("#said-back")
    expect(said).to_contain_text("You are 5 of 10 sure. What might get in the way?")
    expect(said.get_by_role("listitem")).to_have_count(3)
    fill_in_a_plan(page, "Ring my sister on Sunday", 8)
    expect(said).to_contain_text("a plan that can happen")


def _look_back(page, amina):
    page.goto(f"/learning/{amina.pk}/session-2/")
    expect(page.locator(".look-back")).to_contain_text("Ring my sister on Sunday")
    page.goto(f"/learning/{amina.pk}/session-2/lesson/1/")
    card = page.locator(".look-back")
    card.get_by_label("I changed it").check()
    card.get_by_label("Anything to remember?").fill("She was away, so I wrote.")
    press(page, "Save how it went")
    h1(page, "Thank you for looking back")
    expect(page.locator("main")).to_contain_text("That is looking after yourself well.")
    assert ActionPlanReview.objects.get().outcome == "changed"


def _plan_anew(page):
    follow(page, "Make this week’s plan")
    h1(page, "My week")
    fill_in_a_plan(page, "Write to my sister", 9)
    page.goto(page.url.split("#")[0].replace("/2/", "/1/"))
    expect(page.locator(".look-back")).to_have_count(0)
    assert ActionPlan.objects.count() == 3


def _share(page):
    follow(page, "Back")
    page.get_by_role("link", name="My notebook").click()
    newest = page.locator("article").first
    expect(newest).to_contain_text("Only you can read it")
    newest.get_by_role("link", name="Share it").click()
    h1(page, "Share my plan")
    expect(page.locator("main")).to_contain_text("Dev Patel in your group")
    press(page, "Share it with my group")
    expect(page.get_by_text("Shared. You can take it back at any time.")).to_be_visible()


def _take_back(page):
    press(page, "Take it back from my group")
    expect(page.get_by_text("Taken back.")).to_be_visible()
    expect(page.get_by_role("button", name="Share it with my group")).to_be_visible()


def test_not_now_leads_on_and_does_not_ask_again(open_browser, group, script):
    make_plan(group.amina)
    page = open_browser(group.amina.trainee, script=script)
    page.goto(f"/learning/{group.amina.pk}/session-2/lesson/1/")
    press(page, "Not now")
    h1(page, "Welcome")
    expect(page.get_by_text("Your plan is in your notebook")).to_be_visible()
    expect(page.locator(".look-back")).to_have_count(0)
    page.goto(f"/learning/{group.amina.pk}/session-2/")
    expect(page.locator(".look-back")).to_have_count(0)
    assert ActionPlanReview.objects.count() == 0


def test_looking_back_can_be_done_with_the_keyboard_alone(open_browser, group):
    make_plan(group.amina)
    page = open_browser(group.amina.trainee)
    page.goto(f"/learning/{group.amina.pk}/session-2/")
    tab_to(page, 'input[name="outcome"]')
    page.keyboard.press("ArrowDown")
    tab_to(page, 'textarea[name="note"]')
    page.keyboard.type("Half of it.")
    tab_to(page, ".look-back .btn")
    page.keyboard.press("Enter")
    h1(page, "Thank you for looking back")
    kept = ActionPlanReview.objects.get()
    assert (kept.outcome, kept.note) == ("partly", "Half of it.")


def tab_to(page, selector):
    for _n in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"The Tab key never came to {selector}.")


def test_a_slip_prints_twice_on_one_sheet(open_browser, group):
    plan = make_plan(group.amina, what="Walk to the bus stop and back", confidence=6)
    page = open_browser(group.amina.trainee)
    for address, planned in ((f"plans/{plan.pk}/slip/", 2), ("plans/slip/", 0)):
        page.goto(f"/learning/{group.amina.pk}/{address}")
        [words] = sheets_in(page.pdf(format="A4"))
        assert words.count("How it went") == 2
        assert words.count("Walk to the bus stop and back") == planned
        assert "My learning" not in words
