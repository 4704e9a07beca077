"""Work that is done later: each piece of it, whatever happens to those who do it."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from courses.actions import durable
from courses.models import Job
from tests.courses.actions.tasks import HURTS, note_it, stumble
from tests.courses.actions.test_races import at_once
from tests.factories.courses import NOW
from tests.processes import this_database

MINUTE = timedelta(minutes=1)
# Several tries to take the next task, by as many people at once: threads see what is committed.
threads = pytest.mark.django_db(transaction=True)


def done():
    return Counter(Job.objects.filter(name__startswith="task ").values_list("period", flat=True))


def states():
    return Counter(DBTaskResult.objects.values_list("status", flat=True))


@pytest.mark.django_db
def test_what_is_due_is_done_and_what_is_not_waits():
    durable.later(note_it, 1)
    durable.later(note_it, 2, at=timezone.now() - MINUTE)
    durable.later(note_it, 3, at=timezone.now() + MINUTE)

    assert durable.work_off() == (2, 0)
    assert done() == {"once": 2}
    assert states() == {"SUCCESSFUL": 2, "READY": 1}


@pytest.mark.django_db
def test_what_waits_already_is_not_doubled_but_may_be_asked_for_again_once_it_is_done():
    durable.later(note_it, 1)
    durable.later(note_it, 1)
    assert states() == {"READY": 1}

    durable.work_off()
    durable.later(note_it, 1)

    assert states() == {"READY": 1, "SUCCESSFUL": 1}


@pytest.mark.django_db
def test_it_ends_when_its_time_has_come():
    durable.later(note_it, 1)

    assert durable.work_off(until=time.monotonic()) == (0, 0)
    assert durable.work_off(stop=lambda: True) == (0, 0)


@pytest.mark.django_db
def test_what_does_not_go_well_is_tried_again_after_longer_and_longer_and_then_stays():
    durable.later(stumble, 1)
    waited = []

    for _n in range(durable.TRIES - 1):
        before = timezone.now()
        assert durable.work_off() == (0, 1)
        row = DBTaskResult.objects.get()
        waited.append(round((row.run_after - before) / MINUTE))
        DBTaskResult.objects.update(run_after=timezone.now())
    assert durable.work_off() == (0, 1)

    assert waited == [1, 5, 25, 125, 625]
    assert durable.given_up().count() == 1
    assert durable.work_off() == (0, 0)


@pytest.mark.django_db
def test_what_was_given_up_can_be_tried_again_as_often_as_before():
    durable.later(stumble, 1)
    DBTaskResult.objects.update(worker_ids=["x"] * durable.TRIES, status=TaskResultStatus.FAILED)
    durable.later(stumble, 1)  # asking for it changes nothing
    assert states() == {"FAILED": 1}

    call_command("work", "--again", "--once")

    row = DBTaskResult.objects.get()
    assert (row.status, len(row.worker_ids)) == (TaskResultStatus.READY, 1)


@pytest.mark.django_db
def test_what_is_noted_of_a_fault_names_nobody(caplog):
    durable.later(stumble, 1)

    durable.work_off()

    row = DBTaskResult.objects.get()
    assert row.exception_class_path == "builtins.ValueError"
    assert "tests/courses/actions/tasks.py" in row.traceback
    assert HURTS not in row.traceback
    assert HURTS not in caplog.text


@pytest.mark.django_db
def test_a_lease_that_is_over_is_taken_back_and_one_that_is_not_is_left():
    durable.later(note_it, 1)
    durable.later(note_it, 2)
    running = {"status": TaskResultStatus.RUNNING, "worker_ids": ["x"]}
    first, second = DBTaskResult.objects.order_by("enqueued_at")
    DBTaskResult.objects.filter(pk=first.pk).update(started_at=NOW - durable.LEASE, **running)
    DBTaskResult.objects.filter(pk=second.pk).update(
        started_at=NOW - durable.LEASE + MINUTE, **running
    )

    assert [durable.recover(at=NOW), durable.recover(at=NOW)] == [1, 0]
    first.refresh_from_db()
    assert (first.status, first.run_after) == (TaskResultStatus.READY, NOW + MINUTE)


@pytest.mark.django_db
def test_what_ends_whoever_does_it_is_given_up_in_the_end():
    durable.later(note_it, 1)
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING,
        started_at=NOW - durable.LEASE,
        worker_ids=["x"] * durable.TRIES,
    )

    durable.recover(at=NOW)

    assert durable.given_up().count() == 1


@pytest.mark.django_db
def test_what_was_done_long_ago_is_forgotten_and_what_was_given_up_is_not():
    for number in (1, 2, 3):
        durable.later(note_it, number)
    durable.work_off()
    rows = DBTaskResult.objects.order_by("enqueued_at")
    long_ago = timezone.now() - durable.KEPT_FOR - MINUTE
    rows.filter(pk__in=[rows[0].pk, rows[1].pk]).update(finished_at=long_ago)
    rows.filter(pk=rows[1].pk).update(status=TaskResultStatus.FAILED)

    assert durable.prune(at=timezone.now()) == 1
    assert states() == {"FAILED": 1, "SUCCESSFUL": 1}


@threads
def test_of_many_at_once_each_task_is_done_by_one():
    for number in range(12):
        durable.later(note_it, number)

    results = at_once(lambda n: durable.work_off(), count=4)

    assert sum(well for well, _not_well in results) == 12
    assert done() == {"once": 12}


@threads
def test_tasks_survive_workers_that_are_killed_and_none_is_done_twice():
    """kill -9, four times over 60 tasks: who is killed leaves a lease, and it is taken back."""
    for number in range(60):
        durable.later(note_it, number)
    chance = random.Random(7)
    environment = os.environ | {
        "DATABASE_URL": this_database(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TMPDIR": str(settings.DATA_DIR),  # whoever is killed tidies nothing up
    }
    begun = [sys.executable, "manage.py", "work"]
    for kill in range(1, 5):
        worker = subprocess.Popen(begun, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
        _wait_until(lambda so_far=kill * 10: sum(done().values()) >= so_far)
        time.sleep(chance.uniform(0, 0.05))
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).update(
        started_at=timezone.now() - durable.LEASE
    )
    durable.recover(at=timezone.now())
    DBTaskResult.objects.update(run_after=timezone.now())
    durable.work_off()

    assert states() == {"SUCCESSFUL": 60}
    # Who was killed between doing and saying so leaves one that is done again. It is seldom.
    assert done()["once"] >= 60 - 4
    assert sum(done().values()) == 60


def _wait_until(is_so):
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end, "The worker does nothing."
        time.sleep(0.01)
