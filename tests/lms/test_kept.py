"""What somebody sends while they are signed out waits for them on the other side of signing in."""

import html
import re
import uuid

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.urls import reverse

from courses.actions import editions, outbox
from courses.models import MessageKind, Organisation, Reflection, StepEvent
from courses.views.scope import KEPT, KEPT_AT_MOST
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_organiser,
    make_person,
    make_session,
    plan_block,
    reflection_block,
    step_block,
)

pytestmark = pytest.mark.django_db

KEPT_PAGE = "/account/kept/"
THOUGHT = "I felt heard.\nBy <my> sister."


@pytest.fixture
def enrolment():
    """A trainee in a lesson with a reflection on its first step, and a plan on its second."""
    course = make_course(sessions_required=1)
    body = [step_block(), reflection_block(), step_block(), plan_block()]
    make_lesson(make_session(course, 1), body=body)
    edition = editions.make_edition(course=course, by=None, at=NOW)
    return make_enrolment(make_cohort(edition), make_person(email="amina@example.org"))


def address(enrolment, name, number=1):
    lesson = enrolment.cohort.edition.outline.lessons[0]
    args = [enrolment.pk, "session-1", lesson.slug, number]
    if name == "answer":
        args.append(lesson.steps[number - 1].exercises[0].id)
    return reverse(name, args=args)


def send(client, enrolment, text=THOUGHT, **more):
    sent = {"key": uuid.uuid4(), "text": text, **more}
    return client.post(address(enrolment, "answer"), sent)


def words(response):
    return html.unescape(response.content.decode())


def shown(response):
    """What the page gives back to be read."""
    return re.findall(r'<div class="say"><p>(.*?)</p></div>', words(response), re.S)


def give_back(client):
    """Press “Save it and go on”: send the page's form to where it leads."""
    form = re.search(r'<main.*?action="([^"]+)"(.*?)</form>', words(client.get(KEPT_PAGE)), re.S)
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[2])
    return client.post(form[1], dict(hidden))


def test_what_is_sent_while_signed_out_comes_back_after_signing_in(enrolment, client):
    response = send(client, enrolment)

    assert (response.status_code, response.url) == (302, f"/account/sign-in/?next={KEPT_PAGE}")
    assert not Reflection.objects.exists()

    response = client.post(response.url, {"email": "amina@example.org"})
    code = re.search(r"^(\d{6})$", mail.outbox[0].body, re.M)[1]
    response = client.post(response.url, {"code": code}, follow=True)

    assert response.redirect_chain[-1] == (KEPT_PAGE, 302)
    assert shown(response) == [THOUGHT.replace("\n", "<br>")]
    assert "<my>" not in response.content.decode()


def test_it_is_saved_with_one_press_and_then_no_longer_waits(enrolment, client):
    send(client, enrolment)
    client.force_login(enrolment.trainee)

    response = give_back(client)

    assert response.url == f"{address(enrolment, 'step')}#said-back"
    assert Reflection.objects.get().text.splitlines() == THOUGHT.splitlines()
    assert client.get(KEPT_PAGE).url == reverse("learning")


def test_saving_it_twice_is_once(enrolment, client):
    send(client, enrolment)
    client.force_login(enrolment.trainee)
    sent = client.session[KEPT]

    for _press in range(2):
        client.post(sent["path"], {name: values[0] for name, values in sent["sent"].items()})

    assert Reflection.objects.count() == 1


def test_every_part_of_a_plan_comes_back(enrolment, client):
    plan = {
        "what": "Walk",
        "how_much": "ten minutes",
        "when": "after tea",
        "how_often": "three times",
        "confidence": "8",
    }
    client.post(address(enrolment, "answer", 2), {"key": uuid.uuid4(), **plan})
    client.force_login(enrolment.trainee)

    assert shown(client.get(KEPT_PAGE)) == ["Walk", "ten minutes", "after tea", "three times"]
    assert give_back(client).status_code == 302


def test_a_finished_step_is_kept_too(enrolment, client):
    client.post(address(enrolment, "finish"), {"key": uuid.uuid4()})
    client.force_login(enrolment.trainee)

    response = give_back(client)

    assert response.url == address(enrolment, "step", 2)
    assert StepEvent.objects.count() == 1


def test_the_page_says_who_to_turn_to(enrolment, client):
    send(client, enrolment)
    client.force_login(enrolment.trainee)

    assert "If not, tell Maria Lopez." in words(client.get(KEPT_PAGE))


def test_somebody_else_who_signs_in_does_not_see_it(enrolment, client):
    send(client, enrolment)
    client.force_login(make_enrolment(enrolment.cohort).trainee)

    response = client.get(KEPT_PAGE)

    assert (response.status_code, response.url) == (302, reverse("learning"))
    assert KEPT not in client.session


def test_it_cannot_be_saved_as_somebody_elses(enrolment, client):
    send(client, enrolment)
    sent = client.session[KEPT]
    client.force_login(make_enrolment(enrolment.cohort).trainee)

    response = client.post(sent["path"], sent["sent"])

    assert response.status_code == 404
    assert not Reflection.objects.exists()


def test_who_signs_out_leaves_nothing_behind(enrolment, client):
    send(client, enrolment)
    client.force_login(enrolment.trainee)

    client.post("/account/sign-out/")

    assert KEPT not in client.session


def test_it_can_be_left_out(enrolment, client):
    send(client, enrolment)
    client.force_login(enrolment.trainee)

    response = client.post(KEPT_PAGE)

    assert response.url == reverse("learning")
    assert client.get(KEPT_PAGE).url == reverse("learning")
    assert not Reflection.objects.exists()


def test_it_is_shown_to_nobody_who_is_signed_out(enrolment, client):
    send(client, enrolment)

    response = client.get(KEPT_PAGE)

    assert response.url == f"/account/sign-in/?next={KEPT_PAGE}"


def test_with_nothing_kept_the_page_leads_on(signed_in):
    response = signed_in(make_person()).get(KEPT_PAGE)

    assert response.url == reverse("learning")


def test_more_than_any_form_takes_is_not_kept(enrolment, client):
    response = send(client, enrolment, text="x" * (KEPT_AT_MOST + 1))

    assert response.url == f"/account/sign-in/?next={KEPT_PAGE}"
    assert KEPT not in client.session


def test_the_token_against_forged_forms_is_not_kept(enrolment, client):
    send(client, enrolment, csrfmiddlewaretoken="secret")

    assert sorted(client.session[KEPT]["sent"]) == ["key", "text"]


def test_what_an_organiser_sends_waits_for_them_too(enrolment, client):
    organisation = enrolment.cohort.organisation
    organiser = make_organiser(organisation)
    where = reverse("contacts", args=[organisation.pk])
    client.post(
        where,
        {
            "emergency_number": "112",
            "named_person": "Jo Brand",
            "named_person_phone": "01632 960001",
            "named_person_email": "",
            "other_help": "",
        },
    )
    client.force_login(organiser)

    response = give_back(client)

    assert (response.status_code, response.url) == (302, where)
    assert Organisation.objects.get(pk=organisation.pk).named_person == "Jo Brand"


@pytest.mark.parametrize(
    "name",
    [
        "cohort_new",
        "contacts",
        "roles",
        "session_run",
        "attendance",
        "cohort_people",
        "group_agreement_edit",
        "person_note",
        "message",
    ],
)
def test_what_an_organiser_sent_is_shown_to_them_and_to_nobody_else(name, enrolment, client):
    cohort = enrolment.cohort
    organiser = make_organiser(cohort.organisation)
    message = outbox.write(
        kind=MessageKind.NOTE, key="k", at=NOW, person=enrolment.trainee, cohort=cohort, note="Hi"
    )
    args = {
        "person_note": [cohort.pk, enrolment.pk],
        "message": [message.pk],
        "cohort_new": [],
        "contacts": [cohort.organisation.pk],
        "roles": [cohort.organisation.pk],
        "session_run": [cohort.pk, cohort.session_runs.get().pk],
        "attendance": [cohort.pk, cohort.session_runs.get().pk],
        "cohort_people": [cohort.pk],
        "group_agreement_edit": [cohort.pk],
    }[name]
    answers = {}

    for person in (organiser, enrolment.trainee):
        client.logout()
        client.post(reverse(name, args=args), {"name": "Thursday group"})
        client.force_login(person)
        answers[person] = client.get(KEPT_PAGE).status_code

    assert answers == {organiser: 200, enrolment.trainee: 302}
    assert get_user(client) == enrolment.trainee
