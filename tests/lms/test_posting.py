"""A page that sends a code does not wait for the mail server, so its time tells nothing."""

import threading

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from tests.factories.courses import make_person
from tests.lms.test_signing_in import CODE, ask

pytestmark = pytest.mark.django_db

answered = threading.Event()
sent = threading.Event()


class Slow(EmailBackend):
    """A mail server that takes its time: until the page has been answered."""

    def send_messages(self, messages):
        answered.wait(10)
        super().send_messages(messages)
        sent.set()


class Down(EmailBackend):
    """A mail server that refuses."""

    def send_messages(self, messages):
        sent.set()
        raise ConnectionRefusedError("amina@example.org: go away")


@pytest.fixture
def beside(settings):
    settings.SEND_CODES_BESIDE = True
    answered.clear()
    sent.clear()
    make_person("Amina Yusuf", email="amina@example.org")


def test_the_page_is_there_before_the_mail_server_has_answered(beside, client, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Slow"

    response = ask(client)

    assert (response.url, mail.outbox) == (CODE, [])
    answered.set()
    assert sent.wait(10)
    assert [message.to for message in mail.outbox] == [["amina@example.org"]]


def test_a_mail_server_that_refuses_is_noted_without_saying_who(beside, client, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Down"

    response = ask(client)

    assert response.url == CODE
    assert sent.wait(10)
    from lms import posting

    posting._posts().submit(int).result(10)
    assert "could not be sent" in caplog.text
    assert "amina" not in caplog.text
