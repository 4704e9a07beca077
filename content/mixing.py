"""An order that looks like chance, and is always the same for the same seed.

Pure: no database, no request, no clock, and no state: nothing has to be kept to find it again.
"""

from collections.abc import Iterable
from hashlib import sha256


def mixed(ids: Iterable[str], seed: str) -> list[str]:
    """Return the ids in an order that follows from the seed alone, not from how they came."""
    return sorted(ids, key=lambda each: sha256(f"{seed}\n{each}".encode()).digest())


def mixed_up(ids: list[str], seed: str) -> list[str]:
    """Return the ids mixed, but never in the order they came in (where there is another one)."""
    found = mixed(ids, seed)
    return found if found != list(ids) else found[1:] + found[:1]
