"""Public pictures out of a store, where no disk has them for the web server in front."""

from functools import partial
from hashlib import sha256

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages
from django.http import Http404
from django.views.decorators.http import require_safe

from content.h5p import kinds
from content.views.handing_out import Handout, hand_out

A_YEAR = "public, max-age=31536000, immutable"  # drawn anew, a picture has another name


@require_safe
def stored(request, name):
    """Hand out a picture. What is no picture is not here."""
    kind = kinds.kind(name)
    if not kind.startswith("image/"):
        raise Http404
    storage = storages["default"]
    try:
        size = storage.size(name)
    except (FileNotFoundError, SuspiciousFileOperation) as missing:
        raise Http404 from missing
    etag = f'"{sha256(f"{name} {size}".encode()).hexdigest()[:32]}"'
    answer = hand_out(request, Handout(kind, size, etag, partial(storage.open, name, "rb")))
    answer.headers["Cache-Control"] = A_YEAR
    answer.headers["X-Content-Type-Options"] = "nosniff"
    # An SVG that got here by some way may draw itself, and nothing more.
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return answer
