"""What people are told when nothing more fits onto the disk: kindly, and with their words."""

import errno
import logging

from django.db import OperationalError
from django.shortcuts import render

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
SAID = ("disk is full", "No space left", "disk full")  # by SQLite; by PostgreSQL; by both

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
        if isinstance(fault, OSError) and fault.errno in FULL:
            return True
        if isinstance(fault, OperationalError) and any(said in str(fault) for said in SAID):
            return True
        fault = fault.__cause__
    return False


def _told_of(request, fault):
    if not is_for_want_of_room(fault):
        return None
    log.critical("There is no room left on the disk.")
    sent = request.POST.lists() if request.method == "POST" else ()
    hidden = [
        (name, value) for name, values in sent for value in values if name != "csrfmiddlewaretoken"
    ]
    context = {"hidden": hidden, "files": bool(request.method == "POST" and request.FILES)}
    return render(request, "lms/no_room.html", context, status=503)
