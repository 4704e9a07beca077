"""A site for people does not start without what makes it safe, and says what to set."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.refusals import reasons

SAFE = {
    "SECRET_KEY": "p8Zr-kQ2vX0mW5sYb7Jd3LhN9cTg1uFa6EoRiV4xKzBwHyDqMnPlGjSt",
    "SITE_ADDRESS": "https://learn.example.org",
    "EMAIL_HOST": "mail.example.org",
}


def words_to_set(environment):
    """The first words of each reason: what has to be set."""
    return [" ".join(reason.split()[:2]) for reason in reasons(environment)]


def test_a_safe_environment_is_refused_for_nothing():
    assert reasons(SAFE) == []


def test_an_empty_environment_is_told_everything_at_once():
    assert words_to_set({}) == ["Set SECRET_KEY", "Set SITE_ADDRESS", "Set EMAIL_HOST"]


@pytest.mark.parametrize(
    "key",
    [
        "",
        "p8Zr-kQ2vX0mW5sYb7Jd",
        SAFE["SECRET_KEY"][:49],
        "a" * 80,
        "abcabcabcab" * 8,
        f"django-insecure-{SAFE['SECRET_KEY']}",
        "only for the tests, and at least fifty characters long",
        f"CHANGE-ME{SAFE['SECRET_KEY']}",
    ],
)
def test_a_weak_key_is_refused(key):
    assert words_to_set(SAFE | {"SECRET_KEY": key}) == ["Set SECRET_KEY"]


@given(st.integers())
def test_a_key_that_was_made_as_we_say_is_never_refused(_n):
    assert reasons(SAFE | {"SECRET_KEY": secrets.token_urlsafe(60)}) == []


def test_no_reason_ever_shows_the_key():
    key = "a" * 80

    assert key not in "".join(reasons(SAFE | {"SECRET_KEY": key}))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "learn.example.org",
        "http://learn.example.org",
        "https://",
        "https://learn.example.org/",
        "https://learn.example.org/alongside",
        "https://me@learn.example.org",
        "https://learn example.org",
    ],
)
def test_an_address_that_is_not_https_and_a_name_alone_is_refused(address):
    assert words_to_set(SAFE | {"SITE_ADDRESS": address}) == ["Set SITE_ADDRESS"]


def test_a_site_that_cannot_send_sign_in_codes_is_refused():
    assert words_to_set(SAFE | {"EMAIL_HOST": ""}) == ["Set EMAIL_HOST"]
    assert words_to_set(SAFE | {"EMAIL_PORT": "smtp"}) == ["Set EMAIL_PORT"]


@pytest.mark.parametrize("name", ["DEBUG", "DJANGO_DEBUG"])
def test_debugging_is_refused(name):
    assert reasons(SAFE | {name: "1"}) == [
        f"Take {name} out of the settings: a site for people is not debugged."
    ]
    assert reasons(SAFE | {name: "0"}) == []


def test_a_web_server_cannot_send_files_that_are_on_no_disk_of_its():
    here = SAFE | {"PRIVATE_FILES_AT": "/of-courses/"}

    assert reasons(here) == []
    assert words_to_set(here | {"FILES_BUCKET": "alongside"}) == ["Take PRIVATE_FILES_AT"]
