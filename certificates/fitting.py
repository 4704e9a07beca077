"""In which size, and in which lines, a text stays within its place in a picture.

How wide letters are depends on the font, and an SVG is drawn in those of its reader. So this is a
guess, and rather too wide than too narrow. Pure: no database, no request, no clock.
"""

import unicodedata
from collections.abc import Iterable

NARROW = frozenset("iIjlftr.,:;'’|!()[] ")
MORE = "…"


def width(text: str) -> float:
    """Return how wide a text is, where 1 is the size that it is set in."""
    return sum(_wide(letter) for letter in text)


def fitted(text: str, sizes: Iterable[tuple[int, int]], room: int) -> tuple[int, list[str]]:
    """Return (size, lines) for the first of the sizes in which the text fits.

    A size is (how large, in how many lines at most). Where none is small enough, words are broken
    in the last one, and what is still too long is cut.
    """
    size = at_most = 0
    for size, at_most in sizes:
        lines = _in_lines(text.split(), room / size)
        if len(lines) <= at_most and all(width(line) <= room / size for line in lines):
            return size, lines
    broken = [part for word in text.split() for part in _parts(word, room / size)]
    lines = _in_lines(broken, room / size)
    if len(lines) > at_most:
        lines = [*lines[: at_most - 1], _cut(lines[at_most - 1], room / size)]
    return size, lines


def _wide(letter: str) -> float:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0  # it stands above, below or between others
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain in NARROW:
        return 0.4
    if plain in "mwMW" or unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 1
    return 0.78 if letter.isupper() else 0.62


def _in_lines(words: list[str], room: float) -> list[str]:
    """Return the words in lines that keep to the room, but for a word that is wider by itself."""
    lines = words[:1]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if width(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _parts(word: str, room: float) -> list[str]:
    parts = [""]
    for letter in word:
        if width(parts[-1] + letter) <= room:
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


def _cut(line: str, room: float) -> str:
    while line and width(line + MORE) > room:
        line = line[:-1]
    return line.rstrip() + MORE
