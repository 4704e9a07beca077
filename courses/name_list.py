"""Names and addresses as people paste or upload them, read line by line.

Pure: no database, no request, no clock.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass

AT_MOST = 300  # lines in one list
NAME_AT_MOST = 120
ADDRESS_AT_MOST = 254

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+\.[^\s@<>()\[\],;:\".]{2,}")
_HEADS = {"name", "names", "first name", "last name", "surname", "full name"}
_HEADS |= {"email", "e-mail", "mail", "email address", "e-mail address", "address"}
_EDGES = ' \t"“”,;|'
_NUMBERS = re.compile(r"[\d\s+()./-]+")


class TooManyLines(Exception):
    """The list is longer than what is taken at once."""


@dataclass(frozen=True)
class Line:
    """What one line of a list says: a name, an address (either may be missing), or what is amiss.

    `problem` is "address" (it does not look right), "two" (two addresses), "long" (the name) or
    "nothing" (neither a name nor an address).
    """

    number: int
    written: str
    name: str = ""
    email: str = ""
    problem: str = ""


def decoded(data: bytes) -> str:
    """Return the text of a file: UTF-8 with or without a mark, UTF-16, or old Windows letters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").replace("\0", "")
    try:
        return data.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").replace("\0", "")


def read(text: str) -> list[Line]:
    """Read a list. Empty lines and a line of headings are passed over. Raises TooManyLines."""
    lines: list[Line] = []
    for number, written in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        written = "".join(c for c in written if c == "\t" or c.isprintable())
        if not written.strip(_EDGES) or _is_heading(written):
            continue
        if len(lines) == AT_MOST:
            raise TooManyLines
        lines.append(_line(number, written.strip()))
    return lines


def _is_heading(written: str) -> bool:
    cells = [cell.casefold() for cell in _cells(written)]
    return bool(cells) and all(cell in _HEADS for cell in cells)


def _line(number: int, written: str) -> Line:
    cells = _cells(written)
    with_at = [cell for cell in cells if "@" in cell]
    found = _ADDRESS.findall(" ".join(with_at))
    if len(found) > 1 or len(with_at) > 1:
        return Line(number, written, problem="two")
    if with_at and (not found or len(found[0]) > ADDRESS_AT_MOST):
        return Line(number, written, problem="address")
    email = found[0] if found else ""
    name = " ".join(_name_of(cells, email).split())
    if "@" in name:
        return Line(number, written, problem="address")
    if len(name) > NAME_AT_MOST:
        return Line(number, written, problem="long")
    if not name and not email:
        return Line(number, written, problem="nothing")
    return Line(number, written, name, email.lower())


def _name_of(cells: Iterable[str], email: str) -> str:
    """What is left when the address and telephone numbers are taken away."""
    rest = (_around(cell, email) if email in cell else cell for cell in cells)
    return " ".join(cell for cell in rest if cell and not _NUMBERS.fullmatch(cell))


def _around(cell: str, email: str) -> str:
    """A cell without its address, and without the signs that stand around that."""
    if not email:
        return cell
    return re.sub(rf"[<(\[]?{re.escape(email)}[>)\]]?", " ", cell).strip(_EDGES + "':")


def _cells(written: str) -> list[str]:
    """The parts of a line, whichever sign stands between them. Quoted commas stay."""
    between = next((sign for sign in ("\t", ";", "|", ",") if sign in written), ",")
    try:
        row = next(csv.reader([written], delimiter=between, skipinitialspace=True), [])
    except csv.Error:
        row = written.split(between)
    return [cell.strip(_EDGES) for cell in row if cell.strip(_EDGES)]
