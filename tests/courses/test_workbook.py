"""A table as a workbook: whatever is in it comes out again, and it begins before it is whole."""

import io
import re
import secrets
import zipfile
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from courses import workbook

NAMED = {"": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
# A lone half of a pair of surrogates is no letter, and no database gives one.
texts = st.text(st.characters(exclude_categories=["Cs"]))


def read(data):
    """The rows of a workbook as a spreadsheet reads them: numbers, and texts."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        sheet = ElementTree.fromstring(book.read(workbook.SHEET))  # noqa: S314 - our own
    return [[value(cell) for cell in row] for row in sheet.iterfind(".//row", NAMED)]


def value(cell):
    number = cell.find("v", NAMED)
    if number is not None:
        return int(number.text)
    written = cell.find("is/t", NAMED).text or ""
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), written)


@given(st.lists(st.lists(texts.filter(lambda text: not text.isdecimal())), min_size=1))
def test_every_text_comes_out_as_it_went_in(rows):
    assert read(b"".join(workbook.pieces([rows]))) == rows


@given(st.integers(0, 10**9 - 1))
def test_a_number_is_a_number_below_the_head_and_a_word_in_it(number):
    rows = [[str(number)], [str(number)]]

    assert read(b"".join(workbook.pieces([rows]))) == [[str(number)], [number]]


def test_a_code_keeps_its_noughts_and_a_telephone_number_its_length():
    rows = [["Phone", "Code"], ["2079460018", "007"]]

    assert read(b"".join(workbook.pieces([rows]))) == rows


def test_it_begins_before_any_row_is_asked_for_and_goes_on_piece_by_piece():
    asked = []

    def lines():
        for n in range(3):
            asked.append(n)
            yield [[secrets.token_hex(100)] for _row in range(1000)]

    pieces = workbook.pieces(lines())

    seen = [(len(next(pieces)) > 0, len(asked)) for _piece in range(4)]
    assert seen == [(True, 0), (True, 1), (True, 2), (True, 3)]
