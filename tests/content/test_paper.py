"""What the PDF library makes of a page, and what it may not reach.

ASVS 5.0: V1.3.6 (the server is not sent to fetch things).
"""

from io import BytesIO

import pytest
from pypdf import PdfReader

from content import fonts, paper


def page(body, title="A sheet"):
    return (
        f'<!doctype html><html lang="en-gb" class="is-pdf"><head><title>{title}</title></head>'
        f"<body>{body}</body></html>"
    )


def read(body):
    return PdfReader(BytesIO(paper.draw(page(body))))


def test_a_sheet_is_a4_tagged_and_has_its_title_and_bookmarks():
    reader = read("<article class='paper'><h1>One</h1><h2>Two</h2><p>Words.</p></article>")
    catalog = reader.trailer["/Root"]

    assert [round(side) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert (catalog["/MarkInfo"]["/Marked"], catalog["/Lang"]) == (True, "en-gb")
    assert reader.metadata.title == "A sheet"
    assert [mark.title for mark in reader.outline if not isinstance(mark, list)] == ["One"]


def test_a_sheet_is_drawn_with_our_fonts_only():
    reader = read("<article class='paper'><h1>One</h1><p>Words, <b>loud</b>, <i>soft</i>.</p>")
    found = reader.pages[0]["/Resources"]["/Font"].values()

    assert sorted(font.get_object()["/BaseFont"].split("+")[1] for font in found) == [
        "alongside-noto-sans-latin",
        "alongside-noto-sans-latin-400-italic-Italic",
        "alongside-noto-sans-latin-600-normal-Semi-Bold",
        "alongside-noto-serif-latin-600-normal-Semi-Bold",
    ]


def test_a_script_without_a_strong_cut_is_drawn_in_the_plain_one():
    names = fonts.stack("noto-sans", fonts.STRONG)

    assert names[0] == "alongside-noto-sans-latin-600-normal"
    assert "alongside-noto-sans-latin" in names
    assert names[-1] == "sans-serif"


def test_what_a_page_names_is_neither_read_nor_fetched(tmp_path, caplog):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    named = "".join(
        f'<img src="{address}" alt="">'
        for address in (secret.as_uri(), "https://example.org/x.png", "/media/x.png")
    )

    assert len(read(f"<p>Words.</p>{named}").pages) == 1
    assert caplog.text.count("Failed to load image") == 3


def test_a_stumble_is_told_by_what_was_being_drawn():
    with pytest.raises(paper.CannotDraw, match="stumbled over the guide"):
        paper.draw(page(""), design=paper.Design(("no/such.css",), ()), what="the guide")
