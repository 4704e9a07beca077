"""Where the files of H5P packages lie on the disk, and how what is wanted there is not swept."""

from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_SH, flock
from pathlib import Path

from django.core.files.storage import storages

ROOT = "h5p"


def place(name):
    """Return where a folder or file lies on the disk.

    A rename is what makes an import whole or nothing, and storages have none. So this asks for
    the path, which only a storage on a disk has; whoever keeps files elsewhere changes it here.
    """
    return Path(storages["private"].path(name))


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
        yield
