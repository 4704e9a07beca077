"""Is everything working? From facts about the site to what is well and what is not. Pure.

A line is *well*; or somebody has to *look*, while the site goes on; or it is *broken*, and the
site cannot do its work.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

GIB = 1024**3
# Under this much the next film does not fit; under that the database may not take another word.
LITTLE_DISK, NO_DISK = 2 * GIB, GIB // 4
# What is due is done each minute. After so long without, nothing is done by itself any more.
TICK_LATE = timedelta(minutes=10)
# A mail that its server puts off goes again after an hour at most.
MAIL_LATE = timedelta(hours=2)
TASK_LATE = timedelta(hours=1)
# Backups are made each night, so one that is missed is seen on the next day.
BACKUP_OLD = timedelta(hours=36)


class Line(Enum):
    """What is looked at, in the order in which it is shown."""

    DATABASE = "database"
    TABLES = "tables"
    DISK = "disk"
    TICK = "tick"
    MAIL = "mail"
    TASKS = "tasks"
    BACKUP = "backup"
    CERTIFICATES = "certificates"
    FONTS = "fonts"


class State(Enum):
    WELL = "well"
    LOOK = "look"
    BROKEN = "broken"


@dataclass(frozen=True)
class Facts:
    """What was found. A moment is None where there is no such thing."""

    database_writes: bool
    tables_made: bool
    disk_free: int  # bytes
    last_tick_at: datetime | None
    mail_due_since: datetime | None  # the oldest message that should have gone
    mail_stuck: int  # messages that wait for a person
    last_sent_at: datetime | None
    task_due_since: datetime | None
    tasks_given_up: int
    last_backup_at: datetime | None
    backups_elsewhere: bool
    can_draw: bool
    has_fonts: bool


@dataclass(frozen=True)
class Verdict:
    """One line. `since` and `count` are what its sentence tells, where it tells any."""

    line: Line
    state: State
    since: datetime | None = None
    count: int = 0


def judge(facts: Facts, at: datetime) -> list[Verdict]:
    """Return a verdict for every line, in order."""
    return [
        Verdict(Line.DATABASE, State.WELL if facts.database_writes else State.BROKEN),
        Verdict(Line.TABLES, State.WELL if facts.tables_made else State.BROKEN),
        _disk(facts.disk_free),
        _tick(facts.last_tick_at, at),
        _mail(facts, at),
        _tasks(facts, at),
        _backup(facts, at),
        Verdict(Line.CERTIFICATES, State.WELL if facts.can_draw else State.LOOK),
        Verdict(Line.FONTS, State.WELL if facts.has_fonts else State.LOOK),
    ]


def can_serve(verdicts: list[Verdict]) -> bool:
    """Return whether people can be sent here."""
    return all(each.state is not State.BROKEN for each in verdicts)


def all_well(verdicts: list[Verdict]) -> bool:
    return all(each.state is State.WELL for each in verdicts)


def _disk(free: int) -> Verdict:
    if free < NO_DISK:
        return Verdict(Line.DISK, State.BROKEN, count=free)
    return Verdict(Line.DISK, State.LOOK if free < LITTLE_DISK else State.WELL, count=free)


def _tick(last: datetime | None, at: datetime) -> Verdict:
    return Verdict(Line.TICK, State.WELL if _is_recent(last, TICK_LATE, at) else State.LOOK, last)


def _mail(facts: Facts, at: datetime) -> Verdict:
    due = facts.mail_due_since
    if due is not None and at - due > MAIL_LATE:
        return Verdict(Line.MAIL, State.LOOK, due)
    if facts.mail_stuck:
        return Verdict(Line.MAIL, State.LOOK, count=facts.mail_stuck)
    return Verdict(Line.MAIL, State.WELL, facts.last_sent_at)


def _tasks(facts: Facts, at: datetime) -> Verdict:
    due = facts.task_due_since
    if facts.tasks_given_up:
        return Verdict(Line.TASKS, State.LOOK, count=facts.tasks_given_up)
    is_late = due is not None and at - due > TASK_LATE
    return Verdict(Line.TASKS, State.LOOK if is_late else State.WELL, due if is_late else None)


def _backup(facts: Facts, at: datetime) -> Verdict:
    last = facts.last_backup_at
    is_well = facts.backups_elsewhere or _is_recent(last, BACKUP_OLD, at)
    return Verdict(Line.BACKUP, State.WELL if is_well else State.LOOK, last)


def _is_recent(moment: datetime | None, within: timedelta, at: datetime) -> bool:
    return moment is not None and at - moment <= within
