"""The address of a frame that plays a package: whoever has it may read, for a day or two.

A frame without an origin sends no cookies, so the address itself says what may be read: one
version, for one person, until a day. It is signed, so that nobody can make one up.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer

BELOW = "/h5p/"
SECONDS = 24 * 60 * 60
# From one address to the next it is a day, so that browsers keep what they have; and each works
# for one more day, for those who learn at midnight.
DAYS = 2


class NotAnAddress(ValueError):
    """Nobody here gave this address, or it was too long ago."""


@dataclass(frozen=True)
class Capability:
    """What an address is good for, and when that ends."""

    version: int
    person: int
    ends_on: int  # days since 1970

    @property
    def ends_at(self):
        """The moment after which it is good for nothing."""
        return datetime.fromtimestamp(self.ends_on * SECONDS, tz=UTC)


def frame_address(version_pk, person_pk, at):
    """Return where the frame's page is for this person. The same all day (UTC)."""
    ends_on = int(at.timestamp()) // SECONDS + DAYS
    token = _signer().sign(f"{version_pk}-{person_pk}-{ends_on}")
    return f"{settings.H5P_ORIGIN}{BELOW}{token}/"


def read(token, at):
    """Return the Capability that a token is. Raises NotAnAddress."""
    try:
        version, person, ends_on = map(int, _signer().unsign(token).split("-"))
    except (BadSignature, ValueError) as wrong:
        raise NotAnAddress(token) from wrong
    found = Capability(version, person, ends_on)
    if at >= found.ends_at:
        raise NotAnAddress(token)
    return found


def _signer():
    return Signer(salt="content.h5p.capability", sep=".")
