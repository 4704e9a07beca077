"""Certificate to PDF. The only module that knows the PDF library.

The library needs system parts (Pango and its companions). Where they are missing, nothing here can
draw, the site works without it, and people read their certificate as a page.
"""

import threading
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from certificates import fonts, letter

# Pango's font map is shared by all threads of the process, and only one may use it at a time.
_one_at_a_time = threading.Lock()


class CannotDraw(Exception):
    """The PDF cannot be made here; `str()` says why, for the log."""


def can_draw():
    """Tell whether the PDF library and the system parts it needs are here."""
    return _library() is not None


def draw(certificate):
    """Return the certificate as PDF: tagged (PDF/UA-1), with its language and its title.

    The same certificate gives the same bytes, as long as the fonts and the library are the same.
    Raises CannotDraw.
    """
    if not can_draw():
        raise CannotDraw("WeasyPrint, or a system library it needs, is not installed.")
    missing = fonts.undrawable(" ".join(letter.words(certificate)))
    if missing:
        raise CannotDraw(f"No font has {' '.join(missing)}, which is printed on {certificate}.")
    try:
        return _bytes(certificate)
    except Exception as fault:
        raise CannotDraw(f"The PDF library stumbled over {certificate}.") from fault


def _bytes(certificate):
    # A letter typed as letter and mark is drawn as the one letter that the fonts have.
    page = unicodedata.normalize("NFC", letter.document(certificate))
    with _one_at_a_time:
        tools = _tools(certificate.design, fonts.faces())
        return (
            _library()
            .HTML(string=page, url_fetcher=tools.fetcher)
            .write_pdf(
                stylesheets=[tools.style],
                font_config=tools.font_config,
                pdf_variant="pdf/ua-1",
                pdf_identifier=certificate.serial.encode(),
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
    names = {
        family: ", ".join(f'"{name}"' for name in fonts.stack(family)) for family in fonts.FAMILIES
    }
    rules.append(
        f":root {{ --letter-serif: {names['noto-serif']}; --letter-sans: {names['noto-sans']}; }}"
    )
    own = Path(finders.find(f"certificates/{design}.css")).read_text()
    return "\n".join([*rules, own])
