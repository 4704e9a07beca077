"""Blocks as a person writes them in a text file: a fence of YAML for each.

For every kind there is a pair, each the inverse of the other:

- `read(data, key)` turns what the fence says into the value of a block in a lesson's stream;
- `write(value)` turns such a value back into what a fence would say.

`key` is the UUID of the lesson (or the page) that the fence stands in: ids that a person did not
write are made from it, so that the same text always gives the same ids.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from content.fences import media, quiz, words, writing


class Fence(NamedTuple):
    """How a kind of block is read from a text file, and written to one."""

    read: Callable[[dict, Any], Any]
    write: Callable[[Any], dict]


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
    "reflection": Fence(writing.read_prompt, writing.write_prompt),
    "action_plan": Fence(writing.read_prompt, writing.write_prompt),
}
