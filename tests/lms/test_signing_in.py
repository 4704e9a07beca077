"""Signing in with a code that is sent by e-mail, and out again.

ASVS 5.0: V6.3.1 (few tries), V6.3.8 (nobody learns who has an account), V6.5.1 (a code works
once), V6.5.4 (six figures).
"""

import html
import re
import time

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.core import mail
from django.urls import reverse

from tests.factories.courses import make_person

pytestmark = pytest.mark.django_db

SIGN_IN = "/account/sign-in/"
CODE = "/account/sign-in/code/"
ADDRESS = "amina@example.org"
DOES_NOT_FIT = (
    "This code does not fit. Look at the newest e-mail from us, and type its six figures."
)
STOPPED = (
    "That was a few tries in a row, so we stopped to keep your account safe. "
    "Wait a few minutes, then ask for a new code."
)


@pytest.fixture
def amina():
    return make_person("Amina Yusuf", email=ADDRESS)


def code_in(message):
    """The code in an e-mail, on a line of its own."""
    return re.search(r"^(\d{6})$", message.body, re.M)[1]


def another_code(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def words(response):
    return html.unescape(response.content.decode())


def without_tokens(response):
    """The page as it is for everyone: without the token against forged forms."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", response.content.decode())


def problems(response):
    return re.findall(r'class="problem"[^>]*>([^<]+)<', words(response))


def said(response):
    return [str(message).strip() for message in response.context["messages"]]


def ask(client, address=ADDRESS, after=""):
    return client.post(SIGN_IN + (f"?next={after}" if after else ""), {"email": address})


def test_a_code_comes_by_e_mail_and_lets_the_person_in(amina, client):
    response = ask(client)

    assert (response.status_code, response.url) == (302, CODE)
    sent = mail.outbox[0]
    assert (sent.to, sent.subject) == ([ADDRESS], "Your sign-in code")
    response = client.post(CODE, {"code": code_in(sent)})
    assert (response.status_code, response.url) == (302, reverse("learning"))
    assert get_user(client) == amina


def test_the_e_mail_is_plain_and_says_how_long_the_code_works(amina, client):
    ask(client)

    sent = mail.outbox[0]
    assert sent.alternatives == []
    assert "It works for 30 minutes." in sent.body
    assert "http" not in sent.body
    assert settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT == 30 * 60


def test_an_address_may_be_typed_in_capitals_and_the_code_with_spaces(amina, client):
    ask(client, "Amina@Example.ORG")
    code = code_in(mail.outbox[0])

    client.post(CODE, {"code": f" {code[:3]} {code[3:]} "})

    assert get_user(client) == amina


def test_after_signing_in_a_person_is_where_they_wanted_to_be(amina, client):
    response = ask(client, after="/me/")

    assert response.url == f"{CODE}?next=%2Fme%2F"
    response = client.post(response.url, {"code": code_in(mail.outbox[0])})
    assert response.url == "/me/"


def test_signing_in_never_leads_to_another_site(amina, client):
    response = ask(client, after="https://elsewhere.example/")

    response = client.post(response.url, {"code": code_in(mail.outbox[0])})

    assert response.url == reverse("learning")


def test_an_unknown_address_gets_the_same_page_and_no_mail(amina, client):
    pages = {}
    for address in (ADDRESS, "nobody@example.org"):
        asked = ask(client, address)
        shown = without_tokens(client.get(CODE)).replace(address, "")
        tried = without_tokens(client.post(CODE, {"code": "000000"})).replace(address, "")
        pages[address] = (asked.status_code, asked.url, shown, tried)
        client.logout()

    assert pages[ADDRESS] == pages["nobody@example.org"]
    assert [message.to for message in mail.outbox] == [[ADDRESS]]


def test_a_closed_account_gets_the_same_page_and_no_mail(amina, client):
    type(amina).objects.update(is_active=False)

    response = ask(client)

    assert (response.status_code, response.url) == (302, CODE)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "Type your e-mail address, so that we can send your code."),
        (
            "amina.example.org",
            "This does not look like an e-mail address. It needs an @ and a dot.",
        ),
    ],
)
def test_an_address_that_cannot_be_one_comes_back_with_what_to_do(typed, problem, client):
    response = ask(client, typed)

    assert problems(response) == [problem]
    assert re.findall(r'name="email" value="([^"]+)"', words(response)) == [typed] * bool(typed)


def test_a_code_that_does_not_fit_says_so_and_can_be_tried_again(amina, client):
    ask(client)
    code = code_in(mail.outbox[0])

    response = client.post(CODE, {"code": another_code(code)})

    assert problems(response) == [DOES_NOT_FIT]
    assert not get_user(client).is_authenticated
    client.post(CODE, {"code": code})
    assert get_user(client) == amina


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "Type the six figures of the e-mail we sent."),
        ("1" * 21, "This is longer than a code. A code has six figures."),
        ("twelve", DOES_NOT_FIT),
    ],
)
def test_what_cannot_be_a_code_comes_back_with_what_to_do(typed, problem, amina, client):
    ask(client)

    response = client.post(CODE, {"code": typed})

    assert problems(response) == [problem]


def test_after_five_codes_that_do_not_fit_the_right_one_is_too_late(amina, client):
    ask(client)
    code = code_in(mail.outbox[0])

    answers = [client.post(CODE, {"code": another_code(code)}) for _try in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 302]
    assert answers[-1].url == SIGN_IN
    assert said(client.get(SIGN_IN)) == [STOPPED]
    client.post(CODE, {"code": code})
    assert not get_user(client).is_authenticated


def test_a_code_that_was_used_does_not_work_again(amina, client):
    ask(client)
    code = code_in(mail.outbox[0])
    client.post(CODE, {"code": code})
    client.logout()

    response = client.post(CODE, {"code": code})

    assert response.url == SIGN_IN
    assert not get_user(client).is_authenticated


def test_a_code_works_only_in_the_browser_that_asked_for_it(amina, client, client_elsewhere):
    ask(client)
    ask(client_elsewhere, "nobody@example.org")

    response = client_elsewhere.post(CODE, {"code": code_in(mail.outbox[0])})

    assert problems(response) == [DOES_NOT_FIT]


@pytest.fixture
def client_elsewhere():
    from django.test import Client

    return Client()


def grow_old(client, seconds):
    """Let time pass for the code that this browser waits for."""
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] = (
        time.time() - seconds
    )
    session.save()


def test_a_code_works_for_nearly_half_an_hour(amina, client):
    ask(client)
    grow_old(client, 29 * 60)

    client.post(CODE, {"code": code_in(mail.outbox[0])})

    assert get_user(client) == amina


def test_a_code_that_is_too_old_says_so_and_offers_a_new_one(amina, client):
    ask(client)
    grow_old(client, 31 * 60)

    response = client.post(CODE, {"code": code_in(mail.outbox[0])}, follow=True)

    assert response.redirect_chain == [(SIGN_IN, 302)]
    assert said(response) == ["That code is too old now. Ask for a new one here."]
    assert not get_user(client).is_authenticated


def test_a_code_that_is_too_old_keeps_the_way_to_the_group(amina, client):
    response = ask(client, after="/join/K7RT4XWP/")
    grow_old(client, 31 * 60)

    response = client.post(response.url, {"code": code_in(mail.outbox[0])})

    assert response.url == f"{SIGN_IN}?next=%2Fjoin%2FK7RT4XWP%2F"


def test_a_new_code_can_be_asked_for_and_takes_the_place_of_the_first(amina, client):
    ask(client)

    client.post(CODE, {"action": "resend"})

    first, second = (code_in(message) for message in mail.outbox)
    assert problems(client.post(CODE, {"code": first})) == (
        [DOES_NOT_FIT] if first != second else []
    )
    client.post(CODE, {"code": second})
    assert get_user(client) == amina


def test_codes_for_one_address_cannot_be_asked_for_without_end(amina, client):
    answers = []
    for _time in range(4):
        answers.append(ask(client))
        client.logout()

    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert problems(answers[-1]) == [STOPPED]
    assert len(mail.outbox) == 3


def test_nobody_can_sign_up_without_a_groups_code(client):
    response = client.get("/account/sign-up/")

    assert (response.status_code, response.url) == (302, reverse("join"))


def test_signing_in_begins_a_new_session_and_ends_the_one_before_it(amina, client):
    """ASVS 5.0: V7.2.4, V7.2.3 (32 letters and figures, drawn at random)."""
    ask(client)
    before = client.cookies["sessionid"].value

    client.post(CODE, {"code": code_in(mail.outbox[0])})

    after = client.cookies["sessionid"].value
    assert after != before
    assert re.fullmatch("[a-z0-9]{32}", after)
    assert not Session.objects.filter(session_key=before).exists()


def test_who_is_signed_in_is_taken_past_the_sign_in_page(amina, signed_in):
    response = signed_in(amina).get(f"{SIGN_IN}?next=/me/")

    assert response.url == "/me/"


def test_signing_out_asks_first_and_then_leads_to_the_front_page(amina, signed_in):
    client = signed_in(amina)

    asked = client.get("/account/sign-out/")
    still = get_user(client)
    response = client.post("/account/sign-out/")

    assert (asked.status_code, still) == (200, amina)
    assert (response.status_code, response.url) == (302, "/")
    assert not get_user(client).is_authenticated


def test_a_code_goes_to_the_address_we_keep_however_it_was_typed(amina, client):
    ask(client, "AMINA@Example.org")

    assert [message.to for message in mail.outbox] == [[ADDRESS]]
