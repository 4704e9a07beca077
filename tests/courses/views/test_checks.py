"""A course check on the screen: begun, answered one by one, left, gone on with, and finished."""

import re
import uuid

import pytest
from django.urls import reverse

from courses.actions import checks
from courses.models import CheckAnswer, CheckRound
from tests.courses.actions.test_checks import Checked, best_answers, other_answers, place_of_safety
from tests.courses.views.test_lessons import said
from tests.courses.views.test_quiz import fed_back, problems
from tests.factories.courses import NOW, make_enrolment

pytestmark = pytest.mark.django_db


class Screens(Checked):
    """A trainee with two checks of four questions, and the screens of them."""

    def __init__(self, client, **kwargs):
        super().__init__(**kwargs)
        self.client = client
        client.force_login(self.enrolment.trainee)

    def step(self, number=2):
        address = reverse("step", args=[self.enrolment.pk, "session-1", "open-questions", number])
        return self.client.get(address).content.decode()

    def press_begin(self, check=None, **sent):
        address = reverse("check_begin", args=[self.enrolment.pk, (check or self.after).id])
        return self.client.post(address, sent or {"key": uuid.uuid4()})

    def round_at(self, round, place=None):
        more = [] if place is None else [place]
        name = "check_round" if place is None else "check_question"
        return reverse(name, args=[self.enrolment.pk, round.pk, *more])

    def read(self, round, place=None):
        return self.client.get(self.round_at(round, place)).content.decode()

    def question(self, round, place):
        return self.questions[round.questions[place - 1]["id"]][1]

    def say(self, round, place, best=True, key=None, **more):
        question = self.question(round, place)
        answers = best_answers(question) if best else other_answers(question)
        if question.kind == "order":
            sent = {"item": answers, "place": list(range(1, len(answers) + 1))}
        elif question.kind == "sort":
            sent = {f"card-{card}": group for card, group in answers.items()}
        else:
            sent = {"answers": answers}
        return self.client.post(
            self.round_at(round, place), {"key": key or uuid.uuid4(), **sent, **more}
        )

    def place_of(self, round, kind):
        return next(n for n in range(1, 5) if self.question(round, n).kind == kind)


@pytest.fixture
def screens(client):
    return Screens(client)


def words(html):
    """The words of the main part of a page."""
    main = re.search(r"<main.*?</main>", html, re.S)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# --- Beginning and going on --------------------------------------------------------------------


def test_a_check_says_what_it_asks_and_begins_with_a_button(screens):
    html = words(screens.step())

    assert "What you know now 4 questions, one on each screen." in html
    assert "Enough is 3 or more of 4, with all the ones about safety." in html
    assert "Begin the questions" in html


def test_a_baseline_says_that_it_may_be_skipped(screens):
    html = words(screens.step(1))

    assert "We say nothing about the answers yet. You may skip it." in html
    assert "Enough is" not in html


def test_beginning_leads_to_the_first_question(screens):
    response = screens.press_begin()

    round = CheckRound.objects.get()
    assert (response.status_code, response.url) == (302, screens.round_at(round, 1))
    assert "Question 1 of 4" in screens.read(round, 1)


def test_beginning_twice_leads_to_the_same_round(screens):
    key = uuid.uuid4()

    addresses = {screens.press_begin(key=key).url for _press in range(2)}
    addresses.add(screens.press_begin().url)

    assert addresses == {screens.round_at(CheckRound.objects.get(), 1)}


@pytest.mark.parametrize("key", ["", "no key", "\x00"])
def test_beginning_without_a_key_is_answered_in_plain_words(key, screens):
    response = screens.press_begin(key=key)

    assert said(screens.client.get(response.url)) == [
        "We could not read that. Please press the button again."
    ]
    assert CheckRound.objects.count() == 0


def test_beginning_is_never_done_by_opening_an_address(screens):
    address = reverse("check_begin", args=[screens.enrolment.pk, screens.after.id])

    assert screens.client.get(address).status_code == 405


def test_what_is_open_can_be_gone_on_with_where_one_left_it(screens):
    round = screens.begin()
    screens.say(round, 1)
    screens.say(round, 3)

    assert "Go on with the questions 2 of 4 answered" in words(screens.step())
    html = screens.read(round)
    assert "You have answered 2 of 4." in words(html)
    assert f'href="{screens.round_at(round, 2)}">Go on with question 2' in html
    assert re.findall(r"\((answered|not yet)\)", html) == [
        "answered",
        "not yet",
        "answered",
        "not yet",
    ]


def test_questions_of_a_bank_that_holds_too_little_are_not_asked(screens, monkeypatch):
    monkeypatch.setattr("courses.views.checks.bank_questions", lambda revision: {})

    response = screens.press_begin()

    assert said(screens.client.get(response.url)) == [
        "These questions are not ready yet. Go on without them for now."
    ]


# --- Answering ---------------------------------------------------------------------------------


def test_a_question_gives_nothing_away_before_it_is_answered(screens):
    round = screens.begin()

    pages = [screens.read(round, place) for place in range(1, 5)]

    assert [fed_back(page) for page in pages] == [[], [], [], []]
    assert [page.count(" checked") for page in pages] == [0, 0, 0, 0]


def test_options_are_shown_as_they_were_drawn(screens):
    round = screens.begin()
    place = screens.place_of(round, "check")

    shown = re.findall(r'name="answers" value="([^"]+)"', screens.read(round, place))

    assert shown == round.questions[place - 1]["shown"]


@pytest.mark.parametrize("kind", ["check", "order", "sort"])
@pytest.mark.parametrize("best", [True, False])
def test_an_answer_is_said_back_and_the_next_question_offered(kind, best, screens):
    round = screens.begin()
    place = screens.place_of(round, kind)

    response = screens.say(round, place, best=best)

    html = screens.read(round, place)
    assert response.url == f"{screens.round_at(round, place)}#said-back"
    assert len(fed_back(html)) == (1 if best else 2)
    after = place + 1 if place < 4 else 1
    assert f'href="{screens.round_at(round, after)}">Next question' in html
    assert "1 answered, 3 left" in html
    assert 'method="post" action="/learning' not in html


def test_an_answer_less_good_leads_to_where_one_can_read_about_it(screens):
    round = screens.begin()
    place = screens.place_of(round, "order")

    screens.say(round, place, best=False)

    session = reverse("session", args=[screens.enrolment.pk, "session-1"])
    assert f'<a href="{session}">Read about it in “Session 1”</a>' in screens.read(round, place)


def test_a_question_may_be_left_for_later(screens):
    round = screens.begin()

    links = [
        re.findall(r'href="([^"]+)">Leave it for later', screens.read(round, n)) for n in (1, 4)
    ]

    assert links == [[screens.round_at(round, 2)], [screens.round_at(round, 1)]]


def test_the_first_answer_counts_and_going_back_shows_it(screens):
    round = screens.begin()
    place = screens.place_of(round, "check")
    screens.say(round, place, best=False)

    response = screens.say(round, place, best=True)

    page = screens.client.get(response.url)
    assert said(page) == [
        "You have answered this one before. The first answer is the one that counts."
    ]
    chosen = re.findall(r'class="chosen">([^<]+) <', page.content.decode())
    assert chosen == [screens.question(round, place).options[0].text]
    assert CheckAnswer.objects.get().met is False


def test_an_answer_sent_twice_is_once_and_nothing_is_said_about_it(screens):
    round, key = screens.begin(), uuid.uuid4()

    answers = [screens.say(round, 1, key=key) for _tap in range(2)]

    assert said(screens.client.get(answers[1].url)) == []
    assert CheckAnswer.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("check", "Choose one answer, then save."),
        ("order", "We could not read that. Please save it again."),
        ("sort", "Choose where this one goes."),
    ],
)
def test_an_answer_that_does_not_fit_comes_back_with_what_to_do(kind, problem, screens):
    round = screens.begin()
    where = screens.round_at(round, screens.place_of(round, kind))

    response = screens.client.post(where, {"key": uuid.uuid4()})

    assert (response.status_code, set(problems(response))) == (422, {problem})
    assert CheckAnswer.objects.count() == 0


def test_an_answer_without_its_key_is_asked_for_again(screens):
    round = screens.begin()

    response = screens.say(round, 1, key="no key")

    assert response.status_code == 422
    assert said(response) == ["We could not read that. Please save it again."]


def test_moving_a_thing_to_order_saves_nothing(screens):
    round = screens.begin()
    place = screens.place_of(round, "order")
    last = screens.question(round, place).items[-1].id

    response = screens.say(round, place, move=f"up {last}")

    assert response.status_code == 200
    shown = re.findall(r'name="item" value="([^"]+)"', response.content.decode())
    assert shown.index(last) == 1
    assert CheckAnswer.objects.count() == 0


def test_all_the_questions_can_be_printed_without_a_word_of_the_answers(screens):
    round = screens.begin()
    screens.say(round, 1)

    html = screens.client.get(f"{screens.round_at(round)}paper/").content.decode()

    asked = [question.question for _heading, question in screens.questions.values()]
    assert [each for each in asked if each not in html] == []
    assert fed_back(html) == []
    assert [word for word in ("You said back", "You began", "A doctor") if word in html] == []


# --- Before the course -------------------------------------------------------------------------


@pytest.mark.parametrize("best", [True, False])
def test_before_the_course_nothing_is_said_back(best, screens):
    round = screens.begin(screens.before)

    response = screens.say(round, 1, best=best)

    assert response.url == screens.round_at(round, 2)
    html = screens.read(round, 1)
    assert "What you said" in html
    assert fed_back(html) == []
    assert [sign for sign in ("✓ Us", "↺", "That fits", "Read about it") if sign in html] == []


def test_before_the_course_one_may_say_that_one_does_not_know_yet(screens):
    round = screens.begin(screens.before)

    response = screens.client.post(
        screens.round_at(round, 1), {"key": uuid.uuid4(), "unsure": "1"}
    )

    assert response.url == screens.round_at(round, 2)
    assert "You said that you don’t know yet." in screens.read(round, 1)
    assert [(answer.answers, answer.met) for answer in CheckAnswer.objects.all()] == [
        (None, False)
    ]


def test_at_the_end_of_the_course_not_knowing_is_not_offered(screens):
    round = screens.begin()

    response = screens.client.post(
        screens.round_at(round, 1), {"key": uuid.uuid4(), "unsure": "1"}
    )

    assert response.status_code == 422
    assert "I don’t know yet" not in response.content.decode()


def test_the_end_of_a_baseline_says_thank_you_and_no_number(screens):
    round = screens.begin(screens.before)
    for place in range(1, 5):
        last = screens.say(round, place, best=place > 2)

    assert last.url == screens.round_at(round)
    html = words(screens.read(round))
    assert "Thank you, that’s all of them" in html
    assert re.findall(r"\d of \d|another set", html) == []
    assert "See what I answered" in screens.step(1)
    assert "Begin the questions" not in screens.step(1)


# --- What it came to ---------------------------------------------------------------------------


def finish(screens, other=()):
    """Go through a set; the questions at the places in `other` less well."""
    round = screens.begin()
    for place in range(1, 5):
        screens.say(round, place, best=place not in other)
    return round


def test_the_end_says_that_it_is_enough_in_plain_words(screens):
    html = words(screens.read(finish(screens)))

    assert "You are there You answered 4 of 4 as we would." in html
    assert "Enough is 3 or more of 4, with the one about safety." in html
    assert "✓ The one about safety is there." in html
    assert "Worth another look" not in html


def test_a_question_about_safety_is_named_apart_with_where_to_read(screens):
    round = screens.begin()
    safety = place_of_safety(round) + 1
    for place in range(1, 5):
        screens.say(round, place, best=place != safety)

    html = screens.read(round)

    assert "Not there yet, and that is fine" in words(html)
    assert "The one about safety is not there yet." in words(html)
    apart = re.search(r'<section class="card">.*?</section>', html, re.S)[0]
    assert "“Promise you won’t tell.” What do you say?" in apart
    session = reverse("session", args=[screens.enrolment.pk, "session-2"])
    assert f'href="{session}">2. Session 2</a>' in apart
    assert "Worth another look" not in html


def test_what_is_not_there_yet_is_listed_to_be_looked_at_again(screens):
    round = screens.begin()
    others = [n for n in range(1, 5) if n != place_of_safety(round) + 1][:2]
    for place in range(1, 5):
        screens.say(round, place, best=place not in others)

    html = screens.read(round)

    listed = html.split("Worth another look")[1].split("</section>")[0]
    assert re.findall(r'<li>\s*<a href="([^"]+)"', listed) == [
        screens.round_at(round, place) for place in others
    ]
    assert "You answered 2 of 4 as we would." in words(html)


@pytest.mark.parametrize("other", [(), (1, 2, 3, 4)])
def test_no_end_speaks_of_failing_or_of_a_score(other, screens):
    html = screens.read(finish(screens, other)).lower()

    spoken = set(re.findall(r"[a-z]+", html))
    assert spoken & {"wrong", "correct", "incorrect", "fail", "failed", "score", "passed"} == set()


@pytest.mark.parametrize("other", [(), (1, 2, 3, 4)])
def test_another_set_is_always_offered_and_drawn_anew(other, screens):
    first = finish(screens, other)
    html = screens.read(first)
    assert "Go through another set, when you like" in html
    assert "A day in between helps" in html

    response = screens.press_begin()

    second = CheckRound.objects.latest("pk")
    assert second.pk != first.pk
    assert response.url == screens.round_at(second, 1)


def test_what_changed_is_in_the_notebook_of_its_owner(screens):
    notebook = reverse("notebook", args=[screens.enrolment.pk])
    screens.go_through(screens.before, other=(0, 1, 2))
    before = screens.client.get(notebook).content.decode()
    screens.go_through(other=(0,))

    after = words(screens.client.get(notebook).content.decode())

    assert "before and after" not in before
    assert "Before: 1 of 4. After: 3 of 4." in after


# --- What it costs -----------------------------------------------------------------------------


@pytest.mark.parametrize("answered", [1, 3])
def test_a_warm_question_takes_five_queries(answered, screens, django_assert_num_queries):
    round = screens.begin()
    for place in range(1, answered + 1):
        screens.say(round, place)
    screens.read(round, 1)

    with django_assert_num_queries(5):
        screens.read(round, 1)
    with django_assert_num_queries(5):
        screens.read(round, 4)
    with django_assert_num_queries(5):
        screens.read(round)


@pytest.mark.parametrize("rounds", [1, 3])
def test_a_warm_step_with_a_check_takes_five_queries(rounds, screens, django_assert_num_queries):
    for _n in range(rounds):
        screens.go_through()
    screens.step()

    with django_assert_num_queries(5):
        screens.step()


def test_what_another_trainee_answers_is_not_found(screens, client):
    round = screens.begin()
    other = make_enrolment(screens.enrolment.cohort)
    client.force_login(other.trainee)
    addresses = [
        reverse("check_question", args=[pk, round.pk, 1])
        for pk in (other.pk, screens.enrolment.pk)
    ]

    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert [client.post(address, {}).status_code for address in addresses] == [404, 404]


def test_a_round_reads_the_same_after_the_bank_has_changed(screens):
    round = screens.begin()
    before = screens.read(round, 1)
    bank = screens.enrolment.cohort.edition.course.get_children().get(slug="question-bank")
    bank = bank.specific
    bank.body = []
    bank.save_revision().publish()

    after = screens.read(round, 1)

    key = re.compile(r'value="[^"]{36}"')
    assert len(key.sub("", after)) == len(key.sub("", before))


def test_time_between_makes_no_difference(screens):
    round = screens.begin()
    checks.answer_question(
        round=round,
        question=screens.question(round, 1),
        answers=best_answers(screens.question(round, 1)),
        key=uuid.uuid4(),
        at=NOW,
    )

    assert "1 answered, 3 left" in screens.read(round, 2)
