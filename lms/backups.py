"""A backup: the database, all files that people gave us, and the keys, in one folder.

    alongside-2026-09-01T030000Z/
      manifest.json      what is in it, each file with its SHA-256; written last
      database.sqlite3   or database.dump, as pg_dump writes it
      files/media/…  files/private/…      where files are kept on this disk
      secret_key  badge_keys  erased.jsonl

It is written beside its place and renamed in the end, so that what has this name is whole. The
database is copied first: what is uploaded meanwhile is one file too many, and none is missing.
A file that an older backup in the same place has already is shared with it and takes no room.
"""

import hashlib
import json
import os
import secrets
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection
from django.utils import timezone

from certificates.badges import keys
from courses.actions import jobs
from lms.working_facts import BACKUP

NAME = "alongside-{:%Y-%m-%dT%H%M%SZ}"
BEING_MADE = ".being-made-"
MANIFEST = "manifest.json"
FORM = 1  # of the folder; a later one is read by later versions only
SQLITE, POSTGRESQL = "database.sqlite3", "database.dump"
SECRET_KEY, BADGE_KEYS, ERASED = "secret_key", "badge_keys", "erased.jsonl"
FILES = "files"
# Made again when they are asked for, or litter of the moment.
LEFT_OUT = {"private/h5p/joined", "private/h5p/staging", "private/h5p/.lock"}
LEFT_BEHIND = timedelta(days=1)  # what a backup that was stopped leaves


class CannotBackUp(Exception):
    """Why there is no backup; `str()` is for whoever asked for it."""


def make(folder, *, keep=0):
    """Make a backup below this folder, and return where it lies. `keep` newest ones stay."""
    folder.mkdir(parents=True, exist_ok=True)
    at = timezone.now()
    older = existing(folder)
    being_made = folder / f"{BEING_MADE}{secrets.token_hex(4)}"
    being_made.mkdir(mode=0o700)
    try:
        copy_database(being_made)
        copy_keys(being_made)
        sums = _copy_files(being_made / FILES, older[-1] if older else None)
        _write_manifest(being_made, sums, at)
        done = folder / NAME.format(at.astimezone(UTC))
        being_made.rename(done)
        os.sync()  # it is said to be made only once it would survive a power cut
    except BaseException:
        shutil.rmtree(being_made, ignore_errors=True)
        raise
    jobs.note(name=BACKUP, at=at)
    _tidy(folder, keep, at)
    return done


def existing(folder):
    """Return the whole backups below a folder, the oldest first."""
    found = folder.glob("alongside-*") if folder.is_dir() else []
    return sorted(path for path in found if (path / MANIFEST).is_file())


def _tidy(folder, keep, at):
    for path in existing(folder)[:-keep] if keep else []:
        shutil.rmtree(path)
    before = (at - LEFT_BEHIND).timestamp()
    for path in folder.glob(f"{BEING_MADE}*"):
        if path.stat().st_mtime < before:
            shutil.rmtree(path, ignore_errors=True)


# --- The database ------------------------------------------------------------------------------


def copy_database(folder):
    """Copy the database as it is at one moment, while others go on writing."""
    if connection.vendor == "sqlite":
        try:
            _copy_sqlite(connection.settings_dict["NAME"], folder / SQLITE)
        except sqlite3.Error as fault:
            said = f"The database was not copied ({fault}). Is the disk full?"
            raise CannotBackUp(said) from fault
    else:
        target = folder / POSTGRESQL
        pg("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def _copy_sqlite(name, target):
    if not Path(name).is_file():
        raise CannotBackUp(f"There is no database at {name} yet.")
    with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, and nothing beside it
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise CannotBackUp("The copy of the database is damaged. Look at the disk.")


def pg(program, *words):
    """Run one of PostgreSQL's programs on the site's database; its password is in no list."""
    found = connection.settings_dict
    options = {
        "PGHOST": found["HOST"],
        "PGPORT": found["PORT"],
        "PGUSER": found["USER"],
        "PGPASSWORD": found["PASSWORD"],
        "PGDATABASE": found["NAME"],
        "PGSSLMODE": found.get("OPTIONS", {}).get("sslmode", ""),
    }
    environment = os.environ | {name: str(value) for name, value in options.items() if value}
    if (there := shutil.which(program)) is None:
        raise CannotBackUp(f"{program} is not here. Run: apt-get install postgresql-client")
    done = subprocess.run(  # noqa: S603 - a fixed program without anyone's words in it
        [there, *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotBackUp(f"{program} did not do it. It said: {done.stderr.strip()}")


# --- Keys and files ----------------------------------------------------------------------------


def copy_keys(folder):
    """Copy what signs, and the list of those who asked to be erased."""
    _write_for_us_alone(folder / SECRET_KEY, settings.SECRET_KEY)
    lines = "".join(key.line for key in keys.known())
    if lines:
        _write_for_us_alone(folder / BADGE_KEYS, lines)
    erased = settings.ERASURE_LIST
    if erased.is_file():
        _write_for_us_alone(folder / ERASED, erased.read_text())


def _write_for_us_alone(path, text):
    path.touch(mode=0o600)
    path.write_text(text)


def kept_on_disk():
    """Return {name in a backup: folder} of the files that are kept on this disk."""
    found = {"media": storages["default"], "private": storages["private"]}
    return {
        name: Path(storage.location)
        for name, storage in found.items()
        if isinstance(storage, FileSystemStorage)
    }


def _copy_files(target, older):
    """Copy all files, and return the SHA-256 of those that an older backup had already."""
    known = read_manifest(older)["files"] if older else {}
    sums = {}
    for name, folder in kept_on_disk().items():
        for path in sorted(_files_below(folder, name)):
            inside = f"{FILES}/{name}/{path.relative_to(folder)}"
            goal = target.parent / inside
            goal.parent.mkdir(parents=True, exist_ok=True)
            if inside in known and _shared(older / inside, path, goal):
                sums[inside] = known[inside]
            else:
                _copied(path, goal)
    return sums


def _files_below(folder, name):
    for above, folders, files in os.walk(folder):
        here = Path(name, os.path.relpath(above, folder))
        folders[:] = [each for each in folders if str(here / each) not in LEFT_OUT]
        yield from (Path(above, each) for each in files if str(here / each) not in LEFT_OUT)


def _shared(old, path, goal):
    """Share a file with an older backup, if it is the very same; return whether it was."""
    try:
        now, then = path.stat(), old.stat()
        if (now.st_size, now.st_mtime_ns) != (then.st_size, then.st_mtime_ns):
            return False
        os.link(old, goal)
    except OSError:  # another disk, or one that shares nothing
        return False
    return True


def _copied(path, goal):
    try:
        shutil.copy2(path, goal)
    except FileNotFoundError:
        goal.unlink(missing_ok=True)  # it was taken away meanwhile


# --- The manifest ------------------------------------------------------------------------------


def _write_manifest(folder, sums, at):
    files = {}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        name = str(path.relative_to(folder))
        files[name] = sums.get(name) or sum_of(path)
    told = {
        "form": FORM,
        "made_at": at.isoformat(),
        "database": connection.vendor,
        "files_elsewhere": sorted({"media", "private"} - kept_on_disk().keys()),
        "files": files,
    }
    (folder / MANIFEST).write_text(json.dumps(told, indent=1))


def read_manifest(folder):
    return json.loads((folder / MANIFEST).read_text())


def sum_of(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
