"""Lesson kits: whole lessons with plain words in them, which an author replaces."""

import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from content import lesson_text

FOLDER = Path(__file__).resolve().parent / "lesson_kits"
USUAL = "en"


@dataclass(frozen=True)
class Kit:
    """A lesson to begin from: what it is for, and how long it takes."""

    slug: str
    language: str
    title: str
    about: str
    summary: str
    minutes: int
    order: int


def kits(language=USUAL):
    """Return the kits for a course in this language, such as “en-gb”, in their order."""
    short = language.split("-")[0]
    return _kits(short if (FOLDER / short).is_dir() else USUAL)


def kits_in_every_language():
    """Return all the kits there are."""
    return [kit for folder in sorted(FOLDER.iterdir()) for kit in _kits(folder.name)]


@cache
def _kits(language):
    found = []
    for path in (FOLDER / language).glob("*.md"):
        about = _read(language, path.stem).about
        names = ("title", "about", "summary", "minutes", "order")
        found.append(Kit(path.stem, language, **{name: about[name] for name in names}))
    return tuple(sorted(found, key=lambda kit: kit.order))


def body_of(kit):
    """Return a kit's stream, with ids that no other lesson has."""
    return _read(kit.language, kit.slug).body


def _read(language, slug):
    text = (FOLDER / language / f"{slug}.md").read_text(encoding="utf-8")
    return lesson_text.read(text, key=uuid.uuid4())
