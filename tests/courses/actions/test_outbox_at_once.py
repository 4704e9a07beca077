"""Many senders at once, and senders that are killed: nobody gets a mail twice.

With real threads and real processes, on both databases, and a mail server that counts.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail

from courses.actions import outbox, reminders
from courses.models import (
    INTERRUPTED_AFTER,
    Message,
    MessageKind,
    ReminderChoice,
)
from tests.courses.actions.test_races import TOGETHER, at_once
from tests.courses.post import MailServer
from tests.factories.courses import NOW, make_person
from tests.factories.migrated import put_back_what_migrations_made
from tests.processes import this_database

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 24

# What a machine does that sends: a process of its own, on the same database.
SENDER = """
import django
django.setup()
from datetime import datetime
from courses.actions import outbox
outbox.send_due(at=datetime.fromisoformat({at!r}), limit=100)
"""
SETTINGS = """
from tests.settings import *
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = "127.0.0.1", {port}, 10
"""


@pytest.fixture(autouse=True)
def _as_migrated(transactional_db):
    put_back_what_migrations_made()


@pytest.fixture
def server():
    server = MailServer()
    yield server
    server.stop()


@pytest.fixture
def sender(server, tmp_path):
    """A function that starts a process which sends what is due."""
    (tmp_path / "sending_settings.py").write_text(SETTINGS.format(port=server.port))
    environment = {
        **os.environ,
        "DATABASE_URL": this_database(),
        "DJANGO_SETTINGS_MODULE": "sending_settings",
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path.cwd())]),
        "TMPDIR": str(tmp_path),  # whoever is killed tidies nothing up
    }
    started = []

    def start(at=NOW):
        program = [sys.executable, "-c", SENDER.format(at=at.isoformat())]
        process = subprocess.Popen(program, env=environment)  # noqa: S603
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def write_many(count=MANY):
    maria = make_person("Maria")
    outbox.write_all(
        {
            "kind": MessageKind.NOTE,
            "key": f"note:{n}",
            "at": NOW,
            "address": f"person{n}@example.org",
            "by": maria,
            "note": "How are you getting on?",
        }
        for n in range(count)
    )


def times(mails):
    """How often each address got a mail: {address: times}."""
    return dict(Counter(str(sent["To"]) for sent in mails))


EACH_ONCE = {f"person{n}@example.org": 1 for n in range(MANY)}


def test_threads_that_send_at_once_send_each_message_once():
    write_many()

    results = at_once(lambda n: outbox.send_due(at=NOW))

    assert sum((Counter(result) for result in results), Counter()) == Counter(sent=MANY)
    assert times(sent.message() for sent in mail.outbox) == EACH_ONCE


def test_machines_that_send_at_once_send_each_message_once(server, sender):
    write_many()

    processes = [sender() for _n in range(3)]

    assert [process.wait(timeout=120) for process in processes] == [0, 0, 0]
    assert times(server.taken) == EACH_ONCE
    assert Message.objects.sent().count() == MANY


def test_whoever_is_killed_while_sending_nobody_gets_a_mail_twice(server, sender):
    """Killed before the server answers, or right after it: who can say whether it has gone?"""
    write_many()
    killed_at = {3: "before", 7: "after", 12: "before", 18: "after"}
    running = []

    def kill(number, when):
        if killed_at.get(number) == when:
            os.kill(running[-1].pid, signal.SIGKILL)
        return True

    server.before_answer = lambda number: kill(number, "before")
    server.after_answer = lambda number: kill(number, "after")
    ends = []
    for minute in range(len(killed_at) + 1):
        running.append(sender(NOW + timedelta(minutes=minute)))
        ends.append(running[-1].wait(timeout=120))

    assert ends == [-signal.SIGKILL] * 4 + [0]
    stuck = Message.objects.stuck(NOW + timedelta(minutes=5) + INTERRUPTED_AFTER)
    # Killed right after the answer, a process may have had the time to write it down, or not; and
    # even to take up the next one, which then did not go out.
    assert 2 <= stuck.count() <= 4
    taken = times(server.taken)
    assert set(taken.values()) == {1}
    assert EACH_ONCE.keys() - taken.keys() <= set(stuck.values_list("address", flat=True))
    assert Message.objects.sent().count() == MANY - stuck.count()
    assert Message.objects.waiting().count() == 0


def test_a_message_written_by_several_at_once_is_one():
    maria, amina = make_person("Maria"), make_person("Amina")

    results = at_once(
        lambda n: outbox.write(
            kind=MessageKind.NOTE, key="same", at=NOW, person=amina, by=maria, note="Hello"
        )
    )

    assert {result.pk for result in results} == {Message.objects.get().pk}


def test_a_stuck_message_that_several_send_again_at_once_goes_again_once():
    write_many(1)
    Message.objects.update(claimed_at=NOW)
    message, maria, later = Message.objects.get(), make_person("Maria"), NOW + INTERRUPTED_AFTER

    results = at_once(lambda n: outbox.send_again(message=message, by=maria, at=later))

    assert sorted(results) == [False] * (TOGETHER - 1) + [True]


def test_several_taps_on_the_same_choice_are_one():
    amina = make_person("Amina")

    results = at_once(
        lambda n: reminders.choose(person=amina, wanted={MessageKind.STEP_LEFT: False}, at=NOW)
    )

    assert results == [None] * TOGETHER
    assert ReminderChoice.objects.count() == 1
