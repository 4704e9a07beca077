"""The PDF as a stranger's program reads it."""

import re
import subprocess
import sys
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from certificates import letter, pdf
from content import fonts, paper
from tests.certificates.make import a_letter, a_sheet

LONGEST = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessenschafe"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_ADDRESS = "https://peers.example"


def read(certificate):
    return PdfReader(BytesIO(pdf.draw(certificate)))


def words(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_says_all_that_a_certificate_says_and_nothing_else():
    text = words(read(a_letter()))

    assert text == (
        "Canal Street Peer Support This is to say that Rhiannon Ŵyn Prŷs has completed the course "
        "Becoming a peer facilitator A course of 21.5 hours, from 1 September 2026 to "
        "6 October 2026. In that time they practised listening so that people feel heard "
        "made small action plans A facilitator of the course For Canal Street Peer Support "
        "9X06-PSRW-67T2 Issued by Canal Street Peer Support on 6 October 2026. Edition 3 of the "
        "course. Check it at peers.example/v/9X06-PSRW-67T2 It is for completing a course. "
        "Leading a group needs a separate sign-off."
    )


def test_a_course_of_one_day_names_the_day_once():
    certificate = a_letter(first_day=a_letter().last_day, hours="6.0")

    assert "A course of 6 hours, on 6 October 2026." in words(read(certificate))


def test_a_certificate_in_spanish_writes_its_days_as_spanish_does():
    text = words(read(a_letter(language="es")))

    assert "del 1 de septiembre de 2026 al 6 de octubre de 2026." in text
    assert "el 6 de octubre de 2026. Edición 3 del curso." in text


def test_it_is_tagged_with_its_language_and_its_title():
    reader = read(a_letter())
    catalog = reader.trailer["/Root"]

    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "en-gb"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == (
        "Certificate of Rhiannon Ŵyn Prŷs: Becoming a peer facilitator"
    )
    assert re.search(rb"pdfuaid:part=.1", catalog["/Metadata"].get_data())


def test_it_is_one_sheet_of_a4():
    (page,) = read(a_letter()).pages

    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)


def test_the_same_certificate_gives_the_same_bytes_even_with_everything_loaded_anew():
    first = pdf.draw(a_letter())
    paper.forget()

    assert pdf.draw(a_letter()) == first


def test_what_was_drawn_before_it_makes_no_other_bytes():
    paper.forget()
    first = pdf.draw(a_letter())
    pdf.draw(a_letter(name="山田 さくら"))
    pdf.draw(a_sheet())

    assert pdf.draw(a_letter()) == first


def test_files_within_it_are_named_once_and_are_data():
    files = [
        ("badge.json", "application/ld+json", b"{}", "The badge"),
        ("a.txt", "text/plain", b"Words", "A file"),
    ]
    drawn = pdf.draw(a_letter(), files)
    catalog = PdfReader(BytesIO(drawn)).trailer["/Root"]
    found = [each.get_object() for each in catalog["/AF"]]

    assert [
        (each["/UF"], each["/AFRelationship"], each["/Desc"], each["/EF"]["/F"]["/Subtype"])
        for each in found
    ] == [
        ("a.txt", "/Data", "A file", "/text/plain"),
        ("badge.json", "/Data", "The badge", "/application/ld+json"),
    ]
    assert found[1]["/EF"]["/F"].get_data() == b"{}"
    assert pdf.draw(a_letter(), files) == drawn


def test_a_font_keeps_the_date_it_was_made_on():
    path = fonts.faces()[0].path

    with TTFont(path) as packed, TTFont(BytesIO(fonts.unpacked(path))) as plain:
        assert plain["head"].modified == packed["head"].modified


@pytest.mark.parametrize(
    "name",
    [
        "Ng",
        LONGEST,
        "Nguyễn Thị Phương Thảo",
        "Grzegorz Brzęczyszczykiewicz",
        "Αλέξανδρος Παπαδόπουλος",
        "Надія Вікторівна Щербаківська",
    ],
)
def test_a_name_is_printed_whole_and_on_one_sheet(name):
    reader = read(a_letter(name=name))

    assert len(reader.pages) == 1
    assert name.replace(" ", "") in words(reader).replace(" ", "")


def test_a_long_certificate_goes_on_and_loses_nothing():
    lines = [f"learned thing number {n}, which takes a good many words to tell" for n in range(30)]
    reader = read(a_letter(course_title="A long title " * 19, done=lines, name=f"{LONGEST} Jones"))
    text = words(reader)

    assert len(reader.pages) == 2
    assert [line for line in lines if line not in text] == []
    assert "9X06-PSRW-67T2" in text


def test_it_is_drawn_with_our_fonts_only():
    fonts_in = read(a_letter()).pages[0]["/Resources"]["/Font"].values()
    names = sorted(font.get_object()["/BaseFont"].split("+")[1] for font in fonts_in)

    assert names == [
        "alongside-noto-sans-latin",
        "alongside-noto-serif-latin",
        "alongside-noto-serif-latin-ext",
    ]


def test_a_letter_typed_as_letter_and_mark_is_drawn_as_one():
    assert pdf.draw(a_letter(name="W\u0302yn")) == pdf.draw(a_letter(name="Ŵyn"))


def test_a_character_without_a_font_is_refused_and_named():
    with pytest.raises(pdf.CannotDraw, match="No font has \U00013000, which is printed on"):
        pdf.draw(a_letter(organisation_name="Friends of \U00013000"))


def test_what_a_name_says_is_text_and_never_markup():
    name = '<img src="file:///etc/passwd"> & <b>Bo</b>'

    assert name in words(read(a_letter(name=name)))


def test_nothing_is_fetched_but_our_own_fonts(tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    fetcher = paper._fetcher(fonts.faces())

    for address in [secret.as_uri(), "https://example.org/x.png", "font:other", "ftp://x/y"]:
        with pytest.raises(ValueError, match="disallowed protocol"):
            fetcher.fetch(address)


def test_without_the_node_parts_the_systems_fonts_draw_it(settings, tmp_path):
    settings.NODE_MODULES = tmp_path

    assert "Rhiannon Ŵyn Prŷs" in words(read(a_letter()))


def test_without_the_systems_libraries_the_site_starts_and_says_it_cannot_draw():
    script = """
import sys
sys.modules["cffi"] = None  # as where Pango cannot be loaded, the import breaks off
import django
django.setup()
from certificates import pdf
from tests.certificates.make import a_letter
assert not pdf.can_draw()
try:
    pdf.draw(a_letter())
except pdf.CannotDraw as why:
    sys.stdout.write(str(why))
"""
    ran = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", script],
        env={"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout == "WeasyPrint, or a system library it needs, is not installed."


def test_the_qr_code_holds_the_check_address_in_capitals():
    address = "https://peers.example/v/9X06-PSRW-67T2/"

    assert letter.qr(address) == letter.qr(address.upper())
    assert letter.qr(address).startswith("data:image/png;base64,")
