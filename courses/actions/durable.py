"""Work that is done later, by whoever comes first, and again if it did not go well.

A task is a row before it is done (backend `durable`). Whoever takes it holds a lease on it: when
the lease is over and the row still says that somebody is at it, they were stopped on the way, and
it is due again. So a task may be done twice: each is written so that twice is once, and takes ids
only. What has not gone well after several tries stays, for a person to see.
"""

import logging
import time
from datetime import timedelta

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from content import traces

BACKEND = "durable"
LEASE = timedelta(minutes=15)  # no task of ours takes nearly as long
# How long after each try that did not go well the next one comes.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 25, 125, 625))
TRIES = len(WAITS) + 1
KEPT_FOR = timedelta(days=14)  # what is done

log = logging.getLogger(__name__)


def later(task, *ids, at=None):
    """Have a task done, now or from `at` on. What waits, or was given up, is not doubled."""
    arguments = {"args": list(ids), "kwargs": {}}
    same = _ours().filter(task_path=task.module_path, args_kwargs=arguments)
    if not same.exclude(status=TaskResultStatus.SUCCESSFUL).exists():
        task.using(run_after=at).enqueue(*ids)


def work_off(*, until=None, stop=lambda: False):
    """Do what is due, one after the other, until nothing is or the time has come.

    `until` is a reading of `time.monotonic`. Return how many went well, and how many did not.
    """
    recover(at=timezone.now())
    well = not_well = 0
    while not stop() and (until is None or time.monotonic() < until):
        row = _claim(timezone.now())
        if row is None:
            break
        if _done(row):
            well += 1
        else:
            not_well += 1
    return well, not_well


def recover(*, at):
    """Take back the tasks of those who were stopped on the way. Return how many."""
    over = _ours().filter(status=TaskResultStatus.RUNNING, started_at__lte=at - LEASE)
    taken_back = 0
    for row in over:
        # The last one to take it is known by the moment, so that nobody else's lease is ended.
        held = over.filter(pk=row.pk, started_at=row.started_at)
        taken_back += held.update(**_after_a_try(len(row.worker_ids), at))
    return taken_back


def prune(*, at):
    """Forget what was done long ago. What was given up stays. Return how many."""
    done = _ours().filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=at - KEPT_FOR)
    return done.delete()[0]


def try_again(*, at):
    """Let what was given up be tried again, as often as before. Return how many."""
    return given_up().update(
        status=TaskResultStatus.READY, run_after=at, worker_ids=[], finished_at=None
    )


def given_up():
    return _ours().filter(status=TaskResultStatus.FAILED)


def due_since(at):
    """Return since when the oldest task that is due has waited, or None."""
    ready = _ours().filter(status=TaskResultStatus.READY)
    at_once = ready.filter(run_after=get_date_max()).aggregate(since=Min("enqueued_at"))
    put_off = ready.filter(run_after__lte=at).aggregate(since=Min("run_after"))
    return min(filter(None, (at_once["since"], put_off["since"])), default=None)


def _ours():
    return DBTaskResult.objects.filter(backend_name=BACKEND)


def _claim(at):
    """Take a task before the eyes of all others; None when nothing is due."""
    due = Q(run_after=get_date_max()) | Q(run_after__lte=at)
    with transaction.atomic(durable=True):
        ready = _ours().filter(due, status=TaskResultStatus.READY)
        row = ready.select_for_update(skip_locked=True).first()
        if row is not None:
            row.status, row.started_at = TaskResultStatus.RUNNING, at
            row.worker_ids = [*row.worker_ids, at.isoformat()]
            row.save(update_fields=["status", "started_at", "worker_ids"])
    return row


def _done(row):
    """Do a task that we took, and note how it went. Return whether it went well."""
    try:
        row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    except Exception as fault:
        log.warning("Task %s did not go well: try %d.", row.task_path, len(row.worker_ids))
        noted = _after_a_try(len(row.worker_ids), timezone.now())
        # Where, and never about what: a row of this table is no place for anybody's words.
        noted |= {"exception_class_path": traces.kind(fault), "traceback": traces.where(fault)}
    else:
        noted = {"status": TaskResultStatus.SUCCESSFUL, "finished_at": timezone.now()}
        noted |= {"exception_class_path": "", "traceback": ""}
    mine = _ours().filter(pk=row.pk, started_at=row.started_at, status=TaskResultStatus.RUNNING)
    mine.update(**noted)
    return noted["status"] == TaskResultStatus.SUCCESSFUL


def _after_a_try(tries, at):
    """Return what a row says after so many tries, none of which went well."""
    if tries >= TRIES:
        return {"status": TaskResultStatus.FAILED, "finished_at": at}
    return {"status": TaskResultStatus.READY, "run_after": at + WAITS[tries - 1]}
