"""What h5p.json, library.json and content.json name: libraries, scripts, pictures, addresses.

The checks raise the exception that they are given, with a plain sentence.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from django.utils.translation import gettext as _

from content.h5p.inside import everything
from content.h5p.resolving import EDITED, MACHINE_NAME, PLAYED, Name

VERSION = re.compile(r"\d{1,6}")
OUTSIDE = re.compile(r"([a-z][a-z0-9+.-]*:)?//|data:|blob:", re.I)
SOURCE = re.compile(r"""\ssrc\s*=\s*["']?((?:https?:)?//[^"'\s>]+)""", re.I)
WORD = re.compile(r"""[^\s"'<>()]+""")
# What stands beside a path when it is that of a picture, a sound or a film
MEDIA_SAYS = {"mime", "width", "height", "copyright", "quality", "codecs"}
MEDIA_FOLDERS = ("images/", "videos/", "audios/", "files/")


def check_library(metadata, where, raises):
    """Whether a library.json says what it has to."""
    if not isinstance(metadata, dict):
        raise raises(_("“%s” has to be an object.") % where)
    for name in ("title", "machineName"):
        if not isinstance(metadata.get(name), str) or not metadata[name].strip():
            raise raises(_lacks(where, name))
    if not MACHINE_NAME.fullmatch(metadata["machineName"]):
        raise raises(
            _("“%(where)s” names the library “%(name)s”, which is no name of a library.")
            % {"where": where, "name": metadata["machineName"][:80]}
        )
    for name in ("majorVersion", "minorVersion", "patchVersion"):
        if not _is_version(metadata.get(name)):
            raise raises(_lacks(where, name))
    for kind in ("preloadedJs", "preloadedCss"):
        entries = metadata.get(kind) or []
        if not isinstance(entries, list) or not all(
            isinstance(entry, dict) and isinstance(entry.get("path"), str) for entry in entries
        ):
            raise raises(_odd(where, kind))
    core = metadata.get("coreApi")
    if core and not (
        isinstance(core, dict)
        and _is_version(core.get("majorVersion"))
        and _is_version(core.get("minorVersion"))
    ):
        raise raises(_odd(where, "coreApi"))
    check_dependencies(metadata, where, raises)


def check_dependencies(metadata, where, raises):
    """Whether each library that it says it needs has a name and a version."""
    for kind in (*PLAYED, *EDITED):
        entries = metadata.get(kind) or []
        if not isinstance(entries, list):
            raise raises(_odd(where, kind))
        for entry in entries:
            if not (
                isinstance(entry, dict)
                and isinstance(entry.get("machineName"), str)
                and MACHINE_NAME.fullmatch(entry["machineName"])
                and _is_version(entry.get("majorVersion"))
                and _is_version(entry.get("minorVersion"))
            ):
                raise raises(_odd(where, kind))


def _lacks(where, name):
    return _("“%(where)s” does not say “%(name)s” as it has to.") % {"where": where, "name": name}


def _odd(where, name):
    return _("What “%(where)s” says of “%(name)s” is not what it has to be.") % {
        "where": where,
        "name": name,
    }


def _is_version(value):
    if isinstance(value, str):
        return bool(VERSION.fullmatch(value))
    return type(value) is int and 0 <= value <= 999_999


def plain_path(path):
    """Return the path of a library's file as its folder has it."""
    return path.removeprefix("./").removeprefix("/").partition("?")[0] if path else path


def is_outside(path):
    """Whether it is an address, not a file of the package."""
    return bool(OUTSIDE.match(path))


def media(content) -> Iterator[str]:
    """Yield the paths of the pictures, sounds and films that a content names."""
    for value in everything(content):
        if isinstance(value, dict):
            path = value.get("path")
            if (
                isinstance(path, str)
                and path
                and (MEDIA_SAYS & value.keys() or path.startswith(MEDIA_FOLDERS))
            ):
                yield path


def found(path, files):
    """Return the file of a content that a path in it stands for, or None."""
    path = path.removesuffix("#tmp")  # an editor's mark of what was not saved yet
    for name in (path, path.partition("?")[0], path.partition("#")[0], unquote(path)):
        if name.removeprefix("./") in files:
            return name.removeprefix("./")
    return None


def mentioned(content, files):
    """Return the files that a content speaks of in any other way."""
    words = set()
    for value in everything(content):
        if isinstance(value, str) and "." in value:
            words.add(value)
            words.update(WORD.findall(value))
    return {name for name in files if name in words}


def outside_sources(content) -> list[str]:
    """Return the addresses of what a content takes from elsewhere, in its text."""
    sources = []
    for value in everything(content):
        if isinstance(value, str) and "src" in value:
            sources += [address[:200] for address in SOURCE.findall(value)]
        elif isinstance(value, dict):
            source = value.get("source")
            # Beside a licence it only says where something is from.
            if isinstance(source, str) and "license" not in value and is_outside(source):
                sources.append(source[:200])
    return sources


def libraries(content) -> Iterator[Name]:
    """Yield the libraries that a content starts, inside of it.

    Each has something to start with: other things are called “library” too, and a package is
    refused when one of these lacks.
    """
    for value in everything(content):
        if isinstance(value, dict) and isinstance(value.get("library"), str) and "params" in value:
            name = Name.read(value["library"].strip())
            if name:
                yield name
