"""A lesson as a person writes it in a text file: Markdown, with a fence for each exercise.

    ---
    title: Open questions leave room
    minutes: 12
    ---
    # The title of the first step

    Prose in Markdown.

    ```check
    id: amina
    question: …
    ```

`read` turns such a text into the data of a lesson's stream, and `write` turns that back into a
text. Block ids are made from the lesson's own key and the place or name of the block, so the same
text always gives the same ids. A block with another id says so: `# Title {#id}` for a step,
`<!-- id: … -->` above prose, `id: …` in a fence.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from content import yaml_text
from content.blocks import LessonBody
from content.fences import FENCES, shape
from content.fences.items import identity
from content.fences.told import Told
from content.prose import clean, markdown
from content.yaml_text import NotReadable

__all__ = ["LessonText", "NotReadable", "read", "top", "write"]

LONGEST = 200_000  # letters: twenty times a long lesson
TOP_LINES = re.compile(r"\s*^---\n(.*?\n|)---\n(.*)\Z", re.DOTALL | re.MULTILINE)
TITLE_WITH_ID = re.compile(r"(.*?)\s*\{#([\w-]{1,80})\}")
ID_ABOVE = re.compile(r"<!-- id: ([\w-]{1,80}) -->\s*")
BACKTICKS = re.compile("`{3,}")
# A block that its own kind of fence cannot say is written as the database holds it.
AS_STORED = "block"


@dataclass(frozen=True)
class LessonText:
    """A lesson read from a file: what its front matter says, and the data of its stream."""

    about: dict
    body: list[dict]


def read(text, *, key, stream=None):
    """Read a lesson from `text`. `key` is the lesson's UUID. Raises NotReadable.

    `stream` is the StreamBlock that the text is for, if it is not a lesson's.
    """
    about, prose = _parted(text)
    stream = stream or LessonBody()
    body = list(_Reading(key).blocks(prose))
    for block in body:
        for fault in shape.faults(stream, [block]):
            raise NotReadable(
                _("The “%(kind)s” box: %(fault)s") % {"kind": block["type"], "fault": fault}
            )
    return LessonText(about=about, body=shape.tidied(stream, body))


def top(text):
    """Return what the lines at the top of a text say. Raises NotReadable."""
    return _parted(text)[0]


def _parted(text):
    """Return what the top lines say, and the text below them."""
    text = text.replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise NotReadable(_("The text is too long for us. Make two of it."))
    parts = TOP_LINES.match(text)
    if parts is None:
        raise NotReadable(
            _("The text has to begin with its title and minutes, between two “---”.")
        )
    return yaml_text.read(parts[1], _("the lines at the top")), parts[2]


class _Reading:
    """Reading the blocks of one text, in order."""

    def __init__(self, key):
        self.key = key
        self.place = 0
        self.gathered = []  # tokens of prose
        self.id_above = None
        self.markdown = MarkdownIt()

    def blocks(self, prose):
        """Yield a step for each top heading, what fences say, and the prose between them."""
        tokens = self.markdown.parse(prose)
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.level == 0 and token.type == "heading_open" and token.tag == "h1":
                yield from self.prose()
                yield self.step(tokens[position + 1].content)
                position += 3
                continue
            if token.level == 0 and token.type == "fence":
                yield from self.prose()
                yield self.fence(token)
            elif found := ID_ABOVE.fullmatch(token.content) if not token.level else None:
                yield from self.prose()
                self.id_above = found[1]
            else:
                self.gathered.append(token)
            position += 1
        yield from self.prose()

    def block(self, kind, value, name=None):
        self.place += 1
        return {
            "type": kind,
            "value": value,
            "id": identity(self.key, kind, name or self.place),
        }

    def prose(self):
        html = clean(self.markdown.renderer.render(self.gathered, self.markdown.options, {}))
        self.gathered, name, self.id_above = [], self.id_above, None
        return [self.block("read", html, name)] if html else []

    def step(self, heading):
        named = TITLE_WITH_ID.fullmatch(heading)
        title, name = named.groups() if named else (heading, None)
        return self.block("step", {"title": title}, name)

    def fence(self, token):
        kind = token.info.strip()
        data = Told(yaml_text.read(token.content, _("the “%s” box") % kind[:40]))
        if kind == AS_STORED and isinstance(data.get("type"), str):
            kind, value = data["type"], _plain(data.get("value"))
        else:
            value = self.value(kind, data)
        name = data.get("id")
        for unknown in data.unheard():
            raise NotReadable(
                _("The “%(kind)s” box says “%(name)s”, which we do not know.")
                % {"kind": kind, "name": unknown[:40]}
            )
        return self.block(kind, value, name)

    def value(self, kind, data):
        """Return a block's value from what the fence says."""
        if kind not in FENCES:
            raise NotReadable(_("We do not know a “%s” box.") % kind[:40])
        try:
            return FENCES[kind].read(data, self.key)
        except KeyError as missing:
            raise NotReadable(
                _("The “%(kind)s” box needs %(what)s.") % {"kind": kind, "what": missing}
            ) from missing
        except (TypeError, AttributeError, ValueError) as fault:
            raise NotReadable(
                _(
                    "In the “%(kind)s” box something is not what it should be, like a list where "
                    "text belongs."
                )
                % {"kind": kind}
            ) from fault


def _plain(value):
    """Return what was told, as plain dicts and lists, all of it heard."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def write(about, body, *, key, stream=None):
    """Return the text of a lesson, which `read` reads as the same again.

    `body` is the plain data of its stream, with files named as they are called beside the text.
    """
    body = shape.tidied(stream or LessonBody(), body)
    texts = []
    for place, block in enumerate(body, 1):
        text = _write_prose(block, place, key, after=body[place - 2] if place > 1 else None)
        texts.append(text or _write_fence(block, place, key))
    top = f"---\n{yaml_text.write(about)}---\n"
    text = top + "\n\n".join(texts) + "\n"
    if _body(text, key) != body:  # pieces that are right alone, and run into one another
        text = top + "\n\n".join(map(_as_stored, body)) + "\n"
    return text


def _body(text, key):
    return list(_Reading(key).blocks(_parted(text)[1]))


def _write_prose(block, place, key, after):
    """Return a step as a heading and words to read as Markdown; None for all else."""
    usual = block["id"] == identity(key, block["type"], place)
    if block["type"] == "step":
        text = f"# {block['value']['title']}" + ("" if usual else f" {{#{block['id']}}}")
    elif block["type"] == "read":
        # Two texts in a row would run into one.
        apart = "" if usual and (after is None or after["type"] != "read") else _id(block)
        text = apart + markdown(block["value"])
    else:
        return None
    return text if _reads_as(text, block, place, key) else None


def _id(block):
    return f"<!-- id: {block['id']} -->\n"


def _write_fence(block, place, key):
    kind = block["type"]
    if kind in FENCES:
        told = {"id": block["id"], **FENCES[kind].write(block["value"])}
        if kind != "check" and block["id"] == identity(key, kind, place):
            del told["id"]
        text = _fence(kind, told)
        if _reads_as(text, block, place, key):
            return text
    return _as_stored(block)


def _as_stored(block):
    return _fence(AS_STORED, {name: block[name] for name in ("type", "id", "value")})


def _fence(kind, told):
    text = yaml_text.write(told)
    ticks = "`" * max([3, *(len(run) + 1 for run in BACKTICKS.findall(text))])
    return f"{ticks}{kind}\n{text}{ticks}"


def _reads_as(text, block, place, key):
    """Whether `text` alone, in this place, reads as this block."""
    reading = _Reading(key)
    reading.place = place - 1
    try:
        return list(reading.blocks(text)) == [block]
    except NotReadable:
        return False
