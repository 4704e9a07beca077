"""Keys and signatures as the web writes them: which alphabet, which kind of key, then the bytes.

Multibase: a `z` says that base 58 follows. Multikey: two bytes say what kind of key follows. Pure:
no database, no request, no clock.
"""

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
PUBLIC = bytes([0xED, 0x01])  # an Ed25519 key to check with
SECRET = bytes([0x80, 0x26])  # an Ed25519 key to sign with
KEY_LENGTH = 32


class NotAKey(ValueError):
    """The text is not a key of the kind that was asked for."""


def base58(data: bytes) -> str:
    """Return bytes in base 58, with its `z` before them. A zero byte in front is a 1."""
    number, symbols = int.from_bytes(data, "big"), ""
    while number:
        number, symbol = divmod(number, len(ALPHABET))
        symbols = ALPHABET[symbol] + symbols
    leading = len(data) - len(data.lstrip(b"\0"))
    return "z" + ALPHABET[0] * leading + symbols


def read_base58(text: str) -> bytes:
    """Return the bytes of what `base58` wrote. Raises NotAKey."""
    if not text.startswith("z"):
        raise NotAKey("It does not begin with z.")
    symbols, number = text[1:], 0
    for symbol in symbols:
        place = ALPHABET.find(symbol)
        if place < 0:
            raise NotAKey(f"{symbol!r} is no symbol of base 58.")
        number = number * len(ALPHABET) + place
    leading = len(symbols) - len(symbols.lstrip(ALPHABET[0]))
    return b"\0" * leading + number.to_bytes((number.bit_length() + 7) // 8, "big")


def multikey(kind: bytes, key: bytes) -> str:
    """Return an Ed25519 key as text: `z6Mk…` to check with, `z3u2…` to sign with."""
    return base58(kind + key)


def read_multikey(kind: bytes, text: str) -> bytes:
    """Return the key in this text. Raises NotAKey where it is none, or one of another kind."""
    read = read_base58(text)
    if not read.startswith(kind) or len(read) != len(kind) + KEY_LENGTH:
        raise NotAKey("It is not an Ed25519 key of that kind.")
    return read[len(kind) :]
