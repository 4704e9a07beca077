"""Handing out the films, sounds and handouts of a course: to those it belongs to, part by part."""

from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe
from django.views.decorators.http import require_safe
from whitenoise.responders import SlicedFile

from content import files
from content.ranges import OutOfReach, asked_part
from courses.views.scope import open_document


class Stream(FileResponse):
    """A file, or a part of it, sent in pieces. What it is, we say ourselves."""

    block_size = 64 * 1024

    def set_headers(self, filelike):
        pass


@require_safe
@login_required
def document(request, pk, name):
    """A file of a course. Someone else's is not found."""
    found = open_document(request, pk, name)
    if settings.PRIVATE_FILES_AT:
        return _by_the_web_server(found)
    try:
        changed_at = found.file.storage.get_modified_time(found.file.name)
    except FileNotFoundError as missing:
        raise Http404 from missing
    etag, changed_at = f'"{found.get_file_hash()}"', int(changed_at.timestamp())
    answer = get_conditional_response(request, etag=etag, last_modified=changed_at)
    if answer is None:
        try:
            answer = _file(request, found, _asked(request, found.file.size, etag, changed_at))
        except OutOfReach:
            there = {"Content-Range": f"bytes */{found.file.size}"}
            answer = HttpResponse(status=416, headers=there)
    for header, value in _what_it_is(found, etag, changed_at).items():
        answer.headers[header] = value
    return answer


def _by_the_web_server(document):
    """Let the web server in front send the file, parts and all: it has more patience than we."""
    there = settings.PRIVATE_FILES_AT.rstrip("/") + "/" + quote(document.file.name)
    kind = files.kind(document.filename)
    return HttpResponse(
        headers={"X-Accel-Redirect": there, "Content-Type": kind, **_safely(document)}
    )


def _what_it_is(document, etag, changed_at):
    """The headers of every answer about this file."""
    return {
        "ETag": etag,
        "Last-Modified": http_date(changed_at),
        "Accept-Ranges": "bytes",
        **_safely(document),
    }


def _safely(document):
    """The headers that keep a file to one person, and from doing anything in their browser."""
    as_download = not files.is_played(document.filename)
    return {
        "Cache-Control": "private, no-cache",  # kept by one's own browser, which asks each time
        "Content-Disposition": content_disposition_header(as_download, document.filename),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def _asked(request, size, etag, changed_at):
    """Return (first byte, last byte) of what is asked; None for all of it. Raises OutOfReach.

    If-Range asks for a part only of the file as it was; since then it may have changed.
    """
    known = request.headers.get("If-Range", etag)
    if request.method != "GET" or (known != etag and parse_http_date_safe(known) != changed_at):
        return None
    return asked_part(request.headers.get("Range", ""), size)


def _file(request, document, part):
    size = document.file.size
    first, last = part or (0, size - 1)
    headers = {
        "Content-Type": files.kind(document.filename),
        "Content-Length": str(last - first + 1),
    }
    if part:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    opened = document.file.storage.open(document.file.name, "rb")
    if part:
        opened = SlicedFile(opened, first, last)
    return Stream(opened, status=206 if part else 200, headers=headers)
