"""Joining a group with the code or the link that its organiser gave."""

import html
import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from courses import codes
from courses.actions import invitations
from courses.models import Cohort, Enrolment, Invitation, WaitingPlace
from courses.name_list import read
from lms.models import User
from tests.factories.courses import NOW, make_cohort, make_edition, make_enrolment, make_person

pytestmark = pytest.mark.django_db

JOIN = "/join/"
WE_DO_NOT_KNOW = "We do not know this code. Look at it once more, or ask your organiser for it."
CLOSED = "This group is not taking new people now. Please ask the organiser who sent the code."
NEW = {"name": "Amina Yusuf", "email": "amina@example.org"}


@pytest.fixture
def cohort():
    return make_cohort(make_edition(sessions=1))


def link(cohort):
    return reverse("join_cohort", args=[cohort.join_code])


def words(response):
    return html.unescape(response.content.decode())


def problems(response):
    return re.findall(r'class="problem"[^>]*>([^<]+)<', words(response))


def said(response):
    return [str(message).strip() for message in response.context["messages"]]


def fields(response):
    """What the fields of the page's form hold: {name: text}."""
    tags = re.findall(r"<input[^>]+>", words(response))
    attributes = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in tags]
    return {of["name"]: of.get("value", "") for of in attributes if "name" in of}


def without_tokens(response):
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", words(response))


def close(cohort):
    Cohort.objects.filter(pk=cohort.pk).update(joining_open=False)


def fill(cohort):
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)
    make_enrolment(cohort)


def come_in(client, response):
    """Type the code that came by e-mail into the page that asks for it."""
    code = re.search(r"^(\d{6})$", mail.outbox[-1].body, re.M)[1]
    return client.post(response.url, {"code": code})


# --- The code ----------------------------------------------------------------------------------


def as_typed(code):
    yield code
    yield code.lower()
    yield f" {code[:4]}-{code[4:]} "
    yield f"{code[:4]} {code[4:]}".lower()


@pytest.mark.parametrize("way", range(4))
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_code_leads_to_its_group_however_it_is_typed(method, way, cohort, client):
    typed = list(as_typed(cohort.join_code))[way]

    response = getattr(client, method)(JOIN, {"code": typed})

    assert (response.status_code, response.url) == (302, link(cohort))


@given(
    code=st.text(codes.SYMBOLS, min_size=8, max_size=8),
    between=st.lists(st.sampled_from(["", " ", "-", ".", "\t", "–"]), min_size=9, max_size=9),
    small=st.booleans(),
)
def test_no_blank_dash_or_small_letter_changes_a_code(code, between, small):
    typed = "".join(gap + symbol for gap, symbol in zip(between, code, strict=False))

    assert codes.read((typed.lower() if small else typed) + between[-1]) == code


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_code_that_nobody_gave_out_is_asked_for_again(method, cohort, client):
    response = getattr(client, method)(JOIN, {"code": "K7RT-0000"})

    assert response.status_code == 422
    assert problems(response) == [WE_DO_NOT_KNOW]
    assert fields(response)["code"] == "K7RT-0000"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "Type the code that your organiser gave you."),
        ("  ", "Type the code that your organiser gave you."),
        ("---", WE_DO_NOT_KNOW),
        ("ß" * 60, WE_DO_NOT_KNOW),
        ("K" * 61, "This is longer than a code. A code has eight letters and figures."),
    ],
)
def test_what_cannot_be_a_code_comes_back_with_what_to_do(typed, problem, client):
    response = client.post(JOIN, {"code": typed})

    assert (response.status_code, problems(response)) == (422, [problem])


def test_the_page_that_asks_for_a_code_begins_without_a_problem(client):
    response = client.get(JOIN)

    assert (response.status_code, problems(response)) == (200, [])


def test_a_link_that_nobody_gave_out_leads_to_the_question_for_the_code(client):
    response = client.get("/join/k7rt0000/", follow=True)

    assert response.redirect_chain == [("/join/?code=k7rt0000", 302)]
    assert problems(response) == [WE_DO_NOT_KNOW]


def test_a_link_says_what_group_it_is_and_who_to_turn_to(cohort, client):
    response = client.get(link(cohort))

    page = words(response)
    assert re.findall(r"<h1>([^<]+)</h1>", page) == ["Join Tuesday group"]
    assert "This group takes “Becoming a peer facilitator” together, and meets in person." in page
    assert "If not, tell Maria Lopez." in page


def test_a_link_names_nobody_who_is_in_the_group(cohort, client):
    make_enrolment(cohort, make_person("Secret Person"))

    assert "Secret Person" not in words(client.get(link(cohort)))


# --- Coming in for the first time --------------------------------------------------------------


def test_a_newcomer_joins_with_a_name_and_an_address(cohort, client):
    response = client.post(link(cohort), NEW)
    response = come_in(client, response)

    assert response.url == link(cohort)
    newcomer = User.objects.get(email="amina@example.org")
    assert get_user(client) == newcomer
    assert (newcomer.name, newcomer.has_usable_password()) == ("Amina Yusuf", False)
    assert not Enrolment.objects.exists()

    response = client.post(link(cohort), follow=True)

    enrolment = Enrolment.objects.get()
    assert (enrolment.trainee, enrolment.cohort) == (newcomer, cohort)
    assert response.redirect_chain == [(reverse("course", args=[enrolment.pk]), 302)]
    assert said(response) == ["You are in. Welcome!"]


def test_a_known_address_and_an_unknown_one_look_the_same(cohort, client):
    make_person("Amina Yusuf", email="known@example.org")
    pages = {}

    for address in ("known@example.org", "unknown@example.org"):
        asked = client.post(link(cohort), {"name": "Somebody Else", "email": address})
        shown = without_tokens(client.get(asked.url)).replace(address, "")
        pages[address] = (asked.status_code, asked.url, shown)
        client.logout()

    assert pages["known@example.org"] == pages["unknown@example.org"]
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        (["known@example.org"], "Your sign-in code"),
        (["unknown@example.org"], "Your sign-in code"),
    ]


def test_nobody_can_rename_a_person_by_joining_with_their_address(cohort, client):
    known = make_person("Amina Yusuf", email="known@example.org")

    client.post(link(cohort), {"name": "Somebody Else", "email": "Known@Example.org"})

    known.refresh_from_db()
    assert known.name == "Amina Yusuf"
    assert User.objects.filter(email__iexact="known@example.org").get() == known


def test_a_closed_account_looks_the_same_and_gets_no_mail(cohort, client):
    make_person(email="closed@example.org", is_active=False)

    response = client.post(link(cohort), {**NEW, "email": "closed@example.org"})

    assert (response.status_code, response.url.split("?")[0]) == (302, "/account/sign-in/code/")
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": ""}, "Tell us what to call you."),
        ({"name": "a" * 121}, "This name is too long for us. Please make it shorter."),
        (
            {"name": "Amina 🌱"},
            "We cannot print the character “🌱” on a certificate. "
            "Please leave it out or write it another way.",
        ),
        ({"email": ""}, "Type your e-mail address, so that we can send your code."),
        (
            {"email": "amina"},
            "This does not look like an e-mail address. It needs an @ and a dot.",
        ),
    ],
)
def test_what_is_not_right_is_named_and_nothing_is_lost(changes, problem, cohort, client):
    response = client.post(link(cohort), {**NEW, **changes})

    assert (response.status_code, problems(response)) == (422, [problem])
    held = fields(response)
    assert {part: held[part] for part in NEW} == {**NEW, **changes}
    assert (mail.outbox, User.objects.filter(email__startswith="amina").count()) == ([], 0)


@pytest.mark.parametrize("name", ["Siân Ŵyn Parry", "Łukasz", "Nguyễn Thị Hoa", "Ελένη", "O’Neil"])
def test_names_are_kept_as_people_write_them(name, cohort, client):
    client.post(link(cohort), {**NEW, "name": name})

    assert User.objects.get(email="amina@example.org").name == name


# --- Coming in with an account -----------------------------------------------------------------


def test_a_signed_in_person_joins_with_one_press(cohort, signed_in):
    person = make_person("Amina Yusuf")
    client = signed_in(person)
    shown = words(client.get(link(cohort)))

    response = client.post(link(cohort))

    assert "You are signed in as Amina Yusuf." in shown
    assert response.url == reverse("course", args=[Enrolment.objects.get().pk])


def test_opening_the_link_does_not_join(cohort, signed_in):
    signed_in(make_person()).get(link(cohort))

    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("state", [{}, {"joining_open": False}, {"capacity": 1}])
def test_who_is_in_already_is_taken_to_their_course(state, method, cohort, signed_in):
    enrolment = make_enrolment(cohort)
    Cohort.objects.filter(pk=cohort.pk).update(**{"capacity": 16, **state})

    response = getattr(signed_in(enrolment.trainee), method)(link(cohort))

    assert response.url == reverse("course", args=[enrolment.pk])
    assert Enrolment.objects.count() == 1


# --- Groups that take nobody -------------------------------------------------------------------


def test_a_closed_group_says_so_and_asks_for_nothing(cohort, client):
    close(cohort)

    response = client.get(link(cohort))

    assert CLOSED in words(response)
    assert "email" not in fields(response)


def test_a_closed_group_makes_no_account(cohort, client):
    close(cohort)

    response = client.post(link(cohort), NEW)

    assert CLOSED in words(response)
    assert not User.objects.filter(email=NEW["email"]).exists()
    assert mail.outbox == []


def test_a_closed_group_lets_no_signed_in_person_in(cohort, signed_in):
    close(cohort)

    response = signed_in(make_person()).post(link(cohort), follow=True)

    assert (response.redirect_chain, said(response)) == ([(link(cohort), 302)], [])
    assert CLOSED in words(response)
    assert not Enrolment.objects.exists()


def test_a_full_group_says_so_and_what_to_do(cohort, signed_in):
    fill(cohort)

    response = signed_in(make_person()).post(link(cohort), follow=True)

    assert (response.redirect_chain, said(response)) == (
        [(link(cohort), 302)],
        ["This group is full. You can put yourself on the waiting list."],
    )
    assert "Put me on the waiting list" in words(response)
    assert Enrolment.objects.count() == 1


def test_a_newcomer_to_a_full_group_may_wait_for_a_place(cohort, client):
    fill(cohort)

    shown = client.get(link(cohort))
    response = come_in(client, client.post(link(cohort), NEW))
    response = client.post(response.url, {"wait": "1"}, follow=True)

    assert "This group is full now." in words(shown)
    assert said(response) == ["You are on the waiting list. We write to you."]
    assert "Take me off the waiting list" in words(response)
    [waits] = WaitingPlace.objects.waiting()
    assert (waits.cohort, waits.person.email) == (cohort, NEW["email"])


def test_who_waits_sees_it_under_my_learning_and_may_leave_the_list(cohort, signed_in):
    fill(cohort)
    client = signed_in(make_person())
    client.post(link(cohort), {"wait": "1"})

    shown = words(client.get("/learning/"))
    response = client.post(reverse("stop_waiting", args=[cohort.pk]), follow=True)

    assert "You are on the waiting list." in shown
    assert said(response) == ["You are no longer on the waiting list."]
    assert not WaitingPlace.objects.waiting().exists()


def test_nobody_leaves_the_list_for_somebody_else(cohort, signed_in):
    fill(cohort)
    signed_in(make_person()).post(link(cohort), {"wait": "1"})

    response = signed_in(make_person()).post(reverse("stop_waiting", args=[cohort.pk]))

    assert response.status_code == 404
    assert WaitingPlace.objects.waiting().count() == 1


# --- Invitations -------------------------------------------------------------------------------


@pytest.fixture
def invitation(cohort):
    lines = read("Amina Yusuf, amina@example.org")
    invitations.invite(cohort=cohort, lines=lines, by=make_person("Oluchi"), at=timezone.now())
    return Invitation.objects.get()


def invited(invitation):
    return reverse("join_invited", args=[invitation.token])


def test_an_invitation_fills_in_the_name_and_the_address_and_lets_in(invitation, client):
    form = fields(client.get(invited(invitation)))

    response = come_in(client, client.post(invited(invitation), NEW))
    response = client.post(response.url, follow=True)

    assert (form["name"], form["email"]) == ("Amina Yusuf", "amina@example.org")
    enrolment = Enrolment.objects.get()
    assert response.redirect_chain[-1][0] == reverse("course", args=[enrolment.pk])
    invitation.refresh_from_db()
    assert (invitation.enrolment, invitation.person) == (enrolment, get_user(client))


def test_an_invitation_opens_a_door_that_is_closed_to_the_code(invitation, cohort, signed_in):
    close(cohort)

    signed_in(make_person(email="amina@example.org")).post(invited(invitation))

    assert Enrolment.objects.get().trainee.email == "amina@example.org"


def test_an_invitation_lets_in_one_person(invitation, signed_in):
    signed_in(make_person("Amina")).post(invited(invitation))

    response = signed_in(make_person("Dev")).post(invited(invitation), follow=True)

    assert said(response)[-1] == (
        "Somebody has used this invitation already. Was it you? Then sign in."
    )
    assert Enrolment.objects.get().trainee.name == "Amina"


def test_an_invitation_that_was_used_shows_a_stranger_neither_name_nor_address(
    invitation, signed_in, client
):
    signed_in(make_person("Amina")).post(invited(invitation))
    client.logout()

    response = client.get(invited(invitation))

    assert (response.status_code, response.url) == (302, "/account/sign-in/?next=%2Flearning%2F")


def test_an_invitation_that_has_run_out_says_so_and_whom_to_ask(invitation, client, signed_in):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))

    answers = [
        client.get(f"/join/i/{invitation.token}/"),
        signed_in(make_person()).post(f"/join/i/{invitation.token}/"),
    ]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "This invitation has run out" in words(answers[0])
    assert f"ask {invitation.by.name} of" in words(answers[0])
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("token", ["taken-back", "x" * 40, "i"])
def test_an_invitation_taken_back_and_one_that_never_was_look_the_same(token, invitation, client):
    if token == "taken-back":
        token = invitation.token
        invitations.withdraw(invitation=invitation, at=NOW)

    response = client.get(f"/join/i/{token}/")

    assert response.status_code == 410
    assert "This invitation is no longer open" in words(response)
    assert "Amina" not in words(response)


def test_a_place_that_somebody_left_is_free_again(cohort, signed_in):
    fill(cohort)
    Enrolment.objects.update(left_at=cohort.started_at)

    signed_in(make_person()).post(link(cohort))

    assert Enrolment.objects.filter(left_at=None).count() == 1
