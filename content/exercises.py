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
class Choice:
    """Something a trainee could say in a scenario, and what comes of it.

    `go` is the name of the step or ending it leads to. A choice with a `safety_step` leads
    nowhere: the right step is shown at once, and the trainee chooses again.
    """

    id: str
    say: str
    then: str
    feedback: str
    skills: tuple[str, ...] = ()
    roadblocks: tuple[str, ...] = ()
    kind: bool = False  # meant kindly, and does not help
    go: str = ""
    safety_step: str = ""


@dataclass(frozen=True)
class ScenarioStep:
    """A moment of a scenario: what happens, and what one could say.

    A step with `repair` is a chance to mend what went ill before.
    """

    id: str
    name: str
    words: str
    choices: tuple[Choice, ...] = ()
    repair: bool = False


@dataclass(frozen=True)
class Ending:
    """Where a scenario comes to rest. Its `kind` is a word, never a number."""

    id: str
    name: str
    kind: str
    words: str


@dataclass(frozen=True)
class Scenario:
    """A talk that branches, to be played. It begins at its first step."""

    id: str
    title: str
    setting: str
    steps: tuple[ScenarioStep, ...]
    endings: tuple[Ending, ...]
    content_note: str = ""
    safety: bool = False
    skills: tuple[str, ...] = ()
    debrief: str = ""
    kind: str = "scenario"


Exercise = Check | Reflection | Plan | Scenario
