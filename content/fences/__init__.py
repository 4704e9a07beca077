"""Blocks as a person writes them in a text file: a fence of YAML for each.

For every kind there is a pair, each the inverse of the other:

- `read(data, key)` turns what the fence says into the value of a block in a lesson's stream;
- `write(value)` turns such a value back into what a fence would say.

`key` is the UUID of the lesson (or the page) that the fence stands in: ids that a person did not
write are made from it, so that the same text always gives the same ids.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from content.fences import agreeing, h5p, handouts, media, quiz, scenario, words, writing


class Fence(NamedTuple):
    """How a kind of block is read from a text file, and written to one."""

    read: Callable[[dict, Any], Any]
    write: Callable[[Any], dict]


# What may stand in a lesson.
FENCES = {
    "step": Fence(words.read_step, words.write_step),
    "read": Fence(words.read_read, words.write_read),
    "say": Fence(words.read_say, words.write_say),
    "callout": Fence(words.read_callout, words.write_callout),
    "picture": Fence(media.read_picture, media.write_picture),
    "video": Fence(media.read_video, media.write_video),
    "audio": Fence(media.read_recording, media.write_recording),
    "download": Fence(media.read_download, media.write_download),
    "check": Fence(quiz.read_check, quiz.write_check),
    "order": Fence(quiz.read_order, quiz.write_order),
    "sort": Fence(quiz.read_sort, quiz.write_sort),
    "short": Fence(quiz.read_short, quiz.write_short),
    "scale": Fence(quiz.read_scale, quiz.write_scale),
    "course_check": Fence(quiz.read_course_check, quiz.write_course_check),
    "scenario": Fence(scenario.read_scenario, scenario.write_scenario),
    "h5p": Fence(h5p.read_activity, h5p.write_activity),
    "reflection": Fence(writing.read_prompt, writing.write_prompt),
    "action_plan": Fence(writing.read_prompt, writing.write_prompt),
    "checklist": Fence(writing.read_checklist, writing.write_checklist),
    "group_agreement": Fence(agreeing.read_group_agreement, agreeing.write_group_agreement),
    "agreement": Fence(agreeing.read_agreement, agreeing.write_agreement),
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
