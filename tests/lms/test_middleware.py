"""What every answer carries: a strict content policy, loosened only where the CMS needs it."""

import pytest

from courses.actions import catalogue
from courses.models import RoleKind
from tests.factories.courses import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_organisation,
    make_person,
    make_role,
)

pytestmark = pytest.mark.django_db

STRICT = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "report-uri /csp-reports/",
    "report-to csp",
}


def policy(response):
    return set(response.headers["Content-Security-Policy"].split("; "))


def peer_educator():
    catalogue.set_up(title="Alongside", lead="Training for peers.", body="")
    person = make_person()
    make_role(person, make_organisation(), RoleKind.PEER_EDUCATOR)
    return person


@pytest.mark.parametrize(
    "page",
    ["/", "/join/", "/account/sign-in/", "/display/", "/healthz", "/nowhere/", "/learning/"],
)
def test_public_pages_run_only_what_comes_from_here(page, client):
    make_course()

    assert policy(client.get(page)) == STRICT


@pytest.mark.parametrize(
    "page", ["/learning/", "/me/", "/learning/{pk}/", "/learning/{pk}/notebook/"]
)
def test_pages_of_a_person_run_only_what_comes_from_here(page, signed_in):
    enrolment = make_enrolment(make_cohort(make_edition(sessions=1)))

    response = signed_in(enrolment.trainee).get(page.format(pk=enrolment.pk))

    assert (response.status_code, policy(response)) == (200, STRICT)


def test_the_cms_may_write_scripts_and_styles_into_its_own_pages(signed_in):
    response = signed_in(peer_educator()).get("/cms/")

    assert response.status_code == 200
    assert policy(response) == {
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "report-uri /csp-reports/",
        "report-to csp",
    }


def test_an_address_that_only_looks_like_the_cms_is_strict(client):
    assert policy(client.get("/cms-elsewhere/")) == STRICT


def test_who_does_not_write_is_told_that_the_cms_is_for_others(signed_in):
    client = signed_in(make_enrolment(make_cohort(make_edition(sessions=1))).trainee)

    answers = {page: client.get(page) for page in ("/cms/", "/cms/pages/", "/cms/users/")}

    assert {page: answer.status_code for page, answer in answers.items()} == dict.fromkeys(
        answers, 403
    )
    assert "This page is for someone else" in answers["/cms/"].content.decode()
    assert policy(answers["/cms/"]) == STRICT


def test_a_signed_out_person_is_asked_to_sign_in_for_the_cms(client):
    assert client.get("/cms/").url == "/account/sign-in/?next=/cms/"


def test_pages_may_not_be_framed_or_guessed_at_by_other_sites(client):
    headers = client.get("/join/").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_site_says_that_it_is_well(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")
    assert response.headers["Content-Type"] == "text/plain"
