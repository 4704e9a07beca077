"""Stopping reminders with one tap, and choosing them on one's own page."""

import html
import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client

from courses.actions import outbox
from courses.actions.reminders import choices_of, link_token
from courses.models import MessageKind, ReminderChoice
from tests.factories.courses import NOW, make_organisation, make_person

pytestmark = pytest.mark.django_db

SESSION, STEP = MessageKind.SESSION_TOMORROW, MessageKind.STEP_LEFT


@pytest.fixture
def amina():
    return make_person("Amina Yusuf", email="amina@example.org")


def link(person, kind=STEP):
    return f"/reminders/{link_token(person.pk, kind)}/"


def heading(response):
    return re.search(r"<h1>(.*?)</h1>", html.unescape(response.content.decode()))[1]


def test_opening_the_link_changes_nothing(client, amina):
    for _n in range(2):
        response = client.get(link(amina))

    assert (response.status_code, heading(response)) == (200, "Stop these reminders?")
    assert not ReminderChoice.objects.exists()


def test_one_press_stops_that_kind_and_another_brings_it_back(client, amina):
    stopped = client.post(link(amina))
    assert choices_of(amina) == {SESSION: True, STEP: False}

    back = client.post(link(amina), {"wanted": "1"})

    assert [heading(stopped), heading(back)] == [
        "These reminders have stopped",
        "You get these reminders again",
    ]
    assert choices_of(amina) == {SESSION: True, STEP: True}


def test_the_button_of_a_mail_program_works_without_a_page_a_cookie_or_signing_in(amina):
    outbox.write(
        kind=STEP,
        key="r",
        at=NOW,
        person=amina,
        organisation=make_organisation(),
        link="https://example.org/learning/1/",
    )
    outbox.send_due(at=NOW)
    address = mail.outbox[0].message()["List-Unsubscribe"].strip("<>")
    program = Client(enforce_csrf_checks=True)

    response = program.post(urlsplit(address).path, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert choices_of(amina)[STEP] is False


def test_pressing_twice_adds_nothing(client, amina):
    client.post(link(amina))
    client.post(link(amina))

    assert ReminderChoice.objects.count() == 1


def test_a_link_that_was_cut_or_made_up_says_what_to_do_and_changes_nothing(client, amina):
    other = make_person()
    good = link_token(amina.pk, STEP)
    made_up = [
        good[:-3],
        good.replace(str(amina.pk), str(other.pk), 1),
        good.replace("step_left", "session_tomorrow"),
        link_token(amina.pk, "note"),
        link_token(10**9, STEP),
        link_token("x", STEP),
        "x",
    ]

    for token in made_up:
        for act in (client.get, client.post):
            response = act(f"/reminders/{token}/")
            assert (response.status_code, heading(response)) == (404, "This link is not whole")
    assert not ReminderChoice.objects.exists()


def test_the_page_of_a_link_says_nothing_about_anyone(client, amina):
    pages = client.get(link(amina)).text + client.post(link(amina)).text

    assert [word for word in ("Amina", "Yusuf", "amina@") if word in pages] == []


def test_a_stopped_reminder_names_what_still_comes(client, amina):
    page = client.post(link(amina, SESSION)).text

    assert "When a session is moved or cancelled, we still tell you." in page


# --- On one's own page -------------------------------------------------------------------------


def ticked(response):
    return re.findall(r'name="reminders" value="(\w+)" checked', response.content.decode())


def test_the_page_about_me_shows_what_holds_and_changes_it(signed_in, amina):
    client = signed_in(amina)
    assert ticked(client.get("/me/")) == [SESSION, STEP]

    response = client.post("/me/reminders/", {"reminders": [STEP]}, follow=True)

    assert response.redirect_chain == [("/me/", 302)]
    assert [str(each) for each in response.context["messages"]] == ["Saved."]
    assert ticked(response) == [STEP]
    assert list(ReminderChoice.objects.values_list("person", "kind", "wanted")) == [
        (amina.pk, SESSION, False)
    ]


def test_what_was_stopped_from_a_mail_is_off_on_the_page(signed_in, amina):
    Client().post(link(amina))

    assert ticked(signed_in(amina).get("/me/")) == [SESSION]


def test_nonsense_is_no_choice(signed_in, amina):
    signed_in(amina).post("/me/reminders/", {"reminders": [SESSION, STEP, "note", "x"]})

    assert not ReminderChoice.objects.exists()


def test_who_has_no_address_is_told_so(signed_in):
    person = make_person()
    person.email = None
    person.save()

    assert "We have no e-mail address of yours" in signed_in(person).get("/me/").text


def test_choosing_is_for_people_who_are_signed_in(client):
    assert client.post("/me/reminders/").url == "/account/sign-in/?next=/me/reminders/"
    assert client.get("/me/reminders/").status_code in (302, 405)
