"""Each design as it is laid out: all of it there, on its sheet, and nothing over anything else."""

from io import BytesIO
from itertools import combinations

import pytest
from pypdf import PdfReader

from certificates import letter, pdf
from certificates.models import Layout, Paper
from content import paper
from courses.models import MilestoneKind
from tests.certificates import tagged
from tests.certificates.make import SIGNATORIES, a_letterhead, a_sheet
from tests.certificates.names import NAMES

LAYOUTS = list(Layout)
DONE = [
    "came to 5 of the 6 sessions, in the room or online",
    "practised listening so that people feel heard",
    "made small action plans and looked back on them with the group",
    "finished every lesson that the course asks for",
]
SHOWN = ["listening without giving advice", "keeping a group safe, and knowing whom to tell"]
MUCH = {"done": DONE * 2, "competencies": SHOWN * 2}
USUAL = {"done": DONE, "competencies": SHOWN}
LITTLE = {"done": DONE[:1], "competencies": []}


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_ADDRESS = "https://peers.example"


def laid_out(certificate, design=None):
    """Return the pages as the PDF library lays them out, before they are drawn."""
    page, design = letter.document(certificate, design), pdf._design(design or certificate.design)
    tools = paper._tools(design, paper._faces(design))
    styles = [tools.style, *paper._styles_of_parts(page, design, "", tools)]
    html = paper._library().HTML(string=page, url_fetcher=tools.fetcher)
    return [
        each._page_box
        for each in html.render(font_config=tools.font_config, stylesheets=styles).pages
    ]


def printed(page):
    """Yield (left, top, right, bottom) of each run of text and each picture on a page."""
    for box in page.descendants(placeholders=True):
        box = getattr(box, "_box", box)
        is_text, is_picture = hasattr(box, "pango_layout"), hasattr(box, "replacement")
        if is_picture or (is_text and box.text.strip()):
            x, y = box.position_x, box.position_y
            # Above and below its letters a run has air, into which the next line may reach.
            air = box.height * 0.15 if is_text else 0
            yield x, y + air, x + box.width, y + box.height - air


def faults(page):
    """Return what is printed over something else, or too near the edge of the sheet."""
    boxes = list(printed(page))
    width, height = page.margin_width(), page.margin_height()
    near = [
        box
        for box in boxes
        if box[0] < 20 or box[1] < 20 or box[2] > width - 20 or box[3] > height - 20
    ]
    over = [
        (one, other)
        for one, other in combinations(boxes, 2)
        if min(one[2], other[2]) - max(one[0], other[0]) > 1
        and min(one[3], other[3]) - max(one[1], other[1]) > 1
    ]
    return near + over


@pytest.mark.parametrize("sheet", Paper)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", MilestoneKind)
def test_all_that_is_usual_stays_on_one_sheet_and_covers_nothing(layout, sheet, kind):
    for name in (NAMES["two letters"], NAMES["as long as a name may be"]):
        for words in (LITTLE, USUAL):
            for signed_by in (0, 1, 3):
                head = a_letterhead(
                    layout=layout, paper=sheet, signatories=SIGNATORIES[:signed_by]
                )
                pages = laid_out(a_sheet(kind, head, name=name, **words))

                assert [faults(page) for page in pages] == [[]]


@pytest.mark.parametrize("sheet", Paper)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_however_much_there_is_nothing_is_covered(layout, sheet):
    head = a_letterhead(layout=layout, paper=sheet)
    for number in range(1, 16):
        words = {"done": (DONE * 4)[:number], "competencies": (SHOWN * 3)[: number // 2]}

        pages = laid_out(a_sheet(head=head, **words))

        assert [fault for page in pages for fault in faults(page)] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_too_much_for_a_sheet_goes_on_and_covers_nothing(layout):
    head = a_letterhead(layout=layout, closing="Many thanks. " * 22, opening="And so we say " * 14)
    words = {"done": DONE * 6, "competencies": SHOWN * 6, "course_title": "A long title " * 19}

    pages = laid_out(a_sheet(head=head, name=NAMES["as long as a name may be"], **words))

    assert [faults(page) for page in pages] == [[], []]


def test_what_covers_something_is_found(monkeypatch):
    """As the room would be reckoned too large."""
    monkeypatch.setitem(letter.ROOM, "letter-2", letter.Room(wide=99, close=99))

    (page,) = laid_out(a_sheet(name=NAMES["as long as a name may be"], **MUCH))

    assert faults(page) != []


@pytest.mark.parametrize("design", ["letter-2", "band-1", "frame-1", "plain-1"])
def test_every_name_is_printed_whole(design):
    for name in NAMES.values():
        reader = PdfReader(BytesIO(pdf.draw(a_sheet(name=name), design=design)))

        assert heading(reader) == name.replace(" ", "")


def heading(reader):
    """Return the words of the heading, without the spaces at which its lines are broken."""
    return "".join(said for tag, said in tagged.parts(reader) if tag == "H1").replace(" ", "")


@pytest.mark.parametrize(
    ("sheet", "size"), [(Paper.A4, (595, 842)), (Paper.LETTER, (612, 792))], ids=["a4", "letter"]
)
@pytest.mark.parametrize("design", ["letter-2", "band-1", "frame-1", "plain-1"])
def test_the_paper_is_the_one_that_was_set(design, sheet, size):
    certificate = a_sheet(head=a_letterhead(paper=sheet))
    pages = PdfReader(BytesIO(pdf.draw(certificate, design=design))).pages

    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {size}


@pytest.mark.parametrize("design", ["letter-2", "band-1", "frame-1", "plain-1"])
def test_it_is_read_out_in_the_order_of_its_meaning(design):
    certificate = a_sheet(MilestoneKind.READY)
    read = tagged.parts(PdfReader(BytesIO(pdf.draw(certificate, design=design))))

    logo = [] if design == "plain-1" else [("Figure", "Logo of Canal Street Peer Support")]
    assert read == [
        *logo,
        ("P", "Canal Street Peer Support"),
        ("P", "Ready to co-facilitate"),
        ("P", "With joy we say that"),
        ("H1", "Rhiannon Ŵyn Prŷs"),
        ("P", "is ready to co-facilitate a peer support group, after the course"),
        ("P", "Becoming a peer facilitator"),
        ("P", "A course of 21.5 hours, from 1 September 2026 to 6 October 2026."),
        ("P", "Valid until 6 October 2027"),
        ("P", "In that time they"),
        ("LBody", "practised listening so that people feel heard"),
        ("LBody", "made small action plans"),
        ("P", "Observed in practice"),
        ("LBody", "listening without giving advice"),
        ("LBody", "keeping a group safe"),
        ("P", "We thank them for the hours they gave."),
        ("P", "Oluchi Adeyemi"),
        ("P", "Chair"),
        ("P", "Maria Lopez"),
        ("P", "Facilitator of the course"),
        ("P", "Ken Wallace"),
        ("P", "Peer mentor"),
        ("Figure", "QR code that opens the check page"),
        ("P", "9X06-PSRW-67T2"),
        (
            "P",
            "Issued by Canal Street Peer Support on 6 October 2026. Edition 3 of the course.",
        ),
        ("P", "Check it at"),
        ("Link", "peers.example/v/9X06-PSRW-67T2"),
        (
            "P",
            "Last day of training: 6 October 2026. Signed off by an organiser. "
            "Groups are led by two.",
        ),
    ]


def test_without_anyone_named_there_are_lines_for_two():
    certificate = a_sheet(head=a_letterhead(signatories=[], opening="", closing=""))
    read = [said for _tag, said in tagged.parts(PdfReader(BytesIO(pdf.draw(certificate))))]

    assert "This is to say that" in read
    assert read[read.index("keeping a group safe") + 1 :][:3] == [
        "A facilitator of the course",
        "For Canal Street Peer Support",
        "QR code that opens the check page",
    ]


def test_a_completion_has_no_end():
    assert "Valid until" not in letter.document(a_sheet())


def test_large_print_is_eighteen_points_and_more():
    pages = laid_out(a_sheet(MilestoneKind.READY), "plain-1")
    sizes = {
        round(box.style["font_size"] * 0.75, 1)
        for page in pages
        for box in page.descendants(placeholders=True)
        if getattr(box, "text", "").strip()
    }

    assert min(sizes) == 18.0


def test_the_same_sheet_gives_the_same_bytes():
    assert pdf.draw(a_sheet(MilestoneKind.READY)) == pdf.draw(a_sheet(MilestoneKind.READY))
