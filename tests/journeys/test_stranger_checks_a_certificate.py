"""Anyone can check a certificate, and learns no more than is printed on it."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from certificates.actions.afterwards import show_name, withdraw
from certificates.models import Certificate, WithdrawalReason
from tests.factories.courses import make_milestone, make_person
from tests.journeys.moves import h1, press

UNKNOWN, MISTYPED = "9X06-PSRW-67T2", "9X06-PSRW-67T3"


@pytest.fixture
def certificate(site):
    milestone = make_milestone(at=timezone.now())
    return Certificate.objects.get(milestone=milestone)


@pytest.fixture
def check(open_browser, script):
    """A function that types a number into the check page and returns the page that follows."""

    def type_it(serial):
        page = open_browser(script=script)
        page.goto("/v/")
        page.get_by_label("Number on the certificate").fill(serial)
        page.get_by_role("button", name="Check it").click()
        return page

    return type_it


def test_a_valid_certificate_shows_what_is_printed_on_it(check, certificate):
    page = check(certificate.shown_serial.lower().replace("-", " "))
    h1(page, "This certificate is valid")
    assert page.url.endswith(f"/v/{certificate.shown_serial}/")
    shown = page.locator("main dl").inner_text()
    for printed in (certificate.name, certificate.course_title, certificate.organisation_name):
        assert printed in shown
    assert certificate.holder.email not in page.content()


def test_a_withdrawn_certificate_says_so_and_nothing_else(check, certificate):
    withdraw(
        certificate=certificate,
        reason=WithdrawalReason.SAFETY,
        note="Not for the public.",
        by=make_person(),
        at=timezone.now(),
    )
    page = check(certificate.shown_serial)
    h1(page, "This certificate was withdrawn")
    words = page.locator("main").inner_text()
    assert "no longer counts" in words
    assert certificate.name not in words
    assert "Not for the public." not in words
    assert "safety" not in words.lower()


def test_a_number_nobody_issued_is_told_from_a_mistyped_one(check, site, allowed):
    allowed.add(404)
    page = check(UNKNOWN)
    h1(page, "We do not know this number")
    expect(page.locator(".lead")).to_have_text("No certificate with this number was issued here.")
    page.get_by_role("link", name="Type it again").click()
    h1(page, "Check a certificate")


def test_a_mistyped_number_comes_back_to_be_mended(check, site):
    page = check(MISTYPED)
    h1(page, "Check a certificate")
    field = page.get_by_label("Number on the certificate")
    expect(field).to_have_value(MISTYPED)
    expect(page.locator(".problem")).to_contain_text("not as printed")


def test_the_address_in_the_code_of_squares_leads_to_the_same_page(
    open_browser, certificate, script
):
    page = open_browser(script=script)
    page.goto(f"/V/{certificate.serial}/")
    h1(page, "This certificate is valid")
    assert page.url.endswith(f"/v/{certificate.shown_serial}/")


def test_a_name_that_is_kept_off_the_page_can_be_compared(open_browser, certificate, script):
    show_name(milestone=certificate.milestone, is_hidden=True, at=timezone.now())
    page = open_browser(script=script)
    page.goto(f"/v/{certificate.shown_serial}/")
    assert certificate.name not in page.content()

    answers = []
    for typed in ["Somebody Else", certificate.name.upper()]:
        page.get_by_label("Name as printed").fill(typed)
        press(page, "Compare the name")
        answers.append(page.locator("main p[role=status]:visible").inner_text())

    assert answers == [
        "“Somebody Else” is not the name on it.",
        f"Yes: “{certificate.name.upper()}” is the name on it.",
    ]


def test_a_file_is_compared_in_the_browser_and_goes_nowhere(open_browser, certificate, tmp_path):
    page = open_browser()
    page.goto(f"/v/{certificate.shown_serial}/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    said = []

    for name, content in [("a.pdf", certificate.pdf), ("b.pdf", bytes(certificate.pdf) + b" ")]:
        (tmp_path / name).write_bytes(content)
        page.get_by_label("The PDF of the certificate").set_input_files(tmp_path / name)
        told = page.locator("[data-said]")
        expect(told).to_contain_text("Yes." if not said else "another file")
        said.append(told.inner_text()[:24])

    assert said == ["Yes. This is the file th", "This is another file. It"]
    assert asked == []


def test_without_script_nobody_is_asked_for_a_file(open_browser, certificate):
    page = open_browser(script=False)
    page.goto(f"/v/{certificate.shown_serial}/")

    expect(page.get_by_label("The PDF of the certificate")).to_be_hidden()
