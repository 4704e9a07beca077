"""Going through what a content.json holds, however deep it lies. Pure."""

from collections.abc import Iterator
from typing import Any


def everything(content: Any) -> Iterator[Any]:
    """Yield each value in a content, in the order it is written in."""
    # Not by recursion: how deep it goes is up to whoever made it.
    waiting = [content]
    while waiting:
        value = waiting.pop()
        yield value
        if isinstance(value, dict):
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))
