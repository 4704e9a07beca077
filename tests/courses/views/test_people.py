"""The people of a cohort, as an organiser sees them: mentors, that they signed, that they plan."""

import html
import re
import uuid

import pytest
from django.urls import reverse

from courses.actions import agreements, editions
from courses.agreements import asked
from courses.models import RoleKind
from tests.factories.courses import (
    NOW,
    agreement_block,
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_mentor,
    make_organiser,
    make_person,
    make_plan,
    make_role,
    make_session,
    step_block,
)

pytestmark = pytest.mark.django_db


class Desk:
    """An organiser of a group whose course has two agreements to sign."""

    def __init__(self, client):
        course = make_course(sessions_required=1)
        body = []
        for which in ("role", "confidentiality"):
            body += [step_block(), agreement_block(which, f"My {which}")]
        make_lesson(make_session(course, 1), body=body)
        self.cohort = make_cohort(editions.make_edition(course=course, by=None, at=NOW))
        self.client = client
        self.where = reverse("cohort_people", args=[self.cohort.pk])
        client.force_login(make_organiser(self.cohort.organisation))

    def trainee(self, name):
        return make_enrolment(self.cohort, make_person(name))

    def mentor(self, name="Maria Mentor"):
        person = make_person(name)
        make_role(person, self.cohort.organisation, RoleKind.MENTOR)
        return person

    def sign(self, enrolment, place=0):
        return agreements.sign(
            enrolment=enrolment,
            lesson=self.cohort.edition.outline.lessons[0],
            agreement=asked(self.cohort.edition.outline)[place].agreement,
            name="Any Name",
            key=uuid.uuid4(),
            at=NOW,
        )

    def page(self):
        return html.unescape(self.client.get(self.where).content.decode())

    def save(self, **chosen):
        return self.client.post(self.where, chosen)


@pytest.fixture
def desk(client):
    return Desk(client)


def facts(page):
    """What the page says of each person: {name: lines}."""
    cards = re.findall(r'<section class="card".*?</section>', page, re.S)
    return {
        re.search(r"<h2[^>]*>([^<]+)<", card)[1]: re.findall(r"</span> ([^<]+)</li>", card)
        for card in cards
    }


def test_the_page_says_who_signed_and_when_and_that_they_plan(desk):
    ruth, dev = desk.trainee("Ruth"), desk.trainee("Dev")
    desk.sign(ruth)
    make_plan(dev)
    make_plan(dev, what="Another version")

    assert facts(desk.page()) == {
        "Dev": ["My role: not signed yet", "My confidentiality: not signed yet", "1 plan made"],
        "Ruth": [
            "My role: signed on 1 September 2026",
            "My confidentiality: not signed yet",
            "No plan yet",
        ],
    }


def test_a_mentor_is_chosen_changed_and_taken_away(desk):
    ruth, maria, nadia = desk.trainee("Ruth"), desk.mentor(), desk.mentor("Nadia Next")
    found = []

    for chosen in (maria, nadia, None):
        response = desk.save(**{f"mentor_{ruth.pk}": chosen.pk if chosen else ""})
        ruth.refresh_from_db()
        found.append((response.status_code, ruth.mentor))

    assert found == [(302, maria), (302, nadia), (302, None)]


@pytest.mark.parametrize("who", ["nobody", "a mentor elsewhere", "themselves", "words"])
def test_only_a_mentor_of_the_organisation_can_be_chosen(who, desk):
    ruth = desk.trainee("Ruth")
    desk.mentor()
    make_role(ruth.trainee, desk.cohort.organisation, RoleKind.MENTOR)
    elsewhere = make_mentor(make_enrolment(make_cohort(make_edition(sessions=1))))
    chosen = {
        "nobody": make_person().pk,
        "a mentor elsewhere": elsewhere.pk,
        "themselves": ruth.trainee_id,
        "words": "Maria",
    }[who]

    response = desk.save(**{f"mentor_{ruth.pk}": chosen})

    assert response.status_code == 422
    assert "That choice is no longer on the list. Choose another." in response.content.decode()
    ruth.refresh_from_db()
    assert ruth.mentor is None


def test_a_mentor_without_the_role_stays_until_another_is_chosen(desk):
    ruth = desk.trainee("Ruth")
    maria = make_mentor(ruth)
    desk.mentor("Nadia Next")
    maria.roles.all().delete()

    response = desk.save(**{f"mentor_{ruth.pk}": maria.pk})

    assert response.status_code == 302
    ruth.refresh_from_db()
    assert ruth.mentor == maria


def test_where_nobody_mentors_the_page_says_so_and_asks_nothing(desk):
    desk.trainee("Ruth")

    page = desk.page()

    assert "is a peer mentor yet. Once somebody has that role" in page
    assert re.findall("<select|Save the mentors", page) == []


def test_an_empty_group_says_what_will_be_here(desk):
    assert "The people of this cohort will be here." in desk.page()


@pytest.mark.parametrize("who", ["facilitator", "trainee", "organiser elsewhere"])
def test_it_is_found_by_its_organiser_only(who, desk):
    person = {
        "facilitator": desk.cohort.session_runs.first().facilitator,
        "trainee": desk.trainee("Ruth").trainee,
        "organiser elsewhere": make_organiser(make_cohort(desk.cohort.edition).organisation),
    }[who]
    desk.client.force_login(person)

    assert desk.client.get(desk.where).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_takes_eight_queries(many, desk, django_assert_num_queries):
    for n in range(many):
        enrolment = desk.trainee(f"Person {n}")
        make_mentor(enrolment, f"Mentor {n}")
        desk.sign(enrolment)
        desk.sign(enrolment, 1)
        make_plan(enrolment)
    desk.page()

    with django_assert_num_queries(8):
        desk.page()
