"""Somebody asks to be forgotten, changes their mind, asks again, and is: without a script."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import expect

from lms.actions import erasing
from lms.models import Erasure
from tests.certificates.make import make_certificate
from tests.journeys.moves import h1, tab_to


@pytest.fixture
def certificate(site):
    return make_certificate()


@pytest.fixture
def page(open_browser, certificate):
    return open_browser(certificate.holder, script=False)


def go(page, name):
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def ask(page):
    page.goto("/me/")
    go(page, "Forget me")
    h1(page, "Forget me")
    go(page, "Go on")
    h1(page, "Shall we forget you?")
    go(page, "Forget me")
    expect(page.locator("h1")).to_contain_text("We will forget you on")


def test_somebody_asks_changes_their_mind_asks_again_and_is_forgotten(
    page, open_browser, certificate, allowed
):
    ask(page)
    go(page, "Keep me after all")
    h1(page, "Forget me")
    assert not Erasure.objects.open().exists()
    ask(page)

    erasing.erase_due(at=timezone.now() + timedelta(days=15))

    page.goto("/me/")
    h1(page, "Sign in")
    assert get_user_model().objects.get(pk=certificate.holder_id).name_as_kept == ""
    stranger = open_browser()
    stranger.goto(f"/v/{certificate.shown_serial}/")
    h1(stranger, "This certificate was issued")


def test_a_tick_by_keyboard_keeps_the_name_on_the_certificate(page, open_browser, certificate):
    page.goto("/me/forget/")
    tab_to(page, "Keep my name on my certificates, so that they can still be checked")
    page.keyboard.press("Space")
    go(page, "Go on")
    go(page, "Forget me")
    expect(page.locator("h1")).to_contain_text("We will forget you on")

    erasing.erase_due(at=timezone.now() + timedelta(days=15))

    stranger = open_browser()
    stranger.goto(f"/v/{certificate.shown_serial}/")
    h1(stranger, "This certificate is valid")
