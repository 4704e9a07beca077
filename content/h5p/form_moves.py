"""Adding, taking out and moving items of the lists in a posted form. Pure.

A list's order is one hidden field, "<list>.~" with the items' keys in it. A move is another order:
nothing else that was typed is touched.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.h5p.form_tree import KEY, MOST_ITEMS

Posted = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Moved:
    """A form after a move: what is posted now, which move it was, and the path to go on from."""

    posted: Posted
    verb: str
    at: str


def moved(posted: Posted, move: str) -> Moved:
    """Return the form after a move such as “add h5p.cards” or “up h5p.cards 2”.

    “kind h5p.media” asks for the fields of a type that was chosen. It moves nothing, and neither
    does what makes no sense.
    """
    verb, _, rest = move.partition(" ")
    path, _, key = rest.partition(" ")
    name = f"{path}.~"
    if verb == "kind":
        return Moved(posted, verb, path)
    if name not in posted:
        return Moved(posted, "", "")
    keys = KEY.findall(" ".join(posted[name][-1:]))
    if verb == "add" and len(keys) < MOST_ITEMS:
        key = _new(keys)
        keys = [*keys, key]
    elif key in keys and verb in {"up", "down", "remove"}:
        keys, key = _reordered(keys, key, verb)
    else:
        return Moved(posted, "", "")
    return Moved({**posted, name: [" ".join(keys)]}, verb, f"{path}.{key}" if key else path)


def _new(keys: Sequence[str]) -> str:
    """Return a key that no item has."""
    return f"n{max((int(key[1:]) for key in keys if key[0] == 'n'), default=-1) + 1}"


def _reordered(keys: list[str], key: str, verb: str) -> tuple[list[str], str]:
    """Return the keys after the move, and the one to go on from: its neighbour if it is gone."""
    at = keys.index(key)
    rest = [*keys[:at], *keys[at + 1 :]]
    if verb == "remove":
        return rest, rest[min(at, len(rest) - 1)] if rest else ""
    to = max(at - 1, 0) if verb == "up" else at + 1
    return [*rest[:to], key, *rest[to:]], key
