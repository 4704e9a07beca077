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
    line = {"person": person, "at": at.isoformat(), "keeps_certificates": keeps_certificates}
    with settings.ERASURE_LIST.open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read():
    """Return the latest line about each person, in the order of the people's numbers."""
    if not settings.ERASURE_LIST.exists():
        return []
    latest = {}
    for line in settings.ERASURE_LIST.read_text(encoding="utf-8").splitlines():
        try:
            said = json.loads(line)
        except json.JSONDecodeError:  # the disk was full, or the power went, in the middle of it
            continue
        latest[said["person"]] = Listed(
            person=said["person"],
            at=datetime.fromisoformat(said["at"]),
            keeps_certificates=said["keeps_certificates"],
        )
    return [latest[person] for person in sorted(latest)]
