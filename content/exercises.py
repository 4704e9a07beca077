"""What an exercise asks, as plain data. Pure: no database, no request, no clock.

An exercise is a block in a lesson that a trainee can attempt. Its `id` is the block's own (a UUID
as text), so it stays the same when the author edits the words or moves the block.
"""

from dataclasses import dataclass

from content.mixing import mixed_up


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
class Item:
    """Something with a name: a thing to put in order, a group to sort into, a statement."""

    id: str
    text: str


@dataclass(frozen=True)
class Order:
    """Things to put in order. `items` stand in the best one; people are shown another.

    `feedback` is said back for the best order, `feedback_other` for any other.
    """

    id: str
    question: str
    items: tuple[Item, ...]
    feedback: str
    feedback_other: str
    safety: bool = False
    kind: str = "order"

    @property
    def mixed(self) -> tuple[Item, ...]:
        """The items as they are printed: in an order that gives nothing away."""
        by_id = {item.id: item for item in self.items}
        return tuple(by_id[key] for key in mixed_up(list(by_id), self.id))


@dataclass(frozen=True)
class Card:
    """Something to sort: the ids of the groups that fit, and what is said back for it."""

    id: str
    text: str
    fits: tuple[str, ...]
    feedback: str


@dataclass(frozen=True)
class Sort:
    """Cards to sort into groups, like “us”, “not us” and “depends”."""

    id: str
    question: str
    groups: tuple[Item, ...]
    cards: tuple[Card, ...]
    safety: bool = False
    kind: str = "sort"


Question = Check | Order | Sort  # what is marked, and may stand in a question bank


@dataclass(frozen=True)
class Short:
    """Something to answer in one's own words, then compared with good answers by oneself."""

    id: str
    question: str
    models: tuple[str, ...]
    look_for: tuple[str, ...]
    help: str = ""
    kind: str = "short"


@dataclass(frozen=True)
class Scale:
    """Statements to answer with a number from 0 to 10 each. Never marked."""

    id: str
    question: str
    statements: tuple[Item, ...]
    lowest: str
    highest: str
    said_back: str = ""
    help: str = ""
    kind: str = "scale"


@dataclass(frozen=True)
class CourseCheck:
    """A set of questions, drawn anew for each person from the course's question bank.

    `purpose` is "baseline" (nothing is said back), "final" or "practice"; `need` is how many of
    the `draw` questions are enough. The ones about safety are needed whatever the number.
    """

    id: str
    title: str
    purpose: str
    draw: int
    need: int
    help: str = ""
    kind: str = "course_check"


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


@dataclass(frozen=True)
class Activity:
    """Something to play, made with H5P. `words` is HTML, for those who cannot use it.

    `package` is the package's primary key, None while none is chosen; which version of it is
    played, the edition says. `asked` says whether the step is finished only once it was done.
    """

    id: str
    title: str
    package: int | None
    words: str = ""
    asked: bool = False
    kind: str = "h5p"


Exercise = (
    Question
    | Short
    | Scale
    | CourseCheck
    | Scenario
    | Reflection
    | Plan
    | Checklist
    | GroupAgreement
    | Agreement
    | Activity
)
