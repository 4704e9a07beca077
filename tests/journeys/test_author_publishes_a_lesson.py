"""A peer educator writes a lesson, a second one publishes it; running groups keep theirs."""

import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from courses.actions import editions
from courses.models import CoursePage, LessonPage
from tests.factories.courses import (
    make_cohort,
    make_enrolment,
    make_lesson,
)
from tests.journeys.conftest import DESK


@pytest.fixture(autouse=True)
def autosave(allowed):
    """Wagtail saves while one writes, and answers 400 while a lesson is not ready to be saved."""
    allowed.add(400)


@pytest.fixture
def course(session):
    """A published course of one session and one lesson, which a group has begun."""
    make_lesson(session, "Open questions")
    course = session.get_parent().specific
    editions.make_edition(course=course, by=None, at=timezone.now())
    return course


@pytest.fixture
def desk(open_browser, course, tom):
    """The writing desk, with a new lesson opened: its title and summary are there."""
    page = open_browser(tom, width=DESK, height=900)
    page.goto("/cms/")
    begin_a_lesson(page)
    return page


def begin_a_lesson(page):
    page.get_by_role("link", name="Add a lesson").click()
    page.get_by_role("link", name="An empty lesson").click()
    page.locator("#id_title").fill("Leave room")
    page.locator("#id_summary").fill("A pause gives room.")


def add(page, kind):
    """Add a block at the end, and return what the names of its fields begin with."""
    lesson = page.locator("#panel-child-content-body-content")
    before = lesson.locator("> * input[name=body-count]").first
    number = int(before.input_value())
    lesson.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=kind, exact=True).click()
    expect(before).to_have_value(str(number + 1))
    return f"body-{number}"


def add_step(page, title):
    page.locator(f"#{add(page, 'New step')}-value-title").fill(title)


def add_text(page, words):
    block = add(page, "Read")
    page.locator("[contenteditable=true]").last.click()
    page.keyboard.type(words)
    # Wagtail's editor hands over what was typed a quarter of a second later.
    expect(page.locator(f"#{block}-value")).to_have_value(re.compile(re.escape(words)))


def add_check(page, best=1):
    """Add a question of two answers; `best` says which one is, if any."""
    block = f"#{add(page, 'Check yourself')}-value"
    page.locator(f"{block}-question").fill("What would you say?")
    answers = [("Cheer up.", "You turned away."), ("You want to be heard.", "You said it back.")]
    for n, (text, feedback) in enumerate(answers):
        if page.locator(f"{block}-options-{n}-value-text").count() == 0:
            page.locator("[data-contentpath=options] [data-streamfield-list-add]").last.click()
        page.locator(f"{block}-options-{n}-value-text").fill(text)
        page.locator(f"{block}-options-{n}-value-feedback").fill(feedback)
        if n == best:
            page.locator(f"{block}-options-{n}-value-best").check()


def ask(page):
    """Press the button in the editor, which saves the draft and goes on."""
    with page.expect_navigation():
        page.get_by_role("button", name="Ask a second reader").click()


def ask_for_a_reader(page):
    """All the way: from the editor to a reader who is asked."""
    ask(page)
    expect(page.get_by_text("found nothing to mend")).to_be_visible()
    ask(page)
    expect(page.locator(".messages")).to_contain_text("A second reader is asked.")


def read_it(open_browser, reader, title="Leave room"):
    """A second reader's browser, where they read the lesson that waits."""
    page = open_browser(reader, width=DESK, height=900)
    page.goto("/cms/")
    page.get_by_role("link", name=title).first.click()
    expect(page.locator("h1")).to_contain_text("Second reading")
    return page


def block_of(page, number):
    return page.locator("[data-streamfield-child]").filter(
        has=page.locator(f"> input[name=body-{number}-type]")
    )


def titles_of(open_browser, enrolment):
    """The lessons on a trainee's own page."""
    page = open_browser(enrolment.trainee)
    page.goto(f"/learning/{enrolment.pk}/")
    return page.locator(".sessions .ticks a").all_inner_texts()


def test_a_new_lesson_reaches_new_groups_and_leaves_running_ones_alone(
    open_browser, course, tom, joy
):
    running = make_enrolment(make_cohort(course.editions.get()), at=timezone.now())
    page = open_browser(width=DESK, height=900)

    page.goto("/cms/")
    page.get_by_label("Your e-mail address").fill(tom.email)
    page.get_by_role("button", name="Send me a code").click()
    code = re.search(r"^\d{6}$", mail.outbox[-1].body, re.MULTILINE).group()
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Sign in").click()

    begin_a_lesson(page)
    add_step(page, "Five seconds")
    add_text(page, "A pause feels long.")
    add_step(page, "What would you say?")
    add_check(page)
    ask_for_a_reader(page)

    reader = read_it(open_browser, joy)
    expect(reader.locator(".desk-lesson")).to_contain_text("A pause feels long.")
    reader.get_by_role("button", name="It’s good: publish it").click()
    expect(reader.get_by_text("“Leave room” is published")).to_be_visible()
    expect(reader.get_by_text("Fewer than 5 people are part-way.")).to_be_visible()

    reader.get_by_role("link", name="Make a new edition").click()
    expect(reader.get_by_text("“Leave room” is new.")).to_be_visible()
    expect(reader.get_by_text("1 group is following an earlier edition.")).to_be_visible()
    expect(reader.get_by_text("2 published lessons go in.")).to_be_visible()
    reader.get_by_role("button", name="Make edition 2").click()
    expect(reader.locator(".messages")).to_contain_text("Edition 2 is made.")

    latest = CoursePage.objects.get(pk=course.pk).editions.get(number=2)
    beginning = make_enrolment(make_cohort(latest), at=timezone.now())
    assert titles_of(open_browser, running) == ["Open questions"]
    assert titles_of(open_browser, beginning) == ["Open questions", "Leave room"]


def test_a_lesson_is_sent_back_with_a_reason_mended_and_published(open_browser, tom, joy, desk):
    page = desk
    add_step(page, "Five seconds")
    add_text(page, "A pause feels long.")
    ask_for_a_reader(page)

    reader = read_it(open_browser, joy)
    why = reader.get_by_label("What should change, and why?")
    why.fill("I like the pause. Please add what to say then.")
    reader.get_by_role("button", name="Send back, and say why").click()
    expect(reader.locator(".messages")).to_contain_text("It is sent back")
    assert "I like the pause." in mail.outbox[-1].body

    page.goto("/cms/")
    page.get_by_role("link", name="Leave room").first.click()
    expect(page.locator(".sent-back")).to_contain_text("Joy Nwosu read this on")
    expect(page.locator(".sent-back")).to_contain_text("Please add what to say then.")
    add_step(page, "Then say")
    add_text(page, "Take your time.")
    ask_for_a_reader(page)

    reader = read_it(open_browser, joy)
    reader.get_by_role("button", name="It’s good: publish it").click()
    expect(reader.get_by_text("“Leave room” is published")).to_be_visible()
    assert len(LessonPage.objects.live().get(title="Leave room").steps) == 2


def test_a_lesson_can_be_tried_on_a_phone_while_it_is_a_draft(open_browser, desk):
    page = desk
    add_step(page, "What would you say?")
    add_check(page)
    ask(page)
    page.get_by_role("link", name="Try it as a trainee").click()
    phone = page.frame_locator("iframe.phone")
    assert page.locator("iframe.phone").bounding_box()["width"] <= 390
    phone.get_by_label("You want to be heard.").check()
    phone.get_by_role("button", name="Save my answer").click()
    expect(phone.locator("#said-back")).to_contain_text("You said it back.")
    phone.get_by_role("link", name="I’ve finished this step").click()
    expect(phone.locator("h1")).to_have_text("That is the end of the lesson")


def test_what_must_not_be_published_is_told_and_the_draft_is_kept(open_browser, desk, joy):
    page = desk
    add_step(page, "Pills")
    add_text(page, "Take 5 mg with water.")
    ask(page)
    expect(page.get_by_text("This reads like a dose: “5 mg”.")).to_be_visible()
    expect(page.get_by_role("button", name="Ask a second reader")).to_have_count(0)
    page.get_by_role("link", name="Step 1, “Pills”").click()
    expect(page.locator("[contenteditable=true]").last).to_contain_text("Take 5 mg with water.")


def test_a_new_lesson_reads_as_it_was_written(open_browser, course, joy, desk):
    page = desk
    add_step(page, "Five seconds")
    add_text(page, "A pause feels long.")
    ask_for_a_reader(page)
    reader = read_it(open_browser, joy)
    reader.get_by_role("button", name="It’s good: publish it").click()
    expect(reader.get_by_text("“Leave room” is published")).to_be_visible()
    edition = editions.make_edition(course=course, by=None, at=timezone.now())
    enrolment = make_enrolment(make_cohort(edition), at=timezone.now())
    reader = open_browser(enrolment.trainee)
    reader.goto(f"/learning/{enrolment.pk}/")
    reader.get_by_role("link", name="Leave room").first.click()
    expect(reader.locator("h1")).to_have_text("Five seconds")
    expect(reader.locator(".read")).to_have_text("A pause feels long.")


def test_two_exercises_on_one_screen_are_told_at_the_second(desk):
    page = desk
    add_step(page, "What would you say?")
    add_check(page)
    page.locator(f"#{add(page, 'Reflection')}-value-prompt").fill("When were you heard?")
    ask(page)
    said = "Put a “New step” above this exercise. One exercise on a screen is enough."
    expect(block_of(page, 2)).to_contain_text(said)
    expect(block_of(page, 1)).not_to_contain_text(said)
    assert not LessonPage.objects.filter(title="Leave room", live=True).exists()


def test_a_question_without_a_best_answer_is_told_at_its_answers(desk):
    page = desk
    add_step(page, "What would you say?")
    add_check(page, best=None)
    ask(page)
    answers = block_of(page, 1).locator("[data-contentpath=options]")
    expect(answers).to_contain_text("Mark the best answer, so that we can tell people.")
    expect(page.locator("#body-1-value-question")).to_have_value("What would you say?")


def test_a_lesson_without_a_first_step_is_told_at_its_first_block(desk):
    page = desk
    add_check(page)
    ask(page)
    expect(block_of(page, 0)).to_contain_text("Begin the lesson with a “New step” above this")
