"""Who was forgotten, in a file beside the database: a restore does not bring anybody back.

It says a number, when, and whether the name stays on certificates. Nothing in it is personal.
"""

import fcntl
import json
import os
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings


@dataclass(frozen=True)
class Listed:
    """One line of the list."""

    person: int
    at: datetime
    keeps_certificates: bool


def add(*, person, at, keeps_certificates):
    """Write a line, and wait until it is on the disk."""
    said = {"person": person, "at": at.isoformat(), "keeps_certificates": keeps_certificates}
    line = json.dumps(said).encode() + b"\n"
    with settings.ERASURE_LIST.open("ab+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if _ends_in_a_line_that_was_cut_off(file):
            line = b"\n" + line  # it would else be read as the rest of that one, by nobody
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def _ends_in_a_line_that_was_cut_off(file):
    """The disk was full, or the power went, while it was written."""
    if not file.seek(0, os.SEEK_END):
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"


def read():
    """Return the latest line about each person, in the order of the people's numbers."""
    if not settings.ERASURE_LIST.exists():
        return []
    latest = {}
    for line in settings.ERASURE_LIST.read_text(encoding="utf-8").splitlines():
        try:
            said = json.loads(line)
        except json.JSONDecodeError:  # it was cut off, see `add`
            continue
        latest[said["person"]] = Listed(
            person=said["person"],
            at=datetime.fromisoformat(said["at"]),
            keeps_certificates=said["keeps_certificates"],
        )
    return [latest[person] for person in sorted(latest)]
