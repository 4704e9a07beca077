from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from PIL import Image

from certificates import letter, letterheads
from certificates.actions import issuing
from certificates.models import Certificate, CertificateStyle, Layout, Letterhead, Paper
from content.models import Picture
from courses.models import MilestoneKind
from tests.certificates.make import SIGNATORIES, make_certificate
from tests.factories.courses import make_organisation

pytestmark = pytest.mark.django_db


def make_picture(colour="#224488", size=(1440, 720), mode="RGBA"):
    drawn = BytesIO()
    Image.new(mode, size, colour).save(drawn, "PNG")
    drawn.seek(0)
    return Picture.objects.create(title="Our logo", file=ImageFile(drawn, name="logo.png"))


def make_style(organisation=None, **fields):
    values = {
        "language": "en-gb",
        "layout": Layout.BAND,
        "paper": Paper.LETTER,
        "colour": "#7a1f3d",
        "opening": "With joy we say that",
        "closing": "We thank them.",
        "signatories": [{"type": "signatory", "value": each} for each in SIGNATORIES],
    }
    organisation = organisation or make_organisation()
    style = CertificateStyle(organisation=organisation, **values | fields)
    style.full_clean()
    style.save()
    return style


def test_a_letterhead_holds_all_that_was_set():
    style = make_style(logo=make_picture())

    head = letterheads.frozen(style.organisation, "en-gb")

    assert (head.layout, head.paper, head.colour, head.language) == (
        Layout.BAND,
        Paper.LETTER,
        "#7a1f3d",
        "en-gb",
    )
    assert (head.opening, head.closing) == ("With joy we say that", "We thank them.")
    assert head.signatories == SIGNATORIES
    assert head.logo_type == "image/jpeg"


def test_the_same_state_is_kept_once():
    style = make_style(logo=make_picture())

    first = letterheads.frozen(style.organisation, "en-gb")

    assert letterheads.frozen(style.organisation, "en-gb") == first
    assert Letterhead.objects.count() == 1


def test_asking_again_takes_two_queries(django_assert_num_queries):
    style = make_style(logo=make_picture())
    letterheads.frozen(style.organisation, "en-gb")

    with django_assert_num_queries(2):
        letterheads.frozen(style.organisation, "en-gb")


@pytest.mark.parametrize(
    "change",
    [
        {"layout": Layout.FRAME},
        {"paper": Paper.A4},
        {"colour": "#22408a"},
        {"opening": ""},
        {"closing": ""},
        {"signatories": []},
    ],
)
def test_another_state_is_another_row_and_the_first_stays(change):
    style = make_style()
    before = letterheads.frozen(style.organisation, "en-gb")
    kept = Letterhead.objects.filter(pk=before.pk).values().get()
    for name, value in change.items():
        setattr(style, name, value)
    style.save()

    assert letterheads.frozen(style.organisation, "en-gb") != before
    assert Letterhead.objects.filter(pk=before.pk).values().get() == kept


def test_another_logo_is_another_row():
    style = make_style(logo=make_picture("#224488"))
    before = letterheads.frozen(style.organisation, "en-gb")
    style.logo = make_picture("#cc6622")
    style.save()

    after = letterheads.frozen(style.organisation, "en-gb")

    assert after != before
    assert bytes(after.logo) != bytes(before.logo)


def test_a_logo_is_kept_as_large_as_print_needs_and_on_white():
    style = make_style(logo=make_picture("#22448800"))

    head = letterheads.frozen(style.organisation, "en-gb")

    with Image.open(BytesIO(bytes(head.logo))) as kept:
        assert (kept.size, kept.mode) == ((600, 300), "RGB")
        assert kept.getpixel((5, 5)) == (255, 255, 255)


def test_in_another_language_the_words_are_ours_and_all_else_is_theirs():
    style = make_style()

    head = letterheads.frozen(style.organisation, "es")

    assert (head.layout, head.colour, head.language) == (Layout.BAND, "#7a1f3d", "es")
    assert (head.opening, head.closing) == ("", "")
    assert head.signatories == [{"name": each["name"], "role": ""} for each in SIGNATORIES]


def test_words_in_that_language_are_taken_where_they_were_set():
    style = make_style()
    make_style(style.organisation, language="es", opening="Con alegría decimos que")

    assert letterheads.frozen(style.organisation, "es").opening == "Con alegría decimos que"
    assert letterheads.frozen(style.organisation, "en-gb").opening == "With joy we say that"


def test_an_organisation_that_set_nothing_has_ours():
    make_style()  # another organisation's

    head = letterheads.frozen(make_organisation(), "en-gb")

    assert (head.layout, head.paper, head.colour) == (Layout.CENTRED, Paper.A4, "#0d5c5b")
    assert (head.opening, head.closing, head.signatories) == ("", "", [])
    assert (bytes(head.logo), head.logo_type) == (b"", "")


def test_a_certificate_is_issued_on_what_was_set_and_stays_so():
    style = make_style(logo=make_picture())
    certificate = make_certificate(organisation=style.organisation)
    style.layout, style.colour, style.opening = Layout.FRAME, "#22408a", "Hello"
    style.save()
    make_style(style.organisation, language="es")

    kept = Certificate.objects.for_drawing().get(pk=certificate.pk)

    assert (kept.design, kept.letterhead.colour) == ("band-1", "#7a1f3d")
    assert bytes(kept.pdf) == issuing.made_now(kept)
    assert "With joy we say that" in letter.document(kept)


def test_a_sample_is_drawn_as_a_certificate_would_be():
    style = make_style(logo=make_picture())

    sample = letterheads.sample(style, MilestoneKind.READY)

    assert sample.is_of_ready
    assert "With joy we say that" in letter.document(sample, "band-1")
    assert Certificate.objects.count() == Letterhead.objects.count() == 0
