"""The frame in which an H5P package plays, and every file it asks for.

Answered by the door in `lms.middleware`: there is no session here, no sign-in and no cookie. What
may be read, the address itself says (`content.h5p.capability`).
"""

import io
import json
from functools import lru_cache, partial
from hashlib import sha256
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import storages
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _

from content import files
from content.h5p import capability, joined, kinds, player_files
from content.h5p.core_words import core_words
from content.models import H5PVersion
from content.playing import KEPT, playable
from content.views.handing_out import Handout, hand_out

A_YEAR = 365 * 24 * 60 * 60
ONE = "1"  # what the only package in a frame is called there


# --- the frame's page --------------------------------------------------------------------------


def frame(request, token):
    """The page in the frame. It has to be asked for each time, and is mostly the same."""
    try:
        may = capability.read(token, timezone.now())
        found = playable(may.version)
    except (capability.NotAnAddress, H5PVersion.DoesNotExist):
        why = _("This page has been open for a long time. Load the lesson again.")
        return sentence(request, why, status=404)
    if not player_files.is_installed():
        why = _("This site cannot play activities yet: its player is not installed.")
        return sentence(request, why, status=503)
    page, etag = kept_page(found.pk, player_files.key())
    answer = get_conditional_response(request, etag=etag) or HttpResponse(page)
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def sentence(request, why, status):
    """A page that says one sentence, in the reader's language."""
    page = render_to_string("content/h5p/sentence.html", {"why": why})
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})


@lru_cache(maxsize=KEPT)
def kept_page(version_pk, player_key):
    """Return the page of a version, which is the same for everyone, and its ETag."""
    found = playable(version_pk)
    language = _language(found.metadata)
    with translation.override(language if language in dict(settings.LANGUAGES) else None):
        page = render_to_string(
            "content/h5p/frame.html",
            {
                "title": found.metadata.get("title") or "",
                "language": language,
                "player": f"../player/{player_key}",
                "script": found.script_key,
                "style": found.style_key,
                "content_id": ONE,
                "integration": _integration(found),
            },
        ).encode()
    return page, f'"{sha256(page).hexdigest()[:32]}"'


def _language(metadata):
    """Return the language a package is in. Many say “und”: nobody was asked."""
    said = [metadata.get(name) for name in ("defaultLanguage", "language")]
    usual = settings.LANGUAGE_CODE
    known = [code.lower() for code in said if isinstance(code, str) and code not in {"", "und"}]
    return (usual if usual.split("-")[0] == known[0] else known[0]) if known else usual


def _integration(found):
    """Return `window.H5PIntegration` without the addresses, which our script puts in."""
    shown = {"frame": True, "copyright": True}
    hidden = dict.fromkeys(("export", "embed", "icon", "copy"), False)
    return {
        "siteUrl": settings.SITE_ADDRESS,
        "postUserStatistics": False,
        "ajax": {"setFinished": "", "contentUserData": ""},
        # A day: state is restored only when this says something, and we ask for it ourselves.
        "saveFreq": 24 * 60 * 60,
        "l10n": {"H5P": core_words()},
        "core": {"scripts": [], "styles": []},
        "loadedJs": [],
        "loadedCss": [],
        "libraryDirectories": {},
        "pluginCacheBuster": "",
        # So that a picture may be drawn on, where there is no origin to have it from.
        "crossorigin": "anonymous",
        "crossoriginRegex": ".",
        "contents": {
            f"cid-{ONE}": {
                "url": f"urn:alongside:h5p:{found.pk}",
                "library": found.main_library,
                "jsonContent": json.dumps(found.content),
                "metadata": found.metadata,
                "displayOptions": shown | hidden,
                "contentUserData": [],
                "fullScreen": "0",
            }
        },
    }


# --- what it asks for --------------------------------------------------------------------------


def player(request, key, path):
    """A file of the player. The same for everyone, so it may be kept for long."""
    found = player_files.player_file(path)
    if found is None:
        raise Http404
    data, packed = found.data, found.small is not None and _takes_gzip(request)
    if packed:
        data = found.small
    file = Handout(
        kinds.kind(path), len(data), _etag(found.etag, packed), lambda: io.BytesIO(data)
    )
    answer = _packed(hand_out(request, file), packed)
    is_current = key == player_files.key()
    answer.headers["Cache-Control"] = (
        f"public, max-age={A_YEAR}, immutable" if is_current else "no-store"
    )
    return answer


def script(request, token, key):
    """The scripts of all its libraries."""
    found, ends_at = _playable(token)
    if key != found.script_key:
        raise Http404
    return _joined(request, found.joined_script(), key, ends_at)


def style(request, token, key):
    """The style sheets of all its libraries."""
    found, ends_at = _playable(token)
    if key != found.style_key:
        raise Http404
    return _joined(request, found.joined_style(), key, ends_at)


def own_file(request, token, path):
    """A picture, a sound, a film that belongs to the package."""
    found, ends_at = _playable(token)
    return _stored(request, found.own_file(path), path, ends_at)


def library_file(request, token, directory, path):
    """A file of a library: its icons, its sounds, its words."""
    found, ends_at = _playable(token)
    return _stored(request, found.library_file(directory, path), path, ends_at)


def _playable(token):
    """Return what a token lets one read, and until when. Not found otherwise."""
    try:
        may = capability.read(token, timezone.now())
        return playable(may.version), may.ends_at
    except (capability.NotAnAddress, H5PVersion.DoesNotExist) as nothing:
        raise Http404 from nothing


def _stored(request, found, path, ends_at):
    if found is None:
        raise Http404
    kind = kinds.kind(path)
    if settings.PRIVATE_FILES_AT and kind.startswith(files.PLAYED):
        # The web server has more patience for films. It drops our headers, so only what can do
        # nothing in a tab of its own goes this way.
        there = settings.PRIVATE_FILES_AT.rstrip("/") + "/" + quote(found.name)
        answer = HttpResponse(headers={"X-Accel-Redirect": there, "Content-Type": kind})
    else:
        opening = partial(_open, found.name)
        answer = hand_out(request, Handout(kind, found.size, f'"{found.mark[:32]}"', opening))
    return _kept_until(answer, ends_at)


def _open(name):
    try:
        return storages["private"].open(name)
    except FileNotFoundError as missing:
        raise Http404 from missing


def _joined(request, path, key, ends_at):
    packed = _takes_gzip(request)
    lies_at = joined.compressed(path) if packed else path
    file = Handout(
        kind=kinds.kind(path.name),
        size=lies_at.stat().st_size,
        etag=_etag(f'"{key[:32]}"', packed),
        open=partial(lies_at.open, "rb"),
    )
    return _kept_until(_packed(hand_out(request, file), packed), ends_at)


def _kept_until(answer, ends_at):
    """Let the browser keep it, without asking, for as long as the address is good."""
    left = max(0, int((ends_at - timezone.now()).total_seconds()))
    answer.headers["Cache-Control"] = f"private, max-age={left}, immutable"
    return answer


def _takes_gzip(request):
    """Whether to send less. A part of a file is a part of the file as it is."""
    return "gzip" in request.headers.get("Accept-Encoding", "") and "Range" not in request.headers


def _etag(etag, packed):
    return f'{etag[:-1]}-gzip"' if packed else etag


def _packed(answer, packed):
    if packed and answer.status_code == 200:
        answer.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer
