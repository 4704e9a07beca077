"""What happened on one person's way through a course, newest first: facts, and nothing else.

Who looks on decides what is read at all. Nothing that a person wrote is ever in it: no plan, no
reflection, no answer; nor what an observer rated.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from courses.models import (
    Attendance,
    Change,
    Changed,
    CheckRound,
    LessonProgress,
    Message,
    Milestone,
    Observation,
    Practice,
    PracticeTalk,
    ReadySignOff,
    Signature,
    Waiver,
)
from courses.paging import page, read_mark

FINAL = "final"
KINDS = [int, int, int]


class What(StrEnum):
    """What happened."""

    JOINED = "joined"
    LEFT = "left"
    MARKED = "marked"
    LESSON = "lesson"
    CHECK = "check"
    SIGNED = "signed"
    BOOKED = "booked"
    CALLED_OFF = "called_off"
    PRACTISED = "practised"
    TALK_OPENED = "talk_opened"
    TALK_HELD = "talk_held"
    WAIVED = "waived"
    TAKEN_BACK = "taken_back"
    SIGNED_OFF = "signed_off"
    REACHED = "reached"
    WRITTEN_TO = "written_to"


@dataclass(frozen=True)
class Event:
    """One thing that happened, and what there is to say of it."""

    what: What
    at: datetime
    number: int  # tells things of one moment and kind apart
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self):
        """By which they are in order: of one moment, what comes first in `What` was first."""
        return (-int(self.at.timestamp() * 1000), -list(What).index(self.what), -self.number)


def a_page(enrolment, *, organised, after=""):
    """Return a Page of what happened, newest first: in ten queries for an organiser, five for
    those who lead the group."""
    found = [*_for_everyone(enrolment), *(_for_organisers(enrolment) if organised else [])]
    lines = sorted(((event.key, event) for event in found), key=lambda line: line[0])
    return page(lines, read_mark(after, KINDS))


def _for_everyone(enrolment):
    """What those who lead the group see as well."""
    yield Event(What.JOINED, enrolment.joined_at, 0)
    if enrolment.left_at:
        taken_out = Change.objects.filter(enrolment=enrolment, what=Changed.LEFT)
        last = taken_out.select_related("by").order_by("-pk").first()
        yield Event(What.LEFT, enrolment.left_at, 0, {"by": last.by if last else None})
    marks = Attendance.objects.filter(enrolment=enrolment)
    for each in marks.select_related("session_run", "marked_by"):
        said = {"run": each.session_run, "mark": each.get_mark_display(), "by": each.marked_by}
        yield Event(What.MARKED, each.marked_at, each.pk, {**said, "reason": each.reason})
    outline = enrolment.cohort.edition.outline
    done = LessonProgress.objects.filter(enrolment=enrolment).exclude(finished_at=None)
    for each in done.defer("steps"):
        if found := outline.by_key(str(each.lesson)):
            yield Event(What.LESSON, each.finished_at, each.pk, {"lesson": found[1].title})
    yield from _practices(enrolment)
    for each in ReadySignOff.objects.filter(enrolment=enrolment).select_related("by"):
        yield Event(What.SIGNED_OFF, each.at, each.pk, {"by": each.by})
    for each in Milestone.objects.filter(enrolment=enrolment):
        yield Event(What.REACHED, each.reached_at, each.pk, {"kind": each.get_kind_display()})


def _practices(enrolment):
    for each in Practice.objects.filter(enrolment=enrolment):
        said = {"number": each.number}
        yield Event(What.BOOKED, each.booked_at, each.pk, said)
        if each.cancelled_at:
            yield Event(What.CALLED_OFF, each.cancelled_at, each.pk, said)
        if each.observed_at:
            yield Event(What.PRACTISED, each.observed_at, each.pk, said)


def _for_organisers(enrolment):
    """What only an organiser sees besides."""
    rounds = CheckRound.objects.filter(enrolment=enrolment, purpose=FINAL).finished()
    for each in rounds.with_answers():
        enough = each.tally().is_enough
        yield Event(What.CHECK, each.finished_at, each.pk, {"is_enough": enough})
    for each in Signature.objects.filter(enrolment=enrolment).defer("words"):
        yield Event(What.SIGNED, each.at, each.pk, {"title": each.title})
    for each in Waiver.objects.filter(enrolment=enrolment).select_related("by", "taken_back_by"):
        said = {"kind": each.kind, "reason": each.reason}
        yield Event(What.WAIVED, each.at, each.pk, {**said, "by": each.by})
        if each.taken_back_at:
            said = {**said, "by": each.taken_back_by}
            yield Event(What.TAKEN_BACK, each.taken_back_at, each.pk, said)
    for each in PracticeTalk.objects.filter(enrolment=enrolment).select_related("held_by"):
        yield Event(What.TALK_OPENED, each.opened_at, each.pk, {"why": each.get_why_display()})
        if each.held_at:
            yield Event(What.TALK_HELD, each.held_at, each.pk, {"by": each.held_by})
    sent = Message.objects.filter(person=enrolment.trainee_id, cohort=enrolment.cohort_id)
    for each in sent.defer("text"):
        said = {"kind": each.get_kind_display(), "sent": each.sent_at is not None}
        yield Event(What.WRITTEN_TO, each.sent_at or each.made_at, each.pk, said)


@dataclass(frozen=True)
class Practised:
    """A practice as its organiser sees it: the outcome, never the ratings."""

    practice: Practice
    outcome: str = ""


def practices(enrolment, *, organised):
    """Return a person's practices, oldest first. Those who lead the group see no outcome."""
    found = Practice.objects.filter(enrolment=enrolment, cancelled_at=None)
    found = list(found.select_related("slot"))
    outcomes = {}
    if organised:
        seen = Observation.objects.filter(practice__enrolment=enrolment, corrected_by=None)
        outcomes = {each.practice_id: each.get_outcome_display() for each in seen}
    return [Practised(each, str(outcomes.get(each.pk, ""))) for each in found]
