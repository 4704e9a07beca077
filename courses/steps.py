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


def finished(facts: Iterable[StepFact]) -> dict[str, StepFact]:
    """Return {step: the earliest fact that still stands} for every finished step."""
    told = set(facts)
    undone = {fact.undoes for fact in told if fact.undoes}
    standing = [fact for fact in told if not fact.undoes and fact.key not in undone]
    latest_first = sorted(standing, key=lambda fact: (fact.at, fact.key), reverse=True)
    return {fact.step: fact for fact in latest_first}


def lesson_finished_at(asked: Iterable[str], done: Mapping[str, StepFact]) -> datetime | None:
    """Return when the last of the asked steps was finished; None while one is left.

    A lesson without steps is never finished.
    """
    wanted = list(asked)
    if not wanted or any(step not in done for step in wanted):
        return None
    return max(done[step].at for step in wanted)


def next_step(asked: Iterable[str], finished_steps: Iterable[str]) -> str | None:
    """Return the first step, in the lesson's order, that is not finished; None when all are."""
    done = set(finished_steps)
    return next((step for step in asked if step not in done), None)
