"""A PDF as a screen reader takes it: by the tree of its parts, in the order of the tree."""

import re
from itertools import groupby
from operator import itemgetter

from pypdf.generic import ContentStream

MAPPING = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")


def parts(reader):
    """Return (tag, what is read out) of each part that holds words or a picture.

    A text over several lines is one part; between its lines there is a space.
    """
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    words = {page.indirect_reference.idnum: _words_by_mark(page) for page in reader.pages}
    runs = _runs_below(root["/K"][0].get_object(), (0, ""), words)
    return [
        (tag, " ".join(" ".join(said for _part, said in of).split()))
        for (_number, tag), of in groupby(runs, key=itemgetter(0))
    ]


def _runs_below(element, part, words):
    """Yield ((number, tag) of the part it belongs to, what is read out) of each run."""
    own = element.get("/S", "").removeprefix("/")
    part = part if own in {"Span", "NonStruct"} else (element.indirect_reference.idnum, own)
    if said := element.get("/ActualText") or element.get("/Alt"):
        yield part, str(said)
        return
    for kid in element["/K"]:
        kid = kid.get_object()
        if isinstance(kid, int):
            yield part, words[element.raw_get("/Pg").idnum][kid]
        elif kid.get("/Type") == "/StructElem":
            yield from _runs_below(kid, part, words)


def _words_by_mark(page):
    """Return the words of each marked run of a page, as its fonts say what their shapes mean."""
    fonts = {
        name: _letters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()
    }
    found, mark, letters = {}, None, {}
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator == b"BDC":
            mark = operands[1].get("/MCID")
            found[mark] = ""
        elif operator == b"Tf":
            letters = fonts[operands[0]]
        elif operator in {b"Tj", b"TJ"}:
            shown = operands[0] if operator == b"TJ" else operands
            found[mark] += "".join(_read(each, letters) for each in shown)
    return found


def _letters(font):
    mapping = MAPPING.findall(font["/ToUnicode"].get_data())
    return {int(code, 16): bytes.fromhex(text.decode()) for code, text in mapping}


def _read(shown, letters):
    codes = getattr(shown, "original_bytes", b"")
    pairs = (int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2))
    return b"".join(letters[code] for code in pairs).decode("utf-16-be")
