"""Which fonts paper is drawn with, and which characters none of them has.

The fonts come by npm (see package.json), cut into parts by script. Where they are missing, the
system's own fonts are used, as fontconfig lists them. A character without a font would be printed
as a box.

Chinese, Japanese and Korean have so many letters that their fonts come in a hundred numbered parts
each. Of those, only the ones that a text needs are ever opened.
"""

import json
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

# Latin first: most letters are found at the first try, and figures always look the same.
SUBSETS = (
    "latin",
    "latin-ext",
    "vietnamese",
    "greek",
    "greek-ext",
    "cyrillic",
    "cyrillic-ext",
    "devanagari",
)
FAMILIES = ("noto-serif", "noto-sans")
# Scripts that have a family of their own, and stand after all the others.
SCRIPTS = [
    # Each of its shapes is of one letter, so that the words can be read out of a PDF again. Noto
    # draws several letters with one shape and sets the dots apart.
    ("ibm-plex-sans-arabic", "arabic"),
    ("noto-sans-arabic", "arabic"),
    ("noto-sans-hebrew", "hebrew"),
    ("noto-sans-bengali", "bengali"),
    ("noto-sans-gurmukhi", "gurmukhi"),
    ("noto-sans-gujarati", "gujarati"),
    ("noto-sans-tamil", "tamil"),
    ("noto-sans-thai", "thai"),
    ("noto-sans-ethiopic", "ethiopic"),
]
# The order is for letters that they share: Chinese, unless a text or its language says otherwise.
VAST = {"zh": "noto-sans-sc", "ja": "noto-sans-jp", "ko": "noto-sans-kr"}
KANA, HANGUL = range(0x3041, 0x3100), range(0xAC00, 0xD7A4)
SYSTEM_SERIF = ("Noto Serif", "DejaVu Serif", "Liberation Serif", "serif")
SYSTEM_SANS = ("Noto Sans", "DejaVu Sans", "Liberation Sans", "sans-serif")
# How thick and how upright: what a quiet letter needs, and what sets a word apart in longer texts.
PLAIN, STRONG, SLANTED = "400-normal", "600-normal", "400-italic"

# Joiners, marks of direction and variation selectors are not drawn: they shape what stands beside
# them. What turns the direction of the text round is not among them, as it can hide a name.
UNSEEN = frozenset({0x00AD, 0x034F, 0x200C, 0x200D, 0x200E, 0x200F, 0x061C, 0x2060, 0xFEFF})
UNSEEN |= frozenset(range(0xFE00, 0xFE10))


@dataclass(frozen=True)
class Face:
    """One font file: a family cut down to a script, of one thickness."""

    family: str
    subset: str
    path: Path
    cut: str = PLAIN

    @property
    def css_name(self):
        """A family name of its own, so that no system font of the same name stands in for it."""
        cut = "" if self.cut == PLAIN else f"-{self.cut}"
        return f"alongside-{self.family}-{self.subset}{cut}"


def faces(cut=PLAIN):
    """Return the font files that are there; none when the Node parts are missing."""
    return _faces_in(_folder(), cut)


def _folder():
    return Path(settings.NODE_MODULES) / "@fontsource"


@cache
def _faces_in(folder, cut):
    parts = [(family, subset) for family in FAMILIES for subset in SUBSETS]
    parts += SCRIPTS
    wanted = (_face(folder, family, subset, cut) for family, subset in parts)
    return tuple(face for face in wanted if face.path.is_file())


def _face(folder, family, subset, cut):
    path = folder / family / "files" / f"{family}-{subset}-{cut}.woff"
    return Face(family, subset, path, cut)


def parts_for(text, language=""):
    """Return the numbered parts of vast fonts that a text needs, those it needs first before."""
    if not faces():
        return ()
    letters = set(text)
    others = sorted(c for c in letters - _usual() if c.isprintable())
    if not others:
        return ()
    order = _vast_order(letters, language)
    needed = (_first_part_with(character, _folder(), order) for character in others)
    return tuple(dict.fromkeys(filter(None, needed)))


def part_named(css_name):
    """Return the numbered part that a stylesheet calls this, or None."""
    vast = (face for family in VAST.values() for face, _spans in _parts_in(_folder(), family))
    return next((face for face in vast if face.css_name == css_name), None)


def _vast_order(letters, language):
    """Return the vast families in the order in which they are asked for a letter."""
    points = {ord(character) for character in letters}
    if not points.isdisjoint(KANA):
        language = "ja"
    elif not points.isdisjoint(HANGUL):
        language = "ko"
    return tuple(dict.fromkeys([VAST.get(language[:2], VAST["zh"]), *VAST.values()]))


@cache
def _first_part_with(character, folder, families):
    """Return the part that can draw a character, of the first family that has one, or None."""
    point = ord(character)
    for family in families:
        for face, spans in _parts_in(folder, family):
            # What the list says is asked of the file itself: it also names what the font lacks.
            if any(point in span for span in spans) and point in _code_points_of((face,)):
                return face
    return None


@cache
def _parts_in(folder, family):
    """Return (part, spans of code points) for each numbered part of a family."""
    listed = folder / family / "unicode.json"
    if not listed.is_file():
        return ()
    spans = {key.strip("[]"): value for key, value in json.loads(listed.read_text()).items()}
    wanted = (
        (_face(folder, family, number, PLAIN), tuple(_spans(told)))
        for number, told in spans.items()
        if number.isdecimal()
    )
    return tuple((face, held) for face, held in wanted if face.path.is_file())


def _spans(told):
    """Yield the ranges of a list such as `U+3002,U+30a0-30ff`."""
    for span in told.split(","):
        first, _dash, last = span.removeprefix("U+").partition("-")
        yield range(int(first, 16), int(last or first, 16) + 1)


def stack(first, cut=PLAIN, parts=()):
    """Return the font families to name in the stylesheet, those of `first` before the others.

    A script that does not come in this cut is drawn in the plain one. `parts` come after all.
    """
    found = [*faces(cut), *faces()]
    ours = [face for face in found if face.family == first]
    ours += [face for face in found if face.family != first]
    ours += parts
    system = SYSTEM_SERIF if first == "noto-serif" else SYSTEM_SANS
    return (*dict.fromkeys(face.css_name for face in ours), *system)


def unpacked(path):
    """Return a font file without its web packing, and with the date it had: not with today's."""
    plain = BytesIO()
    with TTFont(path, recalcTimestamp=False) as font:
        font.flavor = None
        font.save(plain)
    return plain.getvalue()


def undrawable(text):
    """Return the characters of this text that no font can draw, each once, in their order."""
    composed = unicodedata.normalize("NFC", text)
    return [c for c in dict.fromkeys(composed) if not _can_be_drawn(c)]


def _can_be_drawn(character):
    if ord(character) in UNSEEN:
        return True
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return False
    if faces():
        return character in _usual() or bool(parts_for(character))
    drawn = _system_code_points()
    return drawn is None or ord(character) in drawn


def _usual():
    """Return the characters that need no numbered part."""
    return _characters_of(faces())


@cache
def _characters_of(some_faces):
    return frozenset(chr(point) for point in _code_points_of(some_faces))


@cache
def _code_points_of(some_faces):
    points = set()
    for face in some_faces:
        with TTFont(face.path, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)


@cache
def _system_code_points():
    """Ask fontconfig, which answers a line such as `20-7e a0-17f 192` for each font."""
    fc_list = shutil.which("fc-list")
    if not fc_list:
        return None
    listed = subprocess.run(  # noqa: S603 - a fixed command without anyone's words in it
        [fc_list, "--format", "%{charset}\n"], capture_output=True, text=True, check=False
    ).stdout
    points = set()
    for span in listed.split():
        first, _dash, last = span.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points) or None
