"""Codes that are read aloud and typed on a phone: how they are made, read and shown. Pure."""

import secrets

# No letters or figures that look alike, and no vowels to make words.
SYMBOLS = "23456789BCDFGHJKMNPQRTVWXZ"
LONGEST = 40


def new(length: int) -> str:
    """Return a code such as `K7RT4XWP`: with eight symbols 26^8 of them, so that guessing leads
    nowhere."""
    return "".join(secrets.choice(SYMBOLS) for _n in range(length))


def read(typed: str) -> str:
    """Return the code as it is kept, however it was typed: small letters, spaces or dashes."""
    return "".join(symbol for symbol in typed.upper() if symbol.isalnum())[:LONGEST]


def in_fours(code: str) -> str:
    """Return a code as it is read aloud: `K7RT 4XWP`."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
