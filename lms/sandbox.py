"""What every answer below /h5p/ carries, so that a stranger's script can do nothing here.

A package holds script by people nobody here knows. It plays in a frame without an origin: without
our cookies, without our storage, without a way to read our pages. Each answer says so itself, so
that it is true as well when a file is opened in a tab of its own.
"""

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings

from content.h5p.capability import BELOW

METHODS = "GET, HEAD, OPTIONS"


def frames_host():
    """Return the host that answers for frames and nothing else, or "" if there is none."""
    return urlsplit(settings.H5P_ORIGIN).netloc


def headers(request):
    """Return the headers of every answer below /h5p/."""
    here = f"{request.scheme}://{request.get_host()}"
    framed_by = settings.SITE_ADDRESS if settings.H5P_ORIGIN else here
    return {
        "Content-Security-Policy": _policy(here, framed_by),
        # A frame without an origin is a stranger to the address it came from.
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }


@lru_cache(maxsize=16)
def _policy(here, framed_by):
    # Named in full: to a page without an origin, “self” is nobody in some browsers.
    ours = here + BELOW
    return "; ".join(
        [
            "sandbox allow-scripts allow-forms allow-popups",
            "default-src 'none'",
            # Packages write scripts and styles into their own page. The sandbox is for that.
            f"script-src {ours} 'unsafe-inline' 'unsafe-eval'",
            f"style-src {ours} 'unsafe-inline'",
            f"img-src {ours} data: blob:",
            f"media-src {ours} data: blob:",
            f"font-src {ours} data:",
            f"connect-src {ours} data: blob:",
            f"base-uri {ours}",  # jQuery, in pages that are never shown
            "form-action 'none'",
            f"frame-ancestors {framed_by}",
        ]
    )
