"""An .h5p file as untrusted input. Nothing else reads one.

What is here is read from the zip in pieces, and only its small JSON is ever whole in memory.
Nothing in it is run. Where a package is no package, `NotAPackage` says in one plain sentence what
is wrong and in which file; what is odd but plays comes in, with a note (`notes.py` tells them).
"""

import hashlib
import html
import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from pyh5p import CoreApiVersion, H5PPackage, LibraryId, Semantics
from pyh5p.security import DEFAULT_ALLOWED_EXTENSIONS

from content import archive
from content.archive import MB, PIECE
from content.h5p import json_text, naming
from content.h5p.notes import note
from content.h5p.resolving import EDITED, MACHINE_NAME, PLAYED, Name, needs

LIMITS = archive.Limits(
    files=3_000,
    whole=300 * MB,
    one=200 * MB,
    texts=(".json",),
    text=3 * MB,
    all_texts=30 * MB,
    name=255,
)
# The JSON that is in memory at the same time, all together: that of the libraries.
KEPT_AT_MOST = 8 * MB
# What the player has of H5P's core (npm's h5p-standalone, see package.json).
CORE = CoreApiVersion(1, 27)
ABOUT = "h5p.json"
CONTENT = "content/content.json"
LIBRARY = "library.json"
FORM = "semantics.json"

# With its version or without, as older programs wrote it
DIRECTORY = re.compile(r"[A-Za-z0-9][\w.-]{0,254}?-\d{1,6}\.\d{1,6}(\.\d{1,6})?", re.ASCII)
LANGUAGE = re.compile(r"language/[a-z]{2,3}([-_][A-Za-z0-9]{1,8})*\.json")
VERSION_AT_MOST = 999_999
TITLE_AT_MOST = 255
# Kinds of file that we keep. Others (programs, pages, scripts of a server) are left out. SVG may
# hold script, and is kept as it is: it is only ever served inside the sandbox, where a script can
# reach nothing, and cleaned it would look different.
KINDS = DEFAULT_ALLOWED_EXTENSIONS | {
    "aac",
    "apng",
    "avif",
    "cur",
    "flac",
    "ico",
    "less",
    "m4v",
    "mov",
    "opus",
    "scss",
    "srt",
}


class NotAPackage(ValueError):
    """It cannot be taken in; `str()` says what is wrong with it, in one plain sentence."""


@dataclass
class PackedLibrary:
    """A library in a package. `files` is {path in its folder: size}."""

    directory: str
    metadata: dict[str, Any]
    semantics: list[Any] | None
    files: dict[str, int]
    source: archive.Zipped = field(repr=False)

    @property
    def name(self) -> Name:
        return Name.of(self.metadata)

    @property
    def patch(self) -> int:
        return LibraryId.parse(self.metadata).patch

    def open(self, path):
        return self.source.open(f"{self.directory}/{path}")

    def sha256(self) -> str:
        """Return the SHA-256 of all its files: their names and every byte, in order."""
        digest = hashlib.sha256()
        for path, size in sorted(self.files.items()):
            digest.update(f"{len(path.encode())} {path} {size} ".encode())
            with self.open(path) as file:
                while piece := file.read(PIECE):
                    digest.update(piece)
        return digest.hexdigest()


@dataclass
class Package:
    """What is in a package. `content` is None where it only brings libraries.

    `files` is {path below content/: size} of its own pictures and sounds.
    """

    metadata: dict[str, Any]
    content: dict[str, Any] | None
    libraries: list[PackedLibrary]
    files: dict[str, int]
    notes: list[dict[str, Any]]
    source: archive.Zipped = field(repr=False)

    @property
    def title(self) -> str:
        return title_of(self.metadata)

    def open(self, path):
        """Open one of its own files, in pieces."""
        return self.source.open(f"content/{path}")


def read(file) -> Package:
    """Return what is in an .h5p file that is open. Raises NotAPackage."""
    return _Reading(
        archive.Zipped(
            file,
            limits=LIMITS,
            raises=NotAPackage,
            no_zip=_("This is not an H5P file that we can open. It may have been cut off."),
            known_by=ABOUT,
        )
    ).package()


class _Reading:
    def __init__(self, source):
        self.source = source
        self.left_out = []
        self.notes = []
        self.kept = 0

    def package(self):
        own, folders = self._sorted()
        libraries = self._libraries(folders)
        if not own and ABOUT not in self.source.entries:
            if not libraries:
                raise NotAPackage(_("There is no “h5p.json” in it, so it is not an H5P file."))
            metadata, content = {}, None
        else:
            metadata, content = self._about(libraries), self._content()
        own.pop("content.json", None)
        if content is not None:
            self._check_media(content, own)
        if self.left_out:
            self.notes.append(note("left_out", self.left_out))
        return Package(metadata, content, libraries, own, self.notes, self.source)

    def _sorted(self):
        """Return what is below content/, and all other folders, as {path in it: size}."""
        own, folders = {}, {}
        for name in self.source.names():
            top, _slash, path = name.partition("/")
            if name == ABOUT:
                continue
            if not path or top.startswith((".", "_")) or not _is_kept(path):
                self.left_out.append(name)
            elif top == "content":
                own[path] = self.source.size(name)
            else:
                folders.setdefault(top, {})[path] = self.source.size(name)
        return own, folders

    # --- libraries ---------------------------------------------------------------------------

    def _libraries(self, folders):
        libraries = {}
        for directory, files in folders.items():
            if LIBRARY not in files and not DIRECTORY.fullmatch(directory):
                self.left_out += [f"{directory}/{path}" for path in files]
                continue
            library = self._library(directory, files)
            if library.name in libraries:
                raise NotAPackage(
                    _("The library “%s” is in the package twice.") % str(library.name)
                )
            libraries[library.name] = library
        return list(libraries.values())

    def _library(self, directory, files):
        if not MACHINE_NAME.fullmatch(directory):
            raise NotAPackage(
                _("“%s” is not a name that the folder of a library may have.") % directory[:80]
            )
        if LIBRARY not in files:
            raise NotAPackage(
                _("The library in the folder “%s” lacks its “library.json”.") % directory
            )
        where = f"{directory}/{LIBRARY}"
        metadata = self._json(where, kept=True)
        naming.check_library(metadata, where, NotAPackage)
        about = LibraryId.parse(metadata)
        if directory not in {
            about.machine_name,
            about.directory_name,
            f"{about.directory_name}.{about.patch}",
        }:
            raise NotAPackage(
                _(
                    "The folder “%(folder)s” and the “library.json” in it do not fit. That file "
                    "says that it is “%(library)s”."
                )
                % {"folder": directory, "library": about.directory_name}
            )
        needed = CoreApiVersion.parse(metadata.get("coreApi") or "1.0")
        if not needed.compatible_with(CORE):
            raise NotAPackage(
                _(
                    "The library “%(library)s” needs a newer H5P player (%(needed)s) than ours "
                    "(%(ours)s)."
                )
                % {
                    "library": about.directory_name,
                    "needed": f"{needed.major}.{needed.minor}",
                    "ours": f"{CORE.major}.{CORE.minor}",
                }
            )
        self._check_parts(directory, metadata, files)
        self._check_languages(directory, files)
        return PackedLibrary(
            directory, metadata, self._semantics(directory, files), files, self.source
        )

    def _check_parts(self, directory, metadata, files):
        """Its scripts and styles have to be there, or it does not start."""
        for kind in ("preloadedJs", "preloadedCss"):
            for entry in metadata.get(kind) or []:
                path = naming.plain_path(entry["path"])
                if naming.is_outside(path):
                    self.notes.append(note("outside_script", [path[:200]], library=directory))
                elif path not in files:
                    raise NotAPackage(
                        _("The library “%(library)s” lacks the file “%(path)s”.")
                        % {"library": directory, "path": path[:80]}
                    )

    def _check_languages(self, directory, files):
        """Leave out words that nobody could read: the library has words of its own too."""
        odd = []
        for path in [path for path in files if path.startswith("language/")]:
            where = f"{directory}/{path}"
            if not (LANGUAGE.fullmatch(path) and self._are_words(where)):
                del files[path]
                odd.append(where)
        if odd:
            self.notes.append(note("language", odd))

    def _are_words(self, where):
        data = self.source.data(where)  # broken in the zip is another thing than broken JSON
        try:
            text = archive.decoded(data, where, LIMITS.text, json_text.NotReadable)
            return isinstance(json_text.read(text, where, once=False), dict)
        except json_text.NotReadable:
            return False

    def _semantics(self, directory, files):
        if FORM not in files:
            return None
        where = f"{directory}/{FORM}"
        semantics = self._json(where, kept=True, once=False)
        if not isinstance(semantics, list) or not all(
            isinstance(entry, dict) for entry in semantics
        ):
            raise NotAPackage(_("“%s” has to be a list of fields.") % where)
        try:
            Semantics.from_json(semantics)
        except (TypeError, ValueError, AttributeError, KeyError):
            # It plays: only its form has something in it that we cannot show.
            self.notes.append(note("odd_form", [where]))
        return semantics

    # --- the content -------------------------------------------------------------------------

    def _about(self, libraries):
        metadata = self._json(ABOUT)
        if not isinstance(metadata, dict):
            raise NotAPackage(_("“%s” has to be an object.") % ABOUT)
        _complete(metadata, libraries)
        for issue in H5PPackage(metadata, None, (), {}).validate(allow_content_only=True):
            if issue.path.startswith("$.h5p.") and issue.keyword in {"required", "type"}:
                said = issue.path.removeprefix("$.h5p.")
                raise NotAPackage(
                    _("“h5p.json” does not say “%s”.") % said
                    if issue.keyword == "required"
                    else _("What “h5p.json” says of “%s” is not what it has to be.") % said
                )
        naming.check_dependencies(metadata, ABOUT, NotAPackage)
        if not MACHINE_NAME.fullmatch(metadata["mainLibrary"]):
            raise NotAPackage(
                _("“h5p.json” names “%s” as its main library, which is no name of a library.")
                % metadata["mainLibrary"][:80]
            )
        list_main(metadata, [library.name for library in libraries])
        return metadata

    def _content(self):
        content = self._json(CONTENT)
        if not isinstance(content, dict):
            raise NotAPackage(_("“%s” has to be an object.") % CONTENT)
        return content

    def _check_media(self, content, own):
        used, outside = set(), []
        for path in naming.media(content):
            if naming.is_outside(path):
                outside.append(path[:200])
                continue
            found = naming.found(path, own)
            if found is None:
                raise NotAPackage(
                    _("The content uses “%s”, which is not in the package.") % path[:80]
                )
            used.add(found)
        outside += naming.outside_sources(content)
        if outside:
            self.notes.append(note("outside", list(dict.fromkeys(outside))))
        unused = sorted(own.keys() - used - naming.mentioned(content, own))
        if unused:
            self.notes.append(note("unused", unused))

    def _json(self, name, *, kept=False, once=True):
        if name not in self.source.entries:
            raise NotAPackage(_("The package lacks its “%s”.") % name)
        if kept:
            self.kept += self.source.size(name)
            if self.kept > KEPT_AT_MOST:
                raise NotAPackage(_("There is far more text in the zip than we ever need."))
        try:
            return json_text.read(self.source.text(name), name, once=once)
        except json_text.NotReadable as fault:
            raise NotAPackage(str(fault)) from fault


def _is_kept(path):
    """Whether a file is of a kind that we keep."""
    parts = path.split("/")
    if any(part.startswith(".") for part in parts):
        return False
    _stem, dot, kind = parts[-1].rpartition(".")
    return not dot or kind.lower() in KINDS  # without an ending: LICENSE and the like


def _complete(metadata, libraries):
    """Say what older programs left out of h5p.json, where it can be told."""
    main = metadata.get("mainLibrary")
    if not metadata.get("title") and isinstance(main, str):
        names = [library.metadata["title"] for library in libraries if library.name[0] == main]
        metadata["title"] = [*names, main][0]
    for name, usual in (("language", "und"), ("embedTypes", ["div"])):
        if not isinstance(metadata.get(name), type(usual)):
            metadata[name] = usual
    if metadata.get("preloadedDependencies") is None:
        metadata["preloadedDependencies"] = []


def list_main(metadata, names) -> None:
    """List the main library among what a package needs, where h5p.json forgot to.

    `names` are the libraries that there are: the newest of its name is meant.
    """
    main, listed = metadata["mainLibrary"], metadata["preloadedDependencies"]
    known = sorted(name for name in names if name.machine_name == main)
    if known and not any(entry["machineName"] == main for entry in listed):
        listed.append(known[-1].needed)


def needed(metadata, content) -> tuple[list[Name], list[Name], list[Name]]:
    """Return the libraries that a package names: to play it, inside its content, to edit it."""
    played, edited = needs(metadata, PLAYED), needs(metadata, EDITED)
    return list(played), list(naming.libraries(content)), list(edited)


def title_of(metadata) -> str:
    """Return what a package is called, as people write it."""
    # Some programs write “Q&amp;A” there
    title = " ".join(html.unescape(str(metadata.get("title", ""))).split())
    return title[:TITLE_AT_MOST] or metadata.get("mainLibrary", "")
