"""A talk to play, one moment a page: choosing, going back, playing again, on paper."""

import re
import uuid
from html import unescape

import pytest
from django.urls import reverse

from courses.actions import editions
from courses.models import LessonProgress, ScenarioMove, ScenarioRun
from courses.reading import reading
from tests.factories.courses import (
    NOW,
    TALK,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_session,
    reflection_block,
    scenario_block,
    step_block,
)

pytestmark = pytest.mark.django_db


class Talk:
    """A trainee in a lesson of two steps, whose first holds a talk, and its addresses."""

    def __init__(self, client, **about):
        course = make_course(sessions_required=1)
        body = [step_block("Talk"), scenario_block(**about), step_block(), reflection_block()]
        self.page = make_lesson(make_session(course, 1), body=body)
        edition = editions.make_edition(course=course, by=None, at=NOW)
        self.enrolment = make_enrolment(make_cohort(edition))
        self.session, self.lesson = edition.outline.sessions[0], edition.outline.lessons[0]
        self.scenario = reading(self.lesson).steps[self.lesson.steps[0].id].exercise
        self.client = client
        client.force_login(self.enrolment.trainee)

    def address(self, name="step", *more, number=1):
        args = [self.enrolment.pk, self.session.slug, self.lesson.slug]
        return reverse(name, args=[*args, *([number] if number else []), *more])

    def read(self, name="step", *more):
        return unescape(self.client.get(self.address(name, *more)).content.decode())

    def move(self, number):
        return self.read("scenario_move", number)

    def begin(self, key=None):
        return self.client.post(self.address("scenario_begin"), {"key": key or uuid.uuid4()})

    def choice(self, step, letter):
        return self.scenario.steps[step].choices["ABC".index(letter)].id

    def choose(self, number, step, letter, **sent):
        run = ScenarioRun.objects.last()
        data = {"key": uuid.uuid4(), "run": run.key, "choice": self.choice(step, letter)}
        return self.client.post(self.address("scenario_choose", number), {**data, **sent})

    def play_to_the_end(self):
        """Reassure, repair, wait: heard."""
        self.begin()
        for number, (step, letter) in enumerate([(0, "A"), (1, "A"), (2, "A")], 1):
            self.choose(number, step, letter)


@pytest.fixture
def talk(client):
    return Talk(client)


def words(html):
    """The words of the main part, without the tags."""
    main = re.search(r"<main.*?</main>", html, re.S)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def buttons(html):
    main = re.search(r"<main.*?</main>", html, re.S)[0]
    return [
        " ".join(each.split())
        for each in re.findall(r'class="btn(?: quiet)?"[^>]*>([^<]+)<', main)
    ]


def said(response):
    return [str(message) for message in response.context["messages"]]


# --- Before, and coming back -------------------------------------------------------------------


def test_a_talk_says_what_it_is_before_it_begins(talk):
    html = talk.read()

    for kept in (TALK["title"], TALK["setting"], "Say it back", "Leave room"):
        assert kept in words(html)
    assert TALK["steps"][0]["words"] not in html
    assert buttons(html) == ["Begin", "I’ve finished this step", "Back"]


def test_a_content_note_comes_with_a_skip_that_costs_nothing(client):
    talk = Talk(client, content_note="It touches on illness.")
    html = talk.read()
    assert "It touches on illness." in words(html)
    assert buttons(html) == ["Begin", "Skip this one and go on", "Back"]

    response = client.post(talk.address("finish"), {"key": uuid.uuid4()})

    assert response.url == talk.address("step", number=2)
    assert list(LessonProgress.objects.get().steps) == [talk.lesson.steps[0].id]
    assert ScenarioRun.objects.count() == 0


def test_beginning_leads_to_the_first_moment(talk):
    response = talk.begin()

    assert (response.status_code, response.url) == (302, talk.address("scenario_move", 1))
    html = talk.move(1)
    assert TALK["steps"][0]["words"] in words(html)
    assert re.findall(r'name="choice" value="([^"]+)"', html) == [
        choice.id for choice in talk.scenario.steps[0].choices
    ]


def test_nothing_tells_what_comes_of_a_choice_before_it_is_made(talk):
    talk.begin()

    html = talk.move(1)

    choices = TALK["steps"][0]["choices"]
    assert [each["say"] for each in choices if each["say"] in html] == [
        each["say"] for each in choices
    ]
    told = [each["then"] for each in choices] + [each["feedback"] for each in choices]
    assert [each for each in told if each in html] == []
    labels = re.findall(r'<label class="opt"><input[^>]*>', html)
    assert len({re.sub(r'value="[^"]+"', "", each) for each in labels}) == 1


def test_who_leaves_carries_on_where_they_were(talk):
    talk.begin()
    talk.choose(1, 0, "A")

    html = talk.read()

    assert buttons(html)[:2] == ["Carry on where you were", "Begin again from the start"]
    assert f'href="{talk.address("scenario_move", 2)}">Carry on' in html


@pytest.mark.parametrize("number", [1, 2, 9])
def test_a_moment_before_the_beginning_leads_to_the_beginning(talk, number):
    response = talk.client.get(talk.address("scenario_move", number))

    assert (response.status_code, response.url) == (302, talk.address())


@pytest.mark.parametrize("number", [0, 3, 99])
def test_a_moment_that_has_not_come_leads_to_the_one_that_is_now(talk, number):
    talk.begin()
    talk.choose(1, 0, "B")

    response = talk.client.get(talk.address("scenario_move", number))

    assert (response.status_code, response.url) == (302, talk.address("scenario_move", 2))


# --- Choosing ----------------------------------------------------------------------------------


def test_a_choice_is_answered_with_what_happens_and_why(talk):
    talk.begin()

    response = talk.choose(1, 0, "A")

    assert response.url == f"{talk.address('scenario_move', 1)}#said-back"
    told = words(talk.move(1))
    chosen, *others = TALK["steps"][0]["choices"]
    for kept in (
        chosen["say"],
        chosen["then"],
        chosen["feedback"],
        "Roadblock: Reassuring too soon",
    ):
        assert kept in told
    assert [each["feedback"] for each in others if each["feedback"] in told] == []
    assert f'href="{talk.address("scenario_move", 2)}">Go on' in talk.move(1)


def test_a_skill_is_named_too(talk):
    talk.begin()
    talk.choose(1, 0, "B")

    assert "Skill: Say it back" in words(talk.move(1))


def test_an_unsafe_choice_shows_the_right_step_at_once_and_is_chosen_again(talk):
    talk.begin()
    talk.choose(1, 0, "C")

    html = talk.move(1)
    again = talk.move(2)

    right = TALK["steps"][0]["choices"][2]["safety_step"]
    assert right in words(html)
    assert buttons(html) == ["Choose again"]
    assert right in words(again)
    assert "Choose again. What would you say or do?" in words(again)
    assert words(again).count("You chose this before.") == 1
    talk.choose(2, 0, "B")
    assert right not in words(talk.move(3))


def test_a_chance_to_repair_is_named(talk):
    talk.begin()
    talk.choose(1, 0, "A")

    assert "A chance to repair" in words(talk.move(2))


def test_going_back_shows_what_was_chosen_and_it_stays(talk):
    talk.begin()
    talk.choose(1, 0, "A")

    response = talk.choose(1, 0, "B")

    assert response.url == talk.address("scenario_move", 1)
    assert TALK["steps"][0]["choices"][0]["feedback"] in words(talk.move(1))
    assert 'name="choice"' not in talk.move(1)
    assert [str(move.choice) for move in ScenarioMove.objects.all()] == [talk.choice(0, "A")]


def test_a_double_tap_is_one_choice(talk):
    talk.begin()
    key = uuid.uuid4()

    answers = [talk.choose(1, 0, "A", key=key).url for _tap in range(2)]

    assert [url.split("#")[0] for url in answers] == [talk.address("scenario_move", 1)] * 2
    assert ScenarioMove.objects.count() == 1


def test_a_choice_from_a_run_that_was_left_leads_to_the_one_that_is_now(talk):
    talk.begin()
    old = ScenarioRun.objects.last().key
    talk.choose(1, 0, "A")
    talk.begin()

    response = talk.choose(1, 0, "B", run=old)

    assert response.url == talk.address("scenario_move", 1)
    assert ScenarioMove.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"choice": ""}, "Choose what you would say, then go on."),
        ({"choice": "elsewhere"}, "That is not one of these. Please choose again."),
    ],
)
def test_no_choice_and_one_that_is_not_there_come_back_with_what_to_do(talk, sent, problem):
    talk.begin()

    response = talk.choose(1, 0, "A", **sent)

    html = response.content.decode()
    assert response.status_code == 422
    assert re.findall(r'class="problem"[^>]*>([^<]+)<', html) == [problem]
    assert ScenarioMove.objects.count() == 0


@pytest.mark.parametrize("sent", [{"key": "no key"}, {"run": "\x00"}, {"run": ""}])
def test_what_cannot_be_read_comes_back_with_the_choice_still_marked(talk, sent):
    talk.begin()

    response = talk.choose(1, 0, "B", **sent)

    assert response.status_code == 422
    assert said(response) == ["We could not read that. Please choose again."]
    html = response.content.decode()
    assert re.findall(r'value="([^"]+)" checked', html) == [talk.choice(0, "B")]
    assert f'name="run" value="{ScenarioRun.objects.get().key}"' in html


@pytest.mark.parametrize("sent", [{}, {"key": ""}, {"key": "\x00"}])
def test_a_beginning_without_its_key_is_answered_in_plain_words(talk, sent):
    response = talk.client.post(talk.address("scenario_begin"), sent, follow=True)

    assert response.redirect_chain == [(talk.address(), 302)]
    assert said(response) == ["We could not read that. Please press the button again."]
    assert ScenarioRun.objects.count() == 0


def test_choosing_before_beginning_leads_to_the_beginning(talk):
    sent = {"key": uuid.uuid4(), "run": uuid.uuid4(), "choice": talk.choice(0, "A")}

    response = talk.client.post(talk.address("scenario_choose", 1), sent)

    assert (response.status_code, response.url) == (302, talk.address())
    assert ScenarioRun.objects.count() == 0


def test_nothing_is_chosen_by_opening_an_address(talk):
    talk.begin()

    answers = [
        talk.client.get(talk.address(*where)).status_code
        for where in (["scenario_begin"], ["scenario_choose", 1])
    ]

    assert answers == [405, 405]


def test_a_talk_is_not_answered_like_a_question(talk):
    sent = {"key": uuid.uuid4(), "answers": talk.choice(0, "A")}

    response = talk.client.post(talk.address("answer", talk.scenario.id), sent)

    assert response.status_code == 404


@pytest.mark.parametrize("name", ["scenario_begin", "scenario_choose", "scenario_move"])
def test_there_is_no_talk_in_a_step_without_one(talk, name):
    more = [] if name == "scenario_begin" else [1]
    where = talk.address(name, *more, number=2)

    response = talk.client.post(where) if name != "scenario_move" else talk.client.get(where)

    assert response.status_code == 404


# --- The end, and again ------------------------------------------------------------------------


def test_an_ending_is_told_in_words_with_what_comes_after(talk):
    talk.play_to_the_end()

    html = talk.move(4)

    assert re.search(r"<h1>(.*?)</h1>", html)[1] == "They felt heard"
    assert TALK["endings"][0]["words"] in words(html)
    assert TALK["debrief"] in words(html)
    assert buttons(html) == ["I’ve finished this step", "Play it again, and choose differently"]


def test_the_step_page_then_says_which_ending_it_was(talk):
    talk.play_to_the_end()

    html = talk.read()

    assert "They felt heard. That is the ending you came to." in words(html)
    assert buttons(html)[0] == "Play it again, and choose differently"


def test_every_ending_one_came_to_is_kept_in_order(talk):
    talk.play_to_the_end()
    talk.begin()
    talk.choose(1, 0, "A")
    talk.choose(2, 1, "B")

    html = talk.read()

    listed = re.search(r'<ol class="endings">(.*?)</ol>', html, re.S)[1]
    assert re.findall(r"<li>(.*?)</li>", listed) == ["They felt heard", "The talk closed"]


def test_after_the_step_is_finished_an_ending_leads_on(talk):
    talk.play_to_the_end()
    talk.client.post(talk.address("finish"), {"key": uuid.uuid4()})

    html = talk.move(4)

    assert f'href="{talk.address("step", number=2)}">Next step' in html


def test_no_page_of_a_talk_counts_or_judges(talk):
    pages = [talk.read()]
    talk.play_to_the_end()
    pages += [talk.read(), *(talk.move(number) for number in range(1, 5))]

    found = {word.lower() for page in pages for word in re.findall(r"[A-Za-z]+", words(page))}

    assert found & {"wrong", "incorrect", "correct", "fail", "failed", "score", "points"} == set()


def test_a_talk_that_was_written_anew_is_begun_afresh_and_says_so(talk):
    talk.begin()
    talk.choose(1, 0, "A")
    ScenarioMove.objects.update(choice=uuid.uuid4())

    html = talk.read()

    assert "This talk has been written anew since you were here." in words(html)
    assert buttons(html)[0] == "Begin"
    assert talk.client.get(talk.address("scenario_move", 2)).url == talk.address()


def test_a_talk_with_a_loose_end_stops_kindly(client):
    page_talk = {**TALK, "steps": [{**TALK["steps"][2]}]}
    page_talk["steps"][0] = {**page_talk["steps"][0]}
    page_talk["steps"][0]["choices"] = [{**TALK["steps"][2]["choices"][0], "go": "nowhere"}]
    talk = Talk(client, **page_talk)
    talk.begin()
    talk.choose(1, 0, "A")

    html = talk.move(2)

    assert "This talk does not go on from here yet." in words(html)


# --- Safety ------------------------------------------------------------------------------------


def test_a_talk_about_safety_says_on_every_screen_where_to_turn(client):
    talk = Talk(client, safety=True)
    talk.play_to_the_end()

    for number in range(1, 5):
        html = talk.move(number)
        assert '<a href="#worry">' in html
        assert html.count('id="worry"') == 1


def test_other_talks_have_it_beside_the_page_only(talk):
    talk.begin()

    html = talk.move(1)

    assert ('<a href="#worry">' in html, 'id="worry"' in html) == (False, True)


# --- Signed out --------------------------------------------------------------------------------


def test_a_choice_made_while_signed_out_is_kept(talk):
    talk.begin()
    run, key = ScenarioRun.objects.get().key, uuid.uuid4()
    talk.client.logout()
    where = talk.address("scenario_choose", 1)
    sent = {"key": str(key), "run": str(run), "choice": talk.choice(0, "B")}

    response = talk.client.post(where, sent)
    assert response.url == f"{reverse('account_login')}?next={reverse('kept')}"
    session = talk.client.session
    kept = session["kept"]
    talk.client.force_login(talk.enrolment.trainee)
    session = talk.client.session
    session["kept"] = kept
    session.save()
    waiting = talk.client.get(reverse("kept")).context
    talk.client.post(waiting["path"], dict(waiting["hidden"]))

    assert [str(move.choice) for move in ScenarioMove.objects.all()] == [talk.choice(0, "B")]


# --- On paper ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["scenario_card", "whole"])
def test_on_paper_is_all_of_it_and_nothing_of_how_it_was_played(talk, name):
    where = talk.address(name, number=None if name == "whole" else 1)
    before = unescape(talk.client.get(where).content.decode())
    talk.play_to_the_end()

    html = unescape(talk.client.get(where).content.decode())

    told = words(html)
    for step in TALK["steps"]:
        assert f"Card {step['name']}" in told
        for choice in step["choices"]:
            assert [choice[part] in told for part in ("say", "then", "feedback")] == [True] * 3
    for ending in TALK["endings"]:
        assert ending["words"] in told
    assert "Turn to card 1b" in told
    assert "Turn to the ending “heard”" in told
    assert "The right step: Say that the nurse can help with tablets. Now choose again." in told
    assert TALK["debrief"] in told
    assert told == words(before)


# --- What it costs -----------------------------------------------------------------------------


def large(steps):
    """A talk of so many steps, one after another."""
    first = TALK["steps"][0]
    names = [f"{n}" for n in range(steps)]
    choice = {**first["choices"][1]}
    return [
        {"name": name, "words": "Words.", "choices": [{**choice, "go": after}] * 3}
        for name, after in zip(names, [*names[1:], "heard"], strict=True)
    ]


@pytest.mark.parametrize("steps", [1, 3, 30])
def test_a_warm_moment_takes_four_queries_however_large_the_talk(
    client, steps, django_assert_num_queries
):
    talk = Talk(client, steps=large(steps))
    talk.begin()
    for number in range(1, steps):
        talk.choose(number, number - 1, "A")
    talk.move(steps)

    with django_assert_num_queries(4):
        talk.move(steps)


@pytest.mark.parametrize("runs", [1, 3])
def test_a_warm_step_and_a_warm_ending_take_five(client, runs, django_assert_num_queries):
    talk = Talk(client)
    for _n in range(runs):
        talk.play_to_the_end()
    talk.read(), talk.move(4)

    with django_assert_num_queries(5):
        talk.read()
    with django_assert_num_queries(5):
        talk.move(4)


def test_cards_on_paper_take_three(talk, django_assert_num_queries):
    talk.read("scenario_card")

    with django_assert_num_queries(3):
        talk.read("scenario_card")


def test_choosing_takes_eleven(talk, django_assert_num_queries):
    talk.begin()

    with django_assert_num_queries(11):
        talk.choose(1, 0, "A")
