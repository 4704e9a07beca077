"""Which fonts paper is drawn with, and which characters none of them has.

The fonts come by npm (see package.json), cut into parts by script. Where they are missing, the
system's own fonts are used, as fontconfig lists them. A character without a font would be printed
as a box.
"""

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
SCRIPTS = ("arabic", "hebrew", "bengali", "gurmukhi", "gujarati", "tamil", "thai", "ethiopic")
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
    return _faces_in(Path(settings.NODE_MODULES) / "@fontsource", cut)


@cache
def _faces_in(folder, cut):
    parts = [(family, subset) for family in FAMILIES for subset in SUBSETS]
    parts += [(f"noto-sans-{script}", script) for script in SCRIPTS]
    wanted = (
        Face(family, subset, folder / family / "files" / f"{family}-{subset}-{cut}.woff", cut)
        for family, subset in parts
    )
    return tuple(face for face in wanted if face.path.is_file())


def stack(first, cut=PLAIN):
    """Return the font families to name in the stylesheet, those of `first` before the others.

    A script that does not come in this cut is drawn in the plain one.
    """
    found = [*faces(cut), *faces()]
    ours = [face for face in found if face.family == first]
    ours += [face for face in found if face.family != first]
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
    drawn = drawable()
    return drawn is None or ord(character) in drawn


def drawable():
    """Return all code points that can be drawn, or None when there is no way to tell."""
    return _code_points_of(faces()) if faces() else _system_code_points()


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
