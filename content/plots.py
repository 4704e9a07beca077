"""Where the marks of a plot stand: bars, columns, and a change from before to after. Pure.

Each plot shows one idea, and every mark carries its own words, so there is no legend to look up.
A number that is not shown is an empty frame: it says nothing of how large it is.

The space is 340 wide, which is a phone's; what is drawn in it may be made larger, never smaller
than the letters can be read.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 340
LETTER = 16  # how high the letters are
LETTERS_A_LINE = 38
ROW, BAR = 56, 18  # a bar with its words above it
ROOM = 52  # beside the longest bar, for its number
HIGH, FOOT, HEAD = 150, 30, 26  # of columns: the tallest one, and what stands below and above
HIDDEN = 40  # how long an empty frame is


@dataclass(frozen=True)
class Datum:
    """A number in words: `said` stands beside the mark. No value: it is not shown."""

    label: str
    value: float | None
    said: str


@dataclass(frozen=True)
class Mark:
    """A bar or a column, as a box, with its words and where those stand."""

    label: str
    said: str
    x: int
    y: int
    width: int
    height: int
    label_x: int
    label_y: int
    said_x: int
    said_y: int
    is_hidden: bool


@dataclass(frozen=True)
class Plot:
    """Marks in a space of WIDTH by height. `anchor` is where words stand on their points."""

    height: int
    marks: tuple[Mark, ...]
    anchor: str
    width: int = WIDTH


def bars(data: Sequence[Datum]) -> Plot:
    """Return bars one below the other, from the left; the longest is the largest number."""
    most = max((each.value or 0 for each in data), default=0)
    return Plot(
        height=ROW * len(data),
        marks=tuple(_bar(each, n, most) for n, each in enumerate(data)),
        anchor="start",
    )


def _bar(each: Datum, n: int, most: float) -> Mark:
    top = ROW * n
    length = HIDDEN if each.value is None else _part(each.value, most, WIDTH - ROOM)
    return Mark(
        label=short(each.label),
        said=each.said,
        x=0,
        y=top + 26,
        width=length,
        height=BAR,
        label_x=0,
        label_y=top + 18,
        said_x=length + 8,
        said_y=top + 26 + BAR - 3,
        is_hidden=each.value is None,
    )


def columns(data: Sequence[Datum], whole: float = 0) -> Plot:
    """Return columns side by side, each on its label; as tall as can be is the largest number, or
    the whole of which they are parts."""
    most = max((whole, *(each.value or 0 for each in data)))
    each_has = WIDTH // max(len(data), 1)
    return Plot(
        height=HEAD + HIGH + FOOT,
        marks=tuple(_column(each, n, most, each_has) for n, each in enumerate(data)),
        anchor="middle",
    )


def _column(each: Datum, n: int, most: float, room: int) -> Mark:
    tall = HIDDEN if each.value is None else _part(each.value, most, HIGH)
    middle = room * n + room // 2
    width = max(min(room - 12, 40), 4)
    return Mark(
        label=each.label,
        said=each.said,
        x=middle - width // 2,
        y=HEAD + HIGH - tall,
        width=width,
        height=tall,
        label_x=middle,
        label_y=HEAD + HIGH + 22,
        said_x=middle,
        said_y=HEAD + HIGH - tall - 7,
        is_hidden=each.value is None,
    )


def _part(value: float, most: float, room: int) -> int:
    """Return how long a number is beside the largest one. Nought has no length."""
    return round(room * value / most) if most else 0


@dataclass(frozen=True)
class Word:
    """Words at x, y. `is_end` is true of those that say where the line begins and ends."""

    text: str
    x: int
    y: int
    anchor: str
    is_end: bool = False


@dataclass(frozen=True)
class Shift:
    """Two points on one line from the lowest number to the highest, and the words on both.

    The words stand apart however near the points are: before above the line, after below it.
    """

    before: int
    after: int
    words: tuple[Word, ...]
    height: int = 100
    line: int = 44
    left: int = 8
    right: int = WIDTH - 8
    width: int = WIDTH

    @property
    def has_moved(self) -> bool:
        """Whether the points are far enough apart for a line between them."""
        return abs(self.after - self.before) > 24


def shift(
    before: float, after: float, highest: float, said: Sequence[str], *, lowest: float = 0
) -> Shift:
    """Return where a number was and where it is now, on a line from the lowest to the highest.

    `said`: the words for before, after, the lowest and the highest number.
    """
    first, last = (_place(each - lowest, highest - lowest) for each in (before, after))
    return Shift(
        before=first,
        after=last,
        words=(
            _on(first, 28, said[0]),
            _on(last, 72, said[1]),
            Word(said[2], 0, 96, "start", is_end=True),
            Word(said[3], WIDTH, 96, "end", is_end=True),
        ),
    )


def _on(x: int, y: int, text: str) -> Word:
    """Return words on a point, so that they stay within the plot."""
    if x < WIDTH // 3:
        return Word(text, x - 8, y, "start")
    if x > WIDTH - WIDTH // 3:
        return Word(text, x + 8, y, "end")
    return Word(text, x, y, "middle")


def _place(value: float, highest: float) -> int:
    return 8 + round((WIDTH - 16) * min(max(value / highest, 0), 1))


def short(label: str) -> str:
    """Return a label that fits on its line."""
    if _breadth(label) <= LETTERS_A_LINE:
        return label
    while _breadth(label) >= LETTERS_A_LINE:
        label = label[:-1]
    return label.rstrip() + "…"


def _breadth(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
