"""A scenario as a graph: what is amiss with it, and where a trainee stands in it.

Pure: no database, no request, no clock.

A step is known by its id; its name is what an author calls it by, and what a choice leads to. Two
names that differ only in capitals or spaces are one name. An author may write in circles: that is
well as long as an ending can still be reached.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from content.exercises import Choice, Ending, Scenario, ScenarioStep

Place = ScenarioStep | Ending
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


# --- where choices lead ------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """A choice with its letter, and where it leads: the same step for one to be made again.

    `to` is None when the choice leads nowhere, as it may in a draft.
    """

    letter: str
    choice: Choice
    to: Place | None

    @property
    def again(self) -> bool:
        """True when the trainee is to choose once more."""
        return bool(self.choice.safety_step.strip())


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _places(scenario: Scenario) -> list[Place]:
    """Return all that has a name: the steps, then the endings."""
    return [*scenario.steps, *scenario.endings]


def _by_name(scenario: Scenario) -> dict[str, Place]:
    """Return {name: step or ending}. Of two with one name, the first has it."""
    found: dict[str, Place] = {}
    for place in _places(scenario):
        if _key(place.name):
            found.setdefault(_key(place.name), place)
    return found


def _ways(step: ScenarioStep, by_name: dict[str, Place]) -> tuple[Way, ...]:
    return tuple(
        Way(
            letter=LETTERS[n] if n < len(LETTERS) else str(n + 1),
            choice=choice,
            to=step if choice.safety_step.strip() else by_name.get(_key(choice.go)),
        )
        for n, choice in enumerate(step.choices)
    )


@dataclass(frozen=True)
class Card:
    """A step with its ways on."""

    step: ScenarioStep
    ways: tuple[Way, ...]


def cards(scenario: Scenario) -> tuple[Card, ...]:
    """Return every step with its ways on, in the order they were written."""
    by_name = _by_name(scenario)
    return tuple(Card(step, _ways(step, by_name)) for step in scenario.steps)


# --- playing -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Move:
    """One thing that was chosen, at which step, and where it led. Counted from 1."""

    number: int
    step: ScenarioStep
    way: Way

    @property
    def choice(self) -> Choice:
        return self.way.choice

    @property
    def again(self) -> bool:
        return self.way.again


@dataclass(frozen=True)
class Play:
    """How far a scenario has been played.

    `at` is where the trainee stands; None if the scenario leads nowhere from there. `fits` is
    false when something was chosen that was not offered: the scenario is not the one played.
    """

    moves: tuple[Move, ...]
    at: Place | None
    ways: tuple[Way, ...]
    fits: bool = True

    @property
    def ending(self) -> Ending | None:
        """The ending, once it is reached."""
        return self.at if isinstance(self.at, Ending) else None

    @property
    def next_number(self) -> int:
        """The number of the move to be made now."""
        return len(self.moves) + 1

    @property
    def remember(self) -> str:
        """The right step that was just shown, while the choice is to be made again."""
        return self.moves[-1].choice.safety_step if self.moves and not self.ending else ""

    @property
    def tried(self) -> frozenset[str]:
        """The choices of this step that have to be made differently."""
        here = self.at
        again = (move for move in self.moves if move.again and move.step is here)
        return frozenset(move.choice.id for move in again)


def play(scenario: Scenario, chosen: Iterable[str], *, start: str = "") -> Play:
    """Follow the ids in `chosen` from the first step, or from the step with the id `start`.

    What was not offered where it was chosen is passed over.
    """
    by_name = _by_name(scenario)
    begin = scenario.steps[0] if scenario.steps else None
    at: Place | None = next((step for step in scenario.steps if step.id == start), begin)
    moves: list[Move] = []
    fits = True
    for wanted in chosen:
        ways = _ways(at, by_name) if isinstance(at, ScenarioStep) else ()
        way = next((way for way in ways if way.choice.id == wanted), None)
        if way is None or not isinstance(at, ScenarioStep):
            fits = False
            continue
        moves.append(Move(len(moves) + 1, at, way))
        at = way.to
    ways = _ways(at, by_name) if isinstance(at, ScenarioStep) else ()
    return Play(moves=tuple(moves), at=at, ways=ways, fits=fits)


# --- what is amiss -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """What keeps a scenario from being played well.

    `place` is the id of the step or ending, `choice` that of the choice. Neither is given when it
    is the scenario as a whole.
    """

    reason: str
    place: str | None = None
    choice: str | None = None


def faults(scenario: Scenario) -> tuple[Fault, ...]:
    """Return everything that is amiss, the scenario first, then step by step."""
    return (
        *_of_the_whole(scenario),
        *_of_names(scenario),
        *_of_steps(scenario),
        *_of_endings(scenario),
    )


def _of_the_whole(scenario: Scenario) -> Iterator[Fault]:
    if not scenario.steps:
        yield Fault("no_steps")
    if not scenario.endings:
        yield Fault("no_endings")
    if not scenario.steps:
        return
    # The first step has nothing to repair yet.
    if not any(step.repair for step in scenario.steps[1:]):
        yield Fault("no_repair")
    if not any(choice.kind for step in scenario.steps for choice in step.choices):
        yield Fault("no_kind")


def _of_names(scenario: Scenario) -> Iterator[Fault]:
    by_name = _by_name(scenario)
    for place in _places(scenario):
        if not _key(place.name):
            yield Fault("no_name", place.id)
        elif by_name[_key(place.name)] is not place:
            yield Fault("name_taken", place.id)
        if not place.words.strip():
            yield Fault("no_words", place.id)


def _of_steps(scenario: Scenario) -> Iterator[Fault]:
    reached, leaves = _reached(scenario), _leaves(scenario)
    for n, card in enumerate(cards(scenario)):
        if n not in reached:
            yield Fault("not_reached", card.step.id)
        if not card.ways:
            yield Fault("no_choices", card.step.id)
        elif n not in leaves:
            yield Fault("no_way_out", card.step.id)
        for way in card.ways:
            for reason in _of_a_choice(way):
                yield Fault(reason, card.step.id, way.choice.id)


def _of_a_choice(way: Way) -> Iterator[str]:
    choice = way.choice
    if not choice.say.strip():
        yield "no_say"
    if not choice.then.strip():
        yield "no_then"
    if not choice.feedback.strip():
        yield "no_feedback"
    if not choice.skills and not choice.roadblocks:
        yield "no_tag"
    if way.again and _key(choice.go):
        yield "goes_and_stays"
    elif not way.again and not _key(choice.go):
        yield "no_go"
    elif way.to is None:
        yield "unknown_go"


def _of_endings(scenario: Scenario) -> Iterator[Fault]:
    reached = _reached(scenario)
    for n, ending in enumerate(scenario.endings, len(scenario.steps)):
        if not ending.kind:
            yield Fault("no_ending_kind", ending.id)
        if n not in reached:
            yield Fault("not_reached", ending.id)


def _arrows(scenario: Scenario) -> list[set[int]]:
    """Return, for each step, the places that it leads to: steps first, then endings, counted.

    Places are counted, and not told by their ids: a draft may say one thing twice.
    """
    number = {id(place): n for n, place in enumerate(_places(scenario))}
    return [
        {number[id(way.to)] for way in card.ways if way.to is not None and not way.again}
        for card in cards(scenario)
    ]


def _reached(scenario: Scenario) -> set[int]:
    """Return the places that can be reached from the first step."""
    if not scenario.steps:
        return set()
    arrows = _arrows(scenario)
    reached, ahead = {0}, [0]
    while ahead:
        here = ahead.pop()
        for there in arrows[here] - reached if here < len(arrows) else ():
            reached.add(there)
            ahead.append(there)
    return reached


def _leaves(scenario: Scenario) -> set[int]:
    """Return the steps from which an ending can be reached."""
    arrows = _arrows(scenario)
    leaves = set(range(len(arrows), len(arrows) + len(scenario.endings)))
    grown = True
    while grown:
        more = {n for n, there in enumerate(arrows) if n not in leaves and there & leaves}
        grown = bool(more)
        leaves |= more
    return leaves
