"""What anyone may know of a certificate: the check page, its JSON and the registry say the same.

Never an address, an account, a profile or another certificate. Of one that was withdrawn or
replaced, no more than that and since when: not even the name that stood on it. Of one whose holder
asked to be forgotten, only that it was issued.
"""

from django.utils import timezone
from django.utils.http import urlencode

from certificates.life import State

ENDED = (State.WITHDRAWN, State.REPLACED, State.NAMELESS)


def since(certificate):
    """Return the day on which a certificate was withdrawn or replaced, or None."""
    ended = {
        State.WITHDRAWN: lambda: certificate.withdrawal.withdrawn_at,
        State.REPLACED: lambda: certificate.replacement.issued_at,
    }.get(certificate.state)
    return timezone.localdate(ended()) if ended else None


def told(certificate, day=None):
    """Return all that anyone may know, as plain data for JSON; days as 2026-10-06."""
    standing = certificate.standing(day)
    told = {"number": certificate.shown_serial, "state": str(standing.state)}
    if standing.state is State.NAMELESS:
        return told
    if standing.state in ENDED:
        return told | {"since": _as_text(since(certificate))}
    name = {} if certificate.name_is_hidden else {"name": certificate.name}
    return told | {
        **name,
        "reached": str(certificate.milestone.kind),
        "course": certificate.course_title,
        "edition": certificate.edition_number,
        "hours": float(certificate.hours),
        "first_day": _as_text(certificate.first_day),
        "last_day": _as_text(certificate.last_day),
        "done": certificate.done,
        "competencies": certificate.competencies,
        "organisation": certificate.organisation_name,
        "issued_on": _as_text(timezone.localdate(certificate.issued_at)),
        "valid_until": _as_text(standing.valid_until),
        "active_until": _as_text(certificate.active_until(day)),
        "language": certificate.language,
        "pdf_sha256": certificate.pdf_sha256,
    }


def linkedin_address(certificate):
    """Return the address of LinkedIn's form, filled in with a certificate for its holder."""
    issued, until = timezone.localdate(certificate.issued_at), certificate.standing().valid_until
    ends = {"expirationYear": until.year, "expirationMonth": until.month} if until else {}
    asked = {
        "startTask": "CERTIFICATION_NAME",
        "name": certificate.course_title,
        "organizationName": certificate.organisation_name,
        "issueYear": issued.year,
        "issueMonth": issued.month,
        **ends,
        "certUrl": certificate.check_url,
        "certId": certificate.shown_serial,
    }
    return f"https://www.linkedin.com/profile/add?{urlencode(asked)}"


def _as_text(day):
    return day and day.isoformat()
