"""When the disk is full people are told so kindly, and what they sent is still there."""

import errno
import sqlite3

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from lms.no_room import is_for_want_of_room, no_room
from lms.views.broken import server_error


def answer(request, fault):
    return no_room(lambda request: None).process_exception(request, fault)


@pytest.mark.parametrize(
    "fault",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        OperationalError("database or disk is full"),
        OperationalError('could not extend file "base/5": No space left on device'),
    ],
)
def test_a_full_disk_is_known_however_it_is_said(fault):
    assert is_for_want_of_room(fault)


def test_a_database_that_cannot_be_opened_for_want_of_room_is_known():
    fault = OperationalError("disk I/O error")
    fault.__cause__ = sqlite3.OperationalError("disk I/O error")
    fault.__cause__.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"

    assert is_for_want_of_room(fault)


def test_a_full_disk_is_known_by_what_led_to_the_fault():
    fault = ValueError("It could not be drawn.")
    fault.__cause__ = OSError(errno.ENOSPC, "No space left on device")

    assert is_for_want_of_room(fault)


@pytest.mark.parametrize(
    "fault",
    [
        OSError(errno.EACCES, "no"),
        OperationalError("database is locked"),
        OperationalError("disk I/O error"),
        ValueError("full"),
    ],
)
def test_another_fault_stays_what_it_is(fault):
    assert answer(RequestFactory().get("/"), fault) is None


def test_what_was_sent_stands_on_the_page_to_be_sent_again():
    sent = {"text": "I rang <my> sister", "key": "abc", "csrfmiddlewaretoken": "secret"}

    page = answer(RequestFactory().post("/", sent), OSError(errno.ENOSPC, "full"))

    words = page.content.decode()
    assert page.status_code == 503
    assert '<input type="hidden" name="text" value="I rang &lt;my&gt; sister">' in words
    assert '<input type="hidden" name="key" value="abc">' in words
    assert 'value="secret"' not in words
    assert "What you sent is still on this page." in words


def test_who_only_came_to_read_is_asked_to_come_back():
    page = answer(RequestFactory().get("/"), OSError(errno.ENOSPC, "full"))

    assert "Please come back in a while." in page.content.decode()


def test_where_the_fault_came_before_any_view_the_page_is_the_same():
    """Django calls its handler while the fault is being handled."""
    try:
        raise OperationalError("database or disk is full")
    except OperationalError:
        page = server_error(RequestFactory().post("/", {"text": "I rang my sister"}))

    assert page.status_code == 503
    assert 'name="text" value="I rang my sister"' in page.content.decode()
