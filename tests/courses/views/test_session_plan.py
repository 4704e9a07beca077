"""A session's plan in the CMS: the minutes added up, and the usual plan to start from."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from courses.actions import catalogue
from courses.models import RoleKind, SessionPage
from tests.factories.courses import (
    make_course,
    make_organisation,
    make_peer_educator,
    make_person,
    make_role,
    make_session,
)

pytestmark = pytest.mark.django_db
LEFT = "The activities take 140 minutes together. The session is 150 minutes long: 10 are left."


@pytest.fixture
def course():
    catalogue.set_up(title="Learn", lead="Hello.", body="")
    return make_course()


@pytest.fixture
def desk(course, signed_in):
    """The browser of a peer educator."""
    person = make_peer_educator()
    return signed_in(person)


def activities(*minutes):
    return [("activity", activity(each)) for each in minutes]


def activity(minutes):
    return {"title": "Talk", "type": "sharing", "minutes": minutes, "note": ""}


def edit(session):
    return reverse("wagtailadmin_pages:edit", args=[session.pk])


def send(client, session, *minutes, **headers):
    data = {
        "title": session.title,
        "slug": session.slug,
        "number": session.number,
        "minutes": session.minutes,
        "counted": "on",
        "summary": session.summary,
        "aims": streamfield([]),
        "plan": streamfield(activities(*minutes)),
    }
    return client.post(edit(session), nested_form_data(data), headers=headers)


def told(response):
    return [(each.level_tag, str(each)) for each in get_messages(response.wsgi_request)]


def words(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        ([20, 120], LEFT),
        ([20, 129], LEFT.replace("140", "149").replace("10 are", "1 is")),
        (
            [20, 140],
            "The activities take 160 minutes together. "
            "The session is 150 minutes long: that is 10 too many.",
        ),
        (
            [20, 130],
            "The activities take 150 minutes together. "
            "The session is 150 minutes long: they fill it.",
        ),
    ],
)
def test_A1_the_editor_says_how_the_minutes_add_up(desk, course, minutes, said):
    session = make_session(course, 1, plan=activities(*minutes))

    assert said in words(desk.get(edit(session)))


def test_who_saves_a_plan_that_does_not_add_up_is_told_and_it_is_saved(desk, course):
    session = make_session(course, 1)

    response = send(desk, session, 20, 120)

    assert response.status_code == 302
    assert ("warning", f"Session 1: {LEFT}") in told(response)
    draft = SessionPage.objects.get().get_latest_revision_as_object()
    assert draft.timing.planned == 140


def test_a_plan_that_adds_up_is_no_reason_to_say_anything(desk, course):
    response = send(desk, make_session(course, 1), 20, 130)

    assert [level for level, _text in told(response)] == ["success"]


def test_what_the_editor_saves_by_itself_brings_no_warnings_to_be_shown_later(desk, course):
    response = send(desk, make_session(course, 1), 20, 120, accept="application/json")

    assert (response.status_code, told(response)) == (200, [])


def test_a_new_session_begins_with_the_next_number_and_the_usual_plan(desk, course):
    make_session(course, 1)
    address = reverse("wagtailadmin_pages:add", args=["courses", "sessionpage", course.pk])

    form = desk.get(address).context["form"]

    assert form["number"].value() == 2
    assert [each.value["type"] for each in form.instance.plan] == [
        "welcome",
        "feedback",
        "mini_talk",
        "break",
        "practice",
        "action_plan",
        "close",
    ]
    assert form.instance.timing.fits


def test_the_usual_plan_is_offered_only_where_there_is_none(desk, course):
    empty, planned = make_session(course, 1), make_session(course, 2, plan=activities(150))

    offered = [
        reverse("fill_plan", args=[each.pk]) in words(desk.get(edit(each)))
        for each in (empty, planned)
    ]

    assert offered == [True, False]


def test_the_usual_plan_goes_into_the_draft_and_not_to_trainees(desk, course):
    session = make_session(course, 1)
    address = reverse("fill_plan", args=[session.pk])

    shown = desk.get(address)
    filled = desk.post(address)

    session = SessionPage.objects.get()
    assert "Short talk, 45 minutes" in words(shown)
    assert (filled.status_code, filled.url) == (302, edit(session))
    assert len(session.plan) == 0
    assert session.get_latest_revision_as_object().timing.fits


def test_a_plan_that_is_there_is_left_as_it_is(desk, course):
    session = make_session(course, 1, plan=activities(150))

    response = desk.post(reverse("fill_plan", args=[session.pk]))

    assert told(response) == [("info", "This session has a plan already, so we left it as it is.")]
    assert session.get_latest_revision_as_object().plan[0].value["title"] == "Talk"


def test_who_may_not_write_may_not_fill_in_a_plan(course, signed_in):
    session = make_session(course, 1)
    person = make_person()
    make_role(person, make_organisation(), RoleKind.ORGANISER)

    response = signed_in(person).post(reverse("fill_plan", args=[session.pk]))

    assert response.status_code == 403
    assert session.get_latest_revision_as_object().plan._raw_data == []
