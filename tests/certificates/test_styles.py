"""How an organisation's certificates look, as it is set in the CMS."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError

from certificates.models import CertificateStyle
from tests.certificates.test_letterheads import make_picture, make_style
from tests.factories.courses import make_organisation, make_person

pytestmark = pytest.mark.django_db

CMS = "/cms/snippets/certificates/certificatestyle/"


@pytest.fixture
def administrator(client):
    person = make_person(is_superuser=True, is_staff=True)
    client.force_login(person)
    return person


def answers(organisation, **changes):
    """What the form of a style sends."""
    sent = {
        "organisation": organisation.pk,
        "language": "en-gb",
        "layout": "frame",
        "paper": "a4",
        "colour": "#7a1f3d",
        "logo": "",
        "opening": "With joy we say that",
        "closing": "",
        "signatories-count": 1,
        "signatories-0-deleted": "",
        "signatories-0-order": 0,
        "signatories-0-type": "signatory",
        "signatories-0-id": "",
        "signatories-0-value-name": "Oluchi Adeyemi",
        "signatories-0-value-role": "Chair",
    }
    return sent | changes


def test_an_administrator_sets_how_certificates_look(client, administrator):
    organisation = make_organisation()

    client.post(f"{CMS}add/", answers(organisation))

    style = CertificateStyle.objects.get()
    assert (style.organisation, style.layout, style.colour) == (organisation, "frame", "#7a1f3d")
    assert [dict(each.value) for each in style.signatories] == [
        {"name": "Oluchi Adeyemi", "role": "Chair"}
    ]


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("completion", "Certificate of completion"),
        ("ready", "Valid until"),
        ("large", "is-of-plain"),
    ],
)
def test_it_is_shown_while_it_is_being_set(client, administrator, mode, said):
    organisation = make_organisation("Canal Street Peer Support")
    sent = client.post(f"{CMS}preview/?mode={mode}", answers(organisation)).json()

    shown = client.get(f"{CMS}preview/?mode={mode}")

    page = shown.content.decode()
    assert (sent["is_valid"], shown.status_code) == (True, 200)
    assert said in page
    assert "With joy we say that" in page
    assert "Oluchi Adeyemi" in page
    assert "/certificates/colour-7a1f3d.css" in page
    assert re.findall(r"<style|style=", page) == []
    assert CertificateStyle.objects.count() == 0


def test_a_style_shows_its_logo(client, administrator):
    style = make_style(logo=make_picture())
    client.post(f"{CMS}preview/{style.pk}/", answers(style.organisation, logo=style.logo_id))

    page = client.get(f"{CMS}preview/{style.pk}/?mode=completion").content.decode()

    assert 'class="sheet-logo" src="data:image/jpeg;base64,' in page


@pytest.mark.parametrize(
    ("colour", "said"),
    [
        (
            "#e08a3c",
            "Words in this colour are hard to read on white paper. Please choose a darker one.",
        ),
        ("teal", "Write the colour as # and six figures or letters: #0d5c5b."),
    ],
)
def test_a_colour_that_cannot_be_read_is_turned_back_in_plain_words(colour, said):
    with pytest.raises(ValidationError) as refused:
        make_style(colour=colour)

    assert refused.value.message_dict == {"colour": [said]}


def test_an_organisation_has_one_look_for_each_language():
    style = make_style()

    with pytest.raises(ValidationError) as refused:
        make_style(style.organisation)

    assert refused.value.messages == [
        "This organisation has a look for this language already. Change that one."
    ]


@pytest.mark.parametrize(("people", "kept"), [(3, 1), (4, 0)])
def test_three_people_sign_at_most(client, administrator, people, kept):
    sent = answers(make_organisation())
    one = {key: value for key, value in sent.items() if "-0-" in key}
    for number in range(people):
        sent |= {key.replace("-0-", f"-{number}-"): value for key, value in one.items()}

    client.post(f"{CMS}add/", sent | {"signatories-count": people})

    assert CertificateStyle.objects.count() == kept


def test_peer_educators_may_look_and_no_more(client):
    educator = make_person()
    educator.groups.add(Group.objects.get(name="Peer educators"))
    educator.user_permissions.add(Permission.objects.get(codename="access_admin"))
    style = make_style()
    client.force_login(educator)
    addresses = ["", f"inspect/{style.pk}/", f"edit/{style.pk}/", "add/", f"delete/{style.pk}/"]

    answered = [client.get(f"{CMS}{each}").status_code for each in addresses]

    assert answered == [200, 200, 302, 302, 302]


def test_a_logo_in_use_is_not_deleted(client, administrator):
    style = make_style(logo=make_picture())

    client.post(f"/cms/images/{style.logo_id}/delete/")

    assert CertificateStyle.objects.get().logo == style.logo
