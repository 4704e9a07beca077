"""What is amiss with a scenario, as Wagtail's editor shows it: at the very choice and field.

Faults are gathered in a tree like the editor's own:
{"steps": {0: {"choices": {2: {"then": […]}}}}}.
The words for a list or a struct as a whole stand under WHOLE.
"""

from django.core.exceptions import ValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from content.branching import faults
from content.scenario_words import fault_words

WHOLE = None
# Where in the editor each reason is shown: a field, or a list as a whole.
FIELD = {
    "no_steps": ("steps", WHOLE),
    "no_endings": ("endings", WHOLE),
    "no_repair": (WHOLE,),
    "no_kind": (WHOLE,),
    "no_name": ("name",),
    "name_taken": ("name",),
    "not_reached": ("name",),
    "no_words": ("words",),
    "no_ending_kind": ("kind",),
    "no_choices": ("choices", WHOLE),
    "no_way_out": ("choices", WHOLE),
    "no_say": ("say",),
    "no_then": ("then",),
    "no_feedback": ("feedback",),
    "no_tag": ("skills",),
    "no_go": ("go",),
    "unknown_go": ("go",),
    "goes_and_stays": ("go",),
}


def faults_of(value):
    """Return the faults of a scenario's value as such a tree; empty when there are none."""
    scenario = value.scenario
    places = {step.id: ("steps", n) for n, step in enumerate(scenario.steps)}
    places |= {ending.id: ("endings", n) for n, ending in enumerate(scenario.endings)}
    names = {each.id: each.name for each in (*scenario.steps, *scenario.endings)}
    choices = {
        (step.id, choice.id): (n, choice)
        for step in scenario.steps
        for n, choice in enumerate(step.choices)
    }
    tree = {}
    for fault in faults(scenario):
        where, name = (), names.get(fault.place, "")
        if fault.place:
            where += places[fault.place]
        if fault.choice:
            n, choice = choices[fault.place, fault.choice]
            where += ("choices", n)
            name = choice.go
        *way, last = (*where, *FIELD[fault.reason])
        here = tree
        for part in way:
            here = here.setdefault(part, {})
        here.setdefault(last, []).append(fault_words(fault.reason, name))
    return tree


def as_errors(mine, theirs, depth=0):
    """Return the tree as errors of the editor, with Wagtail's own wherever `mine` says nothing.

    Structs and lists take turns, from the scenario itself, at depth 0, to the choices' fields.
    """
    if not mine:
        return theirs
    if isinstance(mine, list):
        return ValidationError(mine)
    errors = getattr(theirs, "block_errors", {})
    parts = [part for part in dict.fromkeys((*mine, *errors)) if part is not WHOLE]
    kind = ListBlockValidationError if depth % 2 else StructBlockValidationError
    whole = [ValidationError(words) for words in mine.get(WHOLE, ())]
    return kind(
        block_errors={
            part: as_errors(mine.get(part), errors.get(part), depth + 1) for part in parts
        },
        non_block_errors=whole or getattr(theirs, "non_block_errors", []),
    )
