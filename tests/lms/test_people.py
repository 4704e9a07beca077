"""A person's own screens: my learning, my name, and how pages look."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from certificates.actions import issuing
from courses.actions import catalogue
from courses.models import RoleKind
from lms.models import User
from tests.factories.courses import (
    NOW,
    attend,
    finish_all_lessons,
    make_cohort,
    make_edition,
    make_enrolment,
    make_milestone,
    make_organisation,
    make_person,
    make_role,
)

pytestmark = pytest.mark.django_db

LEARNING, ME, DISPLAY = "/learning/", "/me/", "/display/"


def words(response):
    return html.unescape(response.content.decode())


def problems(response):
    return re.findall(r'class="problem"[^>]*>([^<]+)<', words(response))


def said(response):
    return [str(message).strip() for message in response.context["messages"]]


def offers(response):
    """What the page offers: the heading of each card, and where its first button leads."""
    main = re.search(r"<main.*?</main>", words(response), re.S)[0]
    cards = re.findall(r'<(?:section|div) class="(?:card|empty).*?</(?:section|div)>', main, re.S)
    return [
        (
            re.sub(r"<[^>]+>", "", (re.findall(r"<h2>(.*?)</h2>|<p>(.*?)</p>", card)[0][0])),
            re.findall(r'class="btn[^"]*" href="([^"]+)"', card)[:1],
        )
        for card in cards
    ]


# --- My learning -------------------------------------------------------------------------------


def test_a_trainee_finds_their_course_and_carries_on(signed_in):
    enrolment = make_enrolment(make_cohort(make_edition(sessions=1)))

    response = signed_in(enrolment.trainee).get(LEARNING)

    assert re.findall(r"<h1>([^<]+)</h1>", words(response)) == ["Hello, Amina Yusuf"]
    assert offers(response) == [
        ("Becoming a peer facilitator", [reverse("carry_on", args=[enrolment.pk])])
    ]


def test_a_course_that_is_completed_can_be_read_again(signed_in):
    enrolment = make_enrolment(make_cohort(make_edition(sessions=1)))
    attend(enrolment, 1)
    finish_all_lessons(enrolment)

    response = signed_in(enrolment.trainee).get(LEARNING)

    assert offers(response) == [
        ("Becoming a peer facilitator", [reverse("course", args=[enrolment.pk])])
    ]


def test_certificates_are_listed_by_the_course_they_are_for(signed_in):
    certificate = issuing.issue(milestone=make_milestone(), at=NOW)

    page = words(signed_in(certificate.holder).get(LEARNING))

    listed = re.search(r'<section id="certificates">.*?</section>', page, re.S)[0]
    assert re.findall(r'<a href="([^"]+)">([^<]*)</a>', listed) == [
        (certificate.get_absolute_url(), "Becoming a peer facilitator")
    ]


def test_nobody_sees_the_certificates_of_others(signed_in):
    certificate = issuing.issue(milestone=make_milestone(), at=NOW)
    client = signed_in(make_enrolment(certificate.milestone.enrolment.cohort).trainee)

    assert certificate.get_absolute_url() not in words(client.get(LEARNING))


DESK = ("Lessons you write", ["/cms/"])
GROUPS = ("Groups you look after", ["/organise/"])
MENTORING = ("People you mentor", ["/mentoring/"])
WATCHING = ("Watching practice", ["/observe/"])


@pytest.mark.parametrize(
    ("kinds", "offered"),
    [
        ([RoleKind.ORGANISER], [GROUPS]),
        ([RoleKind.PEER_EDUCATOR], [DESK]),
        ([RoleKind.OBSERVER], [WATCHING]),
        ([RoleKind.FACILITATOR], [GROUPS]),
        ([RoleKind.MENTOR], [MENTORING]),
        (list(RoleKind), [GROUPS, DESK, WATCHING, MENTORING]),
    ],
)
def test_each_role_finds_its_own_door(kinds, offered, signed_in):
    catalogue.set_up(title="Alongside", lead="Training for peers.", body="")
    person, organisation = make_person(), make_organisation()
    for kind in kinds:
        make_role(person, organisation, kind)

    assert offers(signed_in(person).get(LEARNING)) == offered


def test_who_leads_a_session_finds_its_group(signed_in):
    facilitator = make_person()
    make_cohort(make_edition(sessions=1), facilitator=facilitator)

    assert offers(signed_in(facilitator).get(LEARNING)) == [GROUPS]


def test_who_has_no_course_and_no_role_is_asked_for_a_code(signed_in):
    response = signed_in(make_person()).get(LEARNING)

    assert offers(response) == [("", [reverse("join")])]
    assert "Your courses will be here." in words(response)
    assert 'class="worry"' not in words(response)


@pytest.mark.parametrize("name", [LEARNING, ME])
def test_these_pages_are_for_people_who_are_signed_in(name, client):
    assert client.get(name).url == f"/account/sign-in/?next={name}"


@pytest.mark.parametrize("enrolments", [1, 3])
def test_my_learning_takes_eight_queries(
    enrolments, signed_in, django_assert_num_queries, django_capture_on_commit_callbacks
):
    person, edition = make_person(), make_edition(sessions=1)
    for _n in range(enrolments):
        enrolment = make_enrolment(make_cohort(edition), person)
        make_role(person, enrolment.cohort.organisation, RoleKind.OBSERVER)
        with django_capture_on_commit_callbacks(execute=True):
            attend(enrolment, 1)
            finish_all_lessons(enrolment)
    client = signed_in(person)
    client.get(LEARNING)

    with django_assert_num_queries(8):
        response = client.get(LEARNING)

    assert len(response.context["certificates"]) == enrolments


# --- My name -----------------------------------------------------------------------------------


@pytest.fixture
def amina(signed_in):
    person = make_person("Amina Yusuf", email="amina@example.org")
    return signed_in(person)


def kept():
    return User.objects.values_list("name", "certificate_name").get(email="amina@example.org")


def test_a_person_says_what_to_be_called_and_what_a_certificate_says(amina):
    response = amina.post(ME, {"name": "Min", "certificate_name": "Amina Ŵyn Yusuf"}, follow=True)

    assert response.redirect_chain == [(ME, 302)]
    assert said(response) == ["Saved."]
    assert kept() == ("Min", "Amina Ŵyn Yusuf")


CANNOT_PRINT = (
    "We cannot print the character “🌱” on a certificate. "
    "Please leave it out or write it another way."
)
TOO_LONG = "This name is too long for us. Please make it shorter."


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": ""}, "Tell us what to call you."),
        ({"name": "a" * 121}, TOO_LONG),
        ({"certificate_name": "a" * 121}, TOO_LONG),
        ({"name": "Amina 🌱"}, CANNOT_PRINT),
        ({"certificate_name": "Amina 🌱"}, CANNOT_PRINT),
    ],
)
def test_a_name_that_cannot_be_kept_is_named_and_still_there(changes, problem, amina):
    sent = {"name": "Amina Yusuf", "certificate_name": "", **changes}

    response = amina.post(ME, sent)

    assert (response.status_code, problems(response)) == (422, [problem])
    inputs = re.findall(r"<input[^>]+>", words(response))
    held = {
        of["name"]: of.get("value", "")
        for of in (dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in inputs)
    }
    assert {part: held[part] for part in sent} == sent
    assert kept() == ("Amina Yusuf", "")


def test_a_person_changes_nobody_but_themselves(amina):
    other = make_person("Tom Price")

    amina.post(ME, {"name": "Min", "certificate_name": "", "pk": other.pk, "email": "x@y.org"})

    other.refresh_from_db()
    assert other.name == "Tom Price"
    assert kept() == ("Min", "")


# --- How pages look ----------------------------------------------------------------------------

CHOSEN = {"theme": "dark", "text": "largest", "spacing": "open"}


def looks(response):
    """How a page is set to look."""
    return dict(re.findall(r'data-(theme|text|spacing)="(\w+)"', words(response)))


def test_pages_look_as_the_device_does_until_something_is_chosen(client):
    assert looks(client.get(DISPLAY)) == {"theme": "auto", "text": "normal", "spacing": "normal"}


def test_what_is_chosen_is_kept_on_the_device_for_every_page(client):
    response = client.post(DISPLAY, CHOSEN, follow=True)

    assert response.redirect_chain == [(DISPLAY, 302)]
    assert said(response) == ["Saved for this device."]
    assert [looks(client.get(page)) for page in (DISPLAY, "/join/", "/nowhere/")] == [CHOSEN] * 3
    assert looks(Client().get(DISPLAY))["theme"] == "auto"


def test_the_cookie_is_plain_lasting_and_not_for_scripts(client):
    cookie = client.post(DISPLAY, CHOSEN).cookies["display"]

    assert cookie.value == "theme:dark|text:largest|spacing:open"
    assert (cookie["max-age"], cookie["samesite"], cookie["httponly"]) == (31536000, "Lax", True)


def test_what_is_not_chosen_stays_as_it_was(client):
    client.post(DISPLAY, CHOSEN)

    client.post(DISPLAY, {"theme": "light", "text": "enormous"})

    assert looks(client.get(DISPLAY)) == {**CHOSEN, "theme": "light"}


def test_the_page_shows_what_is_chosen(client):
    client.post(DISPLAY, CHOSEN)

    page = words(client.get(DISPLAY))

    chosen = re.findall(r'name="(\w+)" value="(\w+)" checked', page)
    assert dict(chosen) == CHOSEN


def test_who_came_from_a_page_is_taken_back_to_it(client):
    page = words(client.get(f"{DISPLAY}?next=/join/"))
    assert '<input type="hidden" name="next" value="/join/">' in page

    assert client.post(DISPLAY, {**CHOSEN, "next": "/join/"}).url == "/join/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "http:///elsewhere.example/",
        "javascript:alert(1)",
        "",
    ],
)
def test_nobody_is_taken_to_another_site(elsewhere, client):
    assert client.post(DISPLAY, {**CHOSEN, "next": elsewhere}).url == DISPLAY


# --- In which language ---------------------------------------------------------------------------


def language_of(response):
    return re.search(r'<html lang="([\w-]+)"', words(response)).group(1)


def test_pages_are_in_the_browsers_language_until_another_is_chosen(client):
    assert language_of(client.get(DISPLAY)) == "en-gb"
    assert language_of(client.get(DISPLAY, headers={"accept-language": "es-MX,es"})) == "es"


def test_every_page_offers_the_other_languages_in_their_own_names(client):
    page = words(client.get(f"{DISPLAY}?next=/join/"))

    link = f'<a href="/language/es/?next={DISPLAY}%3Fnext%3D/join/" lang="es" hreflang="es"'
    assert re.findall(r'<a href="/language[^>]*>([^<]+)</a>', page) == ["Español"]
    assert link.replace("/join/", "%2Fjoin%2F").replace(DISPLAY, "%2Fdisplay%2F") in page


def test_the_chosen_language_is_kept_on_the_device(client):
    response = client.get(f"/language/es/?next={DISPLAY}")

    assert response.url == DISPLAY
    assert response.cookies["django_language"].value == "es"
    assert language_of(client.get(DISPLAY)) == "es"


def test_a_language_that_is_not_offered_is_not_found(client):
    assert client.get("/language/tlh/").status_code == 404


def test_choosing_a_language_takes_nobody_to_another_site(client):
    assert client.get("/language/es/?next=https://elsewhere.example/").url == "/"
