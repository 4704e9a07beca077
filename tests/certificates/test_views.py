import hashlib
import re

import pytest
from django.urls import reverse

from certificates.models import Withdrawal
from certificates.numbers import check_symbol, shown
from tests.certificates.make import make_certificate, make_ready_certificate, said, withdrawn
from tests.factories.courses import make_organisation, make_organiser, make_person, make_role

pytestmark = pytest.mark.django_db
UNKNOWN = "9X06-PSRW-67T2"
MISTYPED = "9X06-PSRW-67T3"


# --- reading and downloading: the holder, and organisers of the organisation ---------------------

PRIVATE = ["certificate", "certificate_pdf"]


@pytest.mark.parametrize("name", [*PRIVATE, "withdraw"])
def test_who_is_not_signed_in_is_asked_to(client, name):
    address = reverse(name, args=[make_certificate().shown_serial])

    response = client.get(address)

    assert (response.status_code, response.url) == (
        302,
        f"{reverse('account_login')}?next={address}",
    )


@pytest.mark.parametrize("name", PRIVATE)
def test_holder_and_organiser_may_read_it_and_nobody_else(client, name):
    certificate = make_certificate()
    address = reverse(name, args=[certificate.shown_serial])
    elsewhere = make_organiser(make_organisation())
    observer = make_person()
    make_role(observer, certificate.organisation, "observer")
    people = [
        certificate.holder,
        make_organiser(certificate.organisation),
        elsewhere,
        observer,
        make_person(),
        make_person(is_superuser=True, is_staff=True),
    ]

    statuses = []
    for person in people:
        client.force_login(person)
        statuses.append(client.get(address).status_code)

    assert statuses == [200, 200, 404, 404, 404, 404]


@pytest.mark.parametrize("name", [*PRIVATE, "withdraw"])
def test_a_serial_that_is_none_is_not_found(client, signed_in, name):
    client = signed_in(make_person())

    assert client.get(reverse(name, args=["nonsense"])).status_code == 404
    assert client.get(reverse(name, args=[UNKNOWN])).status_code == 404


def test_the_page_is_the_letter_with_its_pdf(signed_in):
    certificate = make_certificate(trainee=make_person("Zoë Núñez"))

    response = signed_in(certificate.holder).get(certificate.get_absolute_url())

    html = response.content.decode()
    assert html.count("<h1") == 1
    assert 'dir="auto">Zoë Núñez</h1>' in html
    assert f'href="/certificates/{certificate.shown_serial}/pdf/"' in html
    assert "Withdraw this certificate" not in html
    assert "style=" not in html


def test_a_name_is_text_on_every_page(client):
    certificate = make_certificate(trainee=make_person("<script>alert(1)</script>"))
    client.force_login(certificate.holder)

    for address in [certificate.get_absolute_url(), certificate.check_url]:
        html = client.get(address).content.decode()
        assert "&lt;script&gt;alert(1)" in html
        assert "<script>alert" not in html


def test_the_download_is_the_very_bytes(signed_in):
    certificate = make_certificate()

    response = signed_in(certificate.holder).get(
        reverse("certificate_pdf", args=[certificate.shown_serial])
    )

    assert hashlib.sha256(response.content).hexdigest() == certificate.pdf_sha256
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        f'attachment; filename="certificate-{certificate.shown_serial}.pdf"'
    )
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_download_that_is_there_already_is_not_sent_again(signed_in):
    certificate = make_certificate()
    client = signed_in(certificate.holder)
    address = reverse("certificate_pdf", args=[certificate.shown_serial])
    etag = client.get(address)["ETag"]

    response = client.get(address, headers={"if-none-match": etag})

    assert (response.status_code, response.content) == (304, b"")


def test_what_cannot_be_drawn_leads_back_to_the_page_with_a_plain_word(signed_in):
    certificate = make_certificate(trainee=make_person("Nefer \U00013000"))
    client = signed_in(certificate.holder)

    response = client.get(reverse("certificate_pdf", args=[certificate.shown_serial]), follow=True)

    assert response.redirect_chain == [(certificate.get_absolute_url(), 302)]
    assert "The PDF cannot be made right now. This page says the same." in said(response)


def test_the_page_of_a_withdrawn_one_says_so(signed_in):
    certificate = withdrawn(make_certificate())

    response = signed_in(certificate.holder).get(certificate.get_absolute_url())

    assert said(response).startswith(
        "This certificate was withdrawn on 6 October 2026. It no longer counts"
    )
    assert "Download PDF" not in response.content.decode()


def test_linkedin_is_offered_to_holders_where_the_site_wants_it(signed_in, settings):
    certificate = make_ready_certificate()
    organiser = make_organiser(certificate.organisation)
    found = []

    for offers, person in [
        (False, certificate.holder),
        (True, certificate.holder),
        (True, organiser),
    ]:
        settings.LINKEDIN_LINK = offers
        page = signed_in(person).get(certificate.get_absolute_url()).content.decode()
        found.append("https://www.linkedin.com/profile/add?" in page)

    assert found == [False, True, False]


# --- withdrawing: organisers of the organisation -------------------------------------------------


def test_only_an_organiser_of_the_organisation_may_withdraw(client):
    certificate = make_certificate()
    address = reverse("withdraw", args=[certificate.shown_serial])
    people = [certificate.holder, make_organiser(make_organisation()), make_person()]

    statuses = []
    for person in people:
        client.force_login(person)
        statuses.append(client.get(address).status_code)
        statuses.append(client.post(address, {"reason": "other", "note": "x"}).status_code)

    assert statuses == [404] * 6
    assert Withdrawal.objects.count() == 0


def test_an_organiser_withdraws_with_a_reason(signed_in):
    certificate = make_certificate()
    organiser = make_organiser(certificate.organisation)
    client = signed_in(organiser)
    address = reverse("withdraw", args=[certificate.shown_serial])
    assert address in client.get(certificate.get_absolute_url()).content.decode()

    response = client.post(address, {"reason": "holder_asked", "note": "Told us by phone."})

    assert (response.status_code, response.url) == (302, certificate.get_absolute_url())
    withdrawal = Withdrawal.objects.get()
    assert (withdrawal.certificate, withdrawal.withdrawn_by) == (certificate, organiser)
    assert (withdrawal.reason, withdrawal.note) == ("holder_asked", "Told us by phone.")


def test_a_withdrawal_without_a_reason_and_a_note_is_asked_for_them(signed_in):
    certificate = make_certificate()
    client = signed_in(make_organiser(certificate.organisation))

    response = client.post(reverse("withdraw", args=[certificate.shown_serial]), {"note": " "})

    assert response.status_code == 422
    assert "Choose a reason." in said(response)
    assert "Write a sentence, so that others understand it later." in said(response)
    assert Withdrawal.objects.count() == 0


def test_withdrawing_again_leads_back_to_the_certificate(signed_in):
    certificate = withdrawn(make_certificate())
    client = signed_in(make_organiser(certificate.organisation))
    address = reverse("withdraw", args=[certificate.shown_serial])

    response = client.post(address, {"reason": "other", "note": "Again."})

    assert (response.status_code, response.url) == (302, certificate.get_absolute_url())
    assert Withdrawal.objects.get().note == "Issued twice."


def test_no_page_changes_anything_by_being_read(signed_in):
    certificate = make_certificate()
    client = signed_in(make_organiser(certificate.organisation))

    for name in ["check", *PRIVATE]:
        address = reverse(name, args=[certificate.shown_serial])
        assert client.post(address).status_code == 405
    assert client.get(reverse("withdraw", args=[certificate.shown_serial])).status_code == 200
    assert Withdrawal.objects.count() == 0


def test_the_serials_of_these_tests_are_what_they_claim():
    assert shown("9X06PSRW67" + "T" + check_symbol("9X06PSRW67T")) == UNKNOWN


# --- what was issued: organisers -------------------------------------------------------------


def names(response):
    return re.findall(r'<li><a href="/certificates/[^"]+">([^<]+)</a>', response.content.decode())


def test_an_organiser_sees_what_their_organisation_issued_and_nothing_else(signed_in):
    certificate = make_certificate(trainee=make_person("Zoë Núñez"))
    make_certificate(trainee=make_person("Somebody Elsewhere"))

    response = signed_in(make_organiser(certificate.organisation)).get(reverse("issued"))

    assert names(response) == ["Zoë Núñez"]


def test_a_certificate_can_be_found_by_a_part_of_its_name(signed_in):
    organisation = make_organisation()
    for name in ["Zoë Núñez", "Ruth Bellamy"]:
        make_certificate(trainee=make_person(name), organisation=organisation)
    client = signed_in(make_organiser(organisation))

    assert names(client.get(reverse("issued"), {"name": "bell"})) == ["Ruth Bellamy"]
    assert "No certificate fits this." in said(client.get(reverse("issued"), {"name": "zzz"}))


def test_the_certificates_of_one_cohort_can_be_shown_alone(signed_in):
    organisation = make_organisation()
    first, _second = [
        make_certificate(trainee=make_person(name), organisation=organisation)
        for name in ["Zoë Núñez", "Ruth Bellamy"]
    ]
    client = signed_in(make_organiser(organisation))

    cohort = first.milestone.enrolment.cohort_id

    assert names(client.get(reverse("issued"), {"cohort": cohort})) == ["Zoë Núñez"]


def test_a_cohort_that_is_no_number_is_passed_over(signed_in):
    certificate = make_certificate()
    client = signed_in(make_organiser(certificate.organisation))

    assert len(names(client.get(reverse("issued"), {"cohort": "x"}))) == 1


def test_before_the_first_one_it_says_what_will_be_here(signed_in):
    response = signed_in(make_organiser(make_organisation())).get(reverse("issued"))

    assert "The first comes when somebody completes a course." in said(response)


@pytest.mark.parametrize("kind", ["observer", "facilitator", "peer_educator", None])
def test_nobody_but_an_organiser_sees_what_was_issued(signed_in, kind):
    certificate, person = make_certificate(), make_person()
    if kind:
        make_role(person, certificate.organisation, kind)

    assert signed_in(person).get(reverse("issued")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_what_was_issued_takes_four_queries(
    signed_in, count, django_assert_num_queries
):
    organisation = make_organisation()
    for _n in range(count):
        make_certificate(organisation=organisation)
    client = signed_in(make_organiser(organisation))

    with django_assert_num_queries(4):
        response = client.get(reverse("issued"))

    assert len(names(response)) == count
