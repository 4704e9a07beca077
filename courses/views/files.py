"""Handing out the films, sounds and handouts of a course: to those it belongs to, part by part."""

from functools import partial
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from content import files
from content.views.handing_out import Handout, hand_out
from courses.views.scope import open_document


@require_safe
@login_required
def document(request, pk, name):
    """A file of a course. Someone else's is not found."""
    found = open_document(request, pk, name)
    if settings.PRIVATE_FILES_AT:
        return _by_the_web_server(found)
    storage, stored = found.file.storage, found.file.name
    try:
        changed_at = storage.get_modified_time(stored)
    except FileNotFoundError as missing:
        raise Http404 from missing
    handout = Handout(
        kind=files.kind(found.filename),
        size=found.file.size,
        etag=f'"{found.get_file_hash()}"',
        open=partial(storage.open, stored, "rb"),
        changed_at=int(changed_at.timestamp()),
    )
    answer = hand_out(request, handout)
    for header, value in _safely(found).items():
        answer.headers[header] = value
    return answer


def _by_the_web_server(document):
    """Let the web server in front send the file, parts and all: it has more patience than we."""
    there = settings.PRIVATE_FILES_AT.rstrip("/") + "/" + quote(document.file.name)
    kind = files.kind(document.filename)
    return HttpResponse(
        headers={"X-Accel-Redirect": there, "Content-Type": kind, **_safely(document)}
    )


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
