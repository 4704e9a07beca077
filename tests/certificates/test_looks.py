"""Certificates in large print, and in the colour of an organisation."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from certificates.models import Certificate
from tests.certificates.make import make_certificate
from tests.factories.courses import make_organisation, make_organiser, make_person

pytestmark = pytest.mark.django_db


def large_print(certificate):
    return f"/certificates/{certificate.shown_serial}/large-print/"


def test_a_holder_gets_the_same_words_in_large_print(client):
    holder = make_person("Rhiannon Ŵyn Prŷs")
    certificate = make_certificate(trainee=holder)
    client.force_login(holder)

    response = client.get(large_print(certificate))

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Content-Disposition"] == (
        f'attachment; filename="certificate-{certificate.shown_serial}-large-print.pdf"'
    )
    assert response["X-Robots-Tag"] == "noindex"
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    assert "Rhiannon Ŵyn Prŷs" in text
    assert certificate.shown_serial in text


def test_what_is_kept_stays_the_other(client):
    holder = make_person()
    certificate = make_certificate(trainee=holder)
    client.force_login(holder)

    client.get(large_print(certificate))

    assert bytes(Certificate.objects.get(pk=certificate.pk).pdf) == bytes(certificate.pdf)


def test_an_organiser_of_that_organisation_gets_it_and_nobody_else_does(client):
    organisation = make_organisation()
    certificate = make_certificate(organisation=organisation)
    seen = []
    for person in (make_organiser(organisation), make_organiser(make_organisation())):
        client.force_login(person)
        seen.append(client.get(large_print(certificate)).status_code)
    client.logout()
    seen.append(client.get(large_print(certificate)).status_code)

    assert seen == [200, 404, 302]


def test_the_page_shows_the_way_to_large_print(client):
    holder = make_person()
    certificate = make_certificate(trainee=holder)
    client.force_login(holder)

    page = client.get(certificate.get_absolute_url()).content.decode()

    assert f'href="{large_print(certificate)}"' in page


def test_a_colour_is_a_stylesheet_that_browsers_keep(client):
    response = client.get("/certificates/colour-7a1f3d.css")

    assert response.content == b":root { --sheet-colour: #7a1f3d }\n"
    assert response["Content-Type"] == "text/css"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("written", ["teal", "7A1F3D", "7a1f3", "7a1f3d}body{}"])
def test_what_is_no_colour_is_not_found(client, written):
    assert client.get(f"/certificates/colour-{written}.css").status_code == 404
