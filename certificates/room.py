"""How close a certificate has to be set to stay on one sheet. Pure: no database, no request.

It is reckoned before it is drawn, in lines of text: to lay it out twice would take twice as long.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Sizes = Iterable[tuple[int, int, str]]

# How large a text may be so that it keeps to a line or two, and no word within it is cut:
# at most so many letters, of which the longest word has so many, and the class it then gets.
NAME_SIZES = [
    (18, 18, "is-short"),
    (25, 24, "is-medium"),
    (58, 28, "is-two-lines"),
    (76, 38, "is-long"),
]
TITLE_SIZES = [
    (70, 24, "is-short"),
    (140, 36, "is-medium"),
]
# Letters of that size in a line, and how high the line is.
NAME_LINES = {
    "is-short": (18, 3.2),
    "is-medium": (25, 2.5),
    "is-two-lines": (29, 2.1),
    "is-long": (38, 1.6),
    "is-longest": (44, 1.4),
}
TITLE_LINES = {"is-short": (36, 1.6), "is-medium": (46, 1.3), "is-longest": (56, 1.1)}

LIST_LINE = 75


@dataclass(frozen=True)
class Words:
    """What is printed on it, and what takes room besides."""

    name: str
    title: str
    lists: Sequence[Sequence[str]]
    opening: str = ""
    closing: str = ""
    has_logo: bool = False
    has_end: bool = False
    is_short_sheet: bool = False


@dataclass(frozen=True)
class Room:
    """How many lines there are on a sheet for what can be longer or shorter.

    `wide` and `close` are how it is set. With more than `close`, what stands at the foot follows
    what is above it, on another sheet if it must. `abreast`: how many letters a line of two lists
    has that stand beside each other; 0 where they never do. `logo`: what a logo takes of it.
    """

    wide: float
    close: float
    abreast: int = 0
    logo: float = 4.5


def fullness(words: Words, room: Room) -> str:
    """Return the class that a certificate is set with."""
    lines = lines_of(words, room)
    if lines <= room.wide:
        return "is-airy"
    return "is-close" if lines <= room.close else "is-full"


def lines_of(words: Words, room: Room) -> float:
    """Return how many lines it takes."""
    lists = [each for each in words.lists if each]
    is_abreast = room.abreast and len(lists) > 1
    in_a_line = room.abreast if is_abreast else LIST_LINE
    parts = [2.3 + sum(_lines(line, in_a_line) * 1.15 for line in each) for each in lists]
    return (
        _lines_at(words.name, NAME_SIZES, NAME_LINES)
        + _lines_at(words.title, TITLE_SIZES, TITLE_LINES)
        + (max(parts) if is_abreast else sum(parts))
        + _lines(words.opening, 80)
        + _lines(words.closing, 80)
        + room.logo * words.has_logo
        + 1.0 * words.has_end
        + 3.0 * words.is_short_sheet
    )


def size(text: str, sizes: Sizes) -> str:
    """Return the class for the size of a text."""
    longest = max((width(word) for word in text.split()), default=0)
    for letters, in_a_word, name in sizes:
        if width(text) <= letters and longest <= in_a_word:
            return name
    return "is-longest"


def width(text: str) -> int:
    """Return how many Latin letters are as wide as this. Those of Chinese are wide as two."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide


def _lines_at(text: str, sizes: Sizes, of: dict[str, tuple[int, float]]) -> float:
    in_a_line, height = of[size(text, sizes)]
    return _lines(text, in_a_line) * height


def _lines(text: str, in_a_line: int) -> int:
    return -(-width(text) // in_a_line)
