"""Certificate to PDF."""

from certificates import letter
from content import fonts, paper
from content.paper import CannotDraw, can_draw

__all__ = ["CannotDraw", "can_draw", "draw"]


def draw(certificate):
    """Return the certificate as PDF: tagged (PDF/UA-1), with its language and its title.

    The same certificate gives the same bytes, as long as the fonts and the library are the same.
    Raises CannotDraw.
    """
    missing = fonts.undrawable(" ".join(letter.words(certificate)))
    if can_draw() and missing:
        raise CannotDraw(f"No font has {' '.join(missing)}, which is printed on {certificate}.")
    try:
        page = letter.document(certificate)
    except Exception as fault:
        raise CannotDraw(f"The letter of {certificate} cannot be written.") from fault
    return paper.draw(
        page,
        design=_design(certificate.design),
        identifier=certificate.serial.encode(),
        what=str(certificate),
    )


def _design(name):
    return paper.Design(
        letter.style(name),
        (
            ("--letter-serif", "noto-serif", fonts.PLAIN),
            ("--letter-sans", "noto-sans", fonts.PLAIN),
        ),
    )
