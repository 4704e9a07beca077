"""What plays every package: H5P's core, as npm brought it, and our own scripts in the frame.

They are the same for everyone, so they have one address, named for what is in them.
"""

import gzip
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

OURS = Path(__file__).parent.parent / "static/content/h5p/frame"
# Our address for each folder of the player, and for our own scripts.
FOLDERS = ("styles", "fonts", "images")
CORE = "frame.bundle.js"
ENDINGS = {".js", ".css", ".svg", ".gif", ".png", ".woff", ".woff2"}
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
    for path in [_dist() / CORE, _dist() / "styles/h5p.css", *sorted(OURS.iterdir())]:
        told.update(path.read_bytes())
    return told.hexdigest()[:20]


@lru_cache(maxsize=64)
def player_file(path):
    """Return the PlayerFile of this name, or None: “frame.bundle.js”, “ours/frame.js” …"""
    folder, name = _dist(), path
    if path.startswith("ours/"):
        folder, name = OURS, path.removeprefix("ours/")
    elif path != CORE and path.split("/")[0] not in FOLDERS:
        return None
    found = (folder / name).resolve()
    if not found.is_relative_to(folder.resolve()) or found.suffix not in ENDINGS:
        return None
    if not found.is_file():
        return None
    data = found.read_bytes()
    small = gzip.compress(data, 9, mtime=0) if found.suffix in SQUEEZED else None
    return PlayerFile(data, small, f'"{sha256(data).hexdigest()[:32]}"')


def _dist():
    return settings.NODE_MODULES / "h5p-standalone/dist"
