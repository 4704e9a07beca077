import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from certificates import badges
from certificates.badges import keys
from certificates.models import PauseTurn, Renewal
from tests.certificates.badges.make import SITE, make_badged, make_badged_ready, reading
from tests.certificates.make import ISSUED_AT

pytestmark = pytest.mark.django_db

KEY = keys.new(at=datetime(2026, 1, 5, tzinfo=UTC))
DID = "did:web:certificates.example.org"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_ADDRESS = SITE
    settings.BADGE_KEY = KEY.line
    return settings


def pause(certificate, day, *, is_paused=True):
    PauseTurn.objects.create(
        milestone=certificate.milestone,
        day=day,
        is_paused=is_paused,
        reason="ill" if is_paused else "",
        by=certificate.holder,
        at=ISSUED_AT,
    )
    return reading(certificate)


def test_a_badge_says_what_is_printed_and_nothing_more():
    certificate = make_badged(serial="9X06PSRW67T2", competencies=["listens", "makes room"])
    at = f"{SITE}/v/9X06-PSRW-67T2/"
    of = (certificate.organisation_id, certificate.milestone.edition_id)

    badge = badges.credential(certificate)

    assert badge.pop("proof")[0]["created"] == "2026-10-06T19:42:00Z"
    assert badge == {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": f"{at}badge.json",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Becoming a peer facilitator",
        "issuer": {
            "id": DID,
            "type": ["Profile"],
            "name": "Canal Street Peer Support",
            "url": SITE,
        },
        "validFrom": "2026-10-06T19:42:00Z",
        "awardedDate": "2026-10-06T19:42:00Z",
        "image": {"id": f"{at}badge.png", "type": "Image"},
        "credentialSubject": {
            "id": f"{at}#holder",
            "type": ["AchievementSubject"],
            "activityStartDate": "2026-09-01T00:00:00+01:00",
            "activityEndDate": "2026-10-06T00:00:00+01:00",
            "licenseNumber": "9X06-PSRW-67T2",
            "achievement": {
                "id": f"{SITE}/achievements/{of[0]}/{of[1]}/completion/",
                "type": ["Achievement"],
                "achievementType": "CertificateOfCompletion",
                "name": "Becoming a peer facilitator",
                "description": "It is for completing a course. "
                "Leading a group needs a separate sign-off.",
                "criteria": {
                    "narrative": "A course of 21.5 hours. In that time they\n\n"
                    "* practised listening so that people feel heard\n"
                    "* made small action plans"
                },
                "inLanguage": "en-GB",
                "version": "3",
            },
            "narrative": "* listens\n* makes room",
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "name",
                    "hashed": False,
                    "identityHash": "Rhiannon Ŵyn Prŷs",
                }
            ],
        },
        "evidence": [{"id": at, "type": ["Evidence"], "name": "Check a certificate"}],
        "credentialStatus": {
            "id": f"{SITE}/status/0.json#{certificate.pk}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(certificate.pk),
            "statusListCredential": f"{SITE}/status/0.json",
        },
    }


def test_a_badge_of_ready_says_what_it_is_for_and_until_when():
    certificate = make_badged_ready(training_day=date(2026, 10, 6))

    badge = badges.credential(certificate, day=date(2026, 11, 1))

    achievement = badge["credentialSubject"]["achievement"]
    assert badge["name"] == "Ready to co-facilitate: Becoming a peer facilitator"
    assert badge["validUntil"] == "2027-10-06T22:59:59Z"
    assert achievement["achievementType"] == "Certificate"
    assert achievement["id"].endswith("/ready/")
    assert achievement["description"] == (
        "It is for leading a group as one of a pair. An organiser signed it off."
    )


def test_without_the_name_nothing_says_whose_it_is():
    certificate = make_badged()
    named = badges.credential(certificate)

    badge = badges.credential(certificate, with_name=False)

    del named["proof"], badge["proof"], named["credentialSubject"]["identifier"]
    assert badge == named
    assert certificate.name not in json.dumps(badge, ensure_ascii=False)


def test_a_renewal_carries_the_end_of_a_badge_on():
    certificate = make_badged_ready(training_day=date(2026, 10, 6))
    Renewal.objects.create(
        milestone=certificate.milestone,
        kind="series",
        day=date(2027, 3, 1),
        by=certificate.holder,
        at=ISSUED_AT,
    )

    badge = badges.credential(reading(certificate), day=date(2027, 3, 2))

    assert badge["validUntil"] == "2028-03-01T23:59:59Z"


def test_while_it_is_paused_a_badge_counted_until_yesterday_and_says_no_more():
    certificate = make_badged_ready(training_day=date(2026, 10, 6))
    paused = pause(certificate, date(2026, 11, 10))

    badge = badges.credential(paused, day=date(2026, 12, 1))
    later = pause(certificate, date(2026, 12, 10), is_paused=False)

    assert badge["validUntil"] == "2026-11-30T23:59:59Z"
    assert badges.credential(later, day=date(2026, 12, 10))["validUntil"] == "2027-11-05T23:59:59Z"


def test_the_words_are_in_the_language_of_the_certificate(settings):
    badge = badges.credential(make_badged(language="es"))

    subject = badge["credentialSubject"]
    assert subject["achievement"]["inLanguage"] == "es"
    assert badge["evidence"][0]["name"] == "Comprobar un certificado"


def test_a_badge_signed_by_a_key_that_was_made_later_says_so(settings):
    settings.BADGE_KEY = keys.new(at=ISSUED_AT + timedelta(days=3)).line

    assert badges.credential(make_badged())["proof"][0]["created"] == "2026-10-09T19:42:00Z"


def test_without_a_key_there_is_no_badge(settings, tmp_path):
    settings.BADGE_KEY, settings.BADGE_KEY_BY_ITSELF = "", False
    settings.BADGE_KEYS_FILE = tmp_path / "none"
    certificate = make_badged()

    with pytest.raises(badges.NoKey):
        badges.credential(certificate)

    assert badges.pdf_attachment(certificate) is None


def test_a_site_with_a_port_is_called_by_it_as_well(settings):
    settings.SITE_ADDRESS = "http://127.0.0.1:8112"

    assert badges.did_document() == {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": "did:web:127.0.0.1%3A8112",
        "verificationMethod": [
            {
                "id": f"did:web:127.0.0.1%3A8112#{KEY.public}",
                "type": "Multikey",
                "controller": "did:web:127.0.0.1%3A8112",
                "publicKeyMultibase": KEY.public,
            }
        ],
        "assertionMethod": [f"did:web:127.0.0.1%3A8112#{KEY.public}"],
    }


# --- what goes into the PDF ------------------------------------------------------------------


def test_what_goes_into_the_pdf_is_the_badge_as_of_the_day_of_issue():
    certificate = make_badged_ready(training_day=date(2026, 10, 6))
    before = badges.pdf_attachment(certificate)
    Renewal.objects.create(
        milestone=certificate.milestone,
        kind="series",
        day=timezone.localdate() + timedelta(days=1),
        by=certificate.holder,
        at=ISSUED_AT,
    )

    name, media_type, content, description = badges.pdf_attachment(reading(certificate))

    assert (name, media_type) == ("badge.json", "application/vc+ld+json")
    assert description == (
        "What this certificate says, signed, for programs to check (Open Badges 3.0)"
    )
    assert json.loads(content)["validUntil"] == "2027-10-06T22:59:59Z"
    assert before[2] == content


def test_a_certificate_that_is_not_kept_has_no_badge_in_it():
    certificate = make_badged()
    certificate.pk = None

    assert badges.pdf_attachment(certificate) is None
