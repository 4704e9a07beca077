"""The weekly round of plans: a session opens by looking back, and the next plan follows."""

import html
import re
import uuid

import pytest
from django.urls import reverse

from courses.actions import editions
from courses.models import ActionPlanReview, PlanOutcome
from tests.factories.courses import (
    NOW,
    finish_lesson,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_plan,
    make_session,
    plan_block,
    read_block,
    review,
    step_block,
)

pytestmark = pytest.mark.django_db


class Round:
    """A trainee in a course of four sessions; the first and the third ask for a plan."""

    def __init__(self, client):
        course = make_course(sessions_required=1)
        for number in range(1, 5):
            asks = [step_block("My week"), plan_block()] if number in (1, 3) else []
            session = make_session(course, number)
            body = [step_block("Words"), read_block(), step_block("More"), read_block(), *asks]
            make_lesson(session, f"Lesson {number}", body)
            make_lesson(session, f"Another {number}")
        edition = editions.make_edition(course=course, by=None, at=NOW)
        self.enrolment = make_enrolment(make_cohort(edition))
        self.outline = edition.outline
        self.client = client
        client.force_login(self.enrolment.trainee)

    def address(self, name, *more):
        return reverse(name, args=[self.enrolment.pk, *more])

    def plan(self, session=1, **parts):
        return make_plan(self.enrolment, self.outline.sessions[session - 1].lessons[0], **parts)

    def session(self, number):
        return words(self.client.get(self.address("session", f"session-{number}")))

    def step(self, session, lesson=1, number=1):
        slugs = f"session-{session}", self.outline.sessions[session - 1].lessons[lesson - 1].slug
        return words(self.client.get(self.address("step", *slugs, number)))

    def course(self):
        return words(self.client.get(self.address("course")))

    def say(self, plan, **sent):
        return self.client.post(self.address("review_plan", plan.pk), {"key": KEY, **sent})

    def not_now(self, plan, **sent):
        return self.client.post(self.address("not_now", plan.pk), sent)


KEY = uuid.UUID(int=1)


def words(response):
    return html.unescape(response.content.decode())


def asked(page):
    """What the card that looks back says was planned; None where there is no card."""
    card = re.search(r'<section class="card look-back".*?</section>', page, re.S)
    said = card and re.search(r"<strong>([^<]+)</strong>, ([^<]+)\.</p>", card[0])
    return said and f"{said[1]}, {said[2]}"


def problems(response):
    return re.findall(r'class="problem"[^>]*>([^<]+)<', words(response))


@pytest.fixture
def mine(client):
    return Round(client)


WALK = "Walk in the garden, ten minutes, after tea, three times"


# --- The opening of a session ------------------------------------------------------------------


def test_the_next_session_and_its_first_screen_open_with_the_last_plan(mine):
    mine.plan(1)

    assert [asked(mine.session(n)) for n in range(1, 5)] == [None, WALK, WALK, WALK]
    assert [asked(mine.step(n)) for n in range(1, 5)] == [None, WALK, WALK, WALK]


def test_only_the_first_screen_of_the_first_lesson_asks(mine):
    mine.plan(1)

    assert asked(mine.step(2, lesson=1, number=2)) is None
    assert asked(mine.step(2, lesson=2, number=1)) is None


def test_it_is_asked_with_four_answers_a_note_and_not_now(mine):
    mine.plan(1)

    card = re.search(r'<section class="card look-back".*?</section>', mine.session(2), re.S)[0]

    assert re.findall(r'type="radio" name="outcome" value="(\w+)"', card) == PlanOutcome.values
    assert re.findall(r"<textarea name=\"(\w+)\"", card) == ["note"]
    assert re.findall(r"<button[^>]*>([^<]+)</button>", card) == ["Save how it went", "Not now"]


def test_who_planned_nothing_is_asked_nothing(mine):
    assert [asked(mine.session(n)) for n in range(1, 5)] == [None] * 4


def test_the_latest_version_is_the_one_asked_about(mine):
    mine.plan(1, what="Ring my sister")
    mine.plan(1, what="Write to my sister")

    assert asked(mine.session(2)).startswith("Write to my sister")


def test_once_it_is_reviewed_it_is_not_asked_again(mine):
    review(mine.plan(1))

    assert [asked(mine.session(2)), asked(mine.step(2))] == [None, None]


def test_not_now_is_heeded_everywhere_and_leads_back(mine):
    plan = mine.plan(1)
    here = mine.address("session", "session-2")

    response = mine.not_now(plan, here=here)

    assert (response.status_code, response.url) == (302, here)
    page = mine.session(2)
    assert "That’s fine. Your plan is in your notebook whenever you like." in page
    assert [asked(page), asked(mine.step(2)), asked(mine.session(3))] == [None] * 3
    assert "Look back on my plan" not in mine.course()
    assert ActionPlanReview.objects.count() == 0


def test_after_not_now_a_newer_plan_is_asked_about(mine):
    mine.not_now(mine.plan(1))

    mine.plan(3, what="Rest on Sunday")

    assert asked(mine.session(4)).startswith("Rest on Sunday")


def test_after_not_now_the_plan_can_still_be_reviewed_from_the_notebook(mine):
    plan = mine.plan(1)
    mine.not_now(plan)

    page = words(mine.client.get(mine.address("notebook")))

    assert f'href="{mine.address("review_plan", plan.pk)}">How did it go?' in page


@pytest.mark.parametrize("here", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_not_now_leads_nowhere_but_here(here, mine):
    assert mine.not_now(mine.plan(1), here=here).url == mine.address("course")


def test_the_course_shows_the_plan_of_the_week_and_asks_when_the_week_is_over(mine):
    mine.plan(1)
    told = [re.findall(r'card plan">.*?<h2>([^<]+)<', mine.course(), re.S)]
    for lesson in mine.outline.sessions[0].lessons:
        finish_lesson(mine.enrolment, lesson)

    told.append(re.findall(r'card plan">.*?<h2>([^<]+)<', mine.course(), re.S))

    assert told == [["For this week"], ["How did it go?"]]


# --- Saying how it went ------------------------------------------------------------------------

SAID_BACK = {
    "done": "You chose something and you did it.",
    "partly": "You did part of it, and that counts.",
    "changed": "You saw that it did not fit, and you changed it.",
    "not_done": "You looked at it and said how it was.",
}


@pytest.mark.parametrize("outcome", PlanOutcome)
def test_every_outcome_is_kept_and_met_with_kindness(outcome, mine):
    plan = mine.plan(1)

    response = mine.say(plan, outcome=outcome, note="It rained.")

    assert response.url == f"{mine.address('looked_back', plan.pk)}?session="
    page = words(mine.client.get(response.url))
    assert [said in page for said in SAID_BACK.values()] == [outcome == each for each in SAID_BACK]
    assert f"<strong>{outcome.label}.</strong> It rained." in page
    assert ActionPlanReview.objects.get().outcome == outcome


def test_after_a_review_the_next_plan_is_one_link_away(mine):
    plan = mine.plan(1)
    mine.say(plan, outcome="done")

    page = words(mine.client.get(mine.address("looked_back", plan.pk)))

    third = mine.outline.sessions[2].lessons[0]
    where = mine.address("step", "session-3", third.slug, 3)
    assert f'href="{where}#exercise">Make this week’s plan' in page


def test_the_last_place_for_a_plan_is_offered_again_with_the_old_one_to_change(mine):
    plan = mine.plan(3)
    review(plan)

    page = words(mine.client.get(mine.address("looked_back", plan.pk)))
    step = mine.step(3, number=3)

    third = mine.outline.sessions[2].lessons[0]
    assert mine.address("step", "session-3", third.slug, 3) in page
    assert "You have looked back on this plan. Change it for this week" in step
    assert 'value="Walk in the garden"' in step
    assert " checked" not in step


def test_from_the_opening_of_a_session_one_comes_back_to_it(mine):
    plan = mine.plan(1)
    assert '<input type="hidden" name="session" value="session-4">' in mine.session(4)

    said = mine.say(plan, outcome="done", session="session-4")

    page = words(mine.client.get(said.url))
    third = mine.outline.sessions[2].lessons[0]
    assert f'href="{mine.address("session", "session-4")}">Go on with this session' in page
    assert mine.address("step", "session-3", third.slug, 3) in page


@pytest.mark.parametrize("session", ["no-such-session", "\x00", "x" * 3_000])
def test_a_session_that_is_not_there_is_passed_over(session, mine):
    said = mine.say(mine.plan(1), outcome="done", session=session)

    assert "Go on with the lessons" in words(mine.client.get(said.url))


def test_what_we_say_back_can_be_read_only_after_a_review(mine):
    plan = mine.plan(1)

    response = mine.client.get(mine.address("looked_back", plan.pk))

    assert response.url == mine.address("review_plan", plan.pk)


def test_a_review_can_be_said_differently_and_the_latest_is_shown(mine):
    plan = mine.plan(1)
    mine.say(plan, outcome="not_done", note="Too tired.")

    mine.say(plan, outcome="partly", note="Once, on Friday.")

    page = words(mine.client.get(mine.address("notebook")))
    assert re.findall(r"<strong>([^<]+)</strong> ([^<]+)<", page)[0] == (
        "I did part of it.",
        "Once, on Friday.",
    )
    assert list(ActionPlanReview.objects.values_list("outcome", flat=True)) == [
        "not_done",
        "partly",
    ]


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"note": "Hm"}, "Choose how it went. Every answer is a good answer."),
        ({"outcome": "great", "note": "Hm"}, "Choose one of these."),
        (
            {"outcome": "done", "note": "Hm" * 2_501},
            "This is a little long: 5002 letters, and there is room for 5000.",
        ),
    ],
)
def test_what_needs_another_look_comes_back_with_all_that_was_written(sent, problem, mine):
    response = mine.say(mine.plan(1), **sent)

    assert (response.status_code, problems(response)) == (422, [problem])
    assert f">\n{sent['note']}</textarea>" in words(response)
    assert ActionPlanReview.objects.count() == 0


def test_a_review_whose_key_got_lost_can_be_sent_again_as_it_comes_back(mine):
    plan = mine.plan(1)

    response = mine.say(plan, outcome="done", note="", key="")
    key = re.search(r'name="key" value="([^"]+)"', words(response))[1]
    again = mine.say(plan, outcome="done", note="", key=key)

    assert "We could not read that. Please save it again." in words(response)
    assert (response.status_code, again.status_code) == (422, 302)


def test_a_plan_of_another_group_is_not_found_under_this_one(mine):
    plan = mine.plan(1)
    other = make_enrolment(make_cohort(mine.enrolment.cohort.edition), mine.enrolment.trainee)

    answers = {
        name: mine.client.get(reverse(name, args=[other.pk, plan.pk])).status_code
        for name in ("review_plan", "looked_back", "plan_slip", "share_plan")
    }

    assert answers == dict.fromkeys(answers, 404)


# --- On paper ----------------------------------------------------------------------------------


def test_a_slip_holds_the_whole_plan_twice_with_its_confidence(mine):
    plan = mine.plan(1, confidence=6)

    page = words(mine.client.get(mine.address("plan_slip", plan.pk)))

    assert (
        re.findall(r"<dd>([^<]*)</dd>", page)
        == [
            "Walk in the garden",
            "ten minutes",
            "three times",
            "after tea",
        ]
        * 2
    )
    assert re.findall(r'class="here">(\d+)<', page) == ["6", "6"]


def test_an_empty_slip_has_room_for_a_plan(mine):
    page = words(mine.client.get(mine.address("blank_slip")))

    assert re.findall(r"<dd>([^<]*)</dd>", page) == [""] * 8
    assert 'class="here"' not in page


# --- What it costs -----------------------------------------------------------------------------


@pytest.mark.parametrize("plans", [1, 3])
def test_the_opening_of_a_session_costs_one_query_more(plans, mine, django_assert_num_queries):
    for n in range(plans):
        mine.plan(1, what=f"Plan {n}")
    mine.session(2), mine.step(2), mine.step(2, number=2)

    with django_assert_num_queries(4):
        mine.step(2, number=2)
    with django_assert_num_queries(5):
        mine.step(2)
    with django_assert_num_queries(6):
        mine.session(2)
