"""Scripts and styles of many libraries as one file each, kept in private storage by their key.

Made when they are first asked for, and then once for all packages that load the same. Beside each
lies the same compressed, for browsers that take it so. What nobody asks for any more goes, and is
made again if somebody does.
"""

import gzip
import os
import shutil
import tempfile
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.core.files.storage import storages
from django.utils import timezone

from content.archive import PIECE
from content.h5p import loading
from content.h5p.on_disk import ROOT, place, sweeping, wanting

FOLDER = f"{ROOT}/joined"
KEPT_FOR = timedelta(days=30)  # since somebody asked for it
# How well we know when that was. Each question would be a write otherwise.
TO_THE_DAY = timedelta(days=1)
# Nobody writes a longer one. It is not taken into memory, so it stands as it is.
LONGEST_STYLE = 4 * 1024 * 1024


def script(key, files, stored):
    """Return the path of these scripts joined. `stored` says where each (directory, path) lies."""
    return _kept(f"{key}.js", lambda: _scripts(files, stored))


def style(key, files, stored):
    """Return the path of these style sheets joined."""
    return _kept(f"{key}.css", lambda: _styles(files, stored))


def _scripts(files, stored):
    for file in files:
        yield from loading.joined_script(_pieces(stored[file]))


def _styles(files, stored):
    # Twice over the files, so that no more than one of them is in memory: what is imported has to
    # be said before all rules.
    for file in files:
        for line in _sheet(file, stored[file]).imports:
            yield f"{line}\n".encode()
    for file in files:
        yield f"{_sheet(file, stored[file]).rules}\n".encode()
        if _is_long(stored[file]):
            yield from _pieces(stored[file])


def _sheet(file, name):
    if _is_long(name):
        return loading.Sheet((), "")
    with storages["private"].open(name) as opened:
        text = opened.read().decode("utf-8", "replace")
    return loading.joined_style("/".join(file), text)


def _is_long(name):
    return storages["private"].size(name) > LONGEST_STYLE


def _pieces(name):
    with storages["private"].open(name) as opened:
        while piece := opened.read(PIECE):
            yield piece


def _kept(name, pieces):
    path = place(f"{FOLDER}/{name}")
    if not _is_there(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _whole_or_not_at_all(path) as plain:
            for piece in pieces():
                plain.write(piece)
            plain.seek(0)
            with (
                _whole_or_not_at_all(compressed(path)) as small,
                # no time and no name in it, so that it is the same wherever it is made
                gzip.GzipFile("", "wb", 9, small, mtime=0) as squeezed,
            ):
                shutil.copyfileobj(plain, squeezed, PIECE)
    return path


def _is_there(path):
    """Return whether it is made. If so it is wanted, and stays for as long again."""
    try:
        if path.stat().st_mtime > (timezone.now() - TO_THE_DAY).timestamp():
            return True
        with wanting():
            os.utime(path)
            return True
    except FileNotFoundError:
        return False


def sweep(at):
    """Take away what nobody has asked for in a month. Who is reading it reads it to its end."""
    before = (at - KEPT_FOR).timestamp()
    # A file goes before the same compressed, which is wanted for as long as the file is there.
    for path in sorted(place(FOLDER).glob("*")):
        plain = path.with_suffix("") if path.suffix == ".gz" else path
        with sweeping():
            lies = plain if plain.exists() else path
            if lies.exists() and lies.stat().st_mtime < before:
                path.unlink(missing_ok=True)


def compressed(path):
    """Return where the same lies compressed."""
    return path.with_name(f"{path.name}.gz")


@contextmanager
def _whole_or_not_at_all(path):
    """Give a file to write to, and put it in its place once all of it is there.

    Two processes may do so at once: they write the same.
    """
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".being-made-")
    try:
        with os.fdopen(number, "w+b") as opened:
            yield opened
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
