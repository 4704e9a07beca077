"""A trainee puts in order, sorts, answers in words and numbers, and takes a course check."""

import re
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.actions import editions
from courses.models import (
    Attempt,
    CheckAnswer,
    CheckRound,
    Comparison,
    ScaleAnswer,
    ShortAnswer,
)
from courses.round_reading import bank_questions
from tests.courses.actions.test_checks import best_answers
from tests.factories.courses import (
    course_check_block,
    make_bank,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_person,
    make_session,
    order_block,
    scale_block,
    short_block,
    sort_block,
    step_block,
)
from tests.journeys.looking import sideways
from tests.journeys.moves import focus_is_on, follow, h1, press, tab_to
from tests.journeys.test_trainee_completes_a_lesson import code_from_mail

THINGS = ("Name it", "Gather ideas", "Pick one")
BEST = {"Which tablet to take": "Not us", "How it was for you": "Us", "A lift home": "Depends"}


@pytest.fixture
def amina(site):
    """Somebody in a lesson of six steps, one for each way of checking oneself."""
    course = make_course(sessions_required=1)
    body = [
        *(step_block("In order"), order_block(items=THINGS)),
        *(step_block("In groups"), sort_block()),
        *(step_block("In words"), short_block()),
        *(step_block("In numbers"), scale_block()),
        *(step_block("Before"), course_check_block("baseline", draw=4, need=0)),
        *(step_block("After"), course_check_block("final", draw=4, need=3)),
    ]
    session = make_session(course, 1, title="Checks", slug="checks-1")
    make_lesson(session, "Look back", body, slug="look-back")
    make_session(course, 2)
    make_bank(course)
    edition = editions.make_edition(course=course, by=None, at=timezone.now())
    cohort = make_cohort(edition, first_session_at=timezone.now())
    enrolment = make_enrolment(cohort, make_person("Amina Yusuf"), at=timezone.now())
    address = f"/learning/{enrolment.pk}/checks-1/look-back"
    return SimpleNamespace(
        person=enrolment.trainee, enrolment=enrolment, step=lambda n: f"{address}/{n}/"
    )


def shown_order(page):
    return page.locator(".ordering label").all_inner_texts()


def move_to_the_best(page):
    """Press “up” until the things stand in the best order."""
    for place, thing in enumerate(THINGS):
        while shown_order(page).index(thing) > place:
            page.get_by_role("button", name=f"Up: {thing}").click()
    assert shown_order(page) == list(THINGS)


def choose_groups(page, groups):
    for card, group in groups.items():
        page.get_by_role("group", name=card).get_by_label(group, exact=True).check()


def test_every_kind_is_answered(open_browser, amina, script):
    page = open_browser(amina.person, script=script)
    page.goto(amina.step(1))
    move_to_the_best(page)
    assert Attempt.objects.count() == 0
    press(page, "Save my order")
    expect(page.locator("#said-back")).to_contain_text("You began with the problem.")
    press(page, "I’ve finished this step")

    choose_groups(page, {**BEST, "A lift home": "Not us"})
    press(page, "Save my groups")
    expect(page.locator("#said-back")).to_contain_text("1 card may fit better elsewhere.")
    choose_groups(page, BEST)
    press(page, "Save these groups instead")
    expect(page.locator("#said-back")).to_contain_text("Every card is where it fits.")
    press(page, "I’ve finished this step")

    expect(page.get_by_text("How has it been with your family?")).to_have_count(0)
    page.get_by_label(re.compile("^Open up this question")).fill("What did they say to you?")
    press(page, "Save my words")
    expect(page.locator("#said-back")).to_contain_text("How has it been with your family?")
    press(page, "Part of it")
    expect(page.get_by_text("Kept. You have a part of it.")).to_be_visible()
    press(page, "I’ve finished this step")

    page.get_by_role("group", name="stay quiet?").get_by_label("7", exact=True).check()
    press(page, "Save my numbers")
    expect(page.locator("#said-back")).to_have_text("Saved. Keep this for later.")

    assert [attempt.met for attempt in Attempt.objects.order_by("pk")] == [True, False, True]
    assert [ShortAnswer.objects.get().text, Comparison.objects.get().said] == [
        "What did they say to you?",
        "part",
    ]
    assert list(ScaleAnswer.objects.get().numbers.values()) == [7]


def test_an_order_can_be_given_with_numbers(open_browser, amina, script, allowed):
    allowed.add(422)
    page = open_browser(amina.person, script=script)
    page.goto(amina.step(1))
    for thing in THINGS:
        page.get_by_label(thing, exact=True).select_option("1")
    press(page, "Save my order")
    expect(page.locator(".problem")).to_contain_text("Two of them have the number 1.")
    for place, thing in enumerate(THINGS, 1):
        page.get_by_label(thing, exact=True).select_option(str(place))
    press(page, "Save my order")
    expect(page.locator("#said-back")).to_contain_text("You began with the problem.")
    assert shown_order(page) == list(THINGS)


def test_every_kind_can_be_answered_with_the_keyboard_alone(open_browser, amina):
    page = open_browser(amina.person)
    page.goto(amina.step(1))
    last = shown_order(page)[-1]
    tab_to(page, f"Up: {last} (now 3)")
    page.keyboard.press("Enter")
    # One goes on from where the thing is now, without looking for it again.
    expect(page.get_by_label(f"Up: {last} (now 2)")).to_be_focused()
    assert focus_is_on(page, f"Up: {last} (now 2)")
    page.keyboard.press("Space")
    expect(page.get_by_label(f"Down: {last} (now 1)")).to_be_focused()
    assert shown_order(page)[0] == last
    tab_to(page, "Save my order")
    page.keyboard.press("Enter")
    expect(page.locator("#said-back")).to_be_visible()

    page.goto(amina.step(2))
    for moves in (1, 0, 2):
        tab_to(page, "Us")
        page.keyboard.press("Space")
        for _n in range(moves):
            page.keyboard.press("ArrowRight")
    tab_to(page, "Save my groups")
    page.keyboard.press("Enter")
    expect(page.locator("#said-back")).to_contain_text("Every card is where it fits.")

    page.goto(amina.step(3))
    tab_to(page, "Open up this question: “Did you tell your family?”")
    page.keyboard.type("What did they say to you?")
    tab_to(page, "Save my words")
    page.keyboard.press("Enter")
    expect(page.locator("#said-back")).to_be_visible()
    tab_to(page, "Another idea")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kept. Another idea may be a good one too.")).to_be_visible()

    page.goto(amina.step(4))
    tab_to(page, "left out")
    page.keyboard.press("ArrowLeft")
    tab_to(page, "Save my numbers")
    page.keyboard.press("Enter")
    expect(page.locator("#said-back")).to_be_visible()
    assert list(ScaleAnswer.objects.get().numbers.values()) == [10]


def test_every_kind_reads_from_right_to_left(open_browser, amina):
    page = open_browser(amina.person, width=320)
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { document.documentElement.dir = 'rtl'; })"
    )
    page.goto(amina.step(1))
    number, up = page.get_by_label(THINGS[0], exact=True), page.locator(".moves").first
    assert number.bounding_box()["x"] > up.bounding_box()["x"]
    move_to_the_best(page)
    press(page, "Save my order")
    expect(page.locator("#said-back")).to_contain_text("You began with the problem.")
    for step in range(1, 7):
        page.goto(amina.step(step))
        assert sideways(page) == []


# --- A course check ----------------------------------------------------------------------------


def answer(page, round, best=True):
    """Answer the question that is on the screen."""
    place = int(re.search(r"(\d+) of", page.locator("h1").inner_text())[1])
    question = bank_questions(round.bank)[round.questions[place - 1]["id"]][1]
    if question.kind == "order":
        things = [item.text for item in question.items]
        for n, thing in enumerate(things if best else things[::-1], 1):
            page.get_by_label(thing, exact=True).select_option(str(n))
        press(page, "Save my order")
    elif question.kind == "sort":
        choose_groups(page, BEST if best else dict.fromkeys(BEST, "Depends"))
        press(page, "Save my groups")
    else:
        wanted = set(best_answers(question))
        option = next(each for each in question.options if (each.id in wanted) is best)
        page.get_by_label(option.text).check()
        press(page, "Save my answer")


def test_a_check_is_begun_left_gone_on_with_elsewhere_and_finished(open_browser, amina, script):
    page = open_browser(amina.person, script=script)
    page.goto(amina.step(6))
    press(page, "Begin the questions")
    h1(page, "Question 1 of 4")
    round = CheckRound.objects.get()
    answer(page, round)
    expect(page.locator("#said-back")).to_be_visible()
    follow(page, "Next question")
    follow(page, "Leave it for later")
    h1(page, "Question 3 of 4")

    page = open_browser(amina.person, script=script, width=1280)
    page.goto(amina.step(6))
    expect(page.get_by_text("1 of 4 answered")).to_be_visible()
    follow(page, "Go on with the questions")
    follow(page, "Go on with question 2")
    for _n in range(2):
        answer(page, round)
        follow(page, "Next question")
    answer(page, round)
    follow(page, "See what it came to")
    h1(page, "You are there")
    expect(page.get_by_text("You answered 4 of 4 as we would.")).to_be_visible()
    follow(page, "Back to the lesson")
    h1(page, "After")
    assert [row.met for row in CheckAnswer.objects.all()] == [True] * 4


def test_who_is_not_there_yet_sees_what_about_safety_is_missing_and_tries_again(
    open_browser, amina, script
):
    page = open_browser(amina.person, script=script)
    page.goto(amina.step(6))
    press(page, "Begin the questions")
    round = CheckRound.objects.get()
    for each in round.questions[:-1]:
        answer(page, round, best=not each["safety"])
        follow(page, "Next question")
    answer(page, round, best=not round.questions[-1]["safety"])
    follow(page, "See what it came to")
    h1(page, "Not there yet, and that is fine")
    expect(page.get_by_text("The one about safety is not there yet.")).to_be_visible()
    follow(page, "“Promise you won’t tell.” What do you say?")
    expect(page.locator("#said-back")).to_contain_text("You offered hope.")
    page.go_back()
    press(page, "Go through another set")
    h1(page, "Question 1 of 4")
    assert CheckRound.objects.count() == 2


def test_before_the_course_nothing_is_said_and_afterwards_both_are_there(
    open_browser, amina, script
):
    page = open_browser(amina.person, script=script)
    page.goto(amina.step(5))
    press(page, "Begin the questions")
    for n in range(1, 5):
        h1(page, f"Question {n} of 4")
        press(page, "I don’t know yet")
    h1(page, "Thank you, that’s all of them")
    page.goto(amina.step(6))
    press(page, "Begin the questions")
    round = CheckRound.objects.get(purpose="final")
    for _n in range(3):
        answer(page, round)
        follow(page, "Next question")
    answer(page, round)
    page.goto(f"/learning/{amina.enrolment.pk}/notebook/")
    expect(page.get_by_text("Before: 0 of 4. After: 4 of 4.")).to_be_visible()


def test_an_answer_sent_while_signed_out_is_kept(open_browser, amina, script):
    page = open_browser(amina.person, script=script)
    page.goto(amina.step(6))
    press(page, "Begin the questions")
    round = CheckRound.objects.get()
    page.context.clear_cookies(name="sessionid")
    answer(page, round)
    h1(page, "Sign in")
    page.get_by_label("Your e-mail address").fill(amina.person.email)
    press(page, "Send me a code")
    page.get_by_label("Your code").fill(code_from_mail())
    press(page, "Sign in")
    h1(page, "We kept what you wrote")
    press(page, "Save it and go on")
    h1(page, "Question 1 of 4")
    expect(page.locator("#said-back")).to_be_visible()
    assert CheckAnswer.objects.get().met


def test_pressing_begin_twice_is_once(open_browser, amina):
    page = open_browser(amina.person)
    page.goto(amina.step(6))
    page.get_by_role("button", name="Begin the questions").dblclick()
    h1(page, "Question 1 of 4")
    assert CheckRound.objects.count() == 1
