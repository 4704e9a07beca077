import json
from io import BytesIO
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openbadgeslib import baking as foreign
from PIL import Image

from certificates import badges
from certificates.badges import baking, pictures
from certificates.fitting import width
from content.paper import can_draw
from tests.certificates.badges.make import make_badged, make_badged_ready

TITLES = [
    "Oír",
    "Becoming a peer facilitator",
    "Living well with a long-term condition, and helping others to do so, one small step a week",
    "Donaudampfschifffahrtsgesellschaftskapitänskunde",
    "التيسير بين الأقران خطوة بعد خطوة",
    "Ŵ" * 255,
]
needs_drawing = pytest.mark.skipif(not can_draw(), reason="nothing here draws PDF")


def texts(svg):
    """The lines of text in a picture: (line, size, how far down)."""
    found = []
    for group in ElementTree.fromstring(svg).iter():  # noqa: S314 - our own drawing
        if group.tag.endswith("}g") and group.get("font-size"):
            size = float(group.get("font-size"))
            found += [(each.text, size, float(each.get("y"))) for each in group]
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("title", TITLES)
def test_a_title_of_any_length_stays_within_the_picture(title):
    certificate = make_badged(course_title=title)

    lines = texts(pictures.svg(certificate))

    down = [y for _line, _size, y in lines]
    assert down == sorted(down)
    assert max(down) < 375
    assert max(size * width(line) for line, size, _y in lines) < 320


@pytest.mark.django_db
def test_the_picture_names_the_course_and_the_organisation_but_nobody():
    certificate = make_badged_ready(course_title="Rhythm & <speech>")

    svg = pictures.svg(certificate)

    assert [line for line, _size, _y in texts(svg)] == [
        "Is ready to co-facilitate, after the course",
        "Rhythm &",
        "<speech>",
        "Canal Street Peer Support",
    ]
    assert "Rhiannon" not in svg


@pytest.mark.django_db
def test_the_badge_in_an_svg_is_found_by_another_library():
    certificate = make_badged(name="]]> & <b>")

    svg = badges.svg(certificate)

    found = foreign.extract_svg(svg, element=foreign.SVG_ELEMENT_OB3, text_fallback=True)
    assert json.loads(found) == badges.credential(certificate)


@needs_drawing
@pytest.mark.django_db
def test_the_badge_in_a_png_is_found_by_another_library():
    certificate = make_badged()

    png = badges.png(certificate)

    assert json.loads(foreign.extract_png(png, keyword=foreign.ITXT_KEYWORD_OB3)) == (
        badges.credential(certificate)
    )
    with Image.open(BytesIO(png)) as image:
        assert (image.format, image.size) == ("PNG", (480, 480))
        assert image.getpixel((0, 0))[3] == 0
        assert image.getpixel((240, 30))[:3] == (251, 247, 240)


ANYTHING = st.dictionaries(st.text(), st.text(st.characters(exclude_categories=["Cs"])))


@settings(max_examples=50, deadline=None)
@given(ANYTHING)
def test_whatever_a_badge_says_is_what_is_found_in_its_picture(badge):
    """Characters that XML cannot hold are those that JSON writes otherwise."""
    svg = baking.into_svg('<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>', badge)

    (element, _drawn) = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    assert element.tag == "{https://purl.imsglobal.org/ob/v3p0}credential"
    assert json.loads(element.text) == badge
