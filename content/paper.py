"""A page of HTML to PDF. The only module that knows the PDF library.

The library needs system parts (Pango and its companions). Where they are missing, nothing here can
draw, the site works without it, and people read and print the page itself.
"""

import atexit
import threading
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders

from content import fonts

# Pango's font map is shared by all threads of the process, and only one may use it at a time.
_one_at_a_time = threading.Lock()


class CannotDraw(Exception):
    """The PDF cannot be made here; `str()` says why, for the log."""


@dataclass(frozen=True)
class Design:
    """A stylesheet among the static files, and the fonts it asks for by names of its own.

    `letters` holds (custom property, family, cut): ("--letter-serif", "noto-serif", fonts.PLAIN).
    """

    stylesheet: str
    letters: tuple[tuple[str, str, str], ...]


# Everything for sessions: guides, handouts and cards.
SHEETS = Design(
    "content/paper.css",
    (
        ("--paper-sans", "noto-sans", fonts.PLAIN),
        ("--paper-strong", "noto-sans", fonts.STRONG),
        ("--paper-slanted", "noto-sans", fonts.SLANTED),
        ("--paper-serif", "noto-serif", fonts.PLAIN),
        ("--paper-heading", "noto-serif", fonts.STRONG),
    ),
)


def can_draw():
    """Tell whether the PDF library and the system parts it needs are here."""
    return _library() is not None


def draw(page, *, design=SHEETS, identifier=None, what="the page"):
    """Return a whole page of HTML as PDF: tagged (PDF/UA-1), with its language and its title.

    The same page gives the same bytes, as long as the fonts and the library are the same, and
    `identifier` is given. `what` names it in the log. Raises CannotDraw.
    """
    if not can_draw():
        raise CannotDraw("WeasyPrint, or a system library it needs, is not installed.")
    try:
        return _bytes(page, design, identifier)
    except Exception as fault:
        raise CannotDraw(f"The PDF library stumbled over {what}.") from fault


def _bytes(page, design, identifier):
    # A letter typed as letter and mark is drawn as the one letter that the fonts have.
    composed = unicodedata.normalize("NFC", page)
    with _one_at_a_time:
        tools = _tools(design, _faces(design))
        return (
            _library()
            .HTML(string=composed, url_fetcher=tools.fetcher, base_url=settings.SITE_ADDRESS)
            .write_pdf(
                stylesheets=[tools.style],
                font_config=tools.font_config,
                pdf_variant="pdf/ua-1",
                pdf_identifier=identifier,
            )
        )


@cache
def _library():
    """Return WeasyPrint, or None where its system libraries are missing (an OSError)."""
    try:
        import weasyprint
    except (ImportError, OSError):
        return None
    return weasyprint


@dataclass(frozen=True)
class _Tools:
    """What is made once in a process: another font configuration for each file would leak."""

    fetcher: Any
    font_config: Any
    style: Any


@cache
def _tools(design, faces):
    from weasyprint.text.fonts import FontConfiguration

    fetcher = _fetcher(faces)
    font_config = FontConfiguration()
    style = _library().CSS(
        string=_stylesheet(design, faces), url_fetcher=fetcher, font_config=font_config
    )
    return _Tools(fetcher, font_config, style)


# The fonts lie unpacked in folders of their own, which have to be cleared while that is possible.
atexit.register(_tools.cache_clear)


def _faces(design):
    """Return the font files of all the cuts that a design asks for, the plain one first."""
    cuts = dict.fromkeys([fonts.PLAIN, *(cut for _name, _family, cut in design.letters)])
    return tuple(face for cut in cuts for face in fonts.faces(cut))


def _fetcher(faces):
    """Return what fetches for WeasyPrint: `data:`, our own font files by name, and nothing else.

    Left to itself it would read any local file and any address that a text happens to name.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    files = {_address(face): face.path for face in faces}

    class OnlyOurs(URLFetcher):
        def fetch(self, url, headers=None):
            if url in files:
                return URLFetcherResponse(url, fonts.unpacked(files[url]))
            return super().fetch(url, headers)

    return OnlyOurs(allowed_protocols={"data"}, allow_redirects=False)


def _address(face):
    return f"font:{face.css_name}"


def _stylesheet(design, faces):
    """Return the design's own stylesheet, told which fonts to use."""
    rules = [
        f"@font-face {{ font-family: {face.css_name}; src: url({_address(face)}); }}"
        for face in faces
    ]
    names = [f"{name}: {_quoted(fonts.stack(*of))};" for name, *of in design.letters]
    rules.append(f":root {{ {' '.join(names)} }}")
    own = Path(finders.find(design.stylesheet)).read_text()
    return "\n".join([*rules, own])


def _quoted(names):
    return ", ".join(f'"{name}"' for name in names)
