"""What was reached, and facts behind it that were corrected since (C9).

Nothing is stored of it but that somebody looked: what is in doubt follows from the facts, each
time it is asked. A certificate is never issued anew, nor withdrawn, by anything but a person.
"""

from dataclasses import dataclass, replace

from courses import completion
from courses.completion import Facts
from courses.ready import Told


@dataclass(frozen=True)
class Recheck:
    """A milestone that a person should look at again: `kinds` are no longer met."""

    milestone: int
    kind: str
    kinds: tuple[str, ...]


def rechecks(told: Told, facts: Facts) -> tuple[Recheck, ...]:
    """Return what to look at again of somebody with these facts, `told` among them.

    What was waived when it was reached stays waived. What somebody looked at since is not asked
    about again, unless something more is not met by now.
    """
    found = (
        (each, completion.no_longer_met(each.asked, _as_then(each, told, facts)))
        for each in told.reached
    )
    return tuple(
        Recheck(each.milestone, each.kind, kinds)
        for each, kinds in found
        if not each.looked_at.issuperset(kinds)
    )


def _as_then(then, told, facts):
    """Return the facts with what was waived that day. Another practice, of which somebody has not
    said yet how it went, casts no doubt on the earlier ones."""
    reached = facts.reached
    if told.waits_for_own_words:
        reached |= {completion.PRACTICE_READY}
    return replace(facts, waived=facts.waived | then.waived, reached=reached)
