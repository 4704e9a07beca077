"""Blocks as a person writes them in a text file: a fence of YAML for each.

For every kind there is a pair, each the inverse of the other:

- `read(data, key)` turns what the fence says into the value of a block in a lesson's stream;
- `write(value)` turns such a value back into what a fence would say.

`key` is the UUID of the lesson (or the page) that the fence stands in: ids that a person did not
write are made from it, so that the same text always gives the same ids.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from content.fences import handouts, quiz, words, writing


class Fence(NamedTuple):
    """How a kind of block is read from a text file, and written to one."""

    read: Callable[[dict, Any], Any]
    write: Callable[[Any], dict]


# What may stand in a lesson.
FENCES = {
    "say": Fence(words.read_say, words.write_say),
    "callout": Fence(words.read_callout, words.write_callout),
    "check": Fence(quiz.read_check, quiz.write_check),
    "reflection": Fence(writing.read_prompt, writing.write_prompt),
    "action_plan": Fence(writing.read_prompt, writing.write_prompt),
}

# What may stand in a handout, and nowhere else.
HANDOUT_FENCES = {
    "cards": Fence(handouts.read_cards, handouts.write_cards),
    "lines": Fence(handouts.read_lines, handouts.write_lines),
    "boxes": Fence(handouts.read_boxes, handouts.write_boxes),
    "criteria": Fence(handouts.read_criteria, handouts.write_criteria),
    "table": Fence(handouts.read_table, handouts.write_table),
    "page_break": Fence(handouts.read_page_break, handouts.write_page_break),
}
