"""What an activity that is written here says of itself, and which files it takes along. Pure."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from content.h5p import naming
from content.h5p.inside import everything
from content.h5p.resolving import PLAYED, Name, needs

Json = Any


def about_new(library: Mapping[str, Json], language: str) -> dict[str, Json]:
    """Return the h5p.json of a new activity. `library` is the library.json of its type."""
    return {
        "title": "",
        "language": language,
        "defaultLanguage": language,
        "mainLibrary": library["machineName"],
        "embedTypes": ["div"],
        "license": "U",
        "preloadedDependencies": [Name.of(library).needed],
    }


def with_needs(
    metadata: Mapping[str, Json],
    content: Json,
    library: Callable[[str], Mapping[str, Json] | None],
) -> dict[str, Json]:
    """Return h5p.json with all that its content needs to play, as other programs expect it.

    `library` gives the library.json for a name like “H5P.Image 1.1”.
    """
    listed = [*(metadata.get("preloadedDependencies") or [])]
    known = set(needs({"preloadedDependencies": listed}, PLAYED))
    waiting = [*known, *naming.libraries(content)]
    seen = set()
    while waiting:
        name = waiting.pop(0)
        found = library(str(name)) if name not in seen else None
        seen.add(name)
        if found is None:
            continue
        waiting.extend(needs(found, PLAYED))
        if name not in known:
            known.add(name)
            listed.append(name.needed)
    return {**metadata, "preloadedDependencies": listed}


def files_kept(files: Mapping[str, int], before: Json, after: Json) -> list[str]:
    """Return which files go along: all but those that the content named, and names no more."""
    gone = set(_paths(before)) - set(_paths(after))
    return [path for path in files if path not in gone]


def _paths(content: Json) -> Iterator[str]:
    for value in everything(content):
        if isinstance(value, dict) and isinstance(value.get("path"), str):
            yield value["path"].partition("#")[0]
