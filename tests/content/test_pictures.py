"""Pictures in the library: what they show is said by people, not by the name of a file."""

import pytest
from wagtail.images.forms import get_image_form

from content.models import Picture

pytestmark = pytest.mark.django_db  # a picture belongs to a collection


def test_a_picture_is_not_described_by_the_name_of_its_file():
    picture = Picture(title="IMG_2044", description="")

    assert picture.default_alt_text == ""


def test_a_picture_is_described_in_the_words_it_came_with():
    picture = Picture(title="IMG_2044", description="A round table")

    assert picture.default_alt_text == "A round table"


def test_whoever_adds_a_picture_is_not_asked_for_tags():
    asked = get_image_form(Picture).base_fields

    assert [name for name in asked if not name.startswith("focal")] == [
        *("title", "file", "description", "collection"),
    ]
