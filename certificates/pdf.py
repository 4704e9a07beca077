"""Certificate to PDF."""

from datetime import UTC

from certificates import letter
from content import fonts, paper
from content.paper import CannotDraw, can_draw

__all__ = ["CannotDraw", "can_draw", "draw"]


def draw(certificate, attachments=(), design=None):
    """Return the certificate as a PDF for everybody (PDF/UA-1) and for the archive (PDF/A-3a).

    It has its language and its title, and holds each of the `attachments`: (name, media type,
    bytes, description). `design` is another than it was issued in, as for large print. The same
    certificate gives the same bytes, as long as the fonts and the library are the same. Raises
    CannotDraw.
    """
    missing = fonts.undrawable(" ".join(letter.words(certificate)))
    if can_draw() and missing:
        raise CannotDraw(f"No font has {' '.join(missing)}, which is printed on {certificate}.")
    try:
        page = letter.document(certificate, design)
    except Exception as fault:
        raise CannotDraw(f"The letter of {certificate} cannot be written.") from fault
    return paper.draw_to_last(
        page,
        design=_design(design or certificate.design),
        identifier=certificate.serial.encode(),
        attachments=[_attachment(certificate, *each) for each in attachments],
        language=certificate.language,
        what=str(certificate),
    )


def _attachment(certificate, name, media_type, content, description):
    # With the certificate's own date, as today's would make other bytes.
    made_at = certificate.issued_at.astimezone(UTC)
    return paper.Attachment(name, media_type, content, description, made_at)


def _design(name):
    return paper.Design(
        tuple(letter.styles(name)),
        (
            ("--letter-serif", "noto-serif", fonts.PLAIN),
            ("--letter-sans", "noto-sans", fonts.PLAIN),
        ),
    )
