"""The picture of a badge: what it is for and who gives it. Nobody's name is on it."""

import base64
import threading
from functools import lru_cache
from io import BytesIO

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from certificates.fitting import fitted
from content import fonts, paper

SIZE = 480  # pixels of the PNG: both ways
ROOM = 318  # of the 400 that the picture is wide
# How large a text is set where it then keeps to so many lines; and where its middle is, downwards.
TEXTS = {
    "for": ([(16, 1), (14, 1), (12, 2)], 142, "#0d5c5b"),
    "title": ([(34, 2), (27, 3), (21, 4), (16, 5)], 222, "#20302f"),
    "from": ([(17, 1), (14, 2)], 338, "#53635f"),
}
LINE = 1.28  # of its size
DESIGN = paper.Design(
    ("certificates/badge.css",),
    (
        ("--badge-serif", "noto-serif", fonts.PLAIN),
        ("--badge-sans", "noto-sans", fonts.PLAIN),
    ),
)

# PDFium draws for one at a time.
_one_at_a_time = threading.Lock()


def svg(certificate):
    """Return the picture as SVG, with the fonts that the reader has."""
    return render_to_string("certificates/badge.svg", _context(_facts(certificate)))


def as_data(certificate):
    """Return the picture as a data address, to be shown on a page."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg(certificate).encode()).decode()


def png(certificate):
    """Return the picture as PNG, in our own fonts. Raises paper.CannotDraw."""
    missing = fonts.undrawable(f"{certificate.course_title} {certificate.organisation_name}")
    if missing:
        raise paper.CannotDraw(f"No font has {' '.join(missing)}, for the badge {certificate}.")
    return _png(_facts(certificate))


def _facts(certificate):
    """Return all that is in the picture. It is one for many people."""
    return (
        certificate.course_title,
        certificate.organisation_name,
        certificate.is_of_ready,
        certificate.language,
    )


@lru_cache(maxsize=64)
def _png(facts):
    # Not from the SVG: WeasyPrint draws the text of one letter by letter, and in many scripts
    # letters depend on each other.
    page = render_to_string("certificates/badge.html", _context(facts))
    return _pixels(paper.draw(page, design=DESIGN, language=facts[3], what="a badge"))


def _pixels(pdf):
    import pypdfium2  # brings a library that only badges need

    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        sheet = document[0]
        clear = (255, 255, 255, 0)  # its corners are round
        image = sheet.render(scale=SIZE / sheet.get_width(), fill_color=clear).to_pil()
        document.close()
    made = BytesIO()
    image.save(made, "PNG", optimize=True)
    return made.getvalue()


def _context(facts):
    title, organisation, is_of_ready, language = facts
    with translation.override(language):
        what_for = _what_for(is_of_ready)
    said = {"for": what_for, "title": title, "from": organisation}
    return {
        "title": title,
        "what_for": what_for,
        "organisation": organisation,
        "language": language,
        "texts": [_text(what, words) for what, words in said.items()],
    }


def _what_for(is_of_ready):
    if is_of_ready:
        return _("Is ready to co-facilitate, after the course")
    return _("Completed the course")


def _text(what, words):
    """Return how a text is set: its lines, how far down each is, and what it looks like."""
    sizes, middle, colour = TEXTS[what]
    size, lines = fitted(words, sizes, ROOM)
    step = size * LINE
    first = middle - step * (len(lines) - 1) / 2 + size * 0.36
    return {
        "what": what,
        "size": size,
        "colour": colour,
        "fonts": ", ".join(fonts.SYSTEM_SERIF if what == "title" else fonts.SYSTEM_SANS),
        "lines": lines,
        "placed": [(line, round(first + step * n, 1)) for n, line in enumerate(lines)],
    }
