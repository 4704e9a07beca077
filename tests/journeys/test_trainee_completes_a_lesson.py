"""A trainee joins with a code, learns step by step, and holds a certificate in the end."""

import re
import uuid
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from courses.actions import editions
from courses.actions.attendance import mark_attendance
from courses.models import ActionPlan, Attempt, AttendanceMark, Enrolment, Reflection
from tests.factories.courses import (
    check_block,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_person,
    make_session,
    plan_block,
    read_block,
    reflection_block,
    step_block,
)
from tests.journeys.moves import focus_is_on, follow, h1, press, tab_to

QUESTION = "“I’m sick of being told to cheer up.” What would you say?"


@pytest.fixture
def cohort(site):
    """A group whose course has one session, with one lesson of four steps."""
    course = make_course(sessions_required=1)
    session = make_session(course, 1, title="Listening", slug="listening")
    body = [
        step_block("Leave room"),
        read_block("<p>A pause feels long, and gives room.</p>"),
        step_block("What would you say?"),
        check_block(QUESTION),
        step_block("When were you heard?"),
        reflection_block(),
        step_block("My week"),
        plan_block(),
    ]
    make_lesson(session, "Leave room", body, slug="leave-room")
    edition = editions.make_edition(course=course, by=None, at=timezone.now())
    return make_cohort(edition, first_session_at=timezone.now())


@pytest.fixture
def amina(cohort):
    """Somebody who has joined; `step(n)` is the address of a step of their lesson."""
    enrolment = make_enrolment(cohort, make_person("Amina Yusuf"), at=timezone.now())
    lesson = f"/learning/{enrolment.pk}/listening/leave-room"
    return SimpleNamespace(
        person=enrolment.trainee, enrolment=enrolment, step=lambda n: f"{lesson}/{n}/"
    )


def code_from_mail():
    return re.search(r"^\d{6}$", mail.outbox[-1].body, re.MULTILINE).group()


def test_with_a_code_one_can_join_learn_and_take_home_a_certificate(
    open_browser, cohort, script, site
):
    page = open_browser(script=script)
    _join(page, cohort)
    follow(page, "Begin this lesson")
    _learn(page)
    _come_to_the_session(cohort)
    press(page, "I’ve finished this step")
    _take_home_the_certificate(page)


def _join(page, cohort):
    page.goto("/join/")
    shown = f"{cohort.join_code[:4]} {cohort.join_code[4:]}".lower()
    page.get_by_label("Your code").fill(shown)
    press(page, "Find my group")
    h1(page, f"Join {cohort.name}")
    page.get_by_label("Your name").fill("Rhiannon Ŵyn Prŷs")
    page.get_by_label("Your e-mail address").fill("rhiannon@example.org")
    press(page, "Send me a code")
    h1(page, "Look in your e-mail")
    page.get_by_label("Your code").fill(code_from_mail())
    press(page, "Sign in")
    h1(page, f"Join {cohort.name}")
    press(page, "Join this group")
    h1(page, "Becoming a peer facilitator")
    expect(page.get_by_text("You are in. Welcome!")).to_be_visible()


def _learn(page):
    h1(page, "Leave room")
    press(page, "I’ve finished this step")

    h1(page, "What would you say?")
    page.get_by_label("You’ll feel better soon.").check()
    press(page, "Save my answer")
    expect(page.locator("#said-back")).to_contain_text("You offered hope.")
    expect(page.get_by_label("You’ll feel better soon.")).to_be_checked()
    press(page, "I’ve finished this step")

    h1(page, "When were you heard?")
    page.get_by_label("When did you last feel heard?").fill("On the bus.\nBy a stranger.")
    press(page, "Save my thoughts")
    expect(page.locator("#said-back")).to_have_text("Saved. Only you can read this.")
    press(page, "I’ve finished this step")

    h1(page, "My week")
    page.get_by_label("What will you do?").fill("Ring my sister")
    page.get_by_label("How much?").fill("ten minutes")
    page.get_by_label("When?").fill("after tea")
    page.get_by_label("How often?").fill("twice")
    page.get_by_label("5", exact=True).check()
    press(page, "Save my plan")
    said = page.locator("#said-back")
    expect(said).to_contain_text("You are 5 of 10 sure. What might get in the way?")
    expect(said).to_contain_text("make it easier")


def _come_to_the_session(cohort):
    run = cohort.session_runs.get()
    mark_attendance(
        session_run=run,
        marks={Enrolment.objects.get(cohort=cohort).pk: AttendanceMark.PRESENT},
        key=uuid.uuid4(),
        by=run.facilitator,
        at=timezone.now(),
    )


def _take_home_the_certificate(page):
    expect(page.get_by_role("heading", name="You have completed the course")).to_be_visible()
    follow(page, "See my certificate")
    page.locator("#certificates").get_by_role("link").click()
    h1(page, "Rhiannon Ŵyn Prŷs")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download PDF").click()
    assert re.fullmatch(r"certificate-[0-9A-Z-]{14}\.pdf", download.value.suggested_filename)
    letter = PdfReader(BytesIO(download.value.path().read_bytes()))
    assert len(letter.pages) == 1
    assert "Rhiannon Ŵyn Prŷs" in letter.pages[0].extract_text()


def test_who_has_been_here_signs_in_with_the_code_from_the_mail(open_browser, amina, script):
    page = open_browser(script=script)
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Sign in").click()
    page.get_by_label("Your e-mail address").fill(amina.person.email.upper())
    press(page, "Send me a code")
    page.get_by_label("Your code").fill(code_from_mail())
    press(page, "Sign in")
    h1(page, "Hello, Amina Yusuf")
    assert [address.lower() for address in mail.outbox[-1].to] == [amina.person.email]


def test_a_lesson_can_be_done_with_the_keyboard_alone(open_browser, amina):
    page = open_browser(amina.person)
    page.goto(amina.step(1))
    page.keyboard.press("Tab")
    assert focus_is_on(page, "Skip to the main part")
    page.keyboard.press("Enter")
    tab_to(page, "I’ve finished this step")
    page.keyboard.press("Enter")

    h1(page, "What would you say?")
    tab_to(page, "You’ll feel better soon.")
    page.keyboard.press("ArrowDown")
    assert focus_is_on(page, "You want to be heard.")
    tab_to(page, "Save my answer")
    page.keyboard.press("Space")
    expect(page.locator("#said-back")).to_contain_text("You said back the wish.")
    tab_to(page, "I’ve finished this step")
    page.keyboard.press("Space")

    h1(page, "When were you heard?")
    tab_to(page, "When did you last feel heard?")
    page.keyboard.type("On the bus.")
    tab_to(page, "Save my thoughts")
    page.keyboard.press("Enter")
    expect(page.locator("#said-back")).to_be_visible()
    tab_to(page, "I’ve finished this step")
    page.keyboard.press("Enter")

    h1(page, "My week")
    for label, words in [
        ("What will you do?", "Ring my sister"),
        ("How much?", "ten minutes"),
        ("When?", "after tea"),
        ("How often?", "twice"),
    ]:
        tab_to(page, label)
        page.keyboard.type(words)
    tab_to(page, "0")
    for _n in range(8):
        page.keyboard.press("ArrowRight")
    tab_to(page, "Save my plan")
    page.keyboard.press("Enter")
    expect(page.locator("#said-back")).to_contain_text("a plan that can happen")
    tab_to(page, "I’ve finished this step")
    page.keyboard.press("Enter")
    h1(page, "That’s this lesson finished")
    assert ActionPlan.objects.get().confidence == 8


def test_a_finished_step_can_be_opened_again(open_browser, amina, script):
    page = open_browser(amina.person, script=script)
    page.goto(amina.step(1))
    press(page, "I’ve finished this step")
    follow(page, "Back")
    expect(page.get_by_text("Finished and saved.")).to_be_visible()
    press(page, "I haven’t finished it after all")
    expect(page.get_by_text("This step is open again.")).to_be_visible()
    expect(page.get_by_role("button", name="I’ve finished this step")).to_be_visible()
    expect(page.get_by_text("Finished and saved.")).to_have_count(0)


def test_an_answer_changed_after_going_back_is_kept_beside_the_first(open_browser, amina, script):
    page = open_browser(amina.person, script=script)
    page.goto(amina.step(2))
    page.get_by_label("You’ll feel better soon.").check()
    press(page, "Save my answer")
    expect(page.locator("#said-back")).to_contain_text("You offered hope.")
    page.go_back()
    page.get_by_label("You want to be heard.").check()
    press(page, re.compile("^Save "))
    expect(page.locator("#said-back")).to_contain_text("You said back the wish.")
    assert [attempt.met for attempt in Attempt.objects.order_by("pk")] == [False, True]


def test_words_changed_after_going_back_are_kept_beside_the_first(open_browser, amina, script):
    page = open_browser(amina.person, script=script)
    page.goto(amina.step(3))
    for words in ("On the bus.", "At the clinic."):
        page.get_by_label("When did you last feel heard?").fill(words)
        press(page, "Save my thoughts")
        expect(page.locator("#said-back")).to_be_visible()
        page.go_back()
    written = Reflection.objects.order_by("pk").values_list("text", flat=True)
    assert list(written) == ["On the bus.", "At the clinic."]


def test_pressing_a_button_twice_is_once(open_browser, amina):
    page = open_browser(amina.person)
    page.goto(amina.step(2))
    page.get_by_label("You’ll feel better soon.").check()
    page.get_by_role("button", name="Save my answer").dblclick()
    expect(page.locator("#said-back")).to_be_visible()
    assert Attempt.objects.count() == 1


def test_what_was_written_while_signed_out_is_kept(open_browser, amina, script):
    page = open_browser(amina.person, script=script)
    page.goto(amina.step(3))
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("When did you last feel heard?").fill("On the bus.\nBy a stranger.")
    press(page, "Save my thoughts")
    h1(page, "Sign in")
    page.get_by_label("Your e-mail address").fill(amina.person.email)
    press(page, "Send me a code")
    page.get_by_label("Your code").fill(code_from_mail())
    press(page, "Sign in")
    h1(page, "We kept what you wrote")
    expect(page.locator(".say")).to_have_text("On the bus.By a stranger.")
    press(page, "Save it and go on")
    h1(page, "When were you heard?")
    expect(page.locator("#said-back")).to_have_text("Saved. Only you can read this.")
    kept = Reflection.objects.get()
    assert kept.enrolment_id == amina.enrolment.pk
    assert kept.text.splitlines() == ["On the bus.", "By a stranger."]
