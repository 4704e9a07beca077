"""Lesson kits: whole lessons with plain words in them, which an author replaces."""

import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from content import lesson_text

FOLDER = Path(__file__).resolve().parent / "lesson_kits"


@dataclass(frozen=True)
class Kit:
    """A lesson to begin from: what it is for, and how long it takes."""

    slug: str
    title: str
    about: str
    summary: str
    minutes: int
    order: int


@cache
def kits():
    """Return the kits there are, in their order."""
    found = []
    for path in FOLDER.glob("*.md"):
        about = _read(path.stem).about
        names = ("title", "about", "summary", "minutes", "order")
        found.append(Kit(path.stem, **{name: about[name] for name in names}))
    return tuple(sorted(found, key=lambda kit: kit.order))


def body_of(kit):
    """Return a kit's stream, with ids that no other lesson has."""
    return _read(kit.slug).body


def _read(slug):
    text = (FOLDER / f"{slug}.md").read_text(encoding="utf-8")
    return lesson_text.read(text, key=uuid.uuid4())
