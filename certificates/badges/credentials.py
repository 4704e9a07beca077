"""The badge of a certificate, as data: an Open Badges 3.0 credential, and what to check it by.

It says what is printed on the certificate and no more: no e-mail address, nobody's number. Its
words are those of the certificate, in its language.
"""

from datetime import UTC, datetime, time, timedelta
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from certificates import status_bits
from certificates.badges import contexts, keys, proofs

DID_CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
REVOCATION = "revocation"


class NoKey(Exception):
    """There is no key to sign with, so there are no badges."""


def did():
    """Return by which name badges call this site: `did:web:example.org`."""
    return "did:web:" + quote(urlsplit(settings.SITE_ADDRESS).netloc, safe="")


def did_document():
    """Return what a stranger checks our signatures by: every key that still holds."""
    methods = [
        {
            "id": _method(key),
            "type": "Multikey",
            "controller": did(),
            "publicKeyMultibase": key.public,
        }
        for key in keys.known()
    ]
    return {
        "@context": DID_CONTEXTS,
        "id": did(),
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def credential(certificate, *, with_name=True, day=None):
    """Return the badge of a certificate, signed, as it stands on a day, or today.

    The certificate comes from `for_reading`. Without the name it says all but whose it is. The
    same certificate, key and standing give the same badge. Raises NoKey.
    """
    with translation.override(certificate.language):
        document = _unsigned(certificate, with_name, day or timezone.localdate())
    return signed(document, at=certificate.issued_at)


def signed(document, *, at):
    """Return a document of ours with the proof of the newest key. Raises NoKey.

    `at`: when it was written; a key that was made later signs as of its making.
    """
    held = keys.known()
    if not held:
        raise NoKey
    newest = held[0]
    return proofs.sign(
        document, key=newest, method=_method(newest), at=max(at, newest.made_at).astimezone(UTC)
    )


def achievement_path(certificate):
    """Return where one reads what this badge is given for."""
    milestone = certificate.milestone
    of = (certificate.organisation_id, milestone.edition_id, milestone.kind)
    return reverse("achievement", args=of)


def _unsigned(certificate, with_name, day):
    document = {
        "@context": [contexts.CREDENTIALS, contexts.OPEN_BADGES],
        "id": _address("badge_json", certificate),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": title(certificate),
        "issuer": {
            "id": did(),
            "type": ["Profile"],
            "name": certificate.organisation_name,
            "url": settings.SITE_ADDRESS,
        },
        "validFrom": _moment(certificate.issued_at),
        "awardedDate": _moment(certificate.issued_at),
        "image": {"id": _address("badge_png", certificate), "type": "Image"},
        "credentialSubject": _subject(certificate, with_name),
        "evidence": [
            {
                "id": certificate.check_url,
                "type": ["Evidence"],
                "name": _("Check a certificate"),
            }
        ],
        "credentialStatus": _status(certificate),
    }
    until = _until(certificate, day)
    return document | ({"validUntil": _moment(until)} if until else {})


def _subject(certificate, with_name):
    subject = {
        "id": f"{certificate.check_url}#holder",
        "type": ["AchievementSubject"],
        "activityStartDate": _begin(certificate.first_day).isoformat(),
        "activityEndDate": _begin(certificate.last_day).isoformat(),
        "licenseNumber": certificate.shown_serial,
        "achievement": _achievement(certificate),
    }
    if certificate.competencies:
        subject["narrative"] = _list(certificate.competencies)
    if with_name:
        subject["identifier"] = [
            {
                "type": "IdentityObject",
                "identityType": "name",
                "hashed": False,
                "identityHash": certificate.name,
            }
        ]
    return subject


def _achievement(certificate):
    """Return what the badge is given for. It is the same for all who did the same."""
    return {
        "id": settings.SITE_ADDRESS + achievement_path(certificate),
        "type": ["Achievement"],
        "achievementType": "Certificate" if certificate.is_of_ready else "CertificateOfCompletion",
        "name": title(certificate),
        "description": description(certificate),
        "criteria": {"narrative": _criteria(certificate)},
        "inLanguage": translation.to_locale(certificate.language).replace("_", "-"),
        "version": str(certificate.edition_number),
    }


def title(certificate):
    """Return what the badge is called."""
    if certificate.is_of_ready:
        course = {"course": certificate.course_title}
        return _("Ready to co-facilitate: %(course)s") % course
    return certificate.course_title


def description(certificate):
    """Return in one or two sentences what the badge stands for, and what it does not."""
    if certificate.is_of_ready:
        return _("It is for leading a group as one of a pair. An organiser signed it off.")
    return _("It is for completing a course. Leading a group needs a separate sign-off.")


def _criteria(certificate):
    took = _("A course of %(hours)s hours.") % {"hours": floatformat(certificate.hours, -1)}
    if not certificate.done:
        return took
    return f"{took} {_('In that time they')}\n\n{_list(certificate.done)}"


def _list(lines):
    return "\n".join(f"* {line}" for line in lines)


def _status(certificate):
    which, place = status_bits.place_of(certificate.pk)
    address = settings.SITE_ADDRESS + reverse("badge_status", args=[which])
    return {
        "id": f"{address}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": REVOCATION,
        "statusListIndex": str(place),
        "statusListCredential": address,
    }


def _until(certificate, day):
    """Return the moment up to which it counts, or None where it has no end.

    While it is paused, and where it no longer counts, it did until yesterday: the badge then tells
    neither why nor since when.
    """
    if certificate.months is None:
        return None
    last = certificate.standing(day).valid_until or day - timedelta(days=1)
    return _begin(last + timedelta(days=1)) - timedelta(seconds=1)


def _begin(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _moment(at):
    return at.astimezone(UTC).strftime(proofs.MOMENT)


def _method(key):
    return f"{did()}#{key.public}"


def _address(name, certificate):
    return settings.SITE_ADDRESS + reverse(name, args=[certificate.shown_serial])
