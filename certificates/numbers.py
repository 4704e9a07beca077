"""Serial numbers: short enough to read aloud, too many to guess, with a symbol that checks them.

Eleven symbols are drawn at random; the twelfth follows from them, so that no single wrong symbol
and no two neighbours swapped make another serial. There are no vowels, so no words, and no L:
whoever reads an O or an L has seen a 0 or a 1. Pure: no database, no request.
"""

import secrets

SYMBOLS = "0123456789BCDFGHJKMNPQRSTVWXZ"
LENGTH = 12
GROUP = 4

_READ_AS = {symbol: symbol for symbol in SYMBOLS}
_READ_AS |= {symbol.lower(): symbol for symbol in SYMBOLS}
_READ_AS |= dict.fromkeys("oO", "0") | dict.fromkeys("iIlL", "1")
_BETWEEN = frozenset("-‐‑‒–—−_.")  # noqa: RUF001 - dashes as phones and printers make them


def new_serial() -> str:
    """Return a serial nobody could guess: one of 29^11, which is 53 bits."""
    body = "".join(secrets.choice(SYMBOLS) for _n in range(LENGTH - 1))
    return body + check_symbol(body)


def check_symbol(body: str) -> str:
    """Return the symbol that belongs after these.

    Each place has its own weight, and 29 is a prime: any one change, and any swap of two, moves
    the sum.
    """
    total = sum(place * SYMBOLS.index(symbol) for place, symbol in enumerate(body, start=1))
    return SYMBOLS[total % len(SYMBOLS)]


def read(text: str) -> str | None:
    """Return the serial that was typed, or None when it cannot be one.

    Capitals, spaces and dashes do not matter; O is read as 0, and I or L as 1.
    """
    typed = [symbol for symbol in text if not symbol.isspace() and symbol not in _BETWEEN]
    if len(typed) != LENGTH or not all(symbol in _READ_AS for symbol in typed):
        return None
    serial = "".join(_READ_AS[symbol] for symbol in typed)
    return serial if check_symbol(serial[:-1]) == serial[-1] else None


def shown(serial: str) -> str:
    """Return a serial as people see it: `9X06-PSRW-67T2`."""
    return "-".join(serial[at : at + GROUP] for at in range(0, len(serial), GROUP))
