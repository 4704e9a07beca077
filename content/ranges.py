"""Which part of a file somebody asks for (RFC 9110, section 14). Pure.

Phones ask for films and sounds piece by piece, and some do not play them at all otherwise.
"""

import re

ONE_RANGE = re.compile(r"\s*bytes\s*=\s*([0-9]*)\s*-\s*([0-9]*)\s*", re.ASCII | re.IGNORECASE)
LONGEST = 20  # figures: more than any file has bytes


class OutOfReach(ValueError):
    """There is nothing of the file where somebody asks for it."""


def asked_part(header: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte that a Range header asks for; None for the whole file.

    Several ranges at once, other units, and what cannot be read get the whole file, as the
    standard allows. Raises OutOfReach when the file has nothing there.
    """
    found = ONE_RANGE.fullmatch(header)
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if max(len(first), len(last)) > LONGEST:
        return None
    if not first:
        length = min(int(last), size)
        if length == 0:
            raise OutOfReach
        return size - length, size - 1
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise OutOfReach
    return int(first), min(int(last), size - 1) if last else size - 1
