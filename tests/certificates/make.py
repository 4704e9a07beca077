"""Certificates for the tests of this folder."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from django.utils import timezone
from django.utils.html import strip_tags
from PIL import Image

from certificates import letter
from certificates.actions import afterwards, issuing
from certificates.models import Certificate, Layout, Letterhead, Paper
from courses.models import Milestone, MilestoneKind
from tests.factories.courses import (
    make_cohort,
    make_edition,
    make_enrolment,
    make_milestone,
    make_organiser,
)

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
        "training_day": date(2026, 10, 6),
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
    return issuing.issue(milestone=milestone or make_small_milestone(**of), at=at)


def make_ready_certificate(trained=None, at=None, **of):
    """A certificate that somebody is ready, whose training ended on that day (100 days ago)."""
    trained = trained or timezone.localdate() - timedelta(days=100)
    completion = make_small_milestone(**of)
    milestone = Milestone.objects.create(
        enrolment=completion.enrolment,
        kind=MilestoneKind.READY,
        edition=completion.edition,
        reached_at=completion.reached_at,
        evidence={"first_day": trained.isoformat(), "last_day": trained.isoformat()},
    )
    return issuing.issue(milestone=milestone, at=at or ISSUED_AT)


def said(response):
    """What the page says in its main part, without its markup and what waits for a script."""
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    main = re.sub(r"<section[^>]* hidden>.*?</section>", "", main, flags=re.DOTALL)
    return " ".join(strip_tags(re.sub("<(h1|p|dt|dd|li|div)", r" <\1", main)).split())


def withdrawn(certificate, note="Issued twice."):
    organiser = make_organiser(certificate.organisation)
    afterwards.withdraw(
        certificate=certificate, reason="mistake", note=note, by=organiser, at=ISSUED_AT
    )
    return certificate


def a_logo(size=(700, 260)):
    """A picture as a letterhead keeps it: JPEG."""
    kept = BytesIO()
    Image.new("RGB", size, "#224488").save(kept, "JPEG")
    return kept.getvalue()


SIGNATORIES = [
    {"name": "Oluchi Adeyemi", "role": "Chair"},
    {"name": "Maria Lopez", "role": "Facilitator of the course"},
    {"name": "Ken Wallace", "role": "Peer mentor"},
]


def a_letterhead(**fields):
    """What an organisation's certificates are printed on, in no database."""
    values = {
        "layout": Layout.CENTRED,
        "paper": Paper.A4,
        "colour": "#7a1f3d",
        "logo": a_logo(),
        "logo_type": "image/jpeg",
        "language": "en-gb",
        "opening": "With joy we say that",
        "closing": "We thank them for the hours they gave.",
        "signatories": SIGNATORIES,
    }
    return Letterhead(**values | fields)


def a_sheet(kind=MilestoneKind.COMPLETION, head=None, **fields):
    """A certificate with a letterhead, in no database, of a completion or of being ready."""
    head = head or a_letterhead()
    values = {
        "milestone": Milestone(kind=kind),
        "letterhead": head,
        "design": letter.design_for(head),
        "months": 12 if kind == MilestoneKind.READY else None,
        "competencies": ["listening without giving advice", "keeping a group safe"],
    }
    return a_letter(**values | fields)
