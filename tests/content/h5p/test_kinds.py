"""A browser is told what a package's file is by us, and no file is a page of its own."""

import pytest

from content.h5p.kinds import KINDS, kind


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("a.js", "text/javascript; charset=utf-8"),
        ("images/A.PNG", "image/png"),
        ("icon.svg", "image/svg+xml"),
        ("film.mp4", "video/mp4"),
        ("font.woff2", "font/woff2"),
        ("words.vtt", "text/vtt; charset=utf-8"),
        ("page.html", "application/octet-stream"),
        ("page.xhtml", "application/octet-stream"),
        ("page.svg.html", "application/octet-stream"),
        ("page.xml", "application/octet-stream"),
        ("nothing", "application/octet-stream"),
    ],
)
def test_what_a_file_is_follows_from_its_name(name, what):
    assert kind(name) == what


def test_nothing_is_handed_out_as_a_page():
    pages = {"text/html", "application/xhtml+xml", "text/xml", "application/xml"}

    assert {what.split(";")[0] for what in KINDS.values()} & pages == set()
