"""Writing down a contact with somebody who is ready: in its time, and once."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from courses import groups_led
from courses.actions.support import TooEarly
from courses.models import Enrolment, SupportContact
from courses.models.support import supported_by
from courses.support import When
from tests.factories.courses import (
    NOW,
    make_enrolment,
    make_mentor,
    make_organisation,
    make_organiser,
    make_person,
)
from tests.factories.delivered import make_contact, make_ready

pytestmark = pytest.mark.django_db

READY_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def amina():
    return make_ready(make_organisation(), at=READY_AT)


def test_a_contact_is_a_day_a_way_and_what_came_of_it(amina):
    organiser = make_organiser(amina.cohort.organisation)

    row = make_contact(amina, 1, date(2026, 4, 2), organiser, came_of_it="again")

    assert (row.month, row.day, row.how, row.came_of_it) == (1, date(2026, 4, 2), "phone", "again")
    assert (row.by, row.at) == (organiser, NOW)


def test_a_contact_has_its_time(amina):
    with pytest.raises(TooEarly) as why:
        make_contact(amina, 3, date(2026, 5, 17), make_person())

    assert str(why.value) == (
        "This contact has its time from 18 May 2026 on. Choose that day or a later one."
    )
    make_contact(amina, 3, date(2026, 5, 18), make_person())


def test_the_same_page_sent_twice_is_one_contact(amina):
    key, by = uuid.uuid4(), make_person()

    first = make_contact(amina, 1, date(2026, 4, 2), by, key=key)
    again = make_contact(amina, 1, date(2026, 4, 2), by, key=key)

    assert (first, SupportContact.objects.count()) == (again, 1)


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("support_contact_is_one_of_three", {"month": 2}),
        ("support_contact_way_is_known", {"how": "letter"}),
        ("support_contact_outcome_is_known", {"came_of_it": "ill"}),
    ],
)
def test_the_database_refuses_a_contact_that_cannot_be(amina, name, broken):
    make_contact(amina, 1, date(2026, 4, 2), make_person())

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        SupportContact.objects.update(**broken)


def test_the_database_takes_the_same_contact_once(amina):
    row = make_contact(amina, 1, date(2026, 4, 2), make_person())
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_who_is_ready_is_supported_by_their_mentor_and_by_organisers(amina):
    organisation = amina.cohort.organisation
    mentor, organiser = make_mentor(amina), make_organiser(organisation)
    not_ready = make_enrolment(amina.cohort, make_person("Dev Patel"))
    other_mentor = make_mentor(not_ready, "Olu Other")

    found = {
        person.name: list(supported_by(person))
        for person in (mentor, organiser, other_mentor, amina.trainee)
    }

    assert found == {
        mentor.name: [amina],
        organiser.name: [amina],
        other_mentor.name: [],
        amina.trainee.name: [],
    }


def test_nobody_supports_themselves_and_who_has_left_is_not_asked_after(amina):
    amina_organises = make_organiser(amina.cohort.organisation)
    Enrolment.objects.filter(pk=amina.pk).update(trainee=amina_organises)
    own = list(supported_by(amina_organises))
    Enrolment.objects.filter(pk=amina.pk).update(trainee=make_person(), left_at=NOW)

    assert (own, list(supported_by(amina_organises))) == ([], [])


@pytest.mark.parametrize("people", [1, 3])
def test_how_people_are_supported_is_read_in_three_queries(people, django_assert_num_queries):
    organisation = make_organisation()
    for n in range(people):
        enrolment = make_ready(organisation, f"Person {n}", at=READY_AT)
        make_contact(enrolment, 1, date(2026, 4, 2), make_person())

    with django_assert_num_queries(3):
        found = groups_led.supported(Enrolment.objects.all(), date(2026, 6, 1))
        names = [(each.enrolment.trainee.name, each.contacts[0].by.name) for each in found]

    assert len(names) == people
    assert {each.ready_on for each in found} == {date(2026, 3, 1)}
    assert {each.asked_for.month for each in found} == {3}
    assert {each.several[0].when for each in found} == {When.MADE}
