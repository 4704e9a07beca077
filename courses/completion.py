"""What it takes to reach a milestone. Pure: no database, no request, no clock.

A course asks for a list of requirements. What a person has done is a set of facts. From the two
follows their standing: what is met, and what is left. The trainee's page, the organiser's board,
the certificate and the export all ask `standing`, so they cannot disagree.

An organiser can waive a requirement for an access reason, if it is one of WAIVABLE. What keeps
people safe cannot be waived by anyone: the session about safety, the final check, what was seen
in practice, the agreements; nor can the organiser's own word.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

WAIVABLE = frozenset({"sessions_attended", "lessons_finished"})
COMPLETION, FINAL_CHECK, PRACTICE_READY = "completion", "final_check", "practice_ready"
SIGN_OFF = "sign_off"
DECIDED_ELSEWHERE = frozenset({COMPLETION, FINAL_CHECK, PRACTICE_READY, SIGN_OFF})
# What can turn out later to have been otherwise: a mark that was wrong, an observation corrected.
# A lesson once finished and a name once signed stay so.
CORRECTABLE = frozenset({"sessions_attended", "session_attended", PRACTICE_READY})
AGREEMENTS = frozenset({"role", "confidentiality"})


class UnknownRequirement(ValueError):
    """An edition asks for something that this version of Alongside does not know."""


@dataclass(frozen=True)
class Facts:
    """What one trainee has done.

    `sessions_attended`: numbers of the counted sessions they were at, or made up elsewhere.
    `sessions_gone`: numbers of the counted sessions held without them, or called off.
    `lessons_finished`: keys of the lessons they have finished.
    `reached`: which of DECIDED_ELSEWHERE are there.
    `agreements`: which of AGREEMENTS they have signed, in words that their edition holds.
    `waived`: kinds of requirement that an organiser has waived for them.
    """

    sessions_attended: frozenset[int] = frozenset()
    sessions_gone: frozenset[int] = frozenset()
    lessons_finished: frozenset[str] = frozenset()
    reached: frozenset[str] = frozenset()
    agreements: frozenset[str] = frozenset()
    waived: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        *,
        was_there: Mapping[int, bool],
        lessons: Iterable[str],
        called_off: Iterable[int] = (),
    ) -> Self:
        """Read the facts from what was marked and finished.

        `was_there`: for each counted session with a mark, by number, whether they were there.
        `called_off`: numbers of the counted sessions that were cancelled.
        """
        attended = frozenset(number for number, there in was_there.items() if there)
        return cls(
            sessions_attended=attended,
            sessions_gone=frozenset(was_there).union(called_off) - attended,
            lessons_finished=frozenset(lessons),
        )


def called_off(runs: Iterable[Any]) -> frozenset[int]:
    """Return the numbers of the counted sessions among these that were cancelled."""
    return frozenset(run.number for run in runs if run.counted and run.cancelled_at)


@dataclass(frozen=True)
class SessionsAttended:
    """At least `at_least` of the `of` numbered sessions. Session zero is never counted."""

    at_least: int
    of: int
    kind: str = field(default="sessions_attended", init=False)

    def done(self, facts: Facts) -> int:
        return len([n for n in facts.sessions_attended if 1 <= n <= self.of])

    @property
    def needed(self) -> int:
        return self.at_least

    def can_still_be_met(self, facts: Facts) -> bool:
        """Tell whether the sessions still to come are enough. A catch-up can always mend it."""
        missed = len([n for n in facts.sessions_gone if n not in facts.sessions_attended])
        return self.of - missed >= self.at_least


@dataclass(frozen=True)
class LessonsFinished:
    """Every lesson whose key is in `lessons`."""

    lessons: frozenset[str]
    kind: str = field(default="lessons_finished", init=False)

    def done(self, facts: Facts) -> int:
        return len(self.lessons & facts.lessons_finished)

    @property
    def needed(self) -> int:
        return len(self.lessons)

    def can_still_be_met(self, facts: Facts) -> bool:
        return True


@dataclass(frozen=True)
class SessionAttended:
    """The one session with this number, or its catch-up."""

    number: int
    kind: str = field(default="session_attended", init=False)
    needed: int = field(default=1, init=False)

    def done(self, facts: Facts) -> int:
        return int(self.number in facts.sessions_attended)

    def can_still_be_met(self, facts: Facts) -> bool:
        """Tell whether it is still to come. A catch-up can always mend it."""
        return self.number not in facts.sessions_gone - facts.sessions_attended


@dataclass(frozen=True)
class AgreementsSigned:
    """The role agreement and the confidentiality agreement."""

    kind: str = field(default="agreements_signed", init=False)
    needed: int = field(default=len(AGREEMENTS), init=False)

    def done(self, facts: Facts) -> int:
        return len(AGREEMENTS & facts.agreements)

    def can_still_be_met(self, facts: Facts) -> bool:
        return True


@dataclass(frozen=True)
class Reached:
    """Something that is decided elsewhere, and is there or not yet: `kind` says what."""

    kind: str
    needed: int = field(default=1, init=False)

    def done(self, facts: Facts) -> int:
        return int(self.kind in facts.reached)

    def can_still_be_met(self, facts: Facts) -> bool:
        return True


Requirement = SessionsAttended | LessonsFinished | SessionAttended | AgreementsSigned | Reached


@dataclass(frozen=True)
class Asked:
    """One requirement beside what was done for it: `done` of `needed`.

    `is_waived` is true only where the waiver is what meets it.
    """

    requirement: Requirement
    done: int
    needed: int
    can_still_be_met: bool
    is_waived: bool = False

    @property
    def kind(self) -> str:
        return self.requirement.kind

    @property
    def is_met(self) -> bool:
        return self.done >= self.needed or self.is_waived

    @property
    def left(self) -> int:
        return 0 if self.is_met else self.needed - self.done


@dataclass(frozen=True)
class Standing:
    """Where a person stands: every requirement, and what was done for it, in order."""

    asked: tuple[Asked, ...]

    @property
    def met(self) -> tuple[Asked, ...]:
        return tuple(asked for asked in self.asked if asked.is_met)

    @property
    def outstanding(self) -> tuple[Asked, ...]:
        return tuple(asked for asked in self.asked if not asked.is_met)

    @property
    def is_complete(self) -> bool:
        """True when something was asked and all of it is met."""
        return bool(self.asked) and not self.outstanding

    @property
    def waits_for_sign_off(self) -> bool:
        """True when the organiser's word is all that is left."""
        return {asked.kind for asked in self.outstanding} == {SIGN_OFF}


def requirements(
    data: Iterable[Mapping[str, Any]], required_lessons: Iterable[str]
) -> tuple[Requirement, ...]:
    """Read an edition's requirements from its data, such as
    `[{"kind": "sessions_attended", "at_least": 4, "of": 6}, {"kind": "lessons_finished"}]`.

    `required_lessons`: keys of the lessons that the edition marks as required.
    Raises UnknownRequirement.
    """
    lessons = frozenset(required_lessons)
    read: list[Requirement] = []
    for item in data:
        match item.get("kind"):
            case "sessions_attended":
                read.append(SessionsAttended(at_least=int(item["at_least"]), of=int(item["of"])))
            case "lessons_finished":
                read.append(LessonsFinished(lessons=lessons))
            case "session_attended":
                read.append(SessionAttended(number=int(item["number"])))
            case "agreements_signed":
                read.append(AgreementsSigned())
            case str(kind) if kind in DECIDED_ELSEWHERE:
                read.append(Reached(kind=kind))
            case other:
                raise UnknownRequirement(str(other))
    return tuple(read)


def standing(asked: Iterable[Requirement], facts: Facts) -> Standing:
    """Say where a person with these facts stands."""
    return Standing(tuple(_beside(requirement, facts) for requirement in asked))


def no_longer_met(asked: Iterable[Requirement], facts: Facts) -> tuple[str, ...]:
    """Return the kinds of what was met once, and is not any more after a correction (C9).

    Nothing follows from it by itself: a person looks at it again.
    """
    outstanding = standing(asked, facts).outstanding
    return tuple(dict.fromkeys(each.kind for each in outstanding if each.kind in CORRECTABLE))


def _beside(requirement: Requirement, facts: Facts) -> Asked:
    done = min(requirement.done(facts), requirement.needed)
    may_be_waived = requirement.kind in WAIVABLE and done < requirement.needed
    is_waived = may_be_waived and requirement.kind in facts.waived
    return Asked(
        requirement=requirement,
        done=done,
        needed=requirement.needed,
        can_still_be_met=is_waived or requirement.can_still_be_met(facts),
        is_waived=is_waived,
    )
