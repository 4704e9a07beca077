"""What browsers tell they blocked, read with care: anybody may send anything, as often as wanted.

Of a report three things are kept, and no more: what it was (the directive), from which site it
came, and on which of our addresses, as the pattern that leads there. A path would say whose page.
Each such kind is logged once an hour, and no more than `KINDS` of them.
"""

import json
import logging
import re
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from django.core.cache import cache
from django.urls import Resolver404, resolve

from certificates.tally import tally

log = logging.getLogger(__name__)

LARGEST = 16 * 1024  # bytes
AT_ONCE = 10  # reports in one request
HOUR = 60 * 60
EACH = 60  # requests of one visitor in an hour
KINDS = 100  # that are logged in an hour, whoever sends them
# What browsers say in place of an address.
WORDS = {"inline", "eval", "self", "data", "blob", "wasm-eval", "trusted-types-policy"}
DIRECTIVE = re.compile("[a-z-]{1,40}", re.ASCII)
SITE = re.compile(r"[a-z-]{1,30}://[a-z0-9.:\[\]-]{1,120}", re.ASCII)


@dataclass(frozen=True)
class Blocked:
    """One kind of thing that was blocked."""

    directive: str
    source: str
    page: str


def reports_in(data, host):
    """Return the kinds in what a browser sent: its older form (one), or its newer one (some)."""
    try:
        sent = json.loads(data)
    except (ValueError, RecursionError):
        return []
    if isinstance(sent, dict):
        old = sent.get("csp-report")
        found = [_kind(old, "effective-directive", "blocked-uri", "document-uri", host)]
    elif isinstance(sent, list):
        new = [
            each.get("body")
            for each in sent[:AT_ONCE]
            if isinstance(each, dict) and each.get("type") == "csp-violation"
        ]
        found = [
            _kind(each, "effectiveDirective", "blockedURL", "documentURL", host) for each in new
        ]
    else:
        found = []
    return [each for each in found if each]


def _kind(report, directive, source, page, host):
    if not isinstance(report, dict):
        return None
    # Safari and older browsers name the directive so, with its values after it.
    named = str(report.get(directive) or report.get("violated-directive") or "").split(" ")[0]
    if not DIRECTIVE.fullmatch(named):
        return None
    return Blocked(named, _site(report.get(source)), _pattern(report.get(page), host))


def _site(address):
    """Return where something came from: a scheme and a host, one of their words, or “unknown”."""
    address = str(address or "").lower()
    if address in WORDS:
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return "unknown"
    host = parts.netloc.rpartition("@")[2]
    site = f"{parts.scheme}://{host}"
    return site if SITE.fullmatch(site) else parts.scheme if parts.scheme in WORDS else "unknown"


def _pattern(address, host):
    """Return the pattern that leads to a page of ours, or “elsewhere”."""
    try:
        parts = urlsplit(str(address or ""))
        return resolve(parts.path).route if parts.netloc == host else "elsewhere"
    except (ValueError, Resolver404):
        return "elsewhere"


def keep(reports, visitor):
    """Log each kind that was not logged in this hour, unless there were too many already."""
    if tally(f"csp-from:{sha256(visitor.encode()).hexdigest()}", seconds=HOUR) > EACH:
        return
    for each in reports:
        name = sha256(repr(each).encode()).hexdigest()
        is_new = cache.add(f"csp-kind:{name}", 1, timeout=HOUR)
        if is_new and tally("csp-kinds", seconds=HOUR) <= KINDS:
            log.warning(
                "A page was kept from using something: %s from %s, on %s",
                each.directive,
                each.source,
                each.page,
            )
