"""A row of bits that says which badges no longer count, as a Bitstring Status List packs it.

Each certificate has its own bit in a list of fixed length, so that whoever fetches a list does not
tell us which one they look at. Pure: no database, no request, no clock.
"""

import base64
import gzip
from collections.abc import Iterable

LENGTH = 131_072  # the least that the standard allows: 16 KiB before it is packed


def place_of(number: int) -> tuple[int, int]:
    """Return in which list, and at which place in it, the bit of the n-th certificate is."""
    return divmod(number, LENGTH)


def numbers_in(which: int) -> range:
    """Return the numbers of all the certificates whose bits are in this list."""
    return range(which * LENGTH, (which + 1) * LENGTH)


def bits(places: Iterable[int]) -> bytes:
    """Return the list with a 1 at these places. The first place is the highest bit of a byte."""
    row = bytearray(LENGTH // 8)
    for place in places:
        if not 0 <= place < LENGTH:
            raise IndexError(place)
        row[place // 8] |= 0x80 >> place % 8
    return bytes(row)


def packed(places: Iterable[int]) -> str:
    """Return the list as it is handed out: in base 64 for addresses, with a `u` before it.

    The same places give the same text.
    """
    squeezed = gzip.compress(bits(places), mtime=0)
    return "u" + base64.urlsafe_b64encode(squeezed).decode().rstrip("=")
