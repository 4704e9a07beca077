"""An .h5p file, written: a version of an activity with all it was resolved to, or our own type.

The same version always gives the same bytes, and no file is ever whole in memory, except the
small JSON that is kept in rows.
"""

import json
import stat
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.files.storage import storages

from content.archive import ALWAYS, PIECE

OUR_TYPES = Path(__file__).resolve().parent.parent / "h5p_library"
TALK = OUR_TYPES / "Alongside.Talk-1.0"
# Pictures, films and sounds are as small as they get. These become smaller.
PACKED = {".css", ".csv", ".html", ".js", ".json", ".map", ".md", ".svg", ".txt", ".vtt", ".xml"}
# What shrinks more than this would be taken for a trap where the file comes in again.
SMALLER_AT_MOST = 100


class Entry(NamedTuple):
    """A file of a package: its name there, and how to open it."""

    name: str
    open: Callable[[], IO[bytes]]


def write(version: Any, file: IO[bytes]) -> None:
    """Write an H5PVersion to `file`, with its own files and its libraries."""
    storage = storages["private"]

    def below(folder: str, name: str) -> Callable[[], IO[bytes]]:
        return lambda: storage.open(f"{folder}/{name}")

    entries = [Entry(f"content/{n}", below(version.folder, n)) for n in sorted(version.files)]
    for library in sorted(version.libraries.all(), key=lambda one: one.directory):
        entries += [
            Entry(f"{library.directory}/{name}", below(library.folder, name))
            for name in sorted(library.files)
        ]
    _zip([*_about(version.metadata, version.content), *entries], file)


def write_talk(metadata: dict[str, Any], content: dict[str, Any], file: IO[bytes]) -> None:
    """Write a package of our own type to `file`."""
    _zip([*_about(metadata, content), *_of(TALK)], file)


def write_talk_type(file: IO[bytes]) -> None:
    """Write our own type alone to `file`: a package that only brings a library."""
    _zip(_of(TALK), file)


def _about(metadata: dict[str, Any], content: dict[str, Any]) -> list[Entry]:
    return [
        Entry("h5p.json", lambda: BytesIO(_json(metadata))),
        Entry("content/content.json", lambda: BytesIO(_json(content))),
    ]


def _json(data: dict[str, Any]) -> bytes:
    # PostgreSQL keeps names in an order of its own, so ours is always the alphabet's.
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _of(folder: Path) -> Iterator[Entry]:
    """Yield every file of a library in a folder of ours."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            yield Entry(f"{folder.name}/{name}", lambda path=path: path.open("rb"))


def _zip(entries: Iterable[Entry], file: IO[bytes]) -> None:
    with ZipFile(file, "w") as archive:
        for entry in entries:
            about = ZipInfo(entry.name, date_time=ALWAYS)
            about.create_system = 3
            about.external_attr = (stat.S_IFREG | 0o644) << 16
            about.compress_type = ZIP_DEFLATED if _packs_well(entry) else ZIP_STORED
            with entry.open() as source, archive.open(about, "w") as target:
                for piece in _pieces(source):
                    target.write(piece)


def _packs_well(entry: Entry) -> bool:
    """Whether a file is worth packing, and not so much that it would look like a trap."""
    if Path(entry.name).suffix.lower() not in PACKED:
        return False
    packer, size, packed = zlib.compressobj(), 0, 0
    with entry.open() as source:
        for piece in _pieces(source):
            size, packed = size + len(piece), packed + len(packer.compress(piece))
    return size < (packed + len(packer.flush())) * SMALLER_AT_MOST


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(PIECE):
        yield piece
