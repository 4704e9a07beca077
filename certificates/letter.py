"""The certificate as a letter: what its template is given, on the screen and for the PDF."""

import segno
from django.template.loader import render_to_string
from django.utils import translation

from courses.models import MilestoneKind

DESIGNS = {MilestoneKind.COMPLETION: "letter-1", MilestoneKind.READY: "ready-1"}
# What each is drawn with. Both are one letter, in other words.
STYLES = {"letter-1": "letter-1", "ready-1": "letter-1"}

# How large a text may be so that it keeps to a line or two, and no word within it is cut:
# at most so many letters, of which the longest word has so many, and the class it then gets.
NAME_SIZES = [
    (18, 18, "is-short"),
    (25, 24, "is-medium"),
    (58, 28, "is-two-lines"),
    (76, 38, "is-long"),
]
TITLE_SIZES = [
    (70, 24, "is-short"),
    (140, 36, "is-medium"),
]
ROOMY_LINES = 10


def context(certificate):
    """Return what a letter's template needs."""
    return {
        "certificate": certificate,
        "letter": f"certificates/{certificate.design}.html",
        "style": style(certificate.design),
        "name_size": _size(certificate.name, NAME_SIZES),
        "title_size": _size(certificate.course_title, TITLE_SIZES),
        "fullness": "is-full" if _is_full(certificate) else "is-airy",
        "check_address": certificate.check_url.split("://")[-1].rstrip("/"),
        "qr": qr(certificate.check_url),
    }


def style(design):
    """Return the stylesheet that a design is drawn with."""
    return f"certificates/{STYLES[design]}.css"


def document(certificate):
    """Return the letter as a whole HTML page, in the certificate's own language."""
    with translation.override(certificate.language):
        return render_to_string("certificates/document.html", context(certificate))


def words(certificate):
    """Return every text of a certificate that somebody wrote."""
    return [
        certificate.name,
        certificate.course_title,
        certificate.organisation_name,
        *certificate.done,
    ]


def qr(address):
    """Return the QR code of an address as a data address, one pixel for each module.

    In capitals, as a QR code holds those in little more than half the room. The white it needs
    round it is the page's own.
    """
    code = segno.make_qr(address.upper(), error="m")
    return code.png_data_uri(scale=1, border=0, dark="#20302f")


def _size(text, sizes):
    longest = max((len(word) for word in text.split()), default=0)
    for letters, in_a_word, name in sizes:
        if len(text) <= letters and longest <= in_a_word:
            return name
    return "is-longest"


def _is_full(certificate):
    """Tell whether the page has to be set closer for all of it to stay on one sheet."""
    lines = sum(1 + len(line) // 75 for line in certificate.done)
    lines += len(certificate.course_title) // 35 + len(certificate.name) // 25
    return lines > ROOMY_LINES
