"""Asking to be forgotten, and changing one's mind, on one's own pages and by letter."""

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import Look, Message
from lms.models import Erasure
from tests.answers import told
from tests.factories.courses import (
    make_cohort,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
)

pytestmark = pytest.mark.django_db


def open_erasures():
    return list(Erasure.objects.open().values_list("person", "asked_by", "keeps_certificates"))


def test_asking_takes_two_pages_and_can_be_undone(client, signed_in):
    person = make_person()
    signed_in(person)
    first = client.get(reverse("erasure"))
    second = client.get(reverse("erasure_sure"))
    before = open_erasures()

    client.post(reverse("erasure_sure"))
    asked, page = open_erasures(), told(client.get(reverse("erasure")))
    client.post(reverse("erasure_undo"))

    assert (first.status_code, second.status_code) == (200, 200)
    assert (before, asked, open_erasures()) == ([], [(person.pk, person.pk, False)], [])
    assert "We will forget you on" in page


def test_looking_at_the_second_page_asks_for_nothing(client, signed_in):
    signed_in(make_person())

    client.get(reverse("erasure_sure") + "?keep=yes")

    assert open_erasures() == []


def test_a_tick_keeps_the_name_on_certificates(client, signed_in):
    person = make_person()
    signed_in(person)

    client.post(reverse("erasure_sure"), {"keep": "yes"})

    assert open_erasures() == [(person.pk, person.pk, True)]


def test_they_are_told_by_mail_in_neutral_words(client, signed_in):
    person = make_person()
    signed_in(person)

    client.post(reverse("erasure_sure"))

    message = Message.objects.get(person=person)
    assert message.subject == "You asked us to forget you"
    assert reverse("erasure") in message.text


def test_the_only_organiser_is_led_to_naming_another(client, signed_in):
    place = make_organisation("Riverside")
    signed_in(make_organiser(place))

    page = client.get(reverse("erasure"))
    sure = client.post(reverse("erasure_sure"))

    assert "You are the only organiser of Riverside" in told(page)
    assert (sure.status_code, open_erasures()) == (302, [])


# --- By letter ---------------------------------------------------------------------------------


@pytest.fixture
def group():
    cohort = make_cohort()
    return make_enrolment(cohort), make_organiser(cohort.organisation)


def address(enrolment):
    return reverse("person_forget", args=[enrolment.cohort_id, enrolment.pk])


def test_an_organiser_asks_for_somebody_and_says_how_they_asked(client, signed_in, group):
    enrolment, organiser = group
    signed_in(organiser)

    client.post(address(enrolment), {"why": "A letter from 3 March."})

    asked = Erasure.objects.get()
    assert (asked.person, asked.asked_by) == (enrolment.trainee, organiser)
    assert asked.why == "A letter from 3 March."
    assert asked.asked_at <= timezone.now()


def test_without_saying_how_they_asked_nothing_is_begun(client, signed_in, group):
    enrolment, organiser = group
    signed_in(organiser)

    answer = client.post(address(enrolment), {"why": ""})

    assert (answer.status_code, open_erasures()) == (422, [])
    assert "Say how they asked" in told(answer)


def test_either_of_them_can_take_it_back(client, signed_in, group):
    enrolment, organiser = group
    signed_in(organiser)
    client.post(address(enrolment), {"why": "A letter."})
    client.post(address(enrolment), {"undo": "yes"})
    by_organiser = open_erasures()

    client.post(address(enrolment), {"why": "A letter."})
    signed_in(enrolment.trainee)
    client.post(reverse("erasure_undo"))

    assert (by_organiser, open_erasures()) == ([], [])


def test_nobody_else_can_ask_for_somebody(client, signed_in, group):
    enrolment, _organiser = group
    answers = []

    for person in (
        enrolment.trainee,
        make_person("Ben"),
        make_organiser(make_organisation("Elsewhere")),
        enrolment.cohort.session_runs.first().facilitator,
    ):
        if person is not None:
            signed_in(person)
            answers.append(client.post(address(enrolment), {"why": "A letter."}).status_code)

    assert set(answers) == {404}
    assert open_erasures() == []


def test_whoever_has_left_has_no_name_on_the_page_of_looks(client, signed_in, group):
    enrolment, organiser = group
    Look.objects.create(
        person=enrolment.trainee,
        by=organiser,
        as_role="organiser",
        what="done",
        day=timezone.localdate(),
    )
    type(organiser).objects.filter(pk=organiser.pk).update(name="", is_active=False)
    signed_in(enrolment.trainee)

    assert "Somebody who has left, organiser, looked at what you have done." in told(
        client.get(reverse("who_looked"))
    )
