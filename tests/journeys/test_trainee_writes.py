"""What a trainee writes in: from right to left, by keyboard, and on paper."""

from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.actions import editions
from courses.models import Checklist, Reflection
from tests.factories.courses import (
    agreement_block,
    checklist_block,
    group_agreement_block,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_person,
    make_session,
    plan_block,
    reflection_block,
    step_block,
)
from tests.journeys.looking import sideways
from tests.journeys.moves import press, tab_to
from tests.journeys.paper import sheets_in

TURNED_ROUND = (
    "addEventListener('DOMContentLoaded', () => { document.documentElement.dir = 'rtl'; })"
)


@pytest.fixture
def amina(site):
    """Somebody in a lesson of five steps, one for each thing that one writes in."""
    course = make_course(sessions_required=1)
    body = [
        *(step_block("My thoughts"), reflection_block()),
        *(step_block("My week"), plan_block()),
        *(step_block("What is ready?"), checklist_block()),
        *(step_block("What we need"), group_agreement_block()),
        *(step_block("My promise"), agreement_block()),
    ]
    make_lesson(make_session(course, 1, slug="session-1"), "Together", body, slug="together")
    cohort = make_cohort(editions.make_edition(course=course, by=None, at=timezone.now()))
    enrolment = make_enrolment(cohort, make_person("Amina Yusuf"))
    address = f"/learning/{enrolment.pk}/session-1/together"
    return SimpleNamespace(
        person=enrolment.trainee, step=lambda n: f"{address}/{n}/", whole=f"{address}/whole/"
    )


def test_everything_to_write_in_reads_from_right_to_left(open_browser, amina):
    page = open_browser(amina.person, width=320)
    page.add_init_script(TURNED_ROUND)

    too_wide = {}
    for step in range(1, 6):
        page.goto(amina.step(step))
        too_wide[step] = sideways(page)
    page.goto(amina.step(3))
    tick = page.get_by_label("The kettle")
    words = page.get_by_text("The kettle", exact=True)

    assert too_wide == {1: [], 2: [], 3: [], 4: [], 5: []}
    right_of = tick.bounding_box()["x"] + tick.bounding_box()["width"]
    assert right_of > words.bounding_box()["x"] + words.bounding_box()["width"] - 1
    tick.check()
    press(page, "Save my ticks")
    expect(page.locator("#said-back")).to_have_text("Saved. Only you can see this.")
    page.goto(amina.step(1))
    page.get_by_label("When did you last feel heard?").fill("في الحافلة")
    press(page, "Save my thoughts")
    expect(page.locator("#said-back")).to_be_visible()
    assert Reflection.objects.get().text == "في الحافلة"


def test_ticking_can_be_done_with_the_keyboard_alone(open_browser, amina):
    page = open_browser(amina.person)
    page.goto(amina.step(3))

    tab_to(page, "The kettle")
    page.keyboard.press("Space")
    tab_to(page, "Save my ticks")
    page.keyboard.press("Enter")

    expect(page.locator("#said-back")).to_have_text("Saved. Only you can see this.")
    ticked = [(item["text"], item["ticked"]) for item in Checklist.objects.get().items]
    assert ticked == [("The chairs", False), ("The kettle", True)]


def test_everything_to_write_in_prints_as_something_to_write_on(open_browser, amina):
    page = open_browser(amina.person)
    page.goto(amina.whole)

    sheets = sheets_in(page.pdf(format="A4"))

    words = " ".join(sheets)
    wanted = (
        "When did you last feel heard?",
        "What is one small thing you want to do?",
        "The kettle",
        "What do we need?",
        "What I will do",
        "You hold the room together.",
        "I will listen",
    )
    assert [each for each in wanted if each not in words] == []
    assert [each for each in ("Save my", "Sign it", "My learning") if each in words] == []
    # Nothing to fill in is cut in two.
    plan, promise = ([each for each in sheets if of in each] for of in ("My week", "My promise"))
    assert ["How sure am I, from 0 to 10?" in each for each in plan] == [True]
    assert ["Your name" in each for each in promise] == [True]
