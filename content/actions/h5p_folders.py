"""Where the files of packages lie in private storage, and how they come there.

    h5p/libraries/<SHA-256 of all its files>/…   a library, shared
    h5p/content/<random>/…                       a version's own pictures and sounds
    h5p/staging/<random>/…                       what is being written now

A folder is written below staging and then renamed, so at its last place it is whole from the
first moment on. What a kill or a fault leaves is litter: `sweep` clears it after a day.
"""

import math
import os
import secrets
import shutil
from datetime import timedelta

from django.core.files.storage import storages

from content.archive import PIECE
from content.h5p.on_disk import ROOT, place, sweeping, wanting

LIBRARIES = f"{ROOT}/libraries"
CONTENT = f"{ROOT}/content"
STAGING = f"{ROOT}/staging"
KEPT_FOR = timedelta(days=1)


def open_file(name):
    """Open a file of a library or a version, to read it in pieces."""
    return storages["private"].open(name, "rb")


def keep(folder):
    """Return whether a folder is there. If so, it is wanted: it is not litter for another day."""
    with wanting():
        there = place(folder).is_dir()
        if there:
            os.utime(place(folder))
        return there


class Staging:
    """A folder of its own for one import. What is still in it at the end goes."""

    def __enter__(self):
        self.folder = f"{STAGING}/{secrets.token_hex(16)}"
        place(self.folder).mkdir(parents=True)
        self.moved = {}  # where it is now → when it came there
        return self

    def __exit__(self, kind, *_fault):
        shutil.rmtree(place(self.folder), ignore_errors=True)
        if kind is None:
            return
        for folder, came in self.moved.items():
            take_away(folder, lambda when, came=came: when == came)

    def write(self, folder, files):
        """Write files below a folder of this staging. `files` is {path: what opens it}."""
        storage = storages["private"]
        place(f"{self.folder}/{folder}").mkdir(parents=True, exist_ok=True)
        for path, opens in files.items():
            name = f"{self.folder}/{folder}/{path}"
            place(name).parent.mkdir(parents=True, exist_ok=True)
            with opens() as source, storage.open(name, "wb") as target:
                while piece := source.read(PIECE):
                    target.write(piece)

    def has(self, folder):
        return place(f"{self.folder}/{folder}").is_dir()

    def move(self, folder, target):
        """Give a written folder its last place. Somebody else's same library may be there."""
        goal = place(target)
        goal.parent.mkdir(parents=True, exist_ok=True)
        with wanting():
            try:
                place(f"{self.folder}/{folder}").rename(goal)
            except OSError:
                if not goal.is_dir():
                    raise
                os.utime(goal)  # it is wanted by us too
            else:
                os.utime(goal)
                self.moved[target] = goal.stat().st_mtime_ns


def take_away(folder, is_litter):
    """Take a folder away if `is_litter` says so of the time (ns) when it was last wanted."""
    with sweeping():
        try:
            if not is_litter(place(folder).stat().st_mtime_ns):
                return
            aside = place(f"{STAGING}/{secrets.token_hex(16)}")
            aside.parent.mkdir(parents=True, exist_ok=True)
            place(folder).rename(aside)
        except FileNotFoundError:
            return
    shutil.rmtree(aside, ignore_errors=True)


def litter(at, named):
    """Take away the folders that nobody has wanted for a day. `named` asks which rows name."""
    before = int((at - KEPT_FOR).timestamp() * 1_000_000_000)
    found = [
        f"{above}/{path.name}"
        for above in (STAGING, CONTENT, LIBRARIES)
        if place(above).is_dir()
        for path in place(above).iterdir()
        if _wanted(path) < before
    ]
    for folder in set(found) - named():
        take_away(folder, lambda when: when < before)


def _wanted(path):
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:  # it has just been swept by somebody else
        return math.inf
