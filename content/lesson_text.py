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

`read` turns such a text into the data of a lesson's stream. Block ids are made from the lesson's
own key and the place or name of the block, so the same text always gives the same ids.
"""

from dataclasses import dataclass

import yaml
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from content.fences import FENCES, HANDOUT_FENCES
from content.fences.items import Unknown, identity
from content.prose import clean


class NotReadable(ValueError):
    """The text is not a lesson; `str()` says where and why, in plain words."""


@dataclass(frozen=True)
class LessonText:
    """A lesson read from a file: what its front matter says, and the data of its stream."""

    about: dict
    body: list[dict]


def read(text, *, key):
    """Read a lesson from `text`. `key` is the lesson's UUID. Raises NotReadable."""
    needed = _("The text has to begin with its title and minutes, between two “---”.")
    about, prose = _front_matter(text, needed)
    return LessonText(about=about, body=list(_blocks(prose, key, FENCES)))


def read_handout(text, *, key):
    """Read a handout from `text`: like a lesson, without steps and with fences of its own."""
    needed = _("The text has to begin with its title and summary, between two “---”.")
    about, prose = _front_matter(text, needed)
    body = list(_blocks(prose, key, HANDOUT_FENCES, in_steps=False))
    return LessonText(about=about, body=body)


def _front_matter(text, needed):
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise NotReadable(needed)
    about = _yaml(parts[1], _("the lines at the top"))
    return about, parts[2]


def _yaml(text, where):
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as fault:
        line = getattr(getattr(fault, "problem_mark", None), "line", 0) + 1
        raise NotReadable(
            _("We could not read %(where)s: look at line %(line)s of it.")
            % {"where": where, "line": line}
        ) from fault
    if not isinstance(data, dict):
        raise NotReadable(_("We could not read %(where)s.") % {"where": where})
    return data


def _blocks(prose, key, fences, in_steps=True):
    """Yield the stream's blocks: a step for each top heading, prose gathered between fences.

    What has no steps begins each part with a heading like any other.
    """
    markdown = MarkdownIt()
    tokens = markdown.parse(prose)
    gathered = []
    place = 0

    def block(kind, value, name=None):
        nonlocal place
        place += 1
        return {
            "type": kind,
            "value": value,
            "id": identity(key, kind, name or place),
        }

    def prose_block():
        html = clean(markdown.renderer.render(gathered, markdown.options, {}))
        gathered.clear()
        return [block("read", html)] if html else []

    position = 0
    while position < len(tokens):
        token = tokens[position]
        if not in_steps and token.tag == "h1":
            token.tag = "h2"
        if token.type == "heading_open" and token.tag == "h1":
            yield from prose_block()
            yield block("step", {"title": tokens[position + 1].content})
            position += 3
            continue
        if token.type == "fence":
            yield from prose_block()
            kind = token.info.strip()
            data = _yaml(token.content or "{}", _("the “%s” box") % kind)
            value = _value(kind, data, key, fences)
            yield block(kind, value, name=data.get("id"))
        else:
            gathered.append(token)
        position += 1
    yield from prose_block()


def _value(kind, data, key, fences):
    """Return a block's value from what the fence says."""
    if kind not in fences:
        raise NotReadable(_not_here(kind))
    try:
        return fences[kind].read(data, key)
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
            _("We could not read the “%(kind)s” box: something in it is not what belongs there.")
            % {"kind": kind}
        ) from fault


def _not_here(kind):
    if kind in FENCES:
        return _("A “%s” box belongs in a lesson, not in a handout.") % kind
    if kind in HANDOUT_FENCES:
        return _("A “%s” box belongs in a handout, not in a lesson.") % kind
    return _("We do not know a “%s” box.") % kind
