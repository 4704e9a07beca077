"""Handing out a file: all of it, the part that was asked for, or the word that it is the same."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.http import FileResponse, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe
from whitenoise.responders import SlicedFile

from content.ranges import OutOfReach, asked_part


@dataclass(frozen=True)
class Handout:
    """A file to hand out: what we say it is, what tells its bytes from others, how to open it."""

    kind: str
    size: int
    etag: str
    open: Callable[[], BinaryIO]
    changed_at: int | None = None  # seconds; None where bytes never change at one address


class Stream(FileResponse):
    """A file, or a part of it, sent in pieces. What it is, we say ourselves."""

    block_size = 64 * 1024

    def set_headers(self, filelike):
        pass


def hand_out(request, file):
    """Answer a GET or HEAD for this Handout, as phones and browsers ask for it."""
    answer = get_conditional_response(request, etag=file.etag, last_modified=file.changed_at)
    if answer is None:
        try:
            answer = _sent(request, file, _asked(request, file))
        except OutOfReach:
            answer = HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    answer.headers["ETag"] = file.etag
    answer.headers["Accept-Ranges"] = "bytes"
    if file.changed_at is not None:
        answer.headers["Last-Modified"] = http_date(file.changed_at)
    return answer


def _asked(request, file):
    """Return (first byte, last byte) of what is asked; None for all of it. Raises OutOfReach.

    If-Range asks for a part only of the file as it was; since then it may have changed.
    """
    asked = request.headers.get("Range")
    if asked is None or request.method != "GET":
        return None
    known = request.headers.get("If-Range", file.etag)
    if known != file.etag and (
        file.changed_at is None or parse_http_date_safe(known) != file.changed_at
    ):
        return None
    return asked_part(asked, file.size)


def _sent(request, file, part):
    first, last = part or (0, file.size - 1)
    headers = {"Content-Type": file.kind, "Content-Length": str(last - first + 1)}
    if part:
        headers["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    opened = file.open()
    if part:
        opened = SlicedFile(opened, first, last)
    return Stream(opened, status=206 if part else 200, headers=headers)
