"""How much may be sent at once, and how often: asked before anything of it is read.

A large file waits on the disk while a form looks at it. Only those who write have files of that
size to send, so nobody else can fill the disk; and of those who write nobody does it in one hour.
"""

from django.conf import settings

from certificates.tally import tally

MB = 1024 * 1024
LARGEST = 310 * MB  # what our largest form takes, and the rest of the form around it
FILES, BYTES = 200, 5_000 * MB  # of one person in an hour
HOUR = 60 * 60
TOO_MUCH, TOO_OFTEN = 413, 429


def refusal(request):
    """Return the status with which something is refused; None when it may come in."""
    length = _length(request)
    if length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE or not _has_files(request):
        return None  # small enough for anybody; or no file, for which Django has its own limit
    person = request.user
    if length > LARGEST or not person.has_perm("wagtailadmin.access_admin"):
        return TOO_MUCH
    files = tally(f"uploads:{person.pk}", seconds=HOUR)
    sent = tally(f"uploaded:{person.pk}", length, seconds=HOUR)
    return TOO_OFTEN if files > FILES or sent > BYTES else None


def _length(request):
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _has_files(request):
    return request.method == "POST" and request.content_type == "multipart/form-data"
