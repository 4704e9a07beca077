"""The words of an agreement as plain text, and what tells one wording from another.

Pure: no database, no request, no clock. What a person signs is kept as this text: it reads the
same whatever becomes of the page it stood on.
"""

import hashlib
import unicodedata
from html.parser import HTMLParser

from content.exercises import Agreement

NEW_LINE_AFTER = {"p", "h2", "h3", "ul", "ol", "br", "div"}


class _Words(HTMLParser):
    """Gathers what is to be read in simple HTML, line by line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            self.lines.append("– ")

    def handle_endtag(self, tag: str) -> None:
        if tag in NEW_LINE_AFTER or tag == "li":
            self.lines.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data


def plain(html: str) -> str:
    """Return what simple HTML says, a line for each paragraph and each item of a list."""
    words = _Words()
    words.feed(html)
    words.close()
    told = (" ".join(line.split()) for line in words.lines)
    return "\n".join(line for line in told if line not in ("", "–"))


def text_of(agreement: Agreement) -> str:
    """Return all that a person signs, as text: the words, each line, and the statement."""
    parts = [plain(agreement.words), *(f"– {line}" for line in agreement.lines)]
    return "\n".join([*(part for part in parts if part), agreement.statement])


def fingerprint(agreement: Agreement) -> str:
    """Return what is the same for the same words, and differs as soon as one of them does."""
    said = f"{agreement.which}\n{agreement.title}\n{text_of(agreement)}"
    return hashlib.sha256(unicodedata.normalize("NFC", said).encode()).hexdigest()
