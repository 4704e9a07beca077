"""A mail server that is down, silent or takes nothing: no page waits for it, mails go once."""

import socket
import threading
import time
import uuid
from contextlib import closing, contextmanager

import pytest

from tests.courses.post import MailServer

# The demo prints its mails; here they go to a server.
SETTINGS = """
from lms.settings import *
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = "127.0.0.1", {port}, 5
"""
# An organiser's note to each trainee, as a row that waits.
NOTES = """
import django
django.setup()
from django.contrib.auth import get_user_model
from django.utils import timezone
from courses.actions import outbox
from courses.models import MessageKind
people = get_user_model().objects.filter(email__startswith="trainee")
for person in people:
    outbox.write(kind=MessageKind.NOTE, key=f"note:{person.pk}", at=timezone.now(),
                 address=person.email, by=people[0], note="How are you getting on?")
"""

# An hour later, when what was put off is due again.
LATER = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from courses.actions import outbox
for hours in (1, 2, 3):
    outbox.send_due(at=timezone.now() + timedelta(hours=hours))
"""


@contextmanager
def silence(port):
    """A mail server that takes the line, and never says a word."""
    with closing(socket.create_server(("127.0.0.1", port), backlog=64)) as door:
        lines = []

        def listen():
            while True:
                try:
                    lines.append(door.accept()[0])
                except OSError:
                    return

        threading.Thread(target=listen, daemon=True).start()
        yield
        door.shutdown(socket.SHUT_RDWR)  # whoever waits at it lets go
        for line in lines:
            line.close()


@contextmanager
def refusal(port, addresses):
    """A mail server that takes nothing today."""
    server = MailServer(port)
    server.answers = dict.fromkeys(addresses, (451, "not today"))
    yield
    server.stop()
    assert server.taken == []


@contextmanager
def wrong(way, port, addresses):
    """What is the matter with the mail server."""
    match way:
        case "down":
            yield
        case "silent":
            with silence(port):
                yield
        case "refusing":
            with refusal(port, addresses):
                yield


@pytest.fixture
def port():
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        return free.getsockname()[1]


@pytest.fixture
def site(make_site, tmp_path, port):
    (tmp_path / "with_mail.py").write_text(SETTINGS.format(port=port))
    site = make_site(DJANGO_SETTINGS_MODULE="with_mail")
    site.environment["PYTHONPATH"] += f":{tmp_path}"
    return site


def asks_for_a_code(site, trainee):
    began = time.monotonic()
    answer = site.post("/account/sign-in/", email=trainee["email"])
    return answer.status, time.monotonic() - began


@pytest.mark.parametrize("way", ["down", "silent", "refusing"])
def test_pages_do_not_wait_for_the_mail_server_and_each_mail_goes_once_after(site, port, way):
    people = site.people(3)["trainees"]
    addresses = sorted(each["email"] for each in people)
    site.run("-c", NOTES)
    site.start()

    with wrong(way, port, addresses):
        status, seconds = asks_for_a_code(site, people[0])
        page = site.get(people[0]["course"], people[0]["session"])
        kept = site.post(
            people[0]["answer"], people[0]["session"], text="no mail goes", key=uuid.uuid4()
        )
        site.manage("tick", check=False)  # it says so in its log, and tries again later

    assert (status, page.status, kept.status) == (302, 200, 302)
    assert seconds < 4, "the page waited for the mail server"
    server = MailServer(port)
    site.run("-c", LATER)
    sent = sorted(str(each["To"]) for each in server.taken)
    server.stop()
    assert sent == addresses
