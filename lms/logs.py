"""What the site writes down about its own work: one line of JSON for each thing that happened.

Lines are read by people who look after servers, who need not know who learns here. So a line holds
no names, no e-mail addresses, no texts and no query; instead of a path, which may hold a sign-in
token or the serial of a certificate, it holds the pattern of the address.
"""

import json
import logging
import re
import time
from contextvars import ContextVar
from datetime import UTC, datetime

from django.db.models import Model

from content import traces
from content.h5p.capability import BELOW
from courses import codes

# What one request is called, in every line about it and on the page that says something broke.
number = ContextVar("number", default="")

OURS = ("lms", "certificates", "courses", "content")
# From a server in front, which makes them by chance: nothing in them is a word.
GIVEN_NUMBER = re.compile(r"[0-9a-f][0-9a-f-]{14,34}[0-9a-f]")
AN_ADDRESS = re.compile(r"[^\s<>\"'(),;:=]+@[^\s<>\"'(),;:]+")
KEPT = {"method", "pattern", "status", "ms"}

requests = logging.getLogger("lms.requests")


class Lines(logging.Formatter):
    """A record as a line of JSON."""

    def format(self, record):
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            "request": number.get(),
            **{name: getattr(record, name) for name in KEPT if hasattr(record, name)},
        }
        if record.exc_info and record.exc_info[1]:
            told["fault"] = traces.kind(record.exc_info[1])
            told["where"] = traces.where(record.exc_info[1])
        return json.dumps({name: value for name, value in told.items() if value != ""})


def _message(record):
    """Return what a record says, without anything of which we do not know what it is.

    Our own modules say nothing about people, but may hand over a record of the database or a
    fault: of these the kind is told. Other people's code hands over paths and headers: what is
    no number is left out, and so is what comes already put together.
    """
    ours = record.name.split(".")[0] in OURS
    template = str(record.msg) if ours or record.args else _kind_of(record)
    arguments = record.args if isinstance(record.args, dict) else tuple(record.args or ())
    if isinstance(arguments, dict):
        said = {name: _plain(value, ours) for name, value in arguments.items()}
    else:
        said = tuple(_plain(value, ours) for value in arguments)
    try:
        message = template % said if said else template
    except (TypeError, ValueError, KeyError):
        message = template  # a number was wanted where we left something out
    return AN_ADDRESS.sub("(an address)", message)


def _kind_of(record):
    """Return which place in somebody else's code spoke."""
    return f"{record.module}.{record.funcName}"


def _plain(value, ours):
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Model):
        return f"{type(value).__name__} {value.pk}"
    if isinstance(value, BaseException):
        return traces.kind(value)
    return value if ours and isinstance(value, str) else "…"


def new_number(given=""):
    """Return what to call a request: what the server in front calls it, or a new code."""
    if GIVEN_NUMBER.fullmatch(given):
        return given
    return codes.new(8)


def numbered(get_response):
    """Give each request a number, send it back, and write down how it went.

    It stands before all other middleware, so that whatever goes wrong has a number.
    """

    def middleware(request):
        request.number = new_number(request.headers.get("X-Request-ID", ""))
        before, began = number.set(request.number), time.monotonic()
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = request.number
            told = {
                "method": request.method if request.method in METHODS else "other",
                "pattern": pattern(request),
                "status": response.status_code,
                "ms": round((time.monotonic() - began) * 1000),
            }
            requests.info("asked", extra=told)
            return response
        finally:
            number.reset(before)

    return middleware


METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def pattern(request):
    """Return the pattern of the address that was asked for, never the address."""
    if request.path_info.startswith(BELOW):
        return f"{BELOW}…"
    found = getattr(request, "resolver_match", None)
    return f"/{found.route}" if found else "(none)"
