"""Whether words can be read in a colour. Pure: no database, no request, no clock."""

import re

READABLE = 4.5  # what WCAG 2.2 AA asks of text against what is behind it
WRITTEN = re.compile(r"#[0-9a-f]{6}")


def is_colour(written: str) -> bool:
    """Tell whether this is a colour as browsers write it: #0d5c5b."""
    return WRITTEN.fullmatch(written) is not None


def contrast_with_white(colour: str) -> float:
    """Return how far a colour stands out from white: from 1, not at all, to 21, as black does."""
    red, green, blue = (_light(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def is_readable_on_white(colour: str) -> bool:
    """Tell whether words of this colour on white, or white words on it, can be read."""
    return contrast_with_white(colour) >= READABLE


def _light(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
