"""In which order the libraries of an H5P package are loaded, and how their files become one. Pure.

Played the plain way, one question is 56 requests. So the scripts of all libraries are joined into
one, and their styles as well: each library after those it needs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from posixpath import dirname, join, normpath
from typing import Any

from content.h5p.inside import everything
from content.h5p.resolving import Name, needs

Metadata = Mapping[str, Any]  # a library.json, or an h5p.json

JOINED = 1  # goes up when files are joined in another way, so that they are joined anew


@dataclass(frozen=True)
class Loading:
    """What a package loads: (directory of the library, path in it) of each file, in order."""

    scripts: tuple[tuple[str, str], ...]
    styles: tuple[tuple[str, str], ...]


def load_order(package: Metadata, content: object, libraries: Iterable[Metadata]) -> list[Name]:
    """Return the libraries that a package needs to play, each after those it needs itself.

    First what its h5p.json names, then what its content names besides. A library that is not
    there is left out; libraries that need each other are each loaded once.
    """
    there = {Name.of(library): library for library in libraries}
    needed = [*_dependencies(package), *_main(package, there), *_named_in(content)]
    loaded: dict[Name, None] = {}
    begun: set[Name] = set()
    # Not by recursion: how deep libraries need each other is up to whoever made them.
    waiting = [(name, False) for name in reversed(needed)]
    while waiting:
        name, is_next = waiting.pop()
        if is_next:
            loaded[name] = None
        elif name in there and name not in begun:
            begun.add(name)
            waiting.append((name, True))
            waiting += [(each, False) for each in reversed(_dependencies(there[name]))]
    return list(loaded)


def _dependencies(metadata: Metadata) -> list[Name]:
    return list(needs(metadata, ["preloadedDependencies"]))


def _main(package: Metadata, there: Iterable[Name]) -> list[Name]:
    """Return the library that plays it, of which h5p.json says the version only by chance."""
    main = [name for name in there if name.machine_name == package.get("mainLibrary")]
    return [max(main)] if main else []


def _named_in(content: object) -> Iterator[Name]:
    """Find {"library": "H5P.Image 1.1"}, however deep it lies, in the order it is written in.

    Whether there is something to start it with is no matter here: what is loaded does no harm.
    """
    for value in everything(content):
        library = value.get("library") if isinstance(value, dict) else None
        name = Name.read(library) if isinstance(library, str) else None
        if name:
            yield name


def what_to_load(order: Iterable[Name], libraries: Iterable[Metadata]) -> Loading:
    """Return the scripts and styles of these libraries, in order.

    Some libraries bring styles of their own for others (dropLibraryCss): those are left out.
    """
    there = {Name.of(library): library for library in libraries}
    order = list(order)
    dropped = {
        each.get("machineName") for name in order for each in there[name].get("dropLibraryCss", ())
    }
    scripts, styles = [], []
    for name in order:
        at = name.directory
        scripts += [(at, path) for path in _paths(there[name], "preloadedJs")]
        if name.machine_name not in dropped:
            styles += [(at, path) for path in _paths(there[name], "preloadedCss")]
    return Loading(tuple(scripts), tuple(styles))


def _paths(library: Metadata, what: str) -> list[str]:
    return [normpath(str(each["path"])) for each in library.get(what) or () if each.get("path")]


def key(files: Iterable[tuple[str, str]], builds: Mapping[str, str]) -> str:
    """Return the name of these files joined; `builds` is {directory: SHA-256 of the library}.

    Whatever would change a byte of what comes out changes the name.
    """
    told = sha256(f"{JOINED}\n".encode())
    for at, path in files:
        told.update(f"{builds[at]}\0{at}\0{path}\n".encode())
    return told.hexdigest()


# --- scripts -----------------------------------------------------------------------------------

BOM = b"\xef\xbb\xbf"
# Said first, so that no “use strict” at the top of one file goes for all; and between files,
# because one may end in a comment or without a semicolon.
BEFORE_A_SCRIPT = b"\n;"


def joined_script(file: Iterable[bytes]) -> Iterator[bytes]:
    """Return a script, given in pieces, as it stands among others."""
    yield BEFORE_A_SCRIPT
    first = True
    for piece in file:
        yield piece.removeprefix(BOM) if first else piece
        first = False


# --- styles ------------------------------------------------------------------------------------

# What a style sheet is made of, as far as it matters here. What never ends goes on to the end of
# the sheet or line, as browsers read it; `*+` never tries again, so nobody can make it slow.
QUOTED = r""""(?:\\.|[^"\\\n])*+"?|'(?:\\.|[^'\\\n])*+'?"""
URL = rf"""url\(\s*+(?P<url>{QUOTED}|(?:\\.|[^"'()\s\\])*+)\s*+\)"""
PART = re.compile(
    rf"(?P<comment>/\*(?:.*?\*/|.*))"
    rf"|(?P<charset>@charset\s*+(?:{QUOTED})\s*+;?)"
    rf"|(?P<import>@import\s++(?:{URL.replace('<url>', '<from_url>')}|(?P<from>{QUOTED}))"
    r"(?P<media>[^;{}]*+);?)"
    rf"|{URL}|(?:{QUOTED})",
    re.DOTALL | re.IGNORECASE,
)
# With a scheme, from the root, or of the page itself: nothing to do with where the sheet lies.
STANDS_ALONE = re.compile(r"[a-z][a-z0-9+.-]*:|/|#|$", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """A style sheet among others: what it imports, which has to be said first, and its rules."""

    imports: tuple[str, ...]
    rules: str


def joined_style(at: str, text: str, above: str = "../libraries") -> Sheet:
    """Return a style sheet as it stands among others. `at` is “H5P.Foo-1.2/styles/foo.css”.

    What it names beside itself is named from the joined sheet: the libraries lie in `above`.
    What it would import from another host is left out; nothing is fetched from there.
    """
    folder = f"{above}/{dirname(at)}"
    imports: list[str] = []

    def rewritten(found: re.Match[str]) -> str:
        if found["comment"] or found["charset"]:
            return ""
        if found["import"]:
            target = _unquoted(found["from_url"] or found["from"] or "")
            if target and not STANDS_ALONE.match(target):
                imports.append(f"@import {_url(folder, target)}{found['media']};")
            return ""
        target = _unquoted(found["url"] or "")
        if found["url"] is None or STANDS_ALONE.match(target):
            return found[0]
        return _url(folder, target)

    rules = PART.sub(rewritten, text.removeprefix("\ufeff"))
    return Sheet(tuple(imports), rules)


def _unquoted(value: str) -> str:
    return value[1:].removesuffix(value[0]) if value[:1] in {'"', "'"} else value


def _url(folder: str, target: str) -> str:
    """Return url(…) of what a sheet in this folder calls so, and keep it from meaning more."""
    path = re.split(r"[?#]", target, maxsplit=1)[0]
    whole = normpath(join(folder, path)) + target[len(path) :]
    return 'url("' + re.sub(r'["\n\r\f]', "", whole) + '")'
