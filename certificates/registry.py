"""All check pages as files, for a web server without this program behind it.

A charity closes, or its site does: whoever hands these files out at the old address keeps every
printed link and every QR code working. A file says no more than the check page did that day, and
that it is of that day.
"""

import json
from datetime import datetime, time
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone, translation

from certificates import badges, telling
from certificates.models import Certificate

STATIC = (
    "lms/css/tokens.css",
    "lms/css/alongside.css",
    "lms/favicon.svg",
    "certificates/check-file.js",
)
AT_ONCE = 200


def write(folder, day=None):
    """Write the registry into a folder, over what is there of an earlier one. Yield each serial.

    For each certificate `v/<serial>/index.html`, the same below `V/` for the capitals of QR codes,
    `v/<serial>/check.json`, and its badge; the status lists and the keys of badges; a page that
    says how to ask, one for numbers that are not known, and what all of them look like.
    """
    folder, day = Path(folder), day or timezone.localdate()
    for name in STATIC:
        _put(folder / "static" / name, Path(finders.find(name)).read_bytes())
    _put(folder / "v/index.html", _page("how_to_ask", day))
    _put(folder / "404.html", _page("not_known", day))
    found = Certificate.objects.for_reading().order_by("pk")
    for certificate in found.iterator(chunk_size=AT_ONCE):
        serial = certificate.shown_serial
        page = _check_page(certificate, day)
        for way in ("v", "V"):
            _put(folder / way / serial / "index.html", page)
        told = telling.told(certificate, day) | {"as_of": day.isoformat()}
        _put(folder / "v" / serial / "check.json", _json(told))
        if badges.is_on() and certificate.state not in telling.ENDED:
            _badge(folder, certificate)
        else:  # an earlier registry may have left one, with a name in it
            for name in ("badge.json", "badge.svg"):
                (folder / "v" / serial / name).unlink(missing_ok=True)
        yield serial
    if badges.is_on():
        _put(folder / ".well-known/did.json", _json(badges.did_document()))
        began = timezone.make_aware(datetime.combine(day, time.min))
        for which in badges.statuses.lists():
            listed = badges.status_list(which, at=began)  # the same day, the same bytes
            _put(folder / f"status/{which}.json", _json(listed))


def _badge(folder, certificate):
    """Write a badge, as far as the site would hand it out, and what it says it is given for."""
    name = not certificate.name_is_hidden
    place = folder / "v" / certificate.shown_serial
    credential = badges.credential(certificate, with_name=name)
    _put(place / "badge.json", _json(credential))
    _put(place / "badge.svg", badges.svg(certificate, with_name=name))


def _check_page(certificate, day):
    with translation.override(certificate.language):
        return _page(
            "check",
            day,
            certificate=certificate,
            standing=certificate.standing(day),
            since=telling.since(certificate),
            active_until=certificate.active_until(day),
        )


def _page(name, day, **context):
    context |= {"day": day}
    return render_to_string(f"certificates/registry/{name}.html", context).encode()


def _json(data):
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def _put(path, content):
    """Write a file whole or not at all: who is stopped in the middle leaves no half page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(content)
    unfinished.replace(path)
