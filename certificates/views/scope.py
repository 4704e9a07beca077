"""Finding a certificate, and keeping its pages out of search engines."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404

from certificates import numbers


def not_for_search(view):
    """Ask search engines to leave the page out: a name should not be found by way of it."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return asked


def certificate_at(certificates, serial):
    """Return the one with this serial among `certificates`, however it is typed, or answer 404."""
    read = numbers.read(serial)
    if read is None:
        raise Http404
    return get_object_or_404(certificates, serial=read)
