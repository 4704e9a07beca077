"""Which builds of libraries a package runs on. Pure: no database, no files, no clock.

A package is resolved to the libraries it came with, else to the newest build that is installed
and fits: the same name, major and minor.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from pyh5p import Dependency

PLAYED = ("preloadedDependencies", "dynamicDependencies")
EDITED = ("editorDependencies",)
MACHINE_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,254}", re.ASCII)
NAMED = re.compile(rf"({MACHINE_NAME.pattern}) (\d{{1,6}})\.(\d{{1,6}})", re.ASCII)


class Name(NamedTuple):
    """What a package calls a library that it needs: “H5P.Foo 1.2”."""

    machine_name: str
    major: int
    minor: int

    @classmethod
    def of(cls, library: Mapping[str, Any]) -> "Name":
        """Return what a library says it is, in its library.json."""
        major, minor = library["majorVersion"], library["minorVersion"]
        return cls(str(library["machineName"]), int(major), int(minor))

    @classmethod
    def read(cls, text: str) -> "Name | None":
        """Return the name that is written like “H5P.Foo 1.2”, or None when it is none."""
        found = NAMED.fullmatch(text)
        return cls(found[1], int(found[2]), int(found[3])) if found else None

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}"

    @property
    def directory(self) -> str:
        """What its folder is called in a package, like “H5P.Foo-1.2”."""
        return f"{self.machine_name}-{self.major}.{self.minor}"

    @property
    def needed(self) -> dict[str, Any]:
        """How an h5p.json or library.json says that it is needed."""
        return {
            "machineName": self.machine_name,
            "majorVersion": self.major,
            "minorVersion": self.minor,
        }


@dataclass(frozen=True)
class Build:
    """A build of a library, packed with a package or installed. `key` is what finds it again."""

    name: Name
    patch: int
    metadata: Mapping[str, Any]
    key: Any


@dataclass
class Resolved:
    """What a package needs, and what is not there."""

    builds: dict[Name, Build]
    missing: list[Name]  # without these it cannot play
    missing_to_edit: list[Name]  # these only help to edit it


def needs(metadata: Mapping[str, Any], kinds: Iterable[str]) -> Iterator[Name]:
    """Yield what an h5p.json or library.json says that it needs."""
    for kind in kinds:
        for entry in metadata.get(kind) or []:
            needed = Dependency.from_json(entry)
            yield Name(needed.machine_name, needed.major, needed.minor)


def resolve(
    *,
    played: Iterable[Name],
    inside: Iterable[Name],
    edited: Iterable[Name],
    builds: Mapping[Name, Build],
) -> Resolved:
    """Return all that these need, and what those need in their turn.

    `inside` are the libraries that the content names, `builds` the build that each name stands
    for.
    """
    found: dict[Name, Build] = {}
    missing = _follow(played, PLAYED, builds, found)
    # What is inside is started by its name alone, so another version of it does.
    others = _follow(inside, PLAYED, builds, found)
    there = {name.machine_name for name in found}
    missing += [name for name in others if name.machine_name not in there]
    # What only helps to edit may be missing, with all that it needs itself.
    helpers = [*edited]
    for build in list(found.values()):
        helpers.extend(needs(build.metadata, EDITED))
    missing_to_edit = _follow(helpers, (*PLAYED, *EDITED), builds, found)
    return Resolved(found, missing, missing_to_edit)


def _follow(
    names: Iterable[Name],
    kinds: tuple[str, ...],
    builds: Mapping[Name, Build],
    found: dict[Name, Build],
) -> list[Name]:
    waiting, missing = list(names), dict[Name, None]()
    while waiting:
        name = waiting.pop(0)
        if name in found or name in missing:
            continue
        if name in builds:
            found[name] = builds[name]
            waiting.extend(needs(builds[name].metadata, kinds))
        else:
            missing[name] = None
    return list(missing)
