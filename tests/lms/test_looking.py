"""Whoever looks at what is kept about somebody else is written down, for that person to read."""

from datetime import date

import pytest
from django.urls import reverse

from certificates import urls as certificate_urls
from courses import urls_groups, urls_mentors, urls_observe, urls_organise
from courses.models import Look
from lms.looking import WATCHED
from tests.answers import told
from tests.certificates.make import make_certificate
from tests.factories.courses import make_enrolment, make_organiser
from tests.lms.test_who_sees_what import ADDRESSES, TWICE, World, named

pytestmark = pytest.mark.django_db

# Addresses that name trainees and write no row: lists of what is to be done, which lead on to
# pages that write one. They tell a name and a day, and nothing that somebody did or left.
LEAD_ON = {
    "delivered_checklist": "who leads a group",
    "delivered_end": "who leads a group",
    "delivered_group": "who leads a group",
    "delivered_session": "who leads a group",
    "group_begin": "who may lead a group",
    "groups_led": "who leads a group",
    "mentoring": "whom I mentor",
    "observe": "whom I watch, and when",
    "organise_messages": "to whom a message could not be sent",
    "roles": "who does what",
    "sessions_to_watch": "who leads a session",
    "support_due": "whom to ring",
}


@pytest.mark.parametrize("who", ["organiser", "facilitator", "mentor", "observer"])
def test_every_address_that_names_a_trainee_writes_a_row(client, who):
    world = World()
    client.force_login(world.person(who))
    ours = named(urls_organise, urls_groups, urls_mentors, urls_observe, certificate_urls)
    unseen = {}

    for name, parts in [*ADDRESSES.items(), *TWICE.items()]:
        if name not in ours | {"cards", "person_forget"}:
            continue
        parts = ADDRESSES[name] | parts
        Look.objects.all().delete()
        where = reverse(name, kwargs={part: world.parts[what] for part, what in parts.items()})
        answer = client.get(where)
        if answer.status_code == 200 and "Amina Yusuf" in told(answer):
            unseen[name] = Look.objects.count() == 0

    assert {name for name, is_unseen in unseen.items() if is_unseen} <= set(LEAD_ON)
    assert {name for name, is_unseen in unseen.items() if not is_unseen} <= set(WATCHED)


def test_no_address_is_in_both_lists():
    assert set(LEAD_ON) & set(WATCHED) == set()


def test_a_day_of_looking_is_one_row(client):
    world = World()
    client.force_login(world.organiser)
    where = reverse("person", args=[world.cohort.pk, world.amina.pk])

    for _time in range(3):
        client.get(where)

    assert list(Look.objects.values_list("person", "by", "as_role", "what")) == [
        (world.amina.trainee_id, world.organiser.pk, "organiser", "done")
    ]


def test_a_board_is_one_row_for_the_whole_group(client):
    world = World()
    client.force_login(world.facilitator)

    client.get(reverse("cohort", args=[world.cohort.pk]))

    assert list(Look.objects.values_list("person", "cohort", "as_role", "what")) == [
        (None, world.cohort.pk, "facilitator", "group")
    ]


def test_what_is_not_found_is_not_looked_at(client):
    world = World()
    client.force_login(world.companion)

    answer = client.get(reverse("person", args=[world.cohort.pk, world.amina.pk]))

    assert (answer.status_code, Look.objects.count()) == (404, 0)


def test_ones_own_certificate_is_no_look(client):
    certificate = make_certificate()
    address = certificate.get_absolute_url()
    client.force_login(certificate.holder)
    client.get(address)
    before = Look.objects.count()

    client.force_login(make_organiser(certificate.organisation))
    client.get(address)

    assert (before, Look.objects.get().person) == (0, certificate.holder)


def test_people_read_who_looked_at_them(client):
    world = World()
    looked = {"by": world.organiser, "as_role": "organiser", "day": date(2026, 3, 3)}
    Look.objects.create(person=world.amina.trainee, what="done", **looked)
    Look.objects.create(cohort=world.cohort, what="group", **looked)
    Look.objects.create(person=world.companion, what="practice", **looked)
    other = make_enrolment(trainee=None)
    Look.objects.create(cohort=other.cohort, what="attendance", **looked)
    client.force_login(world.amina.trainee)

    page = told(client.get(reverse("who_looked")))

    assert "Oluchi Organiser, organiser, looked at what you have done." in page
    assert "Oluchi Organiser, organiser, looked at the list of your group" in page
    assert "a practice of yours" not in page
    assert "when you were there" not in page
