"""What people are told when nothing more fits onto the disk: kindly, and with their words.

On a full disk a database may not even be read, so the page asks for nothing: `handler500` shows it
too, where the fault came before any view.
"""

import errno
import logging

from django.db import OperationalError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
SAID = ("disk is full", "No space left", "disk full")  # by SQLite; by PostgreSQL; by both
# SQLite cannot open what it shares between processes, and says “disk I/O error”.
SQLITE_SAID = "SQLITE_IOERR_SHMSIZE"

log = logging.getLogger(__name__)


def no_room(get_response):
    """Answer 503 where something could not be kept for want of room, instead of 500.

    What was sent stands on the page, ready to be sent again with one press: nothing is lost.
    """

    def middleware(request):
        return get_response(request)

    middleware.process_exception = _told_of
    return middleware


def is_for_want_of_room(fault):
    """Tell whether this fault, or what led to it, is a disk without room."""
    while fault is not None:
        if getattr(fault, "sqlite_errorname", "") == SQLITE_SAID:
            return True
        if isinstance(fault, OSError) and fault.errno in FULL:
            return True
        if isinstance(fault, OperationalError) and any(said in str(fault) for said in SAID):
            return True
        fault = fault.__cause__
    return False


def _told_of(request, fault):
    return page(request) if is_for_want_of_room(fault) else None


def page(request):
    """Answer 503 with what was sent. It draws without a database, a session or a person."""
    log.critical("There is no room left on the disk.")
    sent = request.POST.lists() if request.method == "POST" else ()
    context = {
        "hidden": [
            (name, value)
            for name, values in sent
            for value in values
            if name != "csrfmiddlewaretoken"
        ],
        "files": bool(request.method == "POST" and request.FILES),
        "csrf_token": get_token(request),
    }
    return HttpResponse(render_to_string("lms/no_room.html", context), status=503)
