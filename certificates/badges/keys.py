"""The keys that badges are signed with: from the environment, or from a file of ours.

Each line is the moment at which a key was made, and the key. The newest signs. The older ones stay
in the site's DID document, so that what they signed can still be checked; a key that was stolen
is taken out of the file, and what it signed no longer holds.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from certificates import multibase

MOMENT = "%Y-%m-%dT%H:%M:%SZ"
WHERE = "BADGE_KEY, or the file of badge keys"


class KeysUnreadable(Exception):
    """What is set as keys cannot be read; `str()` says what is amiss, and shows no key."""


@dataclass(frozen=True)
class Key:
    """An Ed25519 key. Its secret is never printed."""

    made_at: datetime
    secret: bytes = field(repr=False)

    @cached_property
    def _private(self):
        return Ed25519PrivateKey.from_private_bytes(self.secret)

    @cached_property
    def public(self):
        """The half to check with, as text. It is also what the key is called."""
        return multibase.multikey(multibase.PUBLIC, self._private.public_key().public_bytes_raw())

    def sign(self, data):
        return self._private.sign(data)

    @property
    def line(self):
        """The key as it stands in the file."""
        secret = multibase.multikey(multibase.SECRET, self.secret)
        return f"{self.made_at.strftime(MOMENT)} {secret}\n"


def known() -> Sequence[Key]:
    """Return all the keys, the newest first; none where the site has none. Raises KeysUnreadable.

    They are read each time: a new key signs from the next badge on, in every process.
    """
    if settings.BADGE_KEY:
        return _read(settings.BADGE_KEY)
    path = Path(settings.BADGE_KEYS_FILE)
    if settings.BADGE_KEY_BY_ITSELF and not path.exists():
        _write_once(path, new().line)
    try:
        return _read(path.read_text())
    except FileNotFoundError:
        return []
    except OSError as fault:
        raise KeysUnreadable(f"The file of badge keys cannot be opened: {fault}.") from fault


def new(at=None) -> Key:
    """Return a key that nobody has yet."""
    secret = Ed25519PrivateKey.generate().private_bytes_raw()
    return Key((at or datetime.now(UTC)).replace(microsecond=0), secret)


def add(key):
    """Put a key into the file, which its owner alone can read. From now on this one signs."""
    path = Path(settings.BADGE_KEYS_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    into = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(into, "w") as file:
        file.write(f"\n{key.line}")  # the line before may have no end


def _write_once(path, text):
    """Write a file whole, and not at all where another process was quicker."""
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(begun, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        file.write(text)
    try:
        os.link(begun, path)
    except FileExistsError:
        pass
    finally:
        begun.unlink()


def _read(text):
    lines = [line.split() for line in text.splitlines() if line.strip()[:1] not in {"", "#"}]
    found = [_key(number, parts) for number, parts in enumerate(lines, start=1)]
    return sorted(found, key=lambda key: key.made_at, reverse=True)


def _key(number, parts):
    try:
        made_at, secret = parts
        return Key(
            datetime.strptime(made_at, MOMENT).replace(tzinfo=UTC),
            multibase.read_multikey(multibase.SECRET, secret),
        )
    except ValueError:
        said = f"Key {number} in {WHERE} cannot be read. `manage.py badge_key new` writes them."
        raise KeysUnreadable(said) from None
