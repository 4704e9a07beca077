import json

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from openbadgeslib import baking as foreign

from certificates import badges
from certificates.models import NameTurn, ReplacedBecause
from tests.certificates.badges.make import make_badged, make_badged_ready, withdraw
from tests.certificates.make import ISSUED_AT

pytestmark = pytest.mark.django_db

BADGES = ["badge_json", "badge_svg", "badge_png"]
GONE = "This badge no longer counts: its certificate was withdrawn or replaced."


def address(name, certificate):
    return reverse(name, args=[certificate.shown_serial])


def hide(certificate, is_hidden=True):
    NameTurn.objects.create(milestone=certificate.milestone, is_hidden=is_hidden, at=ISSUED_AT)


def carried(name, content):
    """The badge that a file carries."""
    if name == "badge_svg":
        content = foreign.extract_svg(content, element=foreign.SVG_ELEMENT_OB3, text_fallback=True)
    if name == "badge_png":
        content = foreign.extract_png(content, keyword=foreign.ITXT_KEYWORD_OB3)
    return json.loads(content)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("badge_json", "application/vc+ld+json"),
        ("badge_svg", "image/svg+xml"),
        ("badge_png", "image/png"),
    ],
)
def test_anyone_from_any_site_gets_the_badge_as_data_and_in_pictures(client, name, media_type):
    certificate = make_badged()

    response = client.get(address(name, certificate))

    assert response.status_code == 200
    assert response["Content-Type"] == media_type
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["X-Robots-Tag"] == "noindex"
    assert carried(name, response.content) == badges.credential(certificate)


@pytest.mark.parametrize("name", BADGES)
@pytest.mark.parametrize("serial", ["9X06-PSRW-67T2", "9X06-PSRW-67T3", "nonsense"])
def test_a_badge_of_a_serial_that_is_not_known_is_not_found(client, name, serial):
    assert client.get(reverse(name, args=[serial])).status_code == 404


@pytest.mark.parametrize("name", BADGES)
def test_a_withdrawn_badge_is_gone_and_says_so(client, name):
    certificate = withdraw(make_badged())

    response = client.get(address(name, certificate))

    assert (response.status_code, response.content.decode()) == (410, GONE)
    assert response["Access-Control-Allow-Origin"] == "*"


def test_with_a_new_name_the_badge_with_the_old_one_is_gone(client):
    old = make_badged(name="Somebody Before")
    new = make_badged(
        old.milestone, name="Somebody Now", replaces=old, replaced_because=ReplacedBecause.NAME
    )

    first, second = (client.get(address("badge_json", each)) for each in (old, new))

    assert (first.status_code, first.content.decode()) == (410, GONE)
    assert second.json()["credentialSubject"]["identifier"][0]["identityHash"] == "Somebody Now"


@pytest.mark.parametrize("name", BADGES)
def test_a_hidden_name_is_in_no_badge_until_it_is_shown_again(client, name):
    certificate = make_badged()
    hide(certificate)
    hidden = client.get(address(name, certificate))
    hide(certificate, is_hidden=False)

    shown = client.get(address(name, certificate))

    without = badges.credential(certificate, with_name=False)
    assert carried(name, hidden.content) == without
    assert carried(name, shown.content) == badges.credential(certificate)


def test_a_lapsed_badge_is_still_there_and_says_until_when(client):
    certificate = make_badged_ready(training_day="2020-01-31")

    badge = client.get(address("badge_json", certificate)).json()

    assert badge["validUntil"] == "2021-01-31T23:59:59Z"


@pytest.mark.one_machine
def test_a_badge_asks_the_database_twice(client, django_assert_num_queries):
    certificate = make_badged()

    with django_assert_num_queries(2):  # the certificate, and whether its name is hidden
        client.get(address("badge_json", certificate))


def test_a_png_that_no_font_can_draw_leads_to_the_svg(client):
    certificate = make_badged(course_title="Reading \U00013000")

    response = client.get(address("badge_png", certificate))

    assert response.status_code == 302
    assert response["Location"] == address("badge_svg", certificate)


@pytest.mark.parametrize("name", [*BADGES, "badge_status", "did"])
def test_without_a_key_there_is_no_badge_and_the_check_page_goes_on(
    client, settings, tmp_path, name
):
    settings.BADGE_KEY_BY_ITSELF, settings.BADGE_KEYS_FILE = False, tmp_path / "none"
    certificate = make_badged()
    arguments = {"badge_status": [0], "did": []}.get(name, [certificate.shown_serial])

    assert client.get(reverse(name, args=arguments)).status_code == 404
    assert client.get(address("check", certificate)).status_code == 200


# --- what badges are checked by --------------------------------------------------------------


def test_the_did_document_is_where_did_web_looks_for_it(client):
    response = client.get("/.well-known/did.json")

    assert response["Content-Type"] == "application/did+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=300"
    assert response.json() == badges.did_document()


def test_the_status_list_is_there_from_the_first_day_in_one_query(
    client, django_assert_num_queries
):
    with django_assert_num_queries(1):
        response = client.get("/status/0.json")

    assert response["Content-Type"] == "application/vc+ld+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=300"
    assert response.json()["credentialSubject"]["statusPurpose"] == "revocation"


@pytest.mark.parametrize("which", [1, 10**30])
def test_a_list_that_no_badge_can_name_is_not_found(client, which):
    make_badged()

    assert client.get(f"/status/{which}.json").status_code == 404


def test_nothing_of_it_takes_a_form(client):
    certificate = make_badged()

    asked = [client.post(address(name, certificate)).status_code for name in BADGES]

    assert asked == [405, 405, 405]


# --- what a badge is given for ---------------------------------------------------------------


def test_what_a_badge_is_given_for_can_be_read_and_names_nobody(client):
    certificate = make_badged()

    achievement = badges.credential(certificate)["credentialSubject"]["achievement"]["id"]
    html = client.get(achievement.removeprefix("http://127.0.0.1:8000")).content.decode()

    main = html[html.index("<main") : html.index("</main>")]
    assert " ".join(strip_tags(main.replace("<", " <")).split()) == (
        "Canal Street Peer Support Becoming a peer facilitator This is what the badge is given "
        "for. Edition of the course 3 Hours 21.5 In that time they practised listening so that "
        "people feel heard made small action plans Issued by Canal Street Peer Support It is for "
        "completing a course. Leading a group needs a separate sign-off. To see whether somebody "
        "has it, check the number on their certificate. Check a certificate"
    )


def test_what_nobody_has_been_given_is_not_found(client):
    certificate = make_badged()
    of = (certificate.organisation_id, certificate.milestone.edition_id)

    asked = [(*of, "ready"), (of[0] + 1, of[1], "completion"), (of[0], of[1] + 1, "completion")]

    found = [client.get(reverse("achievement", args=each)).status_code for each in asked]
    assert found == [404, 404, 404]
