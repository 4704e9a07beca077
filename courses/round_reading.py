"""What a trainee meets of a course check: its questions as they were drawn, and what it came to.

The question bank is read as the edition holds it. A revision never changes, so it is read once in
each process, like lessons are.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from wagtail.models import Revision

from content.blocks.question_bank import CheckPurpose
from content.exercises import CourseCheck, Question
from content.rounds import Drawn, Tally, as_drawn
from content.scoring import mark_any
from courses.knowledge import Change, RoundFact, final_check_met_at, knowledge_change
from courses.models import CheckAnswer, CheckRound, Enrolment
from courses.outline import OutlineLesson, OutlineSession
from courses.reading import exercise_of


@lru_cache(maxsize=256)
def bank_questions(revision_id):
    """Return {question id: (heading, question)} of a question bank's page revision."""
    return Revision.objects.get(pk=revision_id).as_object().questions


@dataclass(frozen=True)
class Asked:
    """A question of a round, at its place counted from 1, with its answer once there is one."""

    place: int
    drawn: Drawn
    question: Question
    session: OutlineSession | None  # where to read about it again
    answer: CheckAnswer | None

    @property
    def result(self):
        """The mark of the answer; None where somebody did not know yet."""
        given: Any = self.answer.answers if self.answer else None
        return None if given is None else mark_any(self.question, given)


@dataclass(frozen=True)
class RoundReading:
    """A round as its trainee meets it.

    `language` is that of its questions: "" for the language the edition was made in.
    """

    round: CheckRound
    check: CourseCheck
    session: OutlineSession
    lesson: OutlineLesson
    step: int
    asked: tuple[Asked, ...]
    language: str = ""

    @cached_property
    def tally(self) -> Tally:
        return self.round.tally()

    @property
    def speaks(self):
        """Whether something is said back. Before the course, nothing is."""
        return self.check.purpose != "baseline"

    def next_left(self, after=0):
        """Return the first question left behind this place, from the front again; None at the
        end."""
        left = [each for each in self.asked if each.answer is None]
        return next((each for each in left if each.place > after), next(iter(left), None))

    def _those(self, keys):
        return [each for each in self.asked if each.drawn.id in keys]

    @property
    def safety_open(self):
        """Questions about safety that are not there yet."""
        return self._those(self.tally.safety_open)

    @property
    def look_again(self):
        """The other questions to look at again."""
        return self._those(set(self.tally.look_again) - set(self.tally.safety_open))


def read_round(enrolment, round):
    """Return the RoundReading of a CheckRound that has its answers along; no other query.

    A round that was begun before the group moved to a newer edition takes one query more.
    """
    outline = enrolment.cohort.edition.outline
    session, lesson, step = outline.exercise(str(round.exercise))
    questions = bank_questions(round.bank)
    said = _words_of(enrolment, round.bank)
    in_words = bank_questions(said.revision) if said else questions
    answers = {str(answer.question): answer for answer in round.answers.all()}
    return RoundReading(
        round=round,
        check=exercise_of(enrolment, round.exercise),
        session=session,
        lesson=lesson,
        step=step,
        asked=tuple(
            Asked(
                place=place,
                drawn=drawn,
                question=as_drawn(in_words[drawn.id][1], drawn),
                # The bank's own heading, as a translated one need not have a number in it.
                session=_session_of(questions[drawn.id][0], outline),
                answer=answers.get(drawn.id),
            )
            for place, drawn in enumerate(round.drawn, 1)
        ),
        language=said.language if said else "",
    )


def _words_of(enrolment, bank):
    """Return the BankWords of a bank's revision in the reader's language; None without any."""
    outline = enrolment.cohort.edition.outline
    if outline.bank == bank:
        return outline.bank_said
    moves = enrolment.cohort.moves.select_related("from_edition")
    earlier = (move.from_edition.outline for move in moves)
    return next((each.bank_said for each in earlier if each.bank == bank), None)


def _session_of(heading, outline):
    """Return the session that a heading of the bank names by its number, as in “Session 5”."""
    number = re.search(r"\d{1,3}", heading)
    return outline.numbered(int(number.group())) if number else None


# --- for the owner, and for reports ------------------------------------------------------------


def _facts(enrolments):
    """Return {enrolment pk: [RoundFact]} of all rounds that were finished, in two queries."""
    rounds = CheckRound.objects.filter(enrolment__in=enrolments).finished().with_answers()
    found = {}
    for round in rounds:
        found.setdefault(round.enrolment_id, []).append(round.as_fact())
    return found


def knowledge_changes(enrolments: Iterable[Enrolment]) -> dict[int, Change]:
    """Return {enrolment pk: Change} for those who have both a baseline and a final round."""
    changes = {pk: knowledge_change(facts) for pk, facts in _facts(enrolments).items()}
    return {pk: change for pk, change in changes.items() if change}


def final_checks_met(enrolments: Iterable[Enrolment]) -> dict[int, datetime]:
    """Return {enrolment pk: when} for those whose final check was enough, in one query.

    As many sets as one likes may come before it. Organisers may know this, no more.
    """
    final = CheckRound.objects.filter(enrolment__in=enrolments, purpose=CheckPurpose.FINAL)
    facts: dict[int, list[RoundFact]] = {}
    for round in final.finished().with_met():
        facts.setdefault(round.enrolment_id, []).append(round.as_fact())
    days = {pk: final_check_met_at(rounds) for pk, rounds in facts.items()}
    return {pk: day for pk, day in days.items() if day}


def change_of(enrolment: Enrolment) -> Change | None:
    """Return what changed for one trainee; None unless both rounds exist. For their eyes only."""
    return knowledge_changes([enrolment]).get(enrolment.pk)
