import pytest

from certificates.colours import contrast_with_white, is_colour, is_readable_on_white


@pytest.mark.parametrize(
    ("colour", "contrast"), [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54)]
)
def test_contrast_goes_from_nothing_to_black(colour, contrast):
    assert round(contrast_with_white(colour), 2) == contrast


def test_the_lightest_grey_to_read_is_that_of_the_guidelines():
    assert is_readable_on_white("#767676")
    assert not is_readable_on_white("#777777")


@pytest.mark.parametrize("written", ["teal", "#0d5", "#0d5c5", "0d5c5b", "#0d5c5b;", "#0d5c5g"])
def test_what_is_not_written_as_browsers_write_it_is_no_colour(written):
    assert not is_colour(written)
