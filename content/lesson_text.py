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

Handouts and a question bank are texts of the same kind, each in a manner of its own.
"""

import re
from collections.abc import Container
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdown_it import MarkdownIt
from wagtail.blocks import StreamBlock, StructBlock

from content import yaml_text
from content.blocks import HandoutBody, LessonBody
from content.blocks.question_bank import QUESTIONS, BankBody
from content.fences import FENCES, HANDOUT_FENCES, Fence, shape
from content.fences.items import Unknown, identity
from content.fences.told import Told
from content.prose import clean, markdown
from content.yaml_text import NotReadable

__all__ = [
    "BANK",
    "HANDOUT",
    "LESSON",
    "LessonText",
    "Manner",
    "NotReadable",
    "read",
    "top",
    "write",
]

LONGEST = 200_000  # letters: twenty times a long lesson
TOP_LINES = re.compile(r"\s*^---\n(.*?\n|)---\n(.*)\Z", re.DOTALL | re.MULTILINE)
TITLE_WITH_ID = re.compile(r"(.*?)\s*\{#([\w-]{1,80})\}")
ID_ABOVE = re.compile(r"<!-- id: ([\w-]{1,80}) -->\s*")
BACKTICKS = re.compile("`{3,}")
# A block that its own kind of fence cannot say is written as the database holds it.
AS_STORED = "block"


@dataclass(frozen=True)
class Manner:
    """What a text may be made of: the stream it becomes, its fences, and its top headings.

    A top heading becomes a block of the kind `heading`; where there is none, it is a heading like
    any other. `begins` is said when the lines at the top are missing, and `elsewhere` of kinds
    that we know, but that stand in other texts.
    """

    stream: StreamBlock
    fences: dict[str, Fence]
    heading: str | None = None
    begins: str = gettext_lazy("The text has to begin with its title, between two “---”.")
    elsewhere: tuple[Container[str], str] = ((), "")

    def titled(self, title):
        """The value of a top heading's block: a step has names for what it says."""
        block = self.stream.child_blocks[self.heading]
        return {"title": title} if isinstance(block, StructBlock) else title

    def title(self, value):
        return value["title"] if isinstance(value, dict) else value

    def refuse_what_stands_elsewhere(self, kind):
        """Raise NotReadable for a kind of block that belongs in another text."""
        known, said = self.elsewhere
        if kind in known:
            raise NotReadable(said % kind)


LESSON = Manner(
    LessonBody(),
    FENCES,
    "step",
    gettext_lazy("The text has to begin with its title and minutes, between two “---”."),
    (HANDOUT_FENCES, gettext_lazy("A “%s” box belongs in a handout, not in a lesson.")),
)
HANDOUT = Manner(
    HandoutBody(),
    HANDOUT_FENCES,
    None,
    gettext_lazy("The text has to begin with its title and summary, between two “---”."),
    (
        FENCES.keys() - {"read"},
        gettext_lazy("A “%s” box belongs in a lesson, not in a handout."),
    ),
)
BANK = Manner(
    BankBody(),
    {kind: FENCES[kind] for kind in QUESTIONS},
    "heading",
    elsewhere=(
        FENCES.keys() - set(QUESTIONS),
        gettext_lazy("A question bank holds headings and questions. This is neither: “%s”."),
    ),
)


@dataclass(frozen=True)
class LessonText:
    """A lesson read from a file: what its front matter says, and the data of its stream."""

    about: dict
    body: list[dict]


def read(text, *, key, manner=LESSON):
    """Read a lesson from `text`. `key` is the lesson's UUID. Raises NotReadable."""
    about, prose = _parted(text, manner)
    body = list(_Reading(key, manner).blocks(prose))
    for block in body:
        manner.refuse_what_stands_elsewhere(block["type"])
        for fault in shape.faults(manner.stream, [block]):
            raise NotReadable(
                _("The “%(kind)s” box: %(fault)s") % {"kind": block["type"], "fault": fault}
            )
    return LessonText(about=about, body=shape.tidied(manner.stream, body))


def top(text, manner=LESSON):
    """Return what the lines at the top of a text say. Raises NotReadable."""
    return _parted(text, manner)[0]


def _parted(text, manner):
    """Return what the top lines say, and the text below them."""
    text = text.replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise NotReadable(_("The text is too long for us. Make two of it."))
    parts = TOP_LINES.match(text)
    if parts is None:
        raise NotReadable(str(manner.begins))
    return yaml_text.read(parts[1], _("the lines at the top")), parts[2]


class _Reading:
    """Reading the blocks of one text, in order."""

    def __init__(self, key, manner):
        self.key = key
        self.manner = manner
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
            if token.tag == "h1" and not self.manner.heading:
                token.tag = "h2"
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
        return self.block(self.manner.heading, self.manner.titled(title), name)

    def fence(self, token):
        kind = token.info.strip()
        said = token.content if token.content.strip() else "{}"  # a new sheet says nothing
        data = Told(yaml_text.read(said, _("the “%s” box") % kind[:40]))
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
        if kind not in self.manner.fences:
            self.manner.refuse_what_stands_elsewhere(kind)
            raise NotReadable(_("We do not know a “%s” box.") % kind[:40])
        try:
            return self.manner.fences[kind].read(data, self.key)
        except KeyError as missing:
            raise NotReadable(
                _("The “%(kind)s” box needs %(what)s.") % {"kind": kind, "what": missing}
            ) from missing
        except Unknown as what:
            raise NotReadable(
                _("The “%(kind)s” box says something we do not know: “%(what)s”.")
                % {"kind": kind, "what": what}
            ) from what
        except (AttributeError, TypeError, ValueError) as fault:
            raise NotReadable(
                _(
                    "We could not read the “%(kind)s” box: something in it is not what belongs "
                    "there."
                )
                % {"kind": kind}
            ) from fault


def _plain(value):
    """Return what was told, as plain dicts and lists, all of it heard."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def write(about, body, *, key, manner=LESSON):
    """Return the text of a lesson, which `read` reads as the same again.

    `body` is the plain data of its stream, with files named as they are called beside the text.
    """
    body = shape.tidied(manner.stream, body)
    top = f"---\n{yaml_text.write(about)}---\n"
    text = top + "\n\n".join(_Writing(key, manner).texts(body)) + "\n"
    if list(_Reading(key, manner).blocks(_parted(text, manner)[1])) != body:
        # Pieces that are right alone, and run into one another.
        text = top + "\n\n".join(map(_as_stored, body)) + "\n"
    return text


class _Writing:
    """Writing the blocks of one text, each so that it reads as what it was."""

    def __init__(self, key, manner):
        self.key = key
        self.manner = manner

    def texts(self, body):
        before = None
        for place, block in enumerate(body, 1):
            usual = block["id"] == identity(self.key, block["type"], place)
            for text in self.ways(block, usual, before):
                if self.reads_as(text, block, place):
                    yield text
                    break
            else:
                yield _as_stored(block)
            before = block["type"]

    def ways(self, block, usual, before):
        """Yield the ways to write a block, the most readable one first."""
        kind, value = block["type"], block["value"]
        if kind == self.manner.heading:
            yield f"# {self.manner.title(value)}" + ("" if usual else f" {{#{block['id']}}}")
        if kind == "read":
            # Two texts in a row would run into one.
            apart = "" if usual and before != "read" else f"<!-- id: {block['id']} -->\n"
            yield apart + markdown(value)
        if kind in self.manner.fences:
            told = self.manner.fences[kind].write(value)
            if usual:
                yield _fence(kind, told)
            yield _fence(kind, {"id": block["id"], **told})

    def reads_as(self, text, block, place):
        """Whether `text` alone, in this place, reads as this block."""
        reading = _Reading(self.key, self.manner)
        reading.place = place - 1
        try:
            return list(reading.blocks(text)) == [block]
        except NotReadable:
            return False


def _as_stored(block):
    return _fence(AS_STORED, {name: block[name] for name in ("type", "id", "value")})


def _fence(kind, told):
    text = yaml_text.write(told) if told else ""
    ticks = "`" * max([3, *(len(run) + 1 for run in BACKTICKS.findall(text))])
    return f"{ticks}{kind}\n{text}{ticks}"
