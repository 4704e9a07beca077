"""Libraries are called in one way, in what packages say and in what we keep."""

import pytest

from content.h5p.resolving import Name


def test_a_name_is_read_as_it_is_written():
    name = Name("H5P.Dialogcards", 1, 8)

    assert (str(name), Name.read(str(name))) == ("H5P.Dialogcards 1.8", name)


def test_what_a_package_says_it_needs_is_the_library_that_says_it_is_that():
    name = Name("H5P.Dialogcards", 1, 8)

    assert Name.of(name.needed) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H5P.Dialogcards",
        "H5P.Dialogcards 1",
        "H5P.Dialogcards-1.8",
        "H5P.Dialogcards 1.8.2",
        "H5P.Dialogcards 1.8\n",
        "H5P.Dialogcards 1.12345678901234567890",
        "H5P.Dialogcards 1.٨",
        "../cards 1.8",
    ],
)
def test_what_is_no_name_is_none(text):
    assert Name.read(text) is None
