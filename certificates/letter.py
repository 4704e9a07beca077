"""The certificate as a letter: what its template is given, on the screen and for the PDF."""

from base64 import b64encode

import segno
from django.template.loader import render_to_string
from django.utils import translation

from certificates import room
from certificates.models import OUR_COLOUR, Layout, Letterhead, Paper
from certificates.room import Room

# Each layout as it is now. A new look is a new version: what was issued as the old one keeps it.
VERSIONS = {Layout.CENTRED: "letter-2", Layout.BAND: "band-1", Layout.FRAME: "frame-1"}
LARGE_PRINT = "plain-1"
QR_MASK = 4
# What each design is drawn with: its template, and its stylesheets.
DRAWN_WITH = {
    # The first letters: without a letterhead, and a template for each kind.
    "letter-1": ("letter-1", ["letter-1"]),
    "ready-1": ("ready-1", ["letter-1"]),
    # One text for all of these. What differs is how it is laid out.
    "letter-2": ("sheet-1", ["sheet-1", "letter-2"]),
    "band-1": ("sheet-1", ["sheet-1", "band-1"]),
    "frame-1": ("sheet-1", ["sheet-1", "frame-1"]),
    "plain-1": ("sheet-1", ["sheet-1", "plain-1"]),
}

ROOM = {
    "letter-1": Room(18, 18),
    "ready-1": Room(18, 18),
    "letter-2": Room(20.5, 28.5),
    "band-1": Room(20.5, 28, logo=0),
    "frame-1": Room(22.5, 28, abreast=32),
    "plain-1": Room(0, 0),
}


def design_for(letterhead):
    """Return the design of a certificate that is issued now with this letterhead."""
    return VERSIONS[Layout(letterhead.layout)]


def context(certificate, design=None):
    """Return what a letter's template needs, in the design it was issued in or another."""
    design = design or certificate.design
    head = letterhead_of(certificate)
    return {
        "certificate": certificate,
        "design": design.rpartition("-")[0],
        "letter": f"certificates/{DRAWN_WITH[design][0]}.html",
        "styles": styles(design),
        "letterhead": head,
        "colour": head.colour,
        "logo": _data_address(head.logo, head.logo_type),
        "valid_until": certificate.printed_until,
        "name_size": room.size(certificate.name, room.NAME_SIZES),
        "title_size": room.size(certificate.course_title, room.TITLE_SIZES),
        "fullness": room.fullness(_takes_room(certificate, head), ROOM[design]),
        "check_address": certificate.check_url.split("://")[-1].rstrip("/"),
        "qr": qr(certificate.check_url),
    }


def letterhead_of(certificate):
    """Return what it is printed on. One that was issued without: in our colour, on A4."""
    return certificate.letterhead or Letterhead(
        layout=Layout.CENTRED, paper=Paper.A4, colour=OUR_COLOUR, language=certificate.language
    )


def styles(design):
    """Return the stylesheets that a design is drawn with."""
    return [f"certificates/{name}.css" for name in DRAWN_WITH[design][1]]


def document(certificate, design=None):
    """Return the letter as a whole HTML page, in the certificate's own language."""
    with translation.override(certificate.language):
        return render_to_string("certificates/document.html", context(certificate, design))


def words(certificate):
    """Return every text of a certificate that somebody wrote."""
    head = letterhead_of(certificate)
    return [
        certificate.name,
        certificate.course_title,
        certificate.organisation_name,
        *certificate.done,
        *certificate.competencies,
        head.opening,
        head.closing,
        *(word for each in head.signatories for word in each.values()),
    ]


def qr(address):
    """Return the QR code of an address as a data address, one pixel for each module.

    In capitals, as a QR code holds those in little more than half the room. The white it needs
    round it is the page's own. Any of its eight masks can be read: to look for the most even one
    takes longer than all the rest of it.
    """
    code = segno.make_qr(address.upper(), error="m", mask=QR_MASK)
    return code.png_data_uri(scale=1, border=0, dark="#20302f")


def _data_address(content, media_type):
    if not content:
        return ""
    return f"data:{media_type};base64,{b64encode(bytes(content)).decode('ascii')}"


def _takes_room(certificate, head):
    return room.Words(
        name=certificate.name,
        title=certificate.course_title,
        lists=[certificate.done, certificate.competencies],
        opening=head.opening,
        closing=head.closing,
        has_logo=bool(head.logo),
        has_end=bool(certificate.months),
        is_short_sheet=head.paper == Paper.LETTER,
    )
