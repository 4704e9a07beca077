"""Handouts: where their people find them, and that they can be printed."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from courses.actions import editions
from courses.models import ForWhom, RoleKind
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_course,
    make_enrolment,
    make_handout,
    make_lesson,
    make_organisation,
    make_organiser,
    make_person,
    make_role,
    make_session,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    course = make_course(sessions_required=1)
    make_lesson(make_session(course, 1, slug="listening"))
    make_session(course, 2, slug="own-way")
    make_handout(course, "Seven steps", session_number=2)
    make_handout(course, "Group agreement starter")
    make_handout(course, "Observer form", ForWhom.FACILITATORS)
    return make_cohort(editions.make_edition(course=course, by=None, at=NOW))


def led(cohort, name, *parts):
    return reverse(name, args=[cohort.pk, *parts])


def listed(response):
    return [handout.title for handout in response.context["handouts"]]


def test_a_trainee_finds_those_for_everyone_on_the_course_and_those_of_a_session_there(
    cohort, signed_in
):
    enrolment = make_enrolment(cohort)
    client = signed_in(enrolment.trainee)

    found = {
        address: listed(client.get(address))
        for address in (
            reverse("course", args=[enrolment.pk]),
            reverse("session", args=[enrolment.pk, "listening"]),
            reverse("session", args=[enrolment.pk, "own-way"]),
        )
    }

    assert list(found.values()) == [
        ["Seven steps", "Group agreement starter"],
        [],
        ["Seven steps"],
    ]


def test_those_who_lead_find_all_of_them(cohort, signed_in):
    client = signed_in(cohort.session_runs.first().facilitator)

    response = client.get(led(cohort, "cohort_handouts"))
    form = client.get(led(cohort, "cohort_handout", "observer-form"))

    assert listed(response) == ["Seven steps", "Group agreement starter", "Observer form"]
    assert "Trainees do not see it." in form.content.decode()


def test_only_those_who_lead_open_them_in_the_organise_area(cohort, client):
    people = {
        "their organiser": make_organiser(cohort.organisation),
        "one of the pair": cohort.session_runs.first().facilitator,
        "organiser elsewhere": make_organiser(make_organisation()),
        "trainee": make_enrolment(cohort).trainee,
    }
    for kind in (RoleKind.FACILITATOR, RoleKind.OBSERVER, RoleKind.PEER_EDUCATOR):
        people[kind] = make_person()
        make_role(people[kind], cohort.organisation, kind)
    asked = [
        led(cohort, "cohort_handouts"),
        led(cohort, "cohort_handout", "seven-steps"),
        led(cohort, "cohort_handout_pdf", "observer-form"),
    ]
    answers = {}

    for who, person in people.items():
        client.force_login(person)
        answers[who] = {client.get(address).status_code for address in asked}

    let_in = {"their organiser", "one of the pair"}
    assert answers == {who: {200 if who in let_in else 404} for who in people}


def test_a_course_without_handouts_says_so_to_those_who_lead_and_nothing_to_trainees(signed_in):
    enrolment = make_enrolment()
    organiser = make_organiser(enrolment.cohort.organisation)

    page = signed_in(organiser).get(led(enrolment.cohort, "cohort_handouts"))
    course = signed_in(enrolment.trainee).get(reverse("course", args=[enrolment.pk]))

    assert "This course has no handouts yet." in page.content.decode()
    assert "Handouts to print" not in course.content.decode()


def test_it_comes_as_pdf_with_every_word_in_usual_and_in_large_print(cohort, signed_in):
    enrolment = make_enrolment(cohort)
    client = signed_in(enrolment.trainee)
    address = reverse("handout_pdf", args=[enrolment.pk, "seven-steps"])

    for query in ("", "?large=1"):
        reader = PdfReader(BytesIO(client.get(address + query).content))
        said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
        for text in (
            "Seven steps",
            "Ask openly.",
            "What will you do?",
            "We ended on time",
            "Two of the steps",
            "What bothers you?",
            "Card three",
            "Back of three",
            "Attention and room * about safety",
            "Leaves pauses",
            "What I saw or heard:",
        ):
            assert text in said, (query, text)


@pytest.mark.parametrize("handouts", [1, 3])
def test_a_list_of_them_costs_no_query_of_its_own(handouts, signed_in, django_assert_num_queries):
    course = make_course(sessions_required=1)
    make_lesson(make_session(course, 1))
    for n in range(handouts):
        make_handout(course, f"Sheet {n}")
    cohort = make_cohort(editions.make_edition(course=course, by=None, at=NOW))
    client = signed_in(cohort.session_runs.first().facilitator)
    assert cohort.edition.outline

    with django_assert_num_queries(3):  # the session, the person, the cohort
        client.get(led(cohort, "cohort_handouts"))
