"""Copies of lessons that share nothing with what they were copied from. Pure: no database."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any


def with_new_ids(data: Any, new: Callable[[], uuid.UUID] = uuid.uuid4) -> Any:
    """Return a stream's data with another id for every block and item in it.

    What names a block by its id elsewhere in the data names the new one. Records point at these
    ids: two lessons that shared them would share what people did.
    """
    mapping = {old: str(new()) for old in ids_in(data)}
    return _renamed(data, mapping)


def ids_in(data: Any) -> set[str]:
    """Return every id of a block or an item in a stream's data."""
    return set(_ids(data))


def _ids(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        if "type" in data and isinstance(data.get("id"), str):
            yield data["id"]
        for value in data.values():
            yield from _ids(value)
    elif isinstance(data, list):
        for value in data:
            yield from _ids(value)


def _renamed(data: Any, mapping: dict[str, str]) -> Any:
    if isinstance(data, dict):
        return {name: _renamed(value, mapping) for name, value in data.items()}
    if isinstance(data, list):
        return [_renamed(value, mapping) for value in data]
    return mapping.get(data, data) if isinstance(data, str) else data
