"""What peer mentors see: how the people they support get on, and what those share with them."""

import pytest
from django.urls import reverse

from courses.actions import people
from tests.factories.courses import (
    NOW,
    attend,
    make_cohort,
    make_edition,
    make_enrolment,
    make_mentor,
    make_organisation,
    make_organiser,
    make_person,
    make_plan,
    share,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina():
    return make_enrolment(make_cohort(make_edition(sessions=2, sessions_required=1)))


def mentored(client, enrolment):
    return client.get(reverse("mentored", args=[enrolment.pk]))


def test_a_mentor_sees_where_somebody_stands_and_what_they_share(signed_in, amina):
    maria = make_mentor(amina)
    attend(amina, 1)
    make_plan(amina, what="Walk to the shop")
    share(make_plan(amina, exercise="0e0e0e0e-0000-4000-8000-000000000001", what="Rest"), "mentor")

    page = mentored(signed_in(maria), amina)

    assert page.status_code == 200
    assert page.context["asked"] == [(True, "Sessions: 1 of 1"), (False, "Lessons: 0 of 2")]
    assert [mark for _run, mark, _missed in page.context["sessions"]] == ["here", "not yet"]
    assert ("Rest" in page.text, "Walk to the shop" in page.text) == (True, False)


def test_the_people_somebody_mentors_are_listed_in_the_order_of_the_alphabet(signed_in, amina):
    maria = make_mentor(amina)
    for name in ("zoe", "Ábel"):
        other = make_enrolment(amina.cohort, make_person(name))
        people.name_mentor(enrolment=other, mentor=maria)

    page = signed_in(maria).get(reverse("mentoring"))

    assert [each.trainee.name for each, _calls in page.context["mentored"]] == [
        "Ábel",
        "Amina Yusuf",
        "zoe",
    ]


@pytest.mark.parametrize("others", [0, 2])
def test_the_list_costs_the_same_for_1_and_for_3(
    signed_in, amina, others, django_assert_num_queries
):
    maria = make_mentor(amina)
    for n in range(others):
        people.name_mentor(
            enrolment=make_enrolment(amina.cohort, make_person(f"P {n}")), mentor=maria
        )

    client = signed_in(maria)
    with django_assert_num_queries(8):
        client.get(reverse("mentoring"))


def test_somebody_elses_mentor_finds_nothing(signed_in, amina):
    other = make_mentor(make_enrolment(make_cohort(organisation=amina.cohort.organisation)))

    assert mentored(signed_in(other), amina).status_code == 404


def test_whoever_has_left_the_group_is_not_found_any_more(signed_in, amina):
    maria = make_mentor(amina)
    type(amina).objects.filter(pk=amina.pk).update(left_at=NOW)

    assert mentored(signed_in(maria), amina).status_code == 404


def test_a_mentor_whose_role_has_ended_finds_nothing(signed_in, amina):
    maria = make_mentor(amina)
    organiser = make_organiser(amina.cohort.organisation)

    people.end_role(role=maria.roles.get(), by=organiser, at=NOW)

    assert mentored(signed_in(maria), amina).status_code == 404


def test_a_mentor_role_elsewhere_opens_nothing_here(signed_in, amina):
    maria = make_mentor(amina)
    people.end_role(role=maria.roles.get(), by=make_organiser(amina.cohort.organisation), at=NOW)
    people.give_role(
        person=maria, organisation=make_organisation(), kind="mentor", by=None, at=NOW
    )

    assert mentored(signed_in(maria), amina).status_code == 404
