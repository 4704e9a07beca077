"""An activity on a trainee's screen, and what its player may send from there."""

import json
import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from content.h5p.statements import VERBS
from courses.actions import editions, h5p, moving
from courses.models import H5PState, H5PStatement, StepEvent
from tests.courses.actions.test_h5p import Played
from tests.factories.courses import (
    NOW,
    h5p_block,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_organiser,
    make_person,
    make_session,
    read_block,
    step_block,
)
from tests.factories.h5p import make_version

pytestmark = pytest.mark.django_db


class Screen(Played):
    """A trainee with an activity on their screen."""

    def __init__(self, client, **about):
        super().__init__(**about)
        self.client = client
        client.force_login(self.enrolment.trainee)

    def address(self, name, exercise=None):
        return reverse(f"h5p_{name}", args=[self.enrolment.pk, exercise or self.exercise])

    @property
    def step(self):
        session = self.edition.outline.sessions[0].slug
        return reverse("step", args=[self.enrolment.pk, session, self.lesson.slug, 1])

    def html(self):
        return self.client.get(self.step).content.decode()

    def send(self, name, told, client=None, **more):
        return (client or self.client).post(
            self.address(name), told, content_type="application/json", **more
        )

    def said(self, verb="completed", version=None, **said):
        statement = {"verb": {"id": VERBS + verb}, **said}
        return self.send("said", {"version": version or self.version, "statement": statement})

    def press(self):
        return self.client.post(self.step + "finished/", {"key": uuid.uuid4()}, follow=True)


@pytest.fixture
def screen(client):
    return Screen(client)


def kept():
    return H5PStatement.objects.count(), H5PState.objects.count(), StepEvent.objects.count()


# --- What is sent ------------------------------------------------------------------------------


def test_what_is_new_is_kept_and_what_is_known_is_told_so(screen):
    answers = [screen.said() for _time in range(2)]

    assert [(each.status_code, each.json()) for each in answers] == [
        (201, {"done": True}),
        (200, {"done": True}),
    ]
    assert H5PStatement.objects.count() == 1


def test_what_comes_on_the_way_is_kept_and_is_no_end(screen):
    answer = screen.said("progressed")

    assert (answer.status_code, answer.json()) == (201, {"done": False})


def test_what_is_about_a_piece_of_it_is_not_kept_and_completes_nothing(screen):
    parent = {"contextActivities": {"parent": [{"id": "https://example.org/whole"}]}}

    answer = screen.said(context=parent)

    assert (answer.status_code, answer.json()) == (200, {"done": False})
    assert kept() == (0, 0, 0)


def test_a_verb_that_we_do_not_know_is_let_pass(screen):
    assert screen.said("downloaded").status_code == 200
    assert kept() == (0, 0, 0)


NOT_JSON = [
    "",
    "{",
    "\ufeff{}",
    "[" * 5000,
    '{"version": 1' + "0" * 5000 + "}",
    "NaN",
    b"\xff\xfe",
]
NOT_FITTING = [
    [],
    {},
    "said",
    {"version": "1"},
    {"version": True, "statement": {}, "state": ""},
    {"version": 1.0, "statement": {}, "state": ""},
    {"version": None, "statement": {}, "state": ""},
    {"version": 1, "statement": [], "state": {}},
]


@pytest.mark.parametrize("name", ["said", "state"])
@pytest.mark.parametrize("body", [*NOT_JSON, *map(json.dumps, NOT_FITTING)])
def test_what_cannot_be_read_is_refused_in_words(name, body, screen):
    answer = screen.send(name, body)

    assert (answer.status_code, answer.json()) == (
        422,
        {"why": "We could not read what the activity told us. You can go on all the same."},
    )
    assert kept() == (0, 0, 0)


@pytest.mark.parametrize(
    "statement",
    [
        {},
        {"verb": {"id": 7}},
        {"verb": {"id": f"{VERBS}completed"}, "result": {"score": {"scaled": "all"}}},
        {"verb": {"id": f"{VERBS}completed"}, "result": {"score": {"raw": float("inf")}}},
        {"verb": {"id": f"{VERBS}completed"}, "context": []},
        {"verb": {"id": f"{VERBS}completed"}, "more": "x" * 70_000},
    ],
)
def test_a_forged_statement_is_refused_and_changes_nothing(statement, screen):
    answer = screen.send("said", {"version": screen.version, "statement": statement})

    assert (answer.status_code, kept()) == (422, (0, 0, 0))


def test_a_state_is_kept_and_given_back(screen):
    before = screen.client.get(screen.address("state"))
    saved = screen.send("state", {"version": screen.version, "state": '{"page": 2}'})

    after = screen.client.get(screen.address("state"))

    assert (saved.status_code, saved.content) == (204, b"")
    assert before.json() == {"version": screen.version, "state": None}
    assert after.json() == {"version": screen.version, "state": '{"page": 2}'}
    assert "no-store" in after["Cache-Control"]


@pytest.mark.parametrize("more", [1, 2 * 1024 * 1024])
def test_a_state_that_is_too_long_is_refused_politely(more, screen):
    state = "x" * (h5p.LARGEST_STATE + more)

    answer = screen.send("state", {"version": screen.version, "state": state})

    assert answer.status_code == 413
    assert answer.json()["why"].startswith("This is more than we can keep")
    assert kept() == (0, 0, 0)


def test_a_version_from_elsewhere_is_refused_in_words(screen):
    other = make_version().pk

    answers = [
        screen.said(version=other),
        screen.send("state", {"version": other, "state": "{}"}),
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert answers[0].json()["why"].startswith("This activity has changed")
    assert kept() == (0, 0, 0)


def test_a_flood_is_answered_politely(screen, monkeypatch):
    monkeypatch.setattr(h5p, "AT_MOST", 1)
    screen.said("progressed")

    answer = screen.said("progressed", id=str(uuid.uuid4()))

    assert answer.status_code == 422
    assert answer.json()["why"].startswith("You have done a lot here")


def test_after_a_move_the_state_is_that_of_the_new_version(screen):
    screen.save("old")
    newer, edition = screen.renew()
    moving.move_cohort(cohort=screen.cohort, to=edition, by=None, at=NOW)

    answer = screen.client.get(screen.address("state"))

    assert answer.json() == {"version": newer.pk, "state": None}


# --- Whose it is -------------------------------------------------------------------------------


def everybody_else(screen):
    return [
        make_enrolment(screen.cohort).trainee,
        make_organiser(screen.cohort.organisation),
        screen.facilitator,
        make_person(is_superuser=True),
    ]


def test_nobody_else_writes_to_it_or_reads_it(screen):
    screen.save("mine")
    statement = {"version": screen.version, "statement": {"verb": {"id": f"{VERBS}completed"}}}
    answers = []

    for person in everybody_else(screen):
        screen.client.force_login(person)
        answers += [
            screen.send("said", statement).status_code,
            screen.send("state", {"version": screen.version, "state": "theirs"}).status_code,
            screen.client.get(screen.address("state")).status_code,
            screen.client.post(screen.address("in_words"), {"key": uuid.uuid4()}).status_code,
        ]

    assert answers == [404] * 16
    assert kept() == (0, 1, 0)
    assert H5PState.objects.get().state == "mine"


def test_an_exercise_of_another_course_is_not_found(screen):
    other = Played()

    answers = [
        screen.client.get(screen.address("state", other.exercise)).status_code,
        screen.client.post(screen.address("in_words", other.exercise)).status_code,
    ]

    assert answers == [404, 404]


def test_a_script_of_somebody_signed_out_is_told_where_to_sign_in(screen):
    screen.client.logout()

    answers = [
        screen.said(),
        screen.send("state", {"version": screen.version, "state": "{}"}),
        screen.client.get(screen.address("state")),
    ]

    course = reverse("course", args=[screen.enrolment.pk])
    assert [(each.status_code, each.json()["sign_in"]) for each in answers] == [
        (401, f"/account/sign-in/?next={course.replace('/', '%2F')}")
    ] * 3
    assert kept() == (0, 0, 0)


@pytest.mark.parametrize(
    ("referer", "leads_to"),
    [
        ("http://testserver/learning/1/", "http%3A%2F%2Ftestserver%2Flearning%2F1%2F"),
        ("https://evil.example/", None),
        ("javascript:alert(1)", None),
    ],
)
def test_signing_in_leads_back_to_the_page_that_asked_and_nowhere_else(referer, leads_to, screen):
    screen.client.logout()

    answer = screen.client.get(screen.address("state"), headers={"referer": referer})

    course = reverse("course", args=[screen.enrolment.pk]).replace("/", "%2F")
    assert answer.json()["sign_in"] == f"/account/sign-in/?next={leads_to or course}"


@pytest.mark.parametrize("name", ["said", "state", "in_words"])
def test_what_another_site_has_a_browser_send_is_refused(name, screen):
    client = Client(enforce_csrf_checks=True)
    client.force_login(screen.enrolment.trainee)
    told = {"version": screen.version, "statement": {"verb": {"id": f"{VERBS}completed"}}}

    without = screen.send(name, {**told, "state": "{}", "key": str(uuid.uuid4())}, client)

    assert (without.status_code, kept()) == (403, (0, 0, 0))


def test_the_pages_own_token_opens_the_way(screen):
    client = Client(enforce_csrf_checks=True)
    client.force_login(screen.enrolment.trainee)
    token = re.search(r'data-token="(\w+)"', client.get(screen.step).content.decode())[1]

    answer = screen.send(
        "state", {"version": screen.version, "state": "{}"}, client, headers={"X-CSRFToken": token}
    )

    assert answer.status_code == 204


@pytest.mark.parametrize(("name", "status"), [("said", 405), ("in_words", 405)])
def test_nothing_is_done_by_opening_an_address(name, status, screen):
    assert screen.client.get(screen.address(name)).status_code == status


# --- The screen --------------------------------------------------------------------------------


def test_the_screen_has_the_player_of_the_version_that_the_edition_holds(screen):
    screen.renew()

    html = screen.html()

    assert f'data-version="{screen.version}"' in html
    assert f'data-said-url="{screen.address("said")}"' in html
    assert f'data-state-url="{screen.address("state")}"' in html
    assert re.search(r'data-frame="[^"]*/h5p/[^"]+/"', html)
    assert "<p>Read.</p>" in html
    assert re.search(r'<a href="[^"]+/end/">Go on without this activity</a>', html)


def test_its_words_are_marked_where_the_page_is_in_another_language(screen):
    screen.client.cookies["django_language"] = "es"

    assert '<div lang="en-gb"><p>Read.</p></div>' in screen.html()


def test_an_activity_that_was_never_chosen_shows_its_title_and_its_words(client):
    course = make_course(sessions_required=1)
    make_lesson(make_session(course, 1), body=[step_block(), h5p_block(None, asked=True)])
    edition = editions.make_edition(course=course, by=None, at=NOW)
    enrolment = make_enrolment(make_cohort(edition))
    client.force_login(enrolment.trainee)

    html = client.get(
        reverse("step", args=[enrolment.pk, "session-1", "open-questions", 1])
    ).content.decode()

    assert "Which answer leaves room?" in html
    assert "<p>Read.</p>" in html
    assert "data-h5p" not in html
    assert "data-once-done" not in html


@pytest.mark.parametrize("activities", [1, 20])
def test_the_screen_takes_as_many_queries_with_one_activity_as_with_twenty(activities, client):
    course = make_course(sessions_required=1)
    body = []
    for n in range(activities):
        body += [step_block(f"Step {n}"), read_block(), h5p_block(make_version().package)]
    make_lesson(make_session(course, 1), body=body)
    edition = editions.make_edition(course=course, by=None, at=NOW)
    enrolment = make_enrolment(make_cohort(edition))
    client.force_login(enrolment.trainee)
    address = reverse("step", args=[enrolment.pk, "session-1", "open-questions", activities])
    client.get(address)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address)

    assert len(queries) == 5, [each["sql"][:80] for each in queries]


def test_a_printed_lesson_has_the_words_and_not_the_frame(screen):
    html = screen.client.get(screen.step.removesuffix("1/") + "whole/").content.decode()

    assert "Which answer leaves room?" in html
    assert "<p>Read.</p>" in html
    assert "data-frame" not in html
    assert "/h5p/" not in html


def test_a_trainee_reads_what_they_did_and_what_the_activity_says_of_it(screen):
    choices = [{"id": "0", "description": {"en": "Wait"}}]
    screen.said(
        "failed",
        object={"definition": {"description": {"en": "<p>What now?</p>"}, "choices": choices}},
        result={"response": "0", "score": {"raw": 3, "min": 0, "max": 4}},
    )

    words = " ".join(re.sub(r"<[^>]+>", " ", screen.html()).split())

    assert "You did this on" in words
    assert "The activity says: 3 of 4." in words
    assert "What you answered What now? Wait" in words
    assert "fail" not in words.lower()


def test_what_was_answered_is_shown_as_text_whatever_it_says(screen):
    evil = "<script>alert(1)</script>"
    screen.said(result={"response": evil}, object={"definition": {"description": {"en": evil}}})

    assert "alert(1)</script>" not in screen.html()


# --- Did the activity --------------------------------------------------------------------------


def test_a_step_that_waits_is_finished_once_it_was_played(client):
    screen = Screen(client, asked=True)

    too_early = screen.press()
    screen.said()
    screen.press()

    assert "This step waits for its activity." in too_early.content.decode()
    assert StepEvent.objects.count() == 1


def test_the_button_is_offered_once_it_was_done(client):
    screen = Screen(client, asked=True)

    before = screen.html()
    screen.said()
    after = screen.html()

    assert "data-once-done hidden" in before
    assert "once you did the activity" in before
    assert "data-once-done" not in after
    assert "once you did the activity" not in after
    assert "I’ve finished this step" in after


def test_doing_it_in_words_needs_no_script_and_finishes_the_step(client):
    screen = Screen(client, asked=True)
    key = re.search(r'in-words/">.*?name="key" value="([\w-]+)"', screen.html(), re.S)[1]

    said = screen.client.post(screen.address("in_words"), {"key": key})
    again = screen.client.post(screen.address("in_words"), {"key": key})
    screen.press()

    assert (said.status_code, said.url) == (302, f"{screen.step}#said-back")
    assert again.url == said.url
    assert "You did this in words on" in screen.html()
    assert kept() == (1, 0, 1)


def test_words_alone_say_nothing_when_they_come_without_a_key(client):
    screen = Screen(client, asked=True)

    answer = screen.client.post(screen.address("in_words"), {"key": "none"})

    assert (answer.status_code, kept()) == (302, (0, 0, 0))


def test_whoever_was_signed_out_is_asked_to_sign_in_and_it_waits(screen):
    screen.client.logout()

    answer = screen.client.post(screen.address("in_words"), {"key": uuid.uuid4()})

    assert answer.url == f"/account/sign-in/?next={reverse('kept')}"


@pytest.mark.parametrize("words", ["<p>Read.</p>", ""])
def test_a_step_that_waits_always_has_the_way_in_words_and_a_way_on(words, client):
    screen = Screen(client, asked=True, words=words)

    html = screen.html()

    assert "I did this in words" in html
    assert "Go on without this activity" in html


def test_the_next_step_opens_also_when_this_one_waits(client):
    course = make_course(sessions_required=1)
    activity = h5p_block(make_version().package, asked=True)
    body = [step_block(), activity, step_block("Next"), read_block()]
    make_lesson(make_session(course, 1), body=body)
    edition = editions.make_edition(course=course, by=None, at=NOW)
    enrolment = make_enrolment(make_cohort(edition))
    client.force_login(enrolment.trainee)
    place = [enrolment.pk, "session-1", "open-questions"]

    html = client.get(reverse("step", args=[*place, 1])).content.decode()

    onwards = reverse("step", args=[*place, 2])
    assert f'<a href="{onwards}">Go on without this activity</a>' in html
    assert client.get(onwards).status_code == 200


# --- At the author's desk ----------------------------------------------------------------------


def test_an_author_is_told_that_an_activity_has_changed_since_the_last_edition(screen, client):
    client.force_login(make_person("Ada", is_superuser=True))
    where = reverse("make_edition", args=[screen.course.pk])
    before = client.get(where).content.decode()
    make_version(screen.package)

    after = client.get(where).content.decode()

    assert "Nothing in the lessons has changed." in before
    assert "“Open questions” has changed." in after
    assert "The activity on “A step” has changed." in after


def test_a_lesson_with_an_activity_opens_in_its_editor(screen, client):
    client.force_login(make_person("Ada", is_superuser=True))

    page = client.get(reverse("wagtailadmin_pages:edit", args=[screen.page.pk]))

    assert page.status_code == 200
    assert screen.package.title in page.content.decode()
