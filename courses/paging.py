"""Long lists a page at a time, by where the last page ended. Pure.

A page is found by the keys of a line (its name as it is sorted, and its number), never by counting
lines from the front: so nobody is left out or shown twice when others join in the meantime.
"""

import base64
import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

A_PAGE = 50

Key = tuple[str | int, ...]
Line = TypeVar("Line")


@dataclass(frozen=True)
class Page(Generic[Line]):
    """Some lines; `after` leads to the next page, and is empty on the last one."""

    lines: tuple[Line, ...]
    after: str = ""


def page(lines: Sequence[tuple[Key, Line]], after: Key | None, size: int = A_PAGE) -> Page[Line]:
    """Return the page that follows a key. The lines come with their keys, in their order."""
    keys = [key for key, _line in lines]
    start = bisect_right(keys, after) if after else 0
    found = lines[start : start + size]
    is_last = start + size >= len(lines)
    return Page(tuple(line for _key, line in found), "" if is_last else mark(found[-1][0]))


def cut(found: Iterable[tuple[Key, Line]], size: int = A_PAGE) -> Page[Line]:
    """Return a page of what was asked for with one line more than it holds."""
    lines = list(found)
    after = mark(lines[size - 1][0]) if len(lines) > size else ""
    return Page(tuple(line for _key, line in lines[:size]), after)


def mark(key: Key) -> str:
    """Return a key as it stands in an address."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def read_mark(text: str, kinds: Sequence[type]) -> Key | None:
    """Read a key from an address; None for what is none, so that the list begins anew."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        key = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(key, list) or [type(part) for part in key] != list(kinds):
        return None
    return tuple(key)
