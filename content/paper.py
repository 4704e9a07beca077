"""A page of HTML to PDF. The only module that knows the PDF library.

The library needs system parts (Pango and its companions). Where they are missing, nothing here can
draw, the site works without it, and people read and print the page itself.
"""

import atexit
import threading
import unicodedata
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders

from content import fonts, lasting

FONT = "font"  # what an address begins with that stands for one of our font files

# Pango's font map is shared by all threads of the process, and only one may use it at a time.
_one_at_a_time = threading.Lock()


class CannotDraw(Exception):
    """The PDF cannot be made here; `str()` says why, for the log."""


@dataclass(frozen=True)
class Design:
    """Stylesheets among the static files, and the fonts they ask for by names of their own.

    `letters` holds (custom property, family, cut): ("--letter-serif", "noto-serif", fonts.PLAIN).
    """

    stylesheets: tuple[str, ...]
    letters: tuple[tuple[str, str, str], ...]


# Everything for sessions: guides, handouts and cards.
SHEETS = Design(
    ("content/paper.css",),
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


@dataclass(frozen=True)
class Attachment:
    """A file within the PDF: data that says the same as the page. `made_at` is in UTC."""

    name: str
    media_type: str
    content: bytes
    description: str
    made_at: datetime


def draw(page, *, design=SHEETS, identifier=None, language="", what="the page"):
    """Return a whole page of HTML as PDF: tagged (PDF/UA-1), with its language and its title.

    The same page gives the same bytes, as long as the fonts and the library are the same, and
    `identifier` is given. `language` decides between the fonts of Chinese, Japanese and Korean.
    `what` names it in the log. Raises CannotDraw.
    """
    return _drawn(page, design, language, what, pdf_variant="pdf/ua-1", pdf_identifier=identifier)


def draw_to_last(page, *, design, identifier, attachments=(), language="", what="the page"):
    """The same as a PDF for the archive (PDF/A-3a) besides, and with files within it."""
    return _drawn(
        page,
        design,
        language,
        what,
        pdf_variant="pdf/a-3a",
        pdf_identifier=identifier,
        finisher=lasting.finish,
        attachments=attachments,
    )


def _drawn(page, design, language, what, **how):
    if not can_draw():
        raise CannotDraw("WeasyPrint, or a system library it needs, is not installed.")
    try:
        return _bytes(page, design, language, **how)
    except Exception as fault:
        raise CannotDraw(f"The PDF library stumbled over {what}.") from fault


def _bytes(page, design, language, attachments=(), **how):
    # A letter typed as letter and mark is drawn as the one letter that the fonts have.
    composed = unicodedata.normalize("NFC", page)
    with _one_at_a_time:
        tools = _tools(design, _faces(design))
        return (
            _library()
            .HTML(string=composed, url_fetcher=tools.fetcher, base_url=settings.SITE_ADDRESS)
            .write_pdf(
                stylesheets=[tools.style, *_styles_of_parts(composed, design, language, tools)],
                font_config=tools.font_config,
                attachments=[_attached(each, tools.fetcher) for each in _in_order(attachments)],
                **how,
            )
        )


def _in_order(attachments):
    # Readers look a file up by its name, as in a telephone book.
    return sorted(attachments, key=lambda each: each.name)


def _attached(file, fetcher):
    content = b64encode(file.content).decode("ascii")
    return _library().Attachment(
        url=f"data:{file.media_type};base64,{content}",
        url_fetcher=fetcher,
        name=file.name,
        description=file.description,
        created=file.made_at,
        modified=file.made_at,
        relationship="Data",
    )


def _styles_of_parts(page, design, language, tools):
    """Return what names the numbered parts of vast fonts, for a page that needs some."""
    parts = fonts.parts_for(page, language)
    if not parts:
        return []
    told = "\n".join([*_font_rules(parts), _names(design, parts)])
    return [_library().CSS(string=told, url_fetcher=tools.fetcher, font_config=tools.font_config)]


@cache
def _library():
    """Return WeasyPrint, or None where its system libraries are missing (an OSError)."""
    try:
        import weasyprint
        from weasyprint.pdf.stream import Stream
    except (ImportError, OSError):
        return None
    Stream.marked = lasting.keeping_words(Stream.marked)
    return weasyprint


@dataclass(frozen=True)
class _Tools:
    """What is made once in a process for a design."""

    fetcher: Any
    font_config: Any
    style: Any


@cache
def _font_config(_faces):
    """Return what holds the fonts, once for all designs with the same ones.

    Another one for each file would leak, and each has all the fonts unpacked once more.
    """
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _tools(design, faces):
    fetcher, font_config = _fetcher(faces), _font_config(faces)
    style = _library().CSS(
        string=_stylesheet(design, faces), url_fetcher=fetcher, font_config=font_config
    )
    return _Tools(fetcher, font_config, style)


def forget():
    """Let go of all that was made once.

    The fonts lie unpacked in a folder, which has to be cleared while that is possible.
    """
    _tools.cache_clear()
    _font_config.cache_clear()


atexit.register(forget)


def _faces(design):
    """Return the font files of all the cuts that a design asks for, the plain one first."""
    cuts = dict.fromkeys([fonts.PLAIN, *(cut for _name, _family, cut in design.letters)])
    return tuple(face for cut in cuts for face in fonts.faces(cut))


def _fetcher(faces):
    """Return what fetches for WeasyPrint: `data:`, our own font files by name, and nothing else.

    Left to itself it would read any local file and any address that a text happens to name.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    ours = {face.css_name: face for face in faces}

    class OnlyOurs(URLFetcher):
        def fetch(self, url, headers=None):
            scheme, _colon, name = url.partition(":")
            face = (ours.get(name) or fonts.part_named(name)) if scheme == FONT else None
            if face:
                return URLFetcherResponse(url, fonts.unpacked(face.path))
            return super().fetch(url, headers)

    return OnlyOurs(allowed_protocols={"data"}, allow_redirects=False)


def _stylesheet(design, faces):
    """Return the design's own stylesheets as one, told which fonts to use."""
    own = [Path(finders.find(each)).read_text() for each in design.stylesheets]
    return "\n".join([*_font_rules(faces), _names(design), *own])


def _font_rules(faces):
    return [
        f"@font-face {{ font-family: {face.css_name}; src: url({FONT}:{face.css_name}); }}"
        for face in faces
    ]


def _names(design, parts=()):
    names = [
        f"{name}: {_quoted(fonts.stack(family, cut, parts))};"
        for name, family, cut in design.letters
    ]
    return f":root {{ {' '.join(names)} }}"


def _quoted(names):
    return ", ".join(f'"{name}"' for name in names)
