"""Whom of a board an organiser looks at, and in which order: by name, or who was here last.

There is no order by how much somebody has done: nobody is ranked.
"""

from enum import StrEnum

from courses.board import alphabetical
from courses.paging import page, read_mark


class Who(StrEnum):
    """Which people to look at. Each is a fact about them, never a guess."""

    EVERYONE = "everyone"
    CAN_COMPLETE = "can"
    NEEDS_A_CATCH_UP = "catch-up"
    COMPLETED = "completed"
    READY = "ready"
    TO_CALL = "call"


class Order(StrEnum):
    """In which order."""

    NAME = "name"
    LAST_ACTIVE = "active"


IS_AMONG = {
    Who.EVERYONE: lambda row: True,
    Who.CAN_COMPLETE: lambda row: row.can_complete and not row.has_completed,
    Who.NEEDS_A_CATCH_UP: lambda row: not row.can_complete,
    Who.COMPLETED: lambda row: row.has_completed,
    Who.READY: lambda row: row.ready_at is not None,
    Who.TO_CALL: lambda row: bool(row.reasons),
}
KEYS = {
    Order.NAME: lambda row: (alphabetical(row.name), row.enrolment),
    # Who was here last comes first; who has not been here yet, last.
    Order.LAST_ACTIVE: lambda row: (
        -int(row.last_active.timestamp()) if row.last_active else 0,
        alphabetical(row.name),
        row.enrolment,
    ),
}
KINDS = {Order.NAME: [str, int], Order.LAST_ACTIVE: [int, str, int]}


def chosen(rows, who):
    """Return those of the rows that are looked at."""
    return [row for row in rows if IS_AMONG[who](row)]


def a_page(rows, order, after=""):
    """Return the Page of rows in this order that follows a mark from the page before."""
    key = KEYS[order]
    lines = sorted(((key(row), row) for row in rows), key=lambda line: line[0])
    return page(lines, read_mark(after, KINDS[order]))


def read(kind, text, otherwise):
    """Return what an address asks for; what it usually is where it asks for nothing known."""
    return kind(text) if text in set(kind) else otherwise
