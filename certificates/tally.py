"""How much of something there was in a while, counted in the cache that all processes share.

Two that come in the same instant may count as one.
"""

from django.core.cache import cache


def tally(key, more=1, *, seconds):
    """Add to what was counted under this key, and return what it came to.

    It begins anew so many seconds after the first.
    """
    if cache.add(key, more, timeout=seconds):
        return more
    try:
        return cache.incr(key, more)
    except ValueError:  # it ran out in between
        cache.set(key, more, timeout=seconds)
        return more
