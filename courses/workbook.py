"""A table as a workbook for spreadsheets, sent row by row: its beginning goes out at once.

A workbook is a zip of XML. What does not depend on the rows is drawn by xlsxwriter; the sheet's
own file comes last, and is written while it is sent. Every cell is a text or a number, so none is
ever read as a formula.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "xl/worksheets/sheet1.xml"
BOLD = 1  # the first format that `_without_rows` uses

# Longer ones, and those that begin with a nought, are codes and telephone numbers.
NUMBER = re.compile("0|[1-9][0-9]{0,8}", re.ASCII)
NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def pieces(lines: Iterable[Iterable[list[str]]]) -> Iterator[bytes]:
    """Yield a workbook in pieces. `lines` yields some rows at a time; the first row is its head.

    The head stays in sight when one scrolls, and so does the first column.
    """
    sent = _Sent()
    with (
        zipfile.ZipFile(io.BytesIO(_without_rows())) as plain,
        zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as book,
    ):
        for name in plain.namelist():
            if name != SHEET:
                book.writestr(name, plain.read(name))
        yield from sent.taken()
        before, after = re.split("<sheetData>.*</sheetData>", plain.read(SHEET).decode())
        with book.open(SHEET, "w", force_zip64=True) as sheet:
            sheet.write(f"{before}<sheetData>".encode())
            number = 0
            for some in lines:
                for line in some:
                    number += 1
                    sheet.write(_row(number, line).encode())
                yield from sent.taken()
            sheet.write(f"</sheetData>{after}".encode())
    yield from sent.taken()


def _without_rows():
    """Return a workbook of one sheet, with a bold first row and nothing in it."""
    kept = io.BytesIO()
    workbook = xlsxwriter.Workbook(kept, {"in_memory": True})
    sheet = workbook.add_worksheet()
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 30)
    sheet.set_row(0, None, workbook.add_format({"bold": True}))
    workbook.close()
    return kept.getvalue()


def _row(number, line):
    places = (f"{xl_col_to_name(column)}{number}" for column in range(len(line)))
    cells = (_cell(place, cell, number == 1) for place, cell in zip(places, line, strict=True))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place, text, is_head):
    if not is_head and NUMBER.fullmatch(text):
        return f'<c r="{place}"><v>{text}</v></c>'
    style = f' s="{BOLD}"' if is_head else ""
    words = f'<t xml:space="preserve">{_in_xml(text)}</t>'
    return f'<c r="{place}"{style} t="inlineStr"><is>{words}</is></c>'


def _in_xml(text):
    """Return the text as XML, with what XML cannot hold written as spreadsheets do."""
    text = LOOKS_ESCAPED.sub("_x005F_", text)
    return escape(NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text))


class _Sent(io.RawIOBase):
    """A file that keeps what is written only until it is taken."""

    def __init__(self):
        super().__init__()
        self._kept = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self._kept += data
        return len(data)

    def taken(self):
        """Yield what was written since, if anything was."""
        if self._kept:
            yield bytes(self._kept)
            self._kept.clear()
