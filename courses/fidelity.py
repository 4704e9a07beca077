"""Was a session held as it was meant to be? The items of the checklist, and what was ticked.

Pure: no database, no request, no clock. It judges nobody: a change with a good reason is good
work. What the items are called is in `held_words`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ITEMS = (
    "two_led",
    "plan_on_show",
    "agreement_on_show",
    "feedback_opened",
    "brainstorm_open",
    "plans_made",
    "break_taken",
    "ended_on_time",
)


@dataclass(frozen=True)
class Ticked:
    """What a checklist says: the items that happened, that did not, and that were left open."""

    happened: tuple[str, ...]
    did_not: tuple[str, ...]
    left_open: tuple[str, ...]


def ticked(answers: Mapping[str, Any]) -> Ticked:
    """Read the answers of a checklist, in the order of the items. What is unknown is passed by."""
    return Ticked(
        happened=tuple(item for item in ITEMS if answers.get(item) is True),
        did_not=tuple(item for item in ITEMS if answers.get(item) is False),
        left_open=tuple(item for item in ITEMS if not isinstance(answers.get(item), bool)),
    )
