"""Which steps of a lesson are finished, from all that was ever said about them.

Pure: no database, no request, no clock.

Each time a trainee says "I've finished this step", that is one fact with a key of its own. Taking
it back is another fact, which names the key it takes back. So the facts are a set: they may come
late, twice, or in any order, and always mean the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class StepFact:
    """One thing a trainee said about a step: that it is finished, or (`undoes`) that it is not.

    `key` and `undoes` are keys made on the trainee's side, `step` is the step block's id.
    """

    key: str
    step: str
    at: datetime
    undoes: str | None = None


def finished(facts: Iterable[StepFact]) -> dict[str, tuple[StepFact, ...]]:
    """Return {step: the facts that still stand, earliest first} for every finished step.

    A step finished twice, as from two tabs, has two; it is open again when both are taken back.
    """
    told = set(facts)
    undone = {fact.undoes for fact in told if fact.undoes}
    standing: dict[str, tuple[StepFact, ...]] = {}
    for fact in sorted(told, key=lambda fact: (fact.at, fact.key)):
        if not fact.undoes and fact.key not in undone:
            standing[fact.step] = (*standing.get(fact.step, ()), fact)
    return standing


def lesson_finished_at(
    asked: Iterable[str], done: Mapping[str, tuple[StepFact, ...]]
) -> datetime | None:
    """Return when the last of the asked steps was finished; None while one is left.

    A lesson without steps is never finished.
    """
    wanted = list(asked)
    if not wanted or any(step not in done for step in wanted):
        return None
    return max(done[step][0].at for step in wanted)


def still_to_do(asked: Iterable[str], done: Iterable[str]) -> tuple[str, ...]:
    """Return what a step asks people to do before it is finished, and they have not done yet."""
    already = set(done)
    return tuple(each for each in asked if each not in already)


def next_step(asked: Iterable[str], finished_steps: Iterable[str]) -> str | None:
    """Return the first step, in the lesson's order, that is not finished; None when all are."""
    done = set(finished_steps)
    return next((step for step in asked if step not in done), None)
