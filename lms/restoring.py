"""Putting a backup back: on an empty machine, or over what is there.

First all of it is checked, and nothing is touched while anything is amiss. Whoever asked to be
erased since the backup was made is erased again.
"""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connection, connections
from django.utils import timezone

from lms import backups
from lms.backups import BADGE_KEYS, ERASED, FILES, MANIFEST, POSTGRESQL, SECRET_KEY, SQLITE

REPLAY = "replay_erasures"
SET_ASIDE = "before-restore-"


class CannotRestore(Exception):
    """Why nothing was put back; `str()` is for whoever asked for it."""


def check(folder):
    """Raise CannotRestore unless the backup is whole and for a database like this one."""
    try:
        manifest = backups.read_manifest(folder)
    except (OSError, ValueError) as fault:
        raise CannotRestore(
            f"There is no backup at {folder}: its {MANIFEST} cannot be read."
        ) from fault
    if manifest["form"] > backups.FORM:
        raise CannotRestore("This backup was made by a newer version. Install that one first.")
    if manifest["database"] != connection.vendor:
        raise CannotRestore(
            f"This backup is of a site on {manifest['database']}, and this one is on "
            f"{connection.vendor}. Set DATABASE_URL to a database of the same kind."
        )
    amiss = [
        name
        for name, known in manifest["files"].items()
        if not (folder / name).is_file() or backups.sum_of(folder / name) != known
    ]
    if amiss:
        raise CannotRestore(
            f"This backup is damaged, so nothing was touched. Use another one. Not as it was "
            f"made: {', '.join(amiss[:5])}{' …' if len(amiss) > 5 else ''}"
        )


def is_empty():
    """Return whether there is nothing here yet that could be lost."""
    if "lms_user" in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM lms_user")
            if cursor.fetchone()[0]:
                return False
    return not any(_has_files(folder) for folder in backups.kept_on_disk().values())


def _has_files(folder):
    return any(path.is_file() for path in folder.rglob("*"))


def restore(folder, *, erased=None):
    """Put a checked backup back. Return sentences about what is left to do by hand."""
    _put_database_back(folder)
    _put_files_back(folder)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    left = [*_put_keys_back(folder), *_told_of_files_elsewhere(folder)]
    _erase_again(folder, erased)
    return left


def _put_database_back(folder):
    connections.close_all()
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        with (
            closing(sqlite3.connect(folder / SQLITE)) as source,
            closing(sqlite3.connect(name, timeout=20)) as target,
        ):
            source.backup(target)
        return
    _take_everything_out()
    connections.close_all()
    name = connection.settings_dict["NAME"]
    backups.pg(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={name}",
        str(folder / POSTGRESQL),
    )


# What guards certificates on PostgreSQL is a function; those of extensions are not ours to drop.
OUR_FUNCTIONS = """
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace AND p.proowner = current_user::regrole
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def _take_everything_out():
    """Empty a PostgreSQL database: what a newer version has made is in no older backup."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")
        cursor.execute(OUR_FUNCTIONS)
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {function} CASCADE")


def _put_files_back(folder):
    """Put the files in their places. What was there is set aside, not thrown away."""
    aside = settings.DATA_DIR / f"{SET_ASIDE}{timezone.now():%Y-%m-%dT%H%M%S}"
    for name, place in backups.kept_on_disk().items():
        if place.exists() and _has_files(place):
            aside.mkdir(exist_ok=True)
            place.rename(aside / name)
        source = folder / FILES / name
        if source.is_dir():
            shutil.copytree(source, place, dirs_exist_ok=True)
        place.mkdir(parents=True, exist_ok=True)


def forget_set_aside(*, at):
    """Delete the files that a restore set aside, once nobody can change their mind any more.

    Whoever is forgotten is in them as well. Return how many folders went.
    """
    edge = at - timedelta(days=settings.ERASE_AFTER_DAYS)
    old = [
        path
        for path in settings.DATA_DIR.glob(f"{SET_ASIDE}*")
        if path.is_dir() and path.stat().st_mtime < edge.timestamp()
    ]
    for path in old:
        shutil.rmtree(path)
    return len(old)


def _put_keys_back(folder):
    if (folder / BADGE_KEYS).is_file() and not settings.BADGE_KEY:
        _put(folder / BADGE_KEYS, settings.BADGE_KEYS_FILE)
    kept = (folder / SECRET_KEY).read_text()
    if not settings.PRODUCTION:
        _put(folder / SECRET_KEY, settings.DATA_DIR / SECRET_KEY)
    elif kept != settings.SECRET_KEY:
        yield (
            f"Set SECRET_KEY to what stands in {folder / SECRET_KEY}. Until then links in mails "
            "that went out do not work, and everybody signs in again."
        )


def _put(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch(mode=0o600)
    target.write_text(source.read_text())


def _told_of_files_elsewhere(folder):
    elsewhere = backups.read_manifest(folder)["files_elsewhere"]
    if elsewhere:
        yield (
            f"Put back the files that are kept elsewhere ({', '.join(elsewhere)}): this backup "
            "never held them."
        )


def _erase_again(folder, erased):
    """Erase again who was erased since: by the lists in the backup, here, and as given."""
    here = settings.ERASURE_LIST
    lists = [path for path in (folder / ERASED, here, erased) if path and path.is_file()]
    lines = dict.fromkeys(line for path in lists for line in path.read_text().splitlines() if line)
    if not lines:
        return
    here.touch(mode=0o600)
    here.write_text("".join(f"{line}\n" for line in lines))
    if REPLAY in get_commands():
        call_command(REPLAY)
