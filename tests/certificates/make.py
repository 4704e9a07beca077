"""Certificates for the tests of this folder."""

from datetime import UTC, date, datetime

from certificates import actions
from certificates.models import Certificate
from tests.factories.courses import make_cohort, make_edition, make_enrolment, make_milestone

ISSUED_AT = datetime(2026, 10, 6, 19, 42, tzinfo=UTC)
SERIAL = "9X06PSRW67T2"


def a_letter(**fields):
    """A certificate that is in no database, for tests of how it is drawn."""
    values = {
        "serial": SERIAL,
        "name": "Rhiannon Ŵyn Prŷs",
        "course_title": "Becoming a peer facilitator",
        "edition_number": 3,
        "organisation_name": "Canal Street Peer Support",
        "hours": "21.5",
        "first_day": date(2026, 9, 1),
        "last_day": date(2026, 10, 6),
        "done": ["practised listening so that people feel heard", "made small action plans"],
        "language": "en-gb",
        "design": "letter-1",
        "issued_at": ISSUED_AT,
    }
    return Certificate(**values | fields)


def make_small_milestone(trainee=None, organisation=None, **course):
    """A completion of the smallest course: one session, one lesson, one step."""
    edition = make_edition(sessions=1, steps=1, sessions_required=1, **course)
    cohort = make_cohort(edition, organisation=organisation)
    return make_milestone(make_enrolment(cohort, trainee=trainee))


def make_certificate(milestone=None, at=ISSUED_AT, **of):
    """A certificate, issued as the site does it."""
    return actions.issue(milestone=milestone or make_small_milestone(**of), at=at)
