"""A second step is set up by keyboard without script, and by passkey; sessions are ended."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests.factories.courses import make_organisation, make_organiser, make_person
from tests.lms.second_steps import number

STEP = "/account/second-step/"


@pytest.fixture
def amina(front):
    return make_person("Amina Yusuf", email="amina@example.org")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_an_app_is_set_up_by_keyboard_with_script_off(open_browser, amina):
    page = open_browser(amina, script=False)
    page.goto(f"{STEP}app/")
    key = page.locator("code.key").inner_text().replace(" ", "")
    picture = page.locator("img.qr").bounding_box()

    page.get_by_label("The number your app shows").focus()
    page.keyboard.type(number(key))
    press(page, "Tab", "Enter")

    expect(page.locator("h1")).to_have_text("Your spare codes")
    assert page.locator(".spare-codes li").count() == 10
    assert (round(picture["width"]), round(picture["height"])) == (200, 200)
    assert page.get_by_role("button", name="Print this page").count() == 0


def test_the_picture_for_the_app_is_drawn(open_browser, amina):
    page = open_browser(amina)
    page.goto(f"{STEP}app/")

    drawn = page.locator("img.qr").evaluate("image => image.complete && image.naturalWidth > 0")

    assert drawn


def test_without_script_nothing_speaks_of_signing_in_with_a_passkey(open_browser, amina):
    page = open_browser(script=False)
    page.goto("/account/sign-in/")

    assert page.get_by_role("button").all_inner_texts() == ["Send me a code"]


@pytest.fixture
def site_by_name(site):
    return site.replace("127.0.0.1", "localhost")


def give_lock(page, **more):
    """Give this browser a device that holds passkeys, and says yes to everything."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options | more})


def test_an_organiser_adds_a_passkey_and_signs_in_with_it(
    open_browser, front, site_by_name, settings, allowed
):
    settings.SECOND_STEP_REQUIRED = True
    allowed.add("left the site")  # the same site, by its name
    organiser = make_organiser(make_organisation("Riverside Peers"))
    page = open_browser(organiser)
    cookie = next(each for each in page.context.cookies() if each["name"] == "sessionid")
    page.context.add_cookies(
        [{"name": "sessionid", "value": cookie["value"], "url": site_by_name}]
    )
    give_lock(page)

    page.goto(f"{site_by_name}/organise/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What you call it").fill("my phone")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Your spare codes").wait_for()
    page.goto(f"{site_by_name}/organise/")
    inside = page.locator("h1").inner_text()
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site_by_name}/account/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/learning/")
    page.goto(f"{site_by_name}/organise/")

    assert inside == page.locator("h1").inner_text()
    assert page.url == f"{site_by_name}/organise/"
    assert [str(each) for each in Authenticator.objects.filter(type="webauthn")] == ["my phone"]


def test_a_passkey_that_is_refused_is_explained_and_can_be_tried_again(
    open_browser, amina, site_by_name, allowed
):
    allowed.add("left the site")
    page = open_browser()
    give_lock(page)  # it holds no passkey of this site

    page.goto(f"{site_by_name}/account/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.get_by_text("That did not go through.").wait_for()
    assert page.get_by_role("button", name="Sign in with a passkey").is_enabled()


def test_signing_out_everywhere_else_is_noticed_elsewhere(open_browser, amina):
    phone, laptop = open_browser(amina), open_browser(amina)
    phone.goto("/me/")
    laptop.goto("/me/devices/")

    with laptop.expect_navigation():
        laptop.get_by_role("button", name="Sign out everywhere else").click()
    phone.goto("/me/")

    assert phone.locator("h1").inner_text() == "Sign in"
    assert laptop.locator("main .list > li").count() == 1
