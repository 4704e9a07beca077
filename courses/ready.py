"""What was decided and shown of trainees on the way to “ready to co-facilitate”.

Attendance and finished lessons are known where these facts are asked for. The rest comes with the
enrolments themselves, in the same query, and in two more where an edition leads to ready: however
many people are asked about. What follows from it all is said by `courses.completion.standing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from courses import completion
from courses.agreements import wordings
from courses.completion import Facts, Standing
from courses.joined import data, moment, read, rows_of
from courses.models import (
    Milestone,
    MilestoneKind,
    MilestoneLook,
    Observation,
    PracticeNumber,
    ReadySignOff,
    Signature,
    Waiver,
)
from courses.observing import readiness_of
from courses.readiness import Readiness
from courses.round_reading import final_checks_met


@dataclass(frozen=True)
class Waived:
    """A waiver in force. Why and by whom is for its owner and the organiser."""

    kind: str
    reason: str
    instead: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Watched:
    """A practice that somebody watched; `is_reviewed` once the trainee wrote how it went."""

    number: int
    at: datetime
    is_reviewed: bool


@dataclass(frozen=True)
class ReachedThen:
    """A milestone, with what its own edition asked and what was waived that day.

    `looked_at` are the kinds of requirement that somebody looked at again last.
    """

    milestone: int
    kind: str
    asked: tuple[completion.Requirement, ...]
    waived: frozenset[str]
    looked_at: frozenset[str]


@dataclass(frozen=True)
class Told:
    """What is known of one enrolment besides attendance and lessons. None: not yet, or not asked.

    `signed` is {which agreement: when} of what was signed in words that the edition holds.
    """

    completed_at: datetime | None
    ready_at: datetime | None
    waived: tuple[Waived, ...]
    signed: Mapping[str, datetime]
    watched: tuple[Watched, ...]
    signed_off_at: datetime | None
    signed_off_by: str
    final_check_at: datetime | None = None
    readiness: Readiness | None = None
    reached: tuple[ReachedThen, ...] = ()

    @property
    def waits_for_own_words(self) -> bool:
        """True while a trainee has not said how a practice went. Until then nothing that an
        observer saw counts, as it would tell them before they have looked themselves (C3)."""
        return not all(each.is_reviewed for each in self.watched)

    @property
    def is_ready_in_practice(self) -> bool:
        """Ready on the rubric, over two practices that were watched and looked back on."""
        numbers = {each.number for each in self.watched}
        seen_ready = self.readiness is not None and self.readiness.is_ready
        return seen_ready and numbers >= set(PracticeNumber) and not self.waits_for_own_words

    def add_to(self, facts: Facts) -> Facts:
        """Return the facts from attendance and lessons together with these."""
        there = {
            completion.COMPLETION: self.completed_at is not None,
            completion.FINAL_CHECK: self.final_check_at is not None,
            completion.PRACTICE_READY: self.is_ready_in_practice,
            completion.SIGN_OFF: self.signed_off_at is not None,
        }
        return replace(
            facts,
            reached=frozenset(kind for kind, is_there in there.items() if is_there),
            agreements=frozenset(self.signed),
            waived=frozenset(each.kind for each in self.waived),
        )


def with_told(enrolments):
    """Have the enrolments of a queryset bring along what was decided about them."""
    reached = Milestone.objects.filter(enrolment=OuterRef("pk"))
    sign_off = ReadySignOff.objects.filter(enrolment=OuterRef("pk"))
    seen = Observation.objects.filter(corrects=None)
    return enrolments.annotate(
        told_completed=Subquery(
            reached.filter(kind=MilestoneKind.COMPLETION).values("reached_at")
        ),
        told_ready=Subquery(reached.filter(kind=MilestoneKind.READY).values("reached_at")),
        told_signed_off=Subquery(sign_off.values("at")),
        told_signed_off_by=Subquery(sign_off.values("by__name")),
        told_reached=rows_of(
            Milestone.objects.all(),
            "enrolment",
            pk="pk",
            kind="kind",
            evidence="evidence",
            requirements="edition__requirements",
            ready_requirements="edition__ready_requirements",
        ),
        told_looks=rows_of(
            MilestoneLook.objects.all(),
            "milestone__enrolment",
            pk="pk",
            milestone="milestone",
            kinds="kinds",
        ),
        told_waived=rows_of(
            Waiver.objects.filter(taken_back_at=None),
            "enrolment",
            kind="kind",
            reason="reason",
            instead="instead",
            by="by__name",
            at="at",
        ),
        told_signed=rows_of(
            Signature.objects.all(),
            "enrolment",
            exercise="exercise",
            fingerprint="fingerprint",
            at="at",
        ),
        told_watched=rows_of(
            seen,
            "practice__enrolment",
            number="practice__number",
            at="at",
            review="practice__self_review__pk",
        ),
    )


def told_by(enrolment) -> Told:
    """Return what an enrolment brought along by `with_told`; no query.

    Whether the final check is met and what observers saw is not in it: see `load`.
    """
    edition = enrolment.cohort.edition
    return Told(
        completed_at=enrolment.told_completed,
        ready_at=enrolment.told_ready,
        waived=tuple(
            Waived(**{**row, "at": moment(row["at"])}) for row in read(enrolment.told_waived)
        ),
        signed=_signed(read(enrolment.told_signed), edition) if leads_there(edition) else {},
        watched=tuple(
            Watched(row["number"], at, row["review"] is not None)
            for row in read(enrolment.told_watched)
            for at in [moment(row["at"])]
        ),
        signed_off_at=enrolment.told_signed_off,
        signed_off_by=enrolment.told_signed_off_by or "",
        reached=tuple(_reached(read(enrolment.told_reached), read(enrolment.told_looks))),
    )


def load(enrolments) -> dict[int, Told]:
    """Return {enrolment id: Told}; two queries where an edition leads to ready, else none.

    The enrolments come from `with_told`, with their cohorts and editions.
    """
    on_the_way = [
        each.pk for each in enrolments if leads_there(each.cohort.edition) or each.told_ready
    ]
    checks = final_checks_met(on_the_way) if on_the_way else {}
    readiness = readiness_of(on_the_way) if on_the_way else {}
    return {
        each.pk: replace(
            told_by(each),
            final_check_at=checks.get(each.pk),
            readiness=readiness.get(each.pk),
        )
        for each in enrolments
    }


def leads_there(edition) -> bool:
    """Tell whether an edition leads to ready to co-facilitate."""
    return bool(edition.ready_requirements)


def standing(edition, facts: Facts) -> Standing | None:
    """Return where somebody with these facts stands on the way to ready; None where an edition
    does not lead there."""
    return completion.standing(edition.ready_asked(), facts) if leads_there(edition) else None


def _reached(rows, looks):
    """Yield the milestones of an enrolment, completion first."""
    looked_at = {
        look["milestone"]: frozenset(data(look["kinds"]))
        for look in sorted(looks, key=lambda look: look["pk"])
    }
    for row in sorted(rows, key=lambda row: row["kind"]):
        is_ready = row["kind"] == MilestoneKind.READY
        asked = data(row["ready_requirements" if is_ready else "requirements"])
        yield ReachedThen(
            milestone=row["pk"],
            kind=row["kind"],
            asked=completion.requirements(asked, ()),
            waived=frozenset(data(row["evidence"]).get("waived", ())),
            looked_at=looked_at.get(row["pk"], frozenset()),
        )


def _signed(rows, edition):
    held = wordings(edition.pk)
    signed: dict[str, datetime] = {}
    for row in rows:
        which = held.get((str(UUID(row["exercise"])), row["fingerprint"]))
        if which:
            at = moment(row["at"])
            signed[which] = min(signed.get(which, at), at)
    return signed
