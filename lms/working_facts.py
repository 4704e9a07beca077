"""What the site finds out about itself, for `working` to judge."""

import shutil
import threading
import time

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Min
from django.utils import timezone

from content import fonts, paper
from courses.actions import durable, jobs
from courses.models import Job, Message
from lms import starting
from lms.working import Facts, Verdict, judge

TICK, BACKUP, LOOKED = "tick", "backup", "looked"
KEPT_FOR = 10  # seconds: machines may ask as often as they like

_kept: list[tuple[float, list[Verdict]]] = []
_one_at_a_time = threading.Lock()


def kept_verdicts():
    """Return the verdicts of this moment, or of a few seconds ago.

    One thread looks; while it waits for a slow database, the others say what was so before.
    """
    if _one_at_a_time.acquire(blocking=not _kept):
        try:
            if not _kept or time.monotonic() - _kept[0][0] > KEPT_FOR:
                _kept[:] = [(time.monotonic(), verdicts())]
        finally:
            _one_at_a_time.release()
    return _kept[0][1]


def forget():
    _kept.clear()


def verdicts():
    """Look at everything, and return what is well and what is not."""
    at = timezone.now()
    return judge(facts(at), at)


def facts(at):
    free = shutil.disk_usage(settings.DATA_DIR).free
    of_paper = {"can_draw": paper.can_draw(), "has_fonts": bool(fonts.faces())}
    known = {"disk_free": free, "backups_elsewhere": settings.BACKUPS_ELSEWHERE, **of_paper}
    try:
        jobs.note(name=LOOKED, at=at)  # a write like any other
        return Facts(database_writes=True, **known, **_in_the_database(at))
    except DatabaseError:
        return Facts(database_writes=False, **known, **UNKNOWN)


UNKNOWN = {
    "tables_made": True,  # who cannot ask does not say that they are missing
    "last_tick_at": None,
    "mail_due_since": None,
    "mail_stuck": 0,
    "last_sent_at": None,
    "task_due_since": None,
    "tasks_given_up": 0,
    "last_backup_at": None,
}


def _in_the_database(at):
    done = dict(Job.objects.filter(name__in=[TICK, BACKUP]).values_list("name", "ended_at"))
    due = Message.objects.waiting().filter(send_after__lte=at)
    last_sent = Message.objects.sent().order_by("-sent_at").values_list("sent_at", flat=True)
    return {
        "tables_made": not starting.to_migrate(),
        "last_tick_at": done.get(TICK),
        "last_backup_at": done.get(BACKUP),
        "mail_due_since": due.aggregate(since=Min("send_after"))["since"],
        "mail_stuck": Message.objects.stuck(at).count(),
        "last_sent_at": last_sent.first(),
        "task_due_since": durable.due_since(at),
        "tasks_given_up": durable.given_up().count(),
    }
