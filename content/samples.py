"""Sample practices that observers rate to compare themselves with those who rated them before.

Each is a file in `calibration_samples/`: a practice as it was said, written for this, with nobody
real in it; and for each criterion the level that was agreed on, or none, and why.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from content import yaml_text

FOLDER = Path(__file__).parent / "calibration_samples"


@dataclass(frozen=True)
class Line:
    """What somebody said; without a speaker, what happened."""

    words: str
    speaker: str = ""


@dataclass(frozen=True)
class Reference:
    """The level that was agreed on for a criterion, None where it was not seen, and why."""

    level: int | None
    why: str


@dataclass(frozen=True)
class Sample:
    """A sample practice. `ratings` is {criterion: Reference}."""

    slug: str
    title: str
    language: str
    about: str
    lines: tuple[Line, ...]
    ratings: dict[str, Reference]

    @property
    def levels(self):
        """The levels that were agreed on: {criterion: level or None}."""
        return {code: each.level for code, each in self.ratings.items()}


@cache
def samples():
    """Return all samples, in the order of their titles."""
    found = [_read(path) for path in FOLDER.glob("*.yaml")]
    return tuple(sorted(found, key=lambda each: each.title))


def sample_called(slug):
    """Return the sample with this slug; None when there is none."""
    return next((each for each in samples() if each.slug == slug), None)


def _read(path):
    data = yaml_text.read(path.read_text(encoding="utf-8"), path.name)
    return Sample(
        slug=path.stem,
        title=data["title"],
        language=data["language"],
        about=data["about"],
        lines=tuple(_line(each) for each in data["lines"]),
        ratings={
            code: Reference(each["level"], each["why"]) for code, each in data["ratings"].items()
        },
    )


def _line(each):
    if isinstance(each, str):
        return Line(words=each)
    ((speaker, words),) = each.items()
    return Line(words=words, speaker=speaker)
