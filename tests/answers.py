"""What the site's answers say, whatever they are."""

import zipfile
from io import BytesIO

from pypdf import PdfReader


def told(response):
    """All the words of an answer, whether it is a page, a table, a PDF or a spreadsheet."""
    content = response.getvalue() if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if kind == "application/pdf":
        sheets = PdfReader(BytesIO(content)).pages
        return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    if "spreadsheet" in kind:
        with zipfile.ZipFile(BytesIO(content)) as book:
            return " ".join(book.read(name).decode() for name in book.namelist())
    return content.decode()
