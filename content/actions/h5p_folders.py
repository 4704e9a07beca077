"""Where the files of packages lie in private storage, and how they come there.

    h5p/libraries/<SHA-256 of all its files>/…   a library, shared
    h5p/content/<random>/…                       a version's own pictures and sounds
    h5p/staging/<random>/…                       what is being written now

A folder is written below staging and then renamed, so at its last place it is whole from the
first moment on. What a kill or a fault leaves is litter: `sweep` clears it after a day.

In a store (`content.stores`) there is no renaming. There a folder is whole once it holds `WHOLE`,
which is written last, and again whenever the folder is wanted.
"""

import math
import os
import secrets
import shutil
from datetime import timedelta

from django.core.files.storage import storages

from content.archive import PIECE
from content.h5p.on_disk import ROOT, is_kept_here, place, sweeping, wanting

LIBRARIES = f"{ROOT}/libraries"
CONTENT = f"{ROOT}/content"
STAGING = f"{ROOT}/staging"
WHOLE = ".whole"
KEPT_FOR = timedelta(days=1)


def open_file(name):
    """Open a file of a library or a version, to read it in pieces."""
    return storages["private"].open(name, "rb")


def keep(folder):
    """Return whether a folder is there. If so, it is wanted: it is not litter for another day."""
    with wanting():
        if not is_kept_here():
            return _is_whole_in_store(folder)
        there = place(folder).is_dir()
        if there:
            os.utime(place(folder))
        return there


def size(folder, path):
    """Return how large a file of a library or a version is."""
    return storages["private"].size(f"{folder}/{path}")


def _is_whole_in_store(folder):
    store = storages["private"]
    there = store.exists(f"{folder}/{WHOLE}")
    if there:
        _is_wanted_in_store(folder)
    return there


def _is_wanted_in_store(folder):
    store = storages["private"]
    mark = place(f"{STAGING}/{secrets.token_hex(16)}")
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    try:
        store.put(f"{folder}/{WHOLE}", mark)
    finally:
        mark.unlink()


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
            take_away(folder, lambda when, came=came: came is None or when == came)

    def write(self, folder, files):
        """Write files below a folder of this staging. `files` is {path: what opens it}."""
        place(f"{self.folder}/{folder}").mkdir(parents=True, exist_ok=True)
        for path, opens in files.items():
            name = f"{self.folder}/{folder}/{path}"
            place(name).parent.mkdir(parents=True, exist_ok=True)
            with opens() as source, _to_write(name) as target:
                while piece := source.read(PIECE):
                    target.write(piece)

    def has(self, folder):
        return place(f"{self.folder}/{folder}").is_dir()

    def move(self, folder, target):
        """Give a written folder its last place. Somebody else's same library may be there."""
        if not is_kept_here():
            self._send(place(f"{self.folder}/{folder}"), target)
            return
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

    def _send(self, written, target):
        """Put a written folder into the store. What somebody else puts there too is the same."""
        store = storages["private"]
        for path in written.rglob("*"):
            if path.is_file():
                store.put(f"{target}/{path.relative_to(written)}", path)
        with wanting():
            _is_wanted_in_store(target)
        if not target.startswith(LIBRARIES):  # a library may be somebody else's by now
            self.moved[target] = None


def _to_write(name):
    """Open a file of a staging: on the disk by its storage, which is tried with full disks."""
    return storages["private"].open(name, "wb") if is_kept_here() else place(name).open("wb")


def take_away(folder, is_litter):
    """Take a folder away if `is_litter` says so of the time (ns) when it was last wanted."""
    if not is_kept_here():
        _take_out_of_store(folder, is_litter)
        return
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


def _take_out_of_store(folder, is_litter):
    store = storages["private"]
    with sweeping():
        objects = list(store.below(folder))
        if objects and is_litter(_newest(objects)):
            # Without its mark it is not whole for anybody, however far this comes.
            for found in sorted(objects, key=lambda each: not each.key.endswith(f"/{WHOLE}")):
                found.delete()


def _newest(objects):
    return max(int(found.last_modified.timestamp() * 1_000_000_000) for found in objects)


def litter(at, named):
    """Take away the folders that nobody has wanted for a day. `named` asks which rows name."""
    before = int((at - KEPT_FOR).timestamp() * 1_000_000_000)
    if not is_kept_here():
        for folder in _folders_in_store() - named():
            take_away(folder, lambda when: when < before)
    found = [
        f"{above}/{path.name}"
        for above in ((STAGING, CONTENT, LIBRARIES) if is_kept_here() else (STAGING,))
        if place(above).is_dir()
        for path in place(above).iterdir()
        if _wanted(path) < before
    ]
    if not is_kept_here():
        for folder in found:
            shutil.rmtree(place(folder), ignore_errors=True)
        return
    for folder in set(found) - named():
        take_away(folder, lambda when: when < before)


def _folders_in_store():
    store = storages["private"]
    return {
        f"{above}/{name}" for above in (CONTENT, LIBRARIES) for name in store.listdir(above)[0]
    }


def _wanted(path):
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:  # it has just been swept by somebody else
        return math.inf
