"""What stands on printed pages."""

from io import BytesIO
from unicodedata import normalize

from pypdf import PdfReader


def sheets_in(pdf):
    """Return the words of each sheet. Letters that a font joins come apart again."""
    return [
        " ".join(normalize("NFKC", sheet.extract_text()).split())
        for sheet in PdfReader(BytesIO(pdf)).pages
    ]
