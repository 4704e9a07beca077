"""How an answer to a knowledge check is marked. Pure: no database, no request, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass

from content.exercises import Check, Option


class NotAnOption(ValueError):
    """The answer names something that the question does not offer."""


@dataclass(frozen=True)
class Mark:
    """What follows from an answer: the options chosen, and whether they are the best ones."""

    chosen: tuple[Option, ...]
    met: bool


def mark(check: Check, answers: Iterable[str]) -> Mark:
    """Mark the ids in `answers` against the question.

    Raises NotAnOption when nothing is chosen, when an id is not one of the question's, or when
    more than one is chosen where one is asked for.
    """
    wanted = set(answers)
    known = {option.id for option in check.options}
    if not wanted or not wanted <= known:
        raise NotAnOption
    if check.choose == "one" and len(wanted) > 1:
        raise NotAnOption
    chosen = tuple(option for option in check.options if option.id in wanted)
    best = {option.id for option in check.options if option.best}
    return Mark(
        chosen=chosen, met=(wanted == best) if check.choose == "several" else wanted <= best
    )
