"""Where the files of H5P packages lie on the disk, and how what is wanted there is not swept."""

from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_SH, flock
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection

ROOT = "h5p"
# What the lock is called in PostgreSQL, which all machines ask: any number that is ours alone.
LOCK = 0x483550


def is_kept_here():
    """Return whether private files are kept on this disk, or in a store of many machines."""
    return isinstance(storages["private"], FileSystemStorage)


def place(name):
    """Return where a folder or file lies on this disk.

    With a store, this is where what comes from there or goes there lies meanwhile: it can go at
    any time.
    """
    if is_kept_here():
        return Path(storages["private"].path(name))
    return Path(settings.DATA_DIR, "caches", name)


def wanting():
    """While this is held, nothing is swept. Whoever wants something again says so meanwhile."""
    return _locked(LOCK_SH)


def sweeping():
    """While this is held, nobody finds out that what is swept is there."""
    return _locked(LOCK_EX)


@contextmanager
def _locked(how):
    """The system lets go of the lock when a process ends, however it ends."""
    path = place(f"{ROOT}/.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        flock(file, how)
        if is_kept_here() or connection.vendor != "postgresql":
            yield
        else:
            with _locked_everywhere("_shared" if how == LOCK_SH else ""):
                yield


@contextmanager
def _locked_everywhere(shared):
    """The database lets go of it when a connection ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_lock{shared}(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute(f"SELECT pg_advisory_unlock{shared}(%s)", [LOCK])
