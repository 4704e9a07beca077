"""Checking a certificate: what strangers and their programs are told."""

import html
import json
import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from certificates import guessing, numbers
from certificates.actions import afterwards, issuing
from certificates.models import Certificate
from courses.dates import after_months
from tests.certificates.make import (
    ISSUED_AT,
    make_certificate,
    make_ready_certificate,
    said,
    withdrawn,
)
from tests.factories.courses import make_organisation, make_person

pytestmark = pytest.mark.django_db
UNKNOWN = "9X06-PSRW-67T2"
MISTYPED = "9X06-PSRW-67T3"


@pytest.fixture(autouse=True)
def _nobody_has_guessed():
    cache.clear()


def page(client, certificate):
    return client.get(reverse("check", args=[certificate.shown_serial]))


def told(client, certificate):
    return client.get(reverse("check_json", args=[certificate.shown_serial])).json()


def renamed(certificate, name):
    return issuing.reissue(
        certificate=certificate, because="name", name=name, by=certificate.holder, at=ISSUED_AT
    )


def hide_name(certificate):
    afterwards.show_name(milestone=certificate.milestone, is_hidden=True, at=ISSUED_AT)


# --- checking: anyone ------------------------------------------------------------------------


def test_the_check_page_says_valid_and_shows_all_that_is_printed(client):
    organisation = make_organisation("Canal Street Peer Support")
    certificate = make_certificate(
        trainee=make_person("Zoë Núñez"), organisation=organisation, title="Listening well"
    )

    response = client.get(reverse("check", args=[certificate.shown_serial]))

    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert said(response) == (
        f"{certificate.shown_serial} This certificate is valid Below is everything that is "
        "printed on it. Please compare it with the paper: each line should be the same. Name "
        "Zoë Núñez Completed the course Listening well Edition of the course 1 Hours 20 First day "
        "1 September 2026 Last day 1 September 2026 In that time they took part in live sessions "
        "Issued by Canal Street Peer Support Issued on 6 October 2026 It is for completing a "
        "course. Leading a group needs a separate sign-off."
    )


def test_a_withdrawn_one_shows_the_day_and_nothing_else(client):
    certificate = withdrawn(make_certificate(trainee=make_person("Zoë Núñez")))

    response = client.get(reverse("check", args=[certificate.shown_serial]))

    assert response.status_code == 200
    assert said(response) == (
        f"{certificate.shown_serial} This certificate was withdrawn It no longer counts, since "
        "6 October 2026. We do not say more than that, to anyone."
    )


def test_a_serial_that_was_never_issued_is_not_known(client):
    response = client.get(reverse("check", args=[UNKNOWN]))

    assert response.status_code == 404
    assert "No certificate with this number was issued here." in said(response)


def test_a_mistyped_serial_is_told_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(reverse("check", args=[MISTYPED]))

    assert response.status_code == 404
    assert "One of its letters or figures is not as printed" in said(response)


@pytest.mark.parametrize("typed", ["9x06psrw67t2", "9X06 PSRW 67T2", "9xo6-psrw-67t2"])
def test_a_serial_typed_in_another_way_leads_to_its_page(client, typed):
    response = client.get(reverse("check", args=[typed]))

    assert (response.status_code, response.url) == (302, f"/v/{UNKNOWN}/")


def test_the_address_in_the_qr_code_leads_to_the_page(client):
    response = client.get(f"/V/{UNKNOWN}/")

    assert (response.status_code, response.url) == (302, f"/v/{UNKNOWN}/")


@pytest.mark.one_machine
def test_a_stranger_checks_in_two_queries(client, django_assert_num_queries):
    """One asks whether they guessed too often, one for the certificate."""
    certificate = make_certificate()

    with django_assert_num_queries(2):
        client.get(reverse("check", args=[certificate.shown_serial]))


def test_the_check_address_is_absolute(settings):
    settings.SITE_ADDRESS = "https://peers.example"

    assert Certificate(serial="9X06PSRW67T2").check_url == f"https://peers.example/v/{UNKNOWN}/"


def test_the_form_leads_to_the_check_page(client):
    response = client.get(reverse("check_form"), {"serial": " 9x06 psrw 67t2 "})

    assert (response.status_code, response.url) == (302, f"/v/{UNKNOWN}/")


def test_the_form_asks_to_look_again(client):
    asked = said(client.get(reverse("check_form")))
    mistyped = said(client.get(reverse("check_form"), {"serial": MISTYPED}))
    empty = said(client.get(reverse("check_form"), {"serial": ""}))

    again = "One of the letters or figures is not as printed. Please look once more."
    assert (again in asked, again in mistyped) == (False, True)
    assert "Type the number that is printed on the certificate." in empty


# --- every state -------------------------------------------------------------------------------


def test_a_replaced_one_says_so_and_neither_name(client):
    old = make_certificate(trainee=make_person("Rhiannon Prŷs"))
    new = renamed(old, "Rhys Prŷs")

    words = said(page(client, old))

    assert words == (
        f"{old.shown_serial} There is a newer one in its place This certificate was replaced on "
        "6 October 2026. That is nothing bad: people change their names, and mistakes in print "
        "are put right. Please ask the person who showed it to you for the newer one, and check "
        "its number."
    )
    assert "Rhys Prŷs" in said(page(client, new))


def test_C7_one_of_ready_says_until_when_it_counts(client):
    today = timezone.localdate()
    certificate = make_ready_certificate(trained=today)

    until = after_months(today, 12)
    assert f"Valid until {until.day} " in said(page(client, certificate))
    assert told(client, certificate)["valid_until"] == until.isoformat()


def test_C7_one_that_lapsed_says_until_when_it_counted_and_what_is_printed(client):
    trained = timezone.localdate().replace(day=1, year=timezone.localdate().year - 2)
    certificate = make_ready_certificate(trained, trainee=make_person("Zoë Núñez"))

    words = said(page(client, certificate))

    assert "This certificate counted until 1 " in words
    assert "It was earned, and all of it is true." in words
    assert "Name Zoë Núñez" in words
    assert told(client, certificate)["state"] == "lapsed"


def test_C7_one_that_is_paused_says_no_reason(client):
    certificate = make_ready_certificate()
    afterwards.pause(
        milestone=certificate.milestone,
        day=timezone.localdate(),
        reason="ill",
        by=certificate.holder,
        at=ISSUED_AT,
    )

    words = said(page(client, certificate))

    assert "This certificate is paused" in words
    assert not re.search(r"\b(ill|unwell|not well|cares?)\b", words)
    assert told(client, certificate)["state"] == "paused"


def test_an_active_facilitator_is_called_so(client):
    certificate = make_ready_certificate()
    day = timezone.localdate()
    assert "active" not in said(page(client, certificate))

    afterwards.renew(
        milestone=certificate.milestone,
        kind="series",
        day=day,
        by=certificate.holder,
        at=ISSUED_AT,
    )

    assert "Its holder is an active facilitator, until" in said(page(client, certificate))
    assert told(client, certificate)["active_until"] == after_months(day, 12).isoformat()


# --- for programs ------------------------------------------------------------------------------


def test_the_json_says_what_the_page_says(client, settings):
    organisation = make_organisation("Canal Street Peer Support")
    certificate = make_certificate(
        trainee=make_person("Zoë Núñez"), organisation=organisation, title="Listening well"
    )

    response = client.get(reverse("check_json", args=[certificate.shown_serial]))

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json() == {
        "number": certificate.shown_serial,
        "state": "valid",
        "name": "Zoë Núñez",
        "reached": "completion",
        "course": "Listening well",
        "edition": 1,
        "hours": 20.0,
        "first_day": "2026-09-01",
        "last_day": "2026-09-01",
        "done": ["took part in live sessions"],
        "competencies": [],
        "organisation": "Canal Street Peer Support",
        "issued_on": "2026-10-06",
        "valid_until": None,
        "active_until": None,
        "language": certificate.language,
        "pdf_sha256": certificate.pdf_sha256,
        "badge": f"{settings.SITE_ADDRESS}/v/{certificate.shown_serial}/badge.json",
    }


def test_the_json_of_one_that_ended_says_since_when_and_no_more(client):
    gone = withdrawn(make_certificate())
    old = make_certificate()
    renamed(old, "Rhys")

    assert told(client, gone) == {
        "number": gone.shown_serial,
        "state": "withdrawn",
        "since": "2026-10-06",
    }
    assert told(client, old) == {
        "number": old.shown_serial,
        "state": "replaced",
        "since": "2026-10-06",
    }


@pytest.mark.parametrize("serial", [UNKNOWN, MISTYPED, "x" * 500])
def test_the_json_of_an_unknown_number(client, serial):
    response = client.get(reverse("check_json", args=[serial]))

    assert response.status_code == 404
    assert response.json() == {"number": serial[:60], "state": "not known"}


def test_nobody_learns_an_address_or_an_account(client):
    person = make_person("Zoë Núñez", email="zoe.private@example.org")
    certificate = make_certificate(trainee=person)

    told_in_all = page(client, certificate).content.decode() + json.dumps(
        told(client, certificate)
    )

    assert "zoe.private" not in told_in_all
    assert not re.search(rf"/(users?|people|certificates)/{person.pk}\b", told_in_all)


# --- a name that its holder keeps to themselves ------------------------------------------------


def test_a_hidden_name_is_on_no_page_and_in_no_json(client):
    certificate = make_certificate(trainee=make_person("Zoë Núñez"))
    hide_name(certificate)

    response = page(client, certificate)

    assert "Núñez" not in response.content.decode()
    assert "Type the name as it is printed" in said(response)
    assert "name" not in told(client, certificate)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("zoe nunez", "Yes: “zoe nunez” is the name on it."),
        ("Zoë Nuñes", "“Zoë Nuñes” is not the name on it."),
        ("<b>Zoë</b>", "“<b>Zoë</b>” is not the name on it."),
        (" ", "Type the name that is printed on the certificate."),
    ],
)
def test_who_types_a_name_is_told_whether_it_is_the_one(client, typed, answer):
    certificate = make_certificate(trainee=make_person("Zoë Núñez"))
    hide_name(certificate)

    response = client.post(reverse("check", args=[certificate.shown_serial]), {"name": typed})

    assert html.unescape(answer) in html.unescape(said(response))
    assert "Núñez" not in response.content.decode()


# --- guessing ----------------------------------------------------------------------------------


def guesses(how_many):
    """Numbers that look right, and that nobody was given."""
    for n in range(how_many):
        eleven = f"{n:011d}"
        yield numbers.shown(eleven + numbers.check_symbol(eleven))


def test_who_guesses_numbers_is_asked_to_wait_and_learns_nothing(client):
    certificate = make_certificate()

    statuses = [
        client.get(reverse("check", args=[serial])).status_code
        for serial in guesses(guessing.GUESSES + 3)
    ]

    assert statuses == [404] * guessing.GUESSES + [429] * 3
    assert page(client, certificate).status_code == 429
    assert client.get(reverse("check_json", args=[UNKNOWN])).status_code == 429


def test_a_hundred_thousand_guesses_would_hit_nobody():
    """Eleven symbols of twenty-nine: of 10^16 numbers, and no two guesses are the same."""
    for _n in range(3):
        make_certificate()
    guessed = {numbers.new_serial() for _n in range(100_000)}

    issued = set(Certificate.objects.values_list("serial", flat=True))

    assert (len(guessed), len(issued)) == (100_000, 3)
    assert guessed & issued == set()


def test_who_guesses_names_is_asked_to_wait(client):
    certificate = make_certificate()
    hide_name(certificate)
    address = reverse("check", args=[certificate.shown_serial])

    statuses = [
        client.post(address, {"name": f"Somebody {n}"}).status_code
        for n in range(guessing.GUESSES + 1)
    ]

    assert statuses == [200] * guessing.GUESSES + [429]


def test_who_checks_what_there_is_is_never_asked_to_wait(client):
    certificate = make_certificate()

    statuses = {page(client, certificate).status_code for _n in range(guessing.GUESSES + 3)}

    assert statuses == {200}


def test_another_visitor_does_not_wait(client):
    for serial in guesses(guessing.GUESSES + 1):
        client.get(reverse("check", args=[serial]))

    response = client.get(reverse("check", args=[UNKNOWN]), REMOTE_ADDR="10.0.0.9")

    assert response.status_code == 404


def test_C7_where_the_day_has_moved_both_days_are_said(client):
    certificate = make_ready_certificate()
    printed, day = certificate.printed_until, timezone.localdate()
    before = said(page(client, certificate))

    afterwards.renew(
        milestone=certificate.milestone,
        kind="refresher",
        day=day,
        by=certificate.holder,
        at=ISSUED_AT,
    )

    after = said(page(client, certificate))
    assert "On the paper" not in before
    assert f"Valid until {after_months(day, 12):%-d %B %Y}." in after
    assert f"On the paper it says {printed:%-d %B %Y}. The day has moved" in after
