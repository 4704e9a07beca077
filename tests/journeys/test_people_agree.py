"""A group writes down what it agreed; a trainee signs, and prints what was signed."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.actions import editions
from courses.models import Checklist, Signature
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
    step_block,
)
from tests.journeys.moves import press
from tests.journeys.paper import sheets_in


@pytest.fixture
def amina(site):
    course = make_course(sessions_required=1)
    body = [
        step_block("What we need"),
        group_agreement_block(),
        step_block("My promise"),
        agreement_block(),
        step_block("What is ready?"),
        checklist_block(),
    ]
    make_lesson(make_session(course, 1, slug="session-1"), "Together", body, slug="together")
    make_session(course, 2, slug="session-2")
    cohort = make_cohort(editions.make_edition(course=course, by=None, at=timezone.now()))
    return make_enrolment(cohort, make_person("Amina Yusuf"))


def printed(page):
    sheets = sheets_in(page.pdf(format="A4"))
    return len(sheets), " ".join(sheets)


def test_what_a_group_agrees_on_is_written_down_once_and_shown_everywhere(
    open_browser, amina, script
):
    trainee = open_browser(amina.trainee, script=script)
    trainee.goto(f"/learning/{amina.pk}/session-1/together/1/")
    expect(trainee.locator("#exercise")).to_contain_text("Your group has not made its own yet.")

    leader = open_browser(amina.cohort.session_runs.first().facilitator, script=script)
    leader.goto(f"/organise/{amina.cohort_id}/")
    leader.get_by_role("link", name="What the group agreed").click()
    lines = leader.get_by_label("What we agreed")
    expect(lines).to_have_value("One at a time\nPass is fine")
    lines.fill("One at a time\nCake first")
    press(leader, "Save what we agreed")
    expect(leader.get_by_text("Saved. Everyone in the group sees it now.")).to_be_visible()

    trainee.reload()
    expect(trainee.locator("#exercise")).to_contain_text("Cake first")
    for where in ("", "session-1/", "session-2/"):
        trainee.goto(f"/learning/{amina.pk}/{where}")
        trainee.get_by_text("What we agreed in our group").click()
        expect(trainee.get_by_text("Cake first")).to_be_visible()
    trainee.get_by_role("link", name="Print it for the wall").click()
    sheets, words = printed(trainee)
    assert (sheets, "Cake first" in words, "My learning" in words) == (1, True, False)


def test_an_agreement_is_read_signed_and_printed(open_browser, amina, script, allowed):
    allowed.add(422)
    page = open_browser(amina.trainee, script=script)
    page.goto(f"/learning/{amina.pk}/session-1/together/2/")
    press(page, "Sign it")
    expect(page.locator("main .problem")).to_have_count(2)
    page.get_by_label("I have read this, and I agree.").check()
    page.get_by_label("Your name").fill("Amina Yusuf")
    press(page, "Sign it")
    expect(page.locator("#said-back")).to_contain_text("Signed by Amina Yusuf on")
    page.get_by_role("link", name="Print what I signed").click()
    expect(page.locator("h1")).to_have_text("What I will do")
    _sheets, words = printed(page)
    for kept in ("You hold the room together.", "I will listen", "Amina Yusuf", "Signed by"):
        assert kept in words
    assert Signature.objects.count() == 1


def test_an_agreement_can_be_signed_with_the_keyboard_alone(open_browser, amina):
    page = open_browser(amina.trainee)
    page.goto(f"/learning/{amina.pk}/session-1/together/2/")
    for selector, keys in (
        ('input[name="agreed"]', ["Space"]),
        ('input[name="name"]', [*"Amina"]),
        ("#exercise .btn", ["Enter"]),
    ):
        for _n in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                break
        for key in keys:
            page.keyboard.press(key)
    expect(page.locator("#said-back")).to_contain_text("Signed by Amina on")


def test_ticks_are_there_again_another_day(open_browser, amina, script):
    page = open_browser(amina.trainee, script=script)
    page.goto(f"/learning/{amina.pk}/session-1/together/3/")
    page.get_by_label("The kettle").check()
    press(page, "Save my ticks")
    expect(page.locator("#said-back")).to_have_text("Saved. Only you can see this.")
    page.goto(f"/learning/{amina.pk}/session-1/together/3/")
    expect(page.get_by_label("The kettle")).to_be_checked()
    expect(page.get_by_label("The chairs")).not_to_be_checked()
    assert Checklist.objects.count() == 1
