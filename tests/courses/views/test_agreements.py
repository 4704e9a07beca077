"""Ticking a list, what a group agreed on, and what a trainee signs: as people meet them."""

import html
import re
import uuid

import pytest
from django.urls import reverse

from courses.actions import editions
from courses.actions.agreements import make_group_agreement
from courses.models import Checklist, Edition, GroupAgreement, LessonPage, Signature
from tests.factories.courses import (
    NOW,
    agreement_block,
    checklist_block,
    group_agreement_block,
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_organiser,
    make_person,
    make_session,
    step_block,
)

pytestmark = pytest.mark.django_db

CHECKLIST, GROUP, ROLE = 1, 2, 3  # the steps they are on


class Lesson:
    """A trainee in a lesson with a checklist, the group's agreement, and a role agreement."""

    def __init__(self, client):
        course = make_course(sessions_required=1)
        blocks = [checklist_block(), group_agreement_block(), agreement_block()]
        body = [each for block in blocks for each in (step_block(), block)]
        make_lesson(make_session(course, 1), body=body)
        make_session(course, 2)
        self.edition = editions.make_edition(course=course, by=None, at=NOW)
        self.enrolment = make_enrolment(make_cohort(self.edition), make_person("Amina Yusuf"))
        self.items = [item["id"] for item in blocks[0]["value"]["items"]]
        self.exercises = {n: block["id"] for n, block in enumerate(blocks, 1)}
        self.client = client
        client.force_login(self.enrolment.trainee)

    def address(self, name, *more):
        return reverse(name, args=[self.enrolment.pk, *more])

    def in_lesson(self, name, *more):
        lesson = self.enrolment.cohort.edition.outline.lessons[0]
        return self.address(name, "session-1", lesson.slug, *more)

    def send(self, step, **sent):
        where = self.in_lesson("answer", step, self.exercises[step])
        return self.client.post(where, {"key": uuid.uuid4(), **sent})

    def sign(self, **sent):
        return self.send(ROLE, **{"agreed": "on", "name": "Amina Yusuf", **sent})

    def step(self, number):
        return words(self.client.get(self.in_lesson("step", number)))

    def page(self, name, *more):
        return words(self.client.get(self.address(name, *more)))


def words(response):
    return html.unescape(response.content.decode())


def problems(response):
    return re.findall(r'<(?:p|div) class="problem"[^>]*>([^<]+)<', words(response))


def agree(cohort, *lines):
    make_group_agreement(
        cohort=cohort, lines=list(lines), key=uuid.uuid4(), by=make_person(), at=NOW
    )


@pytest.fixture
def mine(client):
    return Lesson(client)


# --- A checklist -------------------------------------------------------------------------------


def ticked(page):
    return re.findall(r'name="items" value="([^"]+)" checked', page)


def test_ticks_are_kept_and_shown_again(mine):
    response = mine.send(CHECKLIST, items=[mine.items[1]])

    assert response.url == f"{mine.in_lesson('step', CHECKLIST)}#said-back"
    page = mine.step(CHECKLIST)
    assert ticked(page) == [mine.items[1]]
    assert "Saved. Only you can see this." in page


def test_ticks_can_be_taken_away_again(mine):
    mine.send(CHECKLIST, items=mine.items)

    mine.send(CHECKLIST)

    assert ticked(mine.step(CHECKLIST)) == []
    assert Checklist.objects.count() == 2


def test_a_tick_that_is_not_on_the_list_is_pointed_out_and_the_others_are_still_there(mine):
    response = mine.send(CHECKLIST, items=[mine.items[0], "elsewhere"])

    assert (response.status_code, problems(response)) == (
        422,
        ["The list has changed. Please look at it again, and save."],
    )
    assert ticked(words(response)) == [mine.items[0]]
    assert Checklist.objects.count() == 0


# --- What the group agreed on ------------------------------------------------------------------


def agreed(page):
    lists = re.findall(r'<ul class="agreed">.*?</ul>', page, re.S)
    return re.findall(r"<li>([^<]+)</li>", "".join(lists))


def test_until_the_group_has_made_its_own_a_lesson_offers_lines_to_begin_with(mine):
    assert agreed(mine.step(GROUP)) == ["One at a time", "Pass is fine"]
    assert "Your group has not made its own yet." in mine.step(GROUP)


def test_once_it_is_made_it_is_shown_in_the_lesson_on_the_course_and_on_every_session(mine):
    agree(mine.enrolment.cohort, "Cake first", "One at a time")

    pages = [
        mine.step(GROUP),
        mine.page("course"),
        mine.page("session", "session-1"),
        mine.page("session", "session-2"),
        words(mine.client.get(mine.in_lesson("whole"))),
    ]

    assert [agreed(page)[:2] for page in pages] == [["Cake first", "One at a time"]] * 5


def test_it_is_shown_on_the_pages_of_all_six_sessions(client):
    enrolment = make_enrolment(make_cohort(make_edition()))
    agree(enrolment.cohort, "One at a time")
    client.force_login(enrolment.trainee)

    pages = [
        words(client.get(reverse("session", args=[enrolment.pk, f"session-{number}"])))
        for number in range(1, 7)
    ]

    assert [agreed(page) for page in pages] == [["One at a time"]] * 6


def test_before_it_is_made_the_course_and_sessions_say_nothing_of_it(mine):
    pages = [mine.page("course"), mine.page("session", "session-1")]

    assert [agreed(page) for page in pages] == [[], []]


def test_another_groups_agreement_is_not_shown(mine):
    agree(make_cohort(mine.edition), "Cake first")

    assert agreed(mine.page("course")) == []


def test_it_can_be_printed_for_the_wall(mine):
    before = mine.page("group_agreement")
    agree(mine.enrolment.cohort, "Cake first")

    wall = re.search(r'<ul class="wall">.*?</ul>', mine.page("group_agreement"), re.S)[0]

    assert "What the group agrees on will be here." in before
    assert re.findall(r"<li>([^<]+)</li>", wall) == ["Cake first"]


def test_there_is_nothing_to_send_to_what_is_only_shown(mine):
    assert mine.send(GROUP, text="Hello").status_code == 404


# --- Signing -----------------------------------------------------------------------------------


def test_what_is_signed_is_kept_with_its_day_and_can_be_printed(mine):
    response = mine.sign()

    assert response.url == f"{mine.in_lesson('step', ROLE)}#said-back"
    signed = Signature.objects.get()
    page = mine.step(ROLE)
    assert "Signed by Amina Yusuf on " in page
    assert f'href="{mine.address("signed", signed.pk)}"' in page
    assert 'name="agreed"' not in page
    copy = mine.page("signed", signed.pk)
    assert re.findall(r"<h1>([^<]+)</h1>", copy) == ["What I will do"]
    assert "You hold the room together.<br>– I will listen<br>I have read this" in copy
    assert re.findall(r"<dd>([^<]+)</dd>", copy)[0] == "Amina Yusuf"


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"agreed": ""}, "Tick this if you agree. If you don’t yet, ask first."),
        ({"name": "  "}, "Type your name to sign."),
        ({"name": "x" * 121}, "Please use a name of 120 letters or fewer."),
    ],
)
def test_a_tick_and_a_name_are_both_needed(sent, problem, mine):
    response = mine.sign(**sent)

    assert (response.status_code, problems(response)) == (422, [problem])
    assert Signature.objects.count() == 0


def test_a_name_is_never_taken_for_html(mine):
    mine.sign(name="<b>Amina</b>")

    pages = [mine.step(ROLE), mine.page("signed", Signature.objects.get().pk)]

    raw = [
        mine.client.get(mine.in_lesson("step", ROLE)).content.decode(),
        mine.client.get(mine.address("signed", Signature.objects.get().pk)).content.decode(),
    ]
    assert ["<b>Amina" in page for page in pages] == [True, True]
    assert ["<b>Amina" in page for page in raw] == [False, False]


def test_when_the_words_have_changed_they_are_signed_again_and_the_older_are_kept(mine):
    mine.sign()
    page = LessonPage.objects.get()
    body = page.body.get_prep_value()
    body[-1]["value"]["title"] = "What I will do, and won’t"
    page.body = page.body.stream_block.to_python(body)
    page.save_revision().publish()
    newer = editions.make_edition(course=mine.edition.course, by=None, at=NOW)
    mine.enrolment.cohort.edition = Edition.objects.get(pk=newer.pk)
    mine.enrolment.cohort.save()

    before = mine.step(ROLE)
    mine.sign()

    assert "The words have changed since, so please read them again and sign again." in before
    assert "Signed by Amina Yusuf" in mine.step(ROLE)
    titles = list(Signature.objects.values_list("title", flat=True))
    assert titles == ["What I will do", "What I will do, and won’t"]
    assert [title in mine.page("notebook") for title in titles] == [True, True]


# --- Writing the group's agreement down ----------------------------------------------------------


@pytest.fixture
def cohort():
    return make_cohort(make_edition(sessions=1))


def edit(client, cohort, **sent):
    where = reverse("group_agreement_edit", args=[cohort.pk])
    return client.post(where, {"key": uuid.uuid4(), **sent})


def lines_offered(client, cohort):
    page = words(client.get(reverse("group_agreement_edit", args=[cohort.pk])))
    return re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.S)[1].splitlines()


def test_who_organises_or_leads_a_group_writes_down_what_it_agreed(cohort, signed_in):
    for person in (make_organiser(cohort.organisation), cohort.session_runs.first().facilitator):
        response = edit(signed_in(person), cohort, lines=f" One  at a time \n\n{person.name}")

        assert response.url == reverse("group_agreement_edit", args=[cohort.pk])
        assert GroupAgreement.objects.last().lines == ["One at a time", person.name]
        assert GroupAgreement.objects.last().made_by == person


def test_others_cannot_write_or_read_it_there(cohort, signed_in):
    trainee = make_enrolment(cohort).trainee
    people = [trainee, make_person(), make_organiser(make_cohort(cohort.edition).organisation)]

    answers = [edit(signed_in(person), cohort, lines="Mine").status_code for person in people]
    answers += [
        signed_in(person).get(reverse("group_agreement_wall", args=[cohort.pk])).status_code
        for person in people
    ]

    assert answers == [404] * 6
    assert GroupAgreement.objects.count() == 0


def test_it_begins_with_lines_of_the_course_or_else_with_ours(mine, cohort, signed_in):
    its = mine.enrolment.cohort
    offered = [
        lines_offered(signed_in(make_organiser(each.organisation)), each) for each in (its, cohort)
    ]

    assert offered[0] == ["One at a time", "Pass is fine"]
    assert (offered[1][0], len(offered[1])) == (
        "What we hear stays here, unless someone could be hurt",
        7,
    )


def test_later_it_begins_with_what_was_agreed_and_hangs_on_the_wall(cohort, signed_in):
    agree(cohort, "Cake first")
    client = signed_in(make_organiser(cohort.organisation))

    wall = words(client.get(reverse("group_agreement_wall", args=[cohort.pk])))

    assert lines_offered(client, cohort) == ["Cake first"]
    assert "<li>Cake first</li>" in wall


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (" \n ", "Write at least one line, then save."),
        ("x" * 301, "One line is longer than 300 letters. Please say it in fewer."),
        (
            "\n".join(["x" * 301] * 2),
            "2 lines are longer than 300 letters. Please say them in fewer.",
        ),
        (
            "\n".join(["x"] * 21),
            "There are 21 lines. 20 are as many as a group can keep in mind.",
        ),
        (
            "x" * 8_001,
            "This is a little long: 8001 letters, and there is room for 8000. It is still here.",
        ),
    ],
    ids=["none", "a long one", "two long ones", "too many", "far too long"],
)
def test_what_needs_another_look_is_said_and_nothing_is_lost(lines, problem, cohort, signed_in):
    client = signed_in(make_organiser(cohort.organisation))

    response = edit(client, cohort, lines=lines)

    assert (response.status_code, problems(response)) == (422, [problem])
    assert f">\n{lines.strip() and lines}" in words(response) or not lines.strip()
    assert GroupAgreement.objects.count() == 0


# --- What it costs -----------------------------------------------------------------------------


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize("step", [CHECKLIST, GROUP, ROLE])
def test_a_step_with_one_of_these_takes_five_queries(step, many, mine, django_assert_num_queries):
    for n in range(many):
        mine.send(CHECKLIST, items=mine.items[: n % 2])
        agree(mine.enrolment.cohort, *["A line"] * many)
    mine.sign()
    mine.step(step)

    with django_assert_num_queries(5):
        mine.step(step)


@pytest.mark.parametrize("many", [1, 3])
def test_what_the_group_agreed_costs_the_course_and_its_sessions_no_query(
    many, mine, django_assert_num_queries
):
    for _n in range(many):
        agree(mine.enrolment.cohort, *["A line"] * many)
    mine.page("course")

    with django_assert_num_queries(6):
        mine.page("course")
    with django_assert_num_queries(5):
        mine.page("session", "session-2")
