"""What plays every package: H5P's core, as npm brought it, and our own scripts in the frame.

They are the same for everyone, so they have one address, named for what is in them.
"""

import gzip
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path, PurePath

from django.conf import settings

OURS = Path(__file__).parent.parent / "static/content/h5p/frame"
FOLDERS = ("fonts", "images")  # of the player, with what its style sheet names
CORE = "frame.bundle.js"
# What comes as one file, so that it is one request: {name: (ours before, the core's, ours after)}
PIECES = {
    "start.js": ("before.js", CORE, None),
    "styles/start.css": (None, "styles/h5p.css", "frame.css"),
    "play.js": ("frame.js", None, None),
}
ENDINGS = {".svg", ".gif", ".png", ".woff", ".woff2"}
SQUEEZED = {".js", ".css", ".svg"}  # the rest is small already


@dataclass(frozen=True)
class PlayerFile:
    """A file of the player, held in memory; `small` is the same compressed, if that is less."""

    data: bytes
    small: bytes | None
    etag: str


def is_installed():
    """Whether the player is there. It comes with `npm ci`."""
    return (_dist() / CORE).is_file()


@lru_cache(maxsize=1)
def key():
    """Return what changes when the player or our scripts do."""
    told = sha256()
    for name in PIECES:
        told.update(player_file(name).data)
    return told.hexdigest()[:20]


@lru_cache(maxsize=64)
def player_file(name):
    """Return the PlayerFile of this name, or None: “start.js”, “fonts/h5p-core-30.woff2” …"""
    if name in PIECES:
        before, core, after = PIECES[name]
        parts = [(OURS, before), (_dist(), core), (OURS, after)]
        data = b"\n".join((folder / part).read_bytes() for folder, part in parts if part)
    else:
        found = (_dist() / name).resolve()
        folder = name.split("/")[0]
        if folder not in FOLDERS or not found.is_relative_to(_dist().resolve() / folder):
            return None
        if found.suffix not in ENDINGS or not found.is_file():
            return None
        data = found.read_bytes()
    small = gzip.compress(data, 9, mtime=0) if PurePath(name).suffix in SQUEEZED else None
    return PlayerFile(data, small, f'"{sha256(data).hexdigest()[:32]}"')


def _dist():
    return settings.NODE_MODULES / "h5p-standalone/dist"
