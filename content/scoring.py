"""How an answer to a question is marked. Pure: no database, no request, no clock.

For each kind of question there is a mark. All of them say whether the answer is `met`, and how it
is kept: `answers`, as data that JSON can hold.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from content.exercises import Card, Check, Item, Option, Order, Question, Sort


class NotAnOption(ValueError):
    """The answer names something that the question does not offer, or leaves something out."""


@dataclass(frozen=True)
class Mark:
    """What follows from an answer: the options chosen, and whether they are the best ones."""

    chosen: tuple[Option, ...]
    met: bool

    @property
    def answers(self) -> list[str]:
        return [option.id for option in self.chosen]


@dataclass(frozen=True)
class OrderMark:
    """What follows from an order: the items as they were put, and what is said back."""

    items: tuple[Item, ...]
    met: bool
    feedback: str

    @property
    def answers(self) -> list[str]:
        return [item.id for item in self.items]


@dataclass(frozen=True)
class Placed:
    """A card in the group that it was put into, and whether it fits there."""

    card: Card
    group: Item
    fits: bool


@dataclass(frozen=True)
class SortMark:
    """What follows from sorting: every card where it was put, in the order of the question."""

    cards: tuple[Placed, ...]

    @property
    def met(self) -> bool:
        return all(placed.fits for placed in self.cards)

    @property
    def elsewhere(self) -> int:
        """How many cards fit better in another group."""
        return sum(not placed.fits for placed in self.cards)

    @property
    def answers(self) -> dict[str, str]:
        return {placed.card.id: placed.group.id for placed in self.cards}


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


def mark_order(order: Order, answers: Iterable[str]) -> OrderMark:
    """Mark the ids in `answers`, first to last. Items that read the same may change places.

    Raises NotAnOption unless each of the items is named exactly once.
    """
    given = list(answers)
    known = {item.id: item for item in order.items}
    if sorted(given) != sorted(known):
        raise NotAnOption
    items = tuple(known[each] for each in given)
    met = [item.text for item in items] == [item.text for item in order.items]
    return OrderMark(items, met, order.feedback if met else order.feedback_other)


def mark_sort(sort: Sort, answers: Mapping[str, str]) -> SortMark:
    """Mark where each card was put: {card id: group id}.

    Raises NotAnOption unless every card of the question, and no other, is in one of its groups.
    """
    groups = {group.id: group for group in sort.groups}
    if answers.keys() != {card.id for card in sort.cards} or not groups.keys() >= set(
        answers.values()
    ):
        raise NotAnOption
    return SortMark(
        tuple(
            Placed(card, groups[answers[card.id]], answers[card.id] in card.fits)
            for card in sort.cards
        )
    )


def mark_any(question: Question, answers: Any) -> Mark | OrderMark | SortMark:
    """Mark an answer to a question of whichever kind. Raises NotAnOption when it does not fit."""
    if isinstance(question, Sort):
        if not isinstance(answers, Mapping):
            raise NotAnOption
        return mark_sort(question, answers)
    if isinstance(answers, Mapping):
        raise NotAnOption
    if isinstance(question, Order):
        return mark_order(question, answers)
    return mark(question, answers)


def best_answers(question: Question) -> Any:
    """Return what fits a question best, as it is sent. Marked, it is met."""
    if isinstance(question, Check):
        best = [option.id for option in question.options if option.best]
        return best[:1] if question.choose == "one" else best
    if isinstance(question, Order):
        return [item.id for item in question.items]
    return {card.id: card.fits[0] for card in question.cards}
