"""A round of a course check: which questions of the bank are drawn, and what it came to.

Pure: no database, no request, no clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from content.exercises import Check, Order, Question, Sort
from content.mixing import mixed, mixed_up


class TooFew(ValueError):
    """The bank cannot give as many questions as are asked, or holds more about safety."""


@dataclass(frozen=True)
class Drawn:
    """A question as it was drawn: the ids of its options, items or cards as they are shown."""

    id: str
    safety: bool
    shown: tuple[str, ...]


def draw(
    questions: Mapping[str, tuple[str, Question]], how_many: int, seed: str
) -> tuple[Drawn, ...]:
    """Draw from the bank's questions, {id: (group, question)}; the same seed draws the same.

    Every question about safety is in. The rest come evenly from the groups, as far as each has
    any left. Raises TooFew when that cannot be done.
    """
    safety = [key for key, (_group, question) in questions.items() if question.safety]
    if len(questions) < how_many or len(safety) > how_many:
        raise TooFew
    others: dict[str, list[str]] = {}
    for key, (group, question) in questions.items():
        if not question.safety:
            others.setdefault(group, []).append(key)
    # Each in turn: the first of every group, then the second of every group, and so on.
    turns = [
        (turn, place, key)
        for place, group in enumerate(mixed(others, seed))
        for turn, key in enumerate(mixed(others[group], seed))
    ]
    rest = [key for _turn, _place, key in sorted(turns)][: how_many - len(safety)]
    return tuple(
        Drawn(key, questions[key][1].safety, _shown(questions[key][1], seed))
        for key in mixed([*safety, *rest], seed)
    )


def _shown(question: Question, seed: str) -> tuple[str, ...]:
    """The order in which a question's parts are shown; for things to order, never the best."""
    if isinstance(question, Order):
        return tuple(mixed_up([item.id for item in question.items], f"{seed} {question.id}"))
    parts = question.options if isinstance(question, Check) else question.cards
    return tuple(mixed([part.id for part in parts], f"{seed} {question.id}"))


def as_drawn(question: Question, drawn: Drawn) -> Question:
    """Return the question with its options or cards as they were drawn.

    Things to order stay as they are: their own order is the best one. `drawn.shown` is the order
    to begin with.
    """
    place = {part: n for n, part in enumerate(drawn.shown)}
    if isinstance(question, Check):
        return replace(
            question, options=tuple(sorted(question.options, key=lambda each: place[each.id]))
        )
    if isinstance(question, Sort):
        return replace(
            question, cards=tuple(sorted(question.cards, key=lambda each: place[each.id]))
        )
    return question


@dataclass(frozen=True)
class Tally:
    """What a round came to. `left` is not answered yet; `look_again` is answered, but not met."""

    asked: int
    answered: int
    met: int
    need: int
    safety: int
    left: tuple[str, ...]
    look_again: tuple[str, ...]
    safety_open: tuple[str, ...]

    @property
    def is_finished(self) -> bool:
        return not self.left

    @property
    def safety_met(self) -> int:
        return self.safety - len(self.safety_open)

    @property
    def is_enough(self) -> bool:
        """Enough of them are met, and all about safety, whatever the number."""
        return self.met >= self.need and not self.safety_open


def tally(questions: Iterable[Drawn], answers: Mapping[str, bool], need: int) -> Tally:
    """Count what a round came to. `answers` is {question id: met} for those answered."""
    asked = list(questions)
    return Tally(
        asked=len(asked),
        answered=sum(each.id in answers for each in asked),
        met=sum(answers.get(each.id, False) for each in asked),
        need=need,
        safety=sum(each.safety for each in asked),
        left=tuple(each.id for each in asked if each.id not in answers),
        look_again=tuple(each.id for each in asked if answers.get(each.id) is False),
        safety_open=tuple(each.id for each in asked if each.safety and not answers.get(each.id)),
    )
