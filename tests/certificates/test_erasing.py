"""What is left of a certificate when its holder asked to be forgotten."""

import json

import pytest
from django.urls import reverse

from certificates import registry, telling
from certificates.actions import erasing
from certificates.life import State
from certificates.models import Certificate, PauseTurn, Renewal, Withdrawal
from tests.certificates.make import (
    ISSUED_AT,
    make_certificate,
    make_ready_certificate,
    said,
    withdrawn,
)
from tests.factories.courses import make_organiser

pytestmark = pytest.mark.django_db


def erased(certificate, keeps_name=False):
    erasing.erase(holder=certificate.holder, at=ISSUED_AT, keeps_name=keeps_name)
    return Certificate.objects.for_reading().get(pk=certificate.pk)


def test_the_serial_and_the_hash_stay_and_nothing_about_the_person():
    certificate = make_certificate()

    left = erased(certificate)

    assert (left.serial, left.pdf_sha256) == (certificate.serial, certificate.pdf_sha256)
    assert (left.name, left.pdf, left.state) == ("", None, State.NAMELESS)
    assert telling.told(left) == {"number": certificate.shown_serial, "state": "nameless"}


def test_whoever_keeps_their_name_keeps_the_certificate_as_it_is():
    certificate = make_certificate()

    left = erased(certificate, keeps_name=True)

    assert (left.name, left.state) == (certificate.name, State.VALID)
    assert bytes(left.pdf) == bytes(certificate.pdf)


@pytest.mark.parametrize("keeps_name", [True, False])
def test_what_was_noted_about_them_goes_in_either_case(keeps_name):
    certificate = make_ready_certificate()
    told = {"milestone": certificate.milestone, "at": ISSUED_AT, "by": certificate.holder}
    Renewal.objects.create(kind="series", day=ISSUED_AT, note="In Leeds.", **told)
    PauseTurn.objects.create(day=ISSUED_AT, is_paused=True, reason="ill", **told)
    withdrawn(certificate, note="Her mother rang.")

    erased(certificate, keeps_name)

    assert Withdrawal.objects.get().note == "–"
    assert Renewal.objects.get().note == ""
    assert PauseTurn.objects.get().reason == "other"


def test_erasing_twice_is_once():
    certificate = make_certificate()

    first, second = erased(certificate), erased(certificate)

    assert list(second.erased.values("at", "keeps_name")) == list(
        first.erased.values("at", "keeps_name")
    )


def test_the_check_page_says_that_it_was_issued_and_nothing_else(client):
    certificate = erased(make_certificate())

    page = client.get(reverse("check", args=[certificate.shown_serial]))

    assert page.status_code == 200
    assert "This certificate was issued" in said(page)
    assert "asked us to remove their name" in said(page)
    assert certificate.course_title not in said(page)


def test_nobody_reads_more_than_the_check_page_says(client):
    certificate = erased(make_certificate())
    client.force_login(make_organiser(certificate.organisation))

    answers = [
        client.get(reverse(name, args=[certificate.shown_serial])).status_code
        for name in ("certificate", "certificate_pdf", "withdraw", "large_print")
    ]

    assert answers == [404, 404, 404, 404]


def test_its_badge_is_not_handed_out_and_is_not_said_to_be_withdrawn(client):
    certificate = erased(make_certificate())

    badge = client.get(reverse("badge_json", args=[certificate.shown_serial]))

    assert badge.status_code == 410
    assert "asked us to remove their name" in badge.content.decode()


def test_a_later_registry_takes_the_earlier_badge_away(tmp_path):
    certificate = make_certificate()
    list(registry.write(tmp_path))
    place = tmp_path / "v" / certificate.shown_serial
    assert (place / "badge.json").exists()

    erased(certificate)
    list(registry.write(tmp_path))

    assert not (place / "badge.json").exists()
    assert not (place / "badge.svg").exists()
    assert json.loads((place / "check.json").read_text())["state"] == "nameless"
    assert certificate.name not in (place / "index.html").read_text()


def test_what_is_nameless_is_not_drawn_again():
    erased(make_certificate())

    assert list(Certificate.objects.undrawn()) == []
