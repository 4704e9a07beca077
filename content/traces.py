"""Where something went wrong, without what it went wrong about. Pure.

The message of an exception may hold a name, an address or a whole row of the database. What a
developer needs is its kind and the way there.
"""

import traceback
from types import TracebackType

MOST_FRAMES = 40  # a recursion that never ends says the same a thousand times


def kind(fault: BaseException) -> str:
    """Return what kind of fault it is: `django.db.utils.IntegrityError`."""
    found = type(fault)
    return f"{found.__module__}.{found.__qualname__}"


def where(fault: BaseException) -> str:
    """Return the kinds of a fault and of those that led to it, each with its way there."""
    told, parts = set(), []
    following: BaseException | None = fault
    while following is not None and id(following) not in told:
        told.add(id(following))
        parts.append("\n".join([kind(following), *_frames(following.__traceback__)]))
        shown = None if following.__suppress_context__ else following.__context__
        following = following.__cause__ or shown
    return "\nfrom ".join(parts)


def _frames(trace: TracebackType | None) -> list[str]:
    # Without `traceback.format_tb`: it shows lines of code, and templates stand in some of them.
    frames = traceback.extract_tb(trace)[-MOST_FRAMES:]
    return [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
