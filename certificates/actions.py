"""Issuing a certificate, drawing it, and withdrawing it."""

import hashlib
import logging
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from certificates import letter, numbers, pdf
from certificates.models import Certificate, Withdrawal
from courses.models import MilestoneKind

# What was asked for before somebody was ready, as it is printed. It goes on after “they”.
DONE_TO_BE_READY = [
    ("final_check", gettext_noop("answered the questions about safety as the course asks")),
    ("agreements_signed", gettext_noop("signed the role and confidentiality agreements")),
    ("practice_ready", gettext_noop("led two activities while an observer watched")),
]

log = logging.getLogger(__name__)


class NameMissing(Exception):
    """The holder has not said what they are called yet, and an address is not a name."""


def issue(*, milestone, at):
    """Issue the certificate of a milestone, and draw it when that can be done here.

    Twice is once: whoever asks again gets the same one. When it cannot be drawn it is issued all
    the same, as a page, and the log says why; `draw` can be asked again later.
    """
    Certificate.objects.bulk_create([_snapshot(milestone, at)], ignore_conflicts=True)
    known = Certificate.objects.select_related("withdrawal", "milestone")
    certificate = known.get(milestone=milestone)
    try:
        return draw(certificate=certificate)
    except pdf.CannotDraw:
        log.warning("Certificate %s is issued, but not drawn.", certificate, exc_info=True)
        return certificate


def draw(*, certificate):
    """Make the PDF if there is none, once, and return the certificate. Raises pdf.CannotDraw."""
    if certificate.is_drawn:
        return certificate
    made = pdf.draw(certificate)
    kept = {"pdf": made, "pdf_sha256": hashlib.sha256(made).hexdigest()}
    if Certificate.objects.filter(pk=certificate.pk, pdf=None).update(**kept):
        certificate.pdf, certificate.pdf_sha256 = kept.values()
    else:  # somebody else was a moment quicker, and theirs stay
        certificate.refresh_from_db(fields=list(kept))
    return certificate


def withdraw(*, certificate, reason, note, by, at):
    """Withdraw a certificate. Twice is once: the first reason and day stay."""
    withdrawal, _made = Withdrawal.objects.get_or_create(
        certificate=certificate,
        defaults={"reason": reason, "note": note, "withdrawn_at": at, "withdrawn_by": by},
    )
    return withdrawal


def _snapshot(milestone, at):
    enrolment, edition = milestone.enrolment, milestone.edition
    organisation, holder = enrolment.cohort.organisation, enrolment.trainee
    name = holder.name_for_certificates.strip()
    if not name:
        raise NameMissing(f"Milestone {milestone.pk} waits for its trainee to give a name.")
    return Certificate(
        milestone=milestone,
        holder=holder,
        organisation=organisation,
        serial=numbers.new_serial(),
        name=name,
        course_title=edition.title,
        edition_number=edition.number,
        organisation_name=organisation.name,
        hours=edition.hours,
        first_day=date.fromisoformat(milestone.evidence["first_day"]),
        last_day=date.fromisoformat(milestone.evidence["last_day"]),
        done=_what_was_done(milestone),
        language=edition.language,
        design=letter.DESIGNS[milestone.kind],
        issued_at=at,
    )


def _what_was_done(milestone):
    """Return what a certificate says was done, line by line, in the language of the edition."""
    edition = milestone.edition
    if milestone.kind != MilestoneKind.READY:
        return edition.done
    asked = {requirement["kind"] for requirement in edition.ready_requirements}
    with translation.override(edition.language):
        return [*edition.done, *(_(line) for kind, line in DONE_TO_BE_READY if kind in asked)]
