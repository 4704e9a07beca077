"""Where the steps and endings of a scenario stand when it is drawn, and how the arrows run.

Pure: no database, no request, no clock. Steps stand in layers, each below those that lead to it;
endings stand at the bottom. An arrow that passes a layer has a place of its own in it, so that it
never runs through a step. An arrow that goes back runs up beside the drawing.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from content.branching import Card, Place, Way, cards
from content.exercises import Ending, Scenario, ScenarioStep

WIDTH, HEIGHT = 200, 92  # of a step
ACROSS, DOWN = 36, 84  # between two steps
LANE = 18  # the width of an arrow that passes by
EDGE = 28  # around the drawing
PORT = 13  # how large the letter of a choice is drawn: half its width
LETTERS_A_LINE = 24


@dataclass(frozen=True)
class Node:
    """A step or an ending, as a box whose upper left corner is at x, y."""

    place: Place
    x: int
    y: int
    lines: tuple[str, ...]
    begins: bool = False

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def foot(self) -> int:
        return self.y + HEIGHT

    @property
    def is_ending(self) -> bool:
        return isinstance(self.place, Ending)

    @property
    def repair(self) -> bool:
        return isinstance(self.place, ScenarioStep) and self.place.repair


@dataclass(frozen=True)
class Arrow:
    """A choice: its letter at x, y on the foot of its step, and the line from there.

    `line` is empty for a choice that leads nowhere.
    """

    way: Way
    step: ScenarioStep
    x: int
    y: int
    line: str


@dataclass(frozen=True)
class Drawing:
    """All of it, in a space of width by height."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


def draw(scenario: Scenario) -> Drawing:
    """Return the drawing of a scenario, whatever state it is in."""
    return _Layers(scenario).drawing()


# An arrow is known by the numbers of its step and its choice, a place by its number in the order
# steps, then endings. Where a long arrow passes a layer, it stands there as (step, choice, layer).
_Slot = int | tuple[int, int, int]


class _Layers:
    """The layers of a scenario while they are worked out."""

    def __init__(self, scenario: Scenario) -> None:
        self.cards: tuple[Card, ...] = cards(scenario)
        self.places: list[Place] = [*scenario.steps, *scenario.endings]
        number = {id(place): n for n, place in enumerate(self.places)}
        self.to: dict[tuple[int, int], int] = {
            (n, m): number[id(way.to)]
            for n, card in enumerate(self.cards)
            for m, way in enumerate(card.ways)
            if way.to is not None and not way.again
        }
        self.order, self.back = self._downwards()
        self.layer = self._layers()
        self.rows = self._rows()

    def _downwards(self) -> tuple[list[int], set[tuple[int, int]]]:
        """Return the steps, each before those it leads to, and the arrows that go back."""
        back: set[tuple[int, int]] = set()
        done: list[int] = []
        entered: set[int] = set()
        for start in range(len(self.cards)):
            if start in entered:
                continue
            entered.add(start)
            path = [(start, iter(range(len(self.cards[start].ways))))]
            while path:
                here, rest = path[-1]
                choice = next(rest, None)
                if choice is None:
                    done.append(here)
                    path.pop()
                    continue
                there = self.to.get((here, choice))
                if there is None or there >= len(self.cards):
                    continue
                if any(there == step for step, _rest in path):
                    back.add((here, choice))
                elif there not in entered:
                    entered.add(there)
                    path.append((there, iter(range(len(self.cards[there].ways)))))
        return done[::-1], back

    def _layers(self) -> list[int]:
        layer = [0] * len(self.places)
        for here in self.order:
            for choice in range(len(self.cards[here].ways)):
                there = self.to.get((here, choice))
                if there is not None and (here, choice) not in self.back:
                    layer[there] = max(layer[there], layer[here] + 1)
        steps = len(self.cards)
        bottom = max(layer[:steps], default=-1) + 1
        return [*layer[:steps], *(bottom for _ending in self.places[steps:])]

    def _rows(self) -> list[list[_Slot]]:
        """Return what stands in each layer, side by side, so that arrows cross little."""
        rows: list[list[_Slot]] = [[] for _n in range(max(self.layer, default=-1) + 1)]
        for place, layer in enumerate(self.layer):
            rows[layer].append(place)
        for (here, choice), there in self._forward():
            for layer in range(self.layer[here] + 1, self.layer[there]):
                rows[layer].append((here, choice, layer))
        for n in range(1, len(rows)):
            above = {slot: position for position, slot in enumerate(rows[n - 1])}
            rows[n].sort(key=lambda slot: self._mean(slot, above))
        return rows

    def _forward(self) -> Iterator[tuple[tuple[int, int], int]]:
        for arrow, there in self.to.items():
            if arrow not in self.back:
                yield arrow, there

    def _mean(self, slot: _Slot, above: dict[_Slot, int]) -> float:
        """Return where, on the whole, the arrows to this slot come from in the layer above."""
        if isinstance(slot, tuple):
            here, choice, layer = slot
            before: _Slot = (here, choice, layer - 1)
            from_above = [above.get(before, above.get(here, 0)) + choice / 10]
        else:
            from_above = [
                above[before] + choice / 10
                for (here, choice), there in self._forward()
                if there == slot
                for before in ((here, choice, self.layer[slot] - 1), here)
                if before in above
            ]
        return sum(from_above) / len(from_above) if from_above else float(len(above))

    def drawing(self) -> Drawing:
        widths = [
            sum(WIDTH if isinstance(slot, int) else LANE for slot in row) + ACROSS * (len(row) - 1)
            for row in self.rows
        ]
        widest = max(widths, default=0)
        x_of: dict[_Slot, int] = {}
        for row, width in zip(self.rows, widths, strict=True):
            x = EDGE + (widest - width) // 2
            for slot in row:
                x_of[slot] = x
                x += (WIDTH if isinstance(slot, int) else LANE) + ACROSS
        nodes = [
            Node(
                place=place,
                x=x_of[n],
                y=self._y(self.layer[n]),
                lines=_lines(place.words),
                begins=n == 0 and bool(self.cards),
            )
            for n, place in enumerate(self.places)
        ]
        return Drawing(
            width=widest + 2 * EDGE + LANE * len(self.back),
            height=self._y(len(self.rows)) - DOWN // 2 + EDGE,
            nodes=tuple(nodes),
            arrows=tuple(self._arrows(nodes, x_of, widest)),
        )

    @staticmethod
    def _y(layer: int) -> int:
        return EDGE + DOWN // 3 + layer * (HEIGHT + DOWN)

    def _arrows(self, nodes: list[Node], x_of: dict[_Slot, int], widest: int) -> Iterator[Arrow]:
        lanes = 0
        for here, card in enumerate(self.cards):
            for choice, way in enumerate(card.ways):
                x = nodes[here].x + WIDTH * (choice + 1) // (len(card.ways) + 1)
                y, line = nodes[here].foot, ""
                there = self.to.get((here, choice))
                if way.again:
                    line = f"M{x - 4} {y + PORT} v14 q0 8 8 8 q8 0 8 -8 v-8"
                elif (here, choice) in self.back and there is not None:
                    lanes += 1
                    lane = EDGE + widest + LANE * lanes
                    line = _upwards(x, y, lane, lanes, nodes[there])
                elif there is not None:
                    passes = [
                        (x_of[here, choice, layer] + LANE // 2, self._y(layer))
                        for layer in range(self.layer[here] + 1, self.layer[there])
                    ]
                    line = _down(x, y + PORT, passes, nodes[there])
                yield Arrow(way=way, step=card.step, x=x, y=y, line=line)


def _down(x: int, y: int, passes: list[tuple[int, int]], end: Node) -> str:
    """Return a line that swings down, past other layers, to the head of a node."""
    line = f"M{x} {y}"
    for lane, head in passes:
        line += f" C{x} {(y + head) // 2} {lane} {(y + head) // 2} {lane} {head} V{head + HEIGHT}"
        x, y = lane, head + HEIGHT
    # Lines from left and right arrive side by side.
    there = end.middle + max(-WIDTH // 3, min(WIDTH // 3, (x - end.middle) // 4))
    bend = (y + end.y) // 2
    return f"{line} C{x} {bend} {there} {bend} {there} {end.y - 2}"


def _upwards(x: int, y: int, lane: int, number: int, end: Node) -> str:
    """Return a line that leaves downwards, climbs in a lane of its own, and comes from above."""
    low, high = y + PORT + 6 + 3 * (number % 8), end.y - 12 - 3 * (number % 5)
    there = end.x + WIDTH - 16
    return f"M{x} {y + PORT} V{low} H{lane} V{high} H{there} V{end.y - 2}"


def _lines(words: str) -> tuple[str, ...]:
    """Return the beginning of a text as two short lines."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if _breadth(longer) <= LETTERS_A_LINE:
            lines[-1] = longer
        elif len(lines) == 2:
            lines[-1] += "…"
            break
        else:
            lines.append(word)
    return tuple(_cut(line) for line in lines if line)


def _breadth(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _cut(line: str) -> str:
    """Return a line that is one long word, cut to its length."""
    if _breadth(line) <= LETTERS_A_LINE + 1:
        return line
    while _breadth(line) > LETTERS_A_LINE:
        line = line[:-1]
    return line + "…"
