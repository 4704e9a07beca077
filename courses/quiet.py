"""When a reminder may be sent: not while people rest. Pure: no database, no request, no clock.

Quiet hours are those that the clock on the wall shows, also on the days when clocks are changed.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AT_MOST = 3  # days; quiet hours end within one, and clocks have skipped a whole one


def is_quiet(moment: datetime, quiet_from: time, quiet_until: time, tz: tzinfo) -> bool:
    """Tell whether this moment is in the quiet hours. From and until the same time means never."""
    on_the_wall = moment.astimezone(tz).time()
    if quiet_from <= quiet_until:
        return quiet_from <= on_the_wall < quiet_until
    return on_the_wall >= quiet_from or on_the_wall < quiet_until


def next_allowed(moment: datetime, quiet_from: time, quiet_until: time, tz: tzinfo) -> datetime:
    """Return the first moment, from this one on, that is not in the quiet hours."""
    if not is_quiet(moment, quiet_from, quiet_until, tz):
        return moment
    ends = (*_untils(moment, quiet_until, tz), *_changes(moment, tz))
    return min(
        end for end in ends if end > moment and not is_quiet(end, quiet_from, quiet_until, tz)
    )


def _untils(moment: datetime, quiet_until: time, tz: tzinfo) -> Iterator[datetime]:
    """The moments at which the clock shows the end of the quiet hours, some of them twice."""
    today = moment.astimezone(tz).date()
    for days in range(AT_MOST + 1):
        for fold in (0, 1):
            end = datetime.combine(today + days * DAY, quiet_until, tz).replace(fold=fold)
            yield end.astimezone(UTC)


def _changes(moment: datetime, tz: tzinfo) -> Iterator[datetime]:
    """The moments at which the clocks are changed: the clock may jump over the end, or back."""
    before = moment.astimezone(UTC)
    for _hour in range(AT_MOST * 24):
        after = before + HOUR
        if before.astimezone(tz).utcoffset() != after.astimezone(tz).utcoffset():
            yield _change_between(before, after, tz)
        before = after


def _change_between(before: datetime, after: datetime, tz: tzinfo) -> datetime:
    """Return the very second at which the offset changes."""
    was = before.astimezone(tz).utcoffset()
    seconds = range(1, int((after - before).total_seconds()) + 1)
    low, high = 0, len(seconds) - 1
    while low < high:
        middle = (low + high) // 2
        now = before + timedelta(seconds=seconds[middle])
        if now.astimezone(tz).utcoffset() == was:
            low = middle + 1
        else:
            high = middle
    return before + timedelta(seconds=seconds[low])
