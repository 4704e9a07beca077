"""What an exercise asks, as plain data. Pure: no database, no request, no clock.

An exercise is a block in a lesson that a trainee can attempt. Its `id` is the block's own (a UUID
as text), so it stays the same when the author edits the words or moves the block.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One answer a trainee may choose, and what is said back to them for it."""

    id: str
    text: str
    feedback: str
    best: bool = False


@dataclass(frozen=True)
class Check:
    """A question of a knowledge check: `choose` is "one" or "several"."""

    id: str
    question: str
    options: tuple[Option, ...]
    choose: str = "one"
    safety: bool = False
    kind: str = "check"


@dataclass(frozen=True)
class Reflection:
    """Something to think and write about, for the writer's eyes only."""

    id: str
    prompt: str
    help: str = ""
    kind: str = "reflection"


@dataclass(frozen=True)
class Plan:
    """A place to make an action plan: what, how much, when, how often, how sure."""

    id: str
    prompt: str
    help: str = ""
    kind: str = "action_plan"


@dataclass(frozen=True)
class Item:
    """One line of a checklist."""

    id: str
    text: str


@dataclass(frozen=True)
class Checklist:
    """Things to tick, for the trainee's eyes only."""

    id: str
    prompt: str
    items: tuple[Item, ...]
    help: str = ""
    kind: str = "checklist"


@dataclass(frozen=True)
class GroupAgreement:
    """A place that shows what the group has agreed on, or lines to begin with. It asks nothing."""

    id: str
    prompt: str
    starters: tuple[str, ...]
    help: str = ""
    kind: str = "group_agreement"


@dataclass(frozen=True)
class Agreement:
    """Words to read and sign. `which` is "role" or "confidentiality"; `words` is HTML."""

    id: str
    which: str
    title: str
    words: str
    lines: tuple[str, ...]
    statement: str
    kind: str = "agreement"


Exercise = Check | Reflection | Plan | Checklist | GroupAgreement | Agreement
