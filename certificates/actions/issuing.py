"""Issuing a certificate, drawing it, and handing out a new one in its place."""

import hashlib
import logging
from datetime import date

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_tasks import task

from certificates import badges, letter, letterheads, numbers, pdf, signing
from certificates.life import State
from certificates.models import Certificate, ReplacedBecause
from courses.actions import durable, rechecking
from courses.models import Milestone, MilestoneKind
from courses.rubric import rubric_of

# What was asked for before somebody was ready, as it is printed. It goes on after “they”.
DONE_TO_BE_READY = [
    ("final_check", gettext_noop("answered the questions about safety as the course asks")),
    ("agreements_signed", gettext_noop("signed the role and confidentiality agreements")),
    ("practice_ready", gettext_noop("led two activities while an observer watched")),
]

log = logging.getLogger(__name__)


# What a certificate that replaces another one has from it, unless it is what was changed.
AS_BEFORE = (
    "milestone",
    "holder",
    "organisation",
    "name",
    "course_title",
    "edition_number",
    "organisation_name",
    "hours",
    "first_day",
    "last_day",
    "months",
    "done",
    "competencies",
    "language",
    "design",
    "letterhead",
)


class NameMissing(Exception):
    """The holder has not said what they are called yet, and an address is not a name."""


class Withdrawn(Exception):
    """A certificate that was withdrawn is not issued anew in its place."""


def issue(*, milestone, at):
    """Issue the certificate of a milestone, and draw it when that can be done here.

    Twice is once: whoever asks again gets the same one. When it cannot be drawn it is issued all
    the same, as a page, and the log says why; `draw` can be asked again later.
    """
    Certificate.objects.bulk_create([snapshot(milestone, at)], ignore_conflicts=True)
    known = Certificate.objects.for_reading()
    certificate = known.get(milestone=milestone, replaces=None)
    return drawn_if_possible(certificate)


def drawn_if_possible(certificate):
    """Draw a certificate, and return it. Where it cannot be drawn now, it is tried again later."""
    try:
        return draw(certificate=certificate)
    except pdf.CannotDraw:
        log.warning("Certificate %s is issued, but not drawn.", certificate, exc_info=True)
        durable.later(draw_later, certificate.pk, at=timezone.now() + durable.WAITS[0])
        return certificate


@task(backend=durable.BACKEND)
def draw_later(pk):
    """Draw a certificate that could not be drawn when it was issued. Twice is once."""
    draw(certificate=Certificate.objects.for_reading().get(pk=pk))


def draw(*, certificate):
    """Make the PDF if there is none, once, and return the certificate. Raises pdf.CannotDraw."""
    if certificate.is_drawn:
        return certificate
    made = made_now(Certificate.objects.for_drawing().get(pk=certificate.pk))
    kept = {"pdf": made, "pdf_sha256": hashlib.sha256(made).hexdigest()}
    if Certificate.objects.filter(pk=certificate.pk, pdf=None).update(**kept):
        certificate.pdf, certificate.pdf_sha256 = kept.values()
    else:  # somebody else was a moment quicker, and theirs stay
        certificate.refresh_from_db(fields=list(kept))
    return certificate


def made_now(certificate):
    """Return the bytes of a certificate: with its badge inside, and signed where there are keys.

    It comes from `for_drawing`. Raises pdf.CannotDraw.
    """
    badge = badges.pdf_attachment(certificate)
    drawn = pdf.draw(certificate, attachments=[badge] if badge else [])
    try:
        return signing.sign(drawn)
    except signing.CannotSign as fault:
        raise pdf.CannotDraw(f"{certificate} cannot be signed: {fault}") from fault


@transaction.atomic
def reissue(*, certificate, because, by, at, note="", **changed):
    """Issue a certificate in the place of another, with some of what is printed `changed`.

    What is not named is printed as before. Twice is once: a certificate has one successor. The
    name, the hours and the days can change. Raises Withdrawn where it no longer counts.
    """
    Milestone.objects.select_for_update().get(pk=certificate.milestone_id)
    old = Certificate.objects.for_reading().get(pk=certificate.pk)
    if old.state is State.WITHDRAWN:
        raise Withdrawn(old.shown_serial)
    if (new := getattr(old, "replacement", None)) is None:
        copied = {name: getattr(old, name) for name in AS_BEFORE}
        copied |= changed
        new = Certificate(
            **copied,
            training_day=copied["last_day"],
            replaces=old,
            replaced_because=because,
            replaced_note=note,
            issued_by=by,
            issued_at=at,
            serial=numbers.new_serial(),
        )
        new.save(force_insert=True)
        if because == ReplacedBecause.CORRECTION:
            rechecking.settled(milestone=old.milestone, note=note, by=by, at=at)
    return Certificate.objects.for_reading().get(pk=new.pk)


def snapshot(milestone, at, letterhead_of=letterheads.frozen):
    """Return the certificate of a milestone as it is printed today, not kept yet.

    `letterhead_of` spares queries to whoever asks for many at once. Raises NameMissing.
    """
    enrolment, edition = milestone.enrolment, milestone.edition
    organisation, holder = enrolment.cohort.organisation, enrolment.trainee
    name, is_ready = holder.name_for_certificates.strip(), milestone.kind == MilestoneKind.READY
    if not name:
        raise NameMissing(f"Milestone {milestone.pk} waits for its trainee to give a name.")
    language = _language(holder, edition)
    letterhead = letterhead_of(organisation, language)
    course = edition.outline.course_in(language)
    return Certificate(
        milestone=milestone,
        holder=holder,
        organisation=organisation,
        serial=numbers.new_serial(),
        name=name,
        course_title=course.title if course else edition.title,
        edition_number=edition.number,
        organisation_name=organisation.name,
        hours=edition.hours,
        first_day=date.fromisoformat(milestone.evidence["first_day"]),
        last_day=date.fromisoformat(milestone.evidence["last_day"]),
        training_day=date.fromisoformat(milestone.evidence["last_day"]),
        months=organisation.ready_for_months if is_ready else None,
        done=_what_was_done(milestone, language),
        competencies=_what_was_shown(milestone, language) if is_ready else [],
        language=language,
        letterhead=letterhead,
        design=letter.design_for(letterhead),
        issued_at=at,
    )


def _language(holder, edition):
    """Return the language of a certificate: its holder's, where the course has words in it."""
    has_words = edition.outline.course_in(holder.language) is not None
    return holder.language if has_words else edition.language


def _what_was_done(milestone, language):
    """Return what a certificate says was done, line by line.

    What was waived for somebody is not said: they did what was agreed with them, and the lines
    are what the whole course is about.
    """
    edition = milestone.edition
    course = edition.outline.course_in(language)
    done = list(course.done if course else edition.done)
    if milestone.kind != MilestoneKind.READY:
        return done
    asked = {requirement["kind"] for requirement in edition.ready_requirements}
    with translation.override(language):
        return [*done, *(_(line) for kind, line in DONE_TO_BE_READY if kind in asked)]


def _what_was_shown(milestone, language):
    """Return what observers saw somebody do, a line for each criterion; nothing without any."""
    with translation.override(language):
        rubric = rubric_of(milestone.edition)
    return [each.title for each in rubric.criteria] if rubric else []
