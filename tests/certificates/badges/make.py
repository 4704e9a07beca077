"""Certificates for the tests of this folder: kept, and not drawn, as that takes its time."""

from django.utils import timezone

from certificates import numbers
from certificates.models import Certificate, Withdrawal
from courses.models import Milestone, MilestoneKind
from tests.certificates.make import ISSUED_AT, a_letter, make_small_milestone
from tests.factories.courses import make_organiser

SITE = "https://certificates.example.org"


def make_badged(milestone=None, **fields):
    """A certificate of completion that is kept, as `for_reading` brings it."""
    milestone = milestone or make_small_milestone()
    enrolment = milestone.enrolment
    kept = a_letter(
        milestone=milestone,
        holder=enrolment.trainee,
        organisation=enrolment.cohort.organisation,
        **{"serial": numbers.new_serial()} | fields,
    )
    kept.save()
    return reading(kept)


def make_badged_ready(**fields):
    """A certificate of “ready to co-facilitate” that is kept; trained today, for 12 months."""
    completed = make_small_milestone()
    ready = Milestone.objects.create(
        enrolment=completed.enrolment,
        kind=MilestoneKind.READY,
        edition=completed.edition,
        reached_at=ISSUED_AT,
        evidence=completed.evidence,
    )
    return make_badged(
        ready, **{"training_day": timezone.localdate(), "months": 12, "design": "ready-1"} | fields
    )


def reading(certificate):
    """The certificate, with all that happened to it since."""
    return Certificate.objects.for_reading().get(pk=certificate.pk)


def withdraw(certificate):
    Withdrawal.objects.create(
        certificate=certificate,
        reason="mistake",
        note="Twice.",
        withdrawn_at=ISSUED_AT,
        withdrawn_by=make_organiser(certificate.organisation),
    )
    return reading(certificate)
