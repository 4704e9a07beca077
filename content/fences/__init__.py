"""Blocks as a person writes them in a text file: a fence of YAML for each.

For every kind there is a pair, each the inverse of the other:

- `read(data, key)` turns what the fence says into the value of a block in a lesson's stream;
- `write(value)` turns such a value back into what a fence would say.

`key` is the UUID of the lesson (or the page) that the fence stands in: ids that a person did not
write are made from it, so that the same text always gives the same ids.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from content.fences import quiz, words, writing


class Fence(NamedTuple):
    """How a kind of block is read from a text file, and written to one."""

    read: Callable[[dict, Any], Any]
    write: Callable[[Any], dict]


FENCES = {
    "say": Fence(words.read_say, words.write_say),
    "callout": Fence(words.read_callout, words.write_callout),
    "check": Fence(quiz.read_check, quiz.write_check),
    "order": Fence(quiz.read_order, quiz.write_order),
    "sort": Fence(quiz.read_sort, quiz.write_sort),
    "short": Fence(quiz.read_short, quiz.write_short),
    "scale": Fence(quiz.read_scale, quiz.write_scale),
    "course_check": Fence(quiz.read_course_check, quiz.write_course_check),
    "reflection": Fence(writing.read_prompt, writing.write_prompt),
    "action_plan": Fence(writing.read_prompt, writing.write_prompt),
}
