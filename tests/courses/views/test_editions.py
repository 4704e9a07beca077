"""Making a new edition in the CMS: who may, what it holds, and what is said when it cannot be."""

import html
import re

import pytest
from django.urls import reverse
from wagtail.models import Revision

from courses.actions import catalogue, editions
from courses.models import CoursePage, Edition, HandoutPage, LessonPage, RoleKind, SessionPage
from tests.factories.courses import (
    NOW,
    lesson_body,
    make_cohort,
    make_course,
    make_enrolment,
    make_handout,
    make_lesson,
    make_organisation,
    make_person,
    make_role,
    make_session,
    read_block,
    step_block,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    """A course of one session with two lessons, which peer educators may write."""
    catalogue.set_up(title="Alongside", lead="Training for peers.", body="")
    course = make_course(sessions_required=1)
    session = make_session(course, 1)
    make_lesson(session, "Listening")
    make_lesson(session, "Asking")
    return CoursePage.objects.get(pk=course.pk)


@pytest.fixture
def educator(course, signed_in):
    """A peer educator's browser."""
    return signed_in(a_person(RoleKind.PEER_EDUCATOR))


def a_person(kind):
    person = make_person("Tom Price")
    make_role(person, make_organisation(), kind)
    return person


def address(course):
    return reverse("make_edition", args=[course.pk])


def told(response):
    """What the screen says will go in and stay out."""
    main = re.search(r"<h2 class=\"w-h2\">.*?</form>", response.content.decode(), re.S)[0]
    return [
        " ".join(html.unescape(re.sub(r"<[^>]+>", " ", each)).split())
        for each in re.findall(r"<li>.*?</li>|<button.*?</button>", main, re.S)
    ]


def said(response):
    return [str(message).strip() for message in response.context["messages"]]


def test_a_peer_educator_is_shown_what_an_edition_will_hold(course, educator):
    response = educator.get(address(course))

    assert response.status_code == 200
    assert told(response) == ["2 published lessons go in.", "Make the first edition"]
    assert "No group is following this course yet." in response.content.decode()


def test_making_it_takes_the_author_back_to_the_course(course, educator):
    response = educator.post(address(course))

    assert (response.status_code, response.url) == (
        302,
        reverse("wagtailadmin_pages:edit", args=[course.pk]),
    )
    edition = Edition.objects.get()
    assert (edition.course, edition.number) == (course, 1)
    assert edition.made_by.name == "Tom Price"
    after = educator.get(response.url)
    assert said(after) == ["Edition 1 is made. New groups can follow it."]


def test_opening_the_screen_makes_nothing(course, educator):
    educator.get(address(course))

    assert Edition.objects.count() == 0


def test_the_screen_names_what_is_not_published_and_so_stays_out(course, educator):
    session = SessionPage.objects.get()
    changed = LessonPage.objects.get(title="Listening")
    changed.body = lesson_body(steps=3)
    changed.save_revision()
    make_lesson(session, "Half-written", live=False)

    response = educator.get(address(course))

    assert told(response) == [
        "2 published lessons go in.",
        "“Listening” has changes that are not published. The published text goes in.",
        "“Half-written” is a draft, so it stays out.",
        "Make the first edition",
    ]


def test_the_screen_names_handouts_as_well(course, educator):
    make_handout(course, "Seven steps")
    changed = make_handout(course, "Observer form")
    changed.save_revision()
    HandoutPage.objects.filter(pk=changed.pk).update(has_unpublished_changes=True)
    make_handout(course, "Half a form", live=False)

    assert told(educator.get(address(course))) == [
        "2 published lessons go in.",
        "2 handouts go in.",
        "“Observer form” has changes that are not published. The published text goes in.",
        "“Half a form” is a draft, so it stays out.",
        "Make the first edition",
    ]


def test_the_lessons_of_a_draft_session_stay_out_with_it(course, educator):
    make_lesson(make_session(course, 2, title="Not yet", live=False), "Waiting")

    told_before = told(educator.get(address(course)))
    educator.post(address(course))

    assert told_before == [
        "2 published lessons go in.",
        "“Not yet” is a draft, so it stays out.",
        "Make the first edition",
    ]
    assert [lesson.title for lesson in Edition.objects.get().outline.lessons] == [
        "Listening",
        "Asking",
    ]


def test_the_screen_says_that_running_groups_keep_theirs(course, educator):
    make_cohort(editions.make_edition(course=course, by=None, at=NOW))

    response = educator.get(address(course))

    assert told(response)[-1] == "Make edition 2"
    assert (
        "1 group is following an earlier edition. It keeps that one, "
        "and nothing changes for its people."
    ) in response.content.decode()


def test_the_screen_says_what_has_changed_since_the_last_one(course, educator):
    editions.make_edition(course=course, by=None, at=NOW)
    session = SessionPage.objects.get()
    changed = LessonPage.objects.get(title="Listening")
    changed.body = [*changed.body.raw_data, step_block("Leave room"), read_block()]
    changed.save_revision().publish()
    LessonPage.objects.get(title="Asking").unpublish()
    make_lesson(session, "Saying it back")

    page = " ".join(html.unescape(educator.get(address(course)).content.decode()).split())

    assert "What has changed since edition 1" in page
    assert "<p>“Saying it back” is new.</p>" in page
    assert "“Listening” has changed. It has a new step: “Leave room”." in page
    assert "<p>“Asking” is taken out.</p>" in page


def test_it_says_when_nothing_has_changed(course, educator):
    editions.make_edition(course=course, by=None, at=NOW)

    page = educator.get(address(course)).content.decode()

    assert "Nothing in the lessons has changed. A new edition would read the same." in page


def test_it_says_how_many_are_part_way(course, educator):
    cohort = make_cohort(editions.make_edition(course=course, by=None, at=NOW))
    for _n in range(5):
        make_enrolment(cohort)

    page = educator.get(address(course)).content.decode()

    assert (
        "5 people in 1 group are part-way. They keep edition 1, and nothing changes for them."
    ) in page


def test_looking_at_it_writes_nothing(course, educator):
    editions.make_edition(course=course, by=None, at=NOW)
    make_lesson(SessionPage.objects.get(), "Saying it back")
    before = Revision.objects.count()

    educator.get(address(course))

    assert Revision.objects.count() == before


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (
            lambda course: course.unpublish(),
            "Publish the course first. Only what is published goes into an edition.",
        ),
        (
            lambda course: [lesson.unpublish() for lesson in LessonPage.objects.all()],
            "Publish at least one lesson first, so that there is something to learn.",
        ),
        (
            lambda course: CoursePage.objects.update(sessions_required=3),
            "The course asks for 3 sessions, but only 1 numbered session is published. "
            "Publish more sessions, or ask for fewer.",
        ),
        (
            lambda course: make_session(course, 1, title="Another first"),
            "Two sessions have the same number. Give each its own.",
        ),
    ],
)
def test_a_course_that_is_not_ready_says_what_is_missing(fault, words, course, educator):
    fault(course)

    response = educator.post(address(course), follow=True)

    assert said(response) == [words]
    assert Edition.objects.count() == 0


@pytest.mark.parametrize("kind", [RoleKind.ORGANISER, RoleKind.FACILITATOR, RoleKind.OBSERVER])
def test_who_does_not_write_is_not_let_in(kind, course, signed_in):
    client = signed_in(a_person(kind))

    answers = [client.get(address(course)), client.post(address(course))]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "This page is for someone else" in answers[0].content.decode()
    assert Edition.objects.count() == 0


def test_a_trainee_is_not_let_in(course, signed_in):
    edition = editions.make_edition(course=course, by=None, at=NOW)
    client = signed_in(make_enrolment(make_cohort(edition)).trainee)

    answers = [client.get(address(course)), client.post(address(course))]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert Edition.objects.count() == 1


def test_a_signed_out_person_is_asked_to_sign_in(course, client):
    response = client.get(address(course))

    assert response.url == f"{reverse('account_login')}?next={address(course)}"


def test_a_course_that_is_not_there_is_not_found(educator):
    assert educator.get(reverse("make_edition", args=[999_999])).status_code == 404
