"""How each field of a page is written in a text file, and read from one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from wagtail import blocks

from content import prose as prose_text
from content.fences import shape
from content.fences.items import identity, without_empty
from content.yaml_text import NotReadable

NEEDED = object()


@dataclass(frozen=True)
class Part:
    """One field: `name` in the file (a dot leads inside), `field` of the page.

    `read` and `write` take the value and the page's key. What is `usual` is left out of the file;
    a part that is NEEDED has no usual value.
    """

    name: str
    field: str
    read: Callable[[Any, Any], Any]
    write: Callable[[Any, Any], Any]
    usual: Any = NEEDED


def fault(name, what):
    return NotReadable(_("“%(name)s” %(what)s.") % {"name": name, "what": what})


def _same(value, key):
    return value


def text(name, field=None, *, usual=NEEDED):
    def read(value, key):
        if not isinstance(value, str):
            raise fault(name, _("has to be text"))
        return value

    return Part(name, field or name, read, _same, usual)


def choice(name, field, choices, *, usual=NEEDED):
    def read(value, key):
        if value not in choices.values:
            raise fault(name, _("is %s") % _(" or ").join(choices.values))
        return value

    return Part(name, field, read, _same, usual)


def number(name, field=None, *, usual=NEEDED):
    def read(value, key):
        if value is None and usual is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 32768:
            raise fault(name, _("has to be a whole number"))
        return value

    return Part(name, field or name, read, _same, usual)


def truth(name, *, usual=NEEDED):
    def read(value, key):
        if not isinstance(value, bool):
            raise fault(name, _("has to be true or false"))
        return value

    return Part(name, name, read, _same, usual)


def day(name):
    def read(value, key):
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise fault(name, _("has to be a day, like 2027-11-01"))
        return value

    return Part(name, name, read, _same, usual=None)


def hours(name, field, *, usual=NEEDED):
    def read(value, key):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise fault(name, _("has to be a number"))
        if not 0 <= value < 10_000:
            raise fault(name, _("is not a number of hours"))
        return Decimal(str(value))

    def write(value, key):
        return int(value) if value == int(value) else float(value)

    return Part(name, field, read, write, usual)


def prose(name, *, usual=NEEDED):
    def read(value, key):
        if not isinstance(value, str):
            raise fault(name, _("has to be text"))
        return prose_text.rich_text(value)

    def write(value, key):
        return prose_text.markdown(value)

    return Part(name, name, read, write, usual)


def items(name, kind, stream, *, usual=NEEDED):
    """A StreamField of one kind of block: a list, each entry a text, or names with what they say.

    An entry has an `id` only where another than its place gives was kept.
    """
    child = stream.child_blocks[kind]
    is_text = not isinstance(child, blocks.StructBlock)

    def read(entries, key):
        if not isinstance(entries, list):
            raise fault(name, _("has to be a list"))
        found = [_read_item(entry, n, key) for n, entry in enumerate(entries, 1)]
        for wrong in shape.faults(stream, found):
            raise fault(name, wrong)
        return shape.tidied(stream, found)

    def _read_item(entry, place, key):
        given = isinstance(entry, dict) and entry.get("id")
        value = entry["text"] if is_text and given and "text" in entry else entry
        if not is_text:
            if not isinstance(entry, dict):
                raise fault(name, _("has to be a list of names and what they stand for"))
            value = {part: entry.get(part, _empty(b)) for part, b in child.child_blocks.items()}
        return {"type": kind, "id": identity(key, name, given or place), "value": value}

    def write(value, key):
        return [
            _write_item(item, n, key)
            for n, item in enumerate(shape.tidied(stream, value.get_prep_value()), 1)
        ]

    def _write_item(item, place, key):
        usual_id = item["id"] == identity(key, name, place)
        told = {} if usual_id else {"id": item["id"]}
        if is_text:
            return {**told, "text": item["value"]} if told else item["value"]
        needed = [part for part, block in child.child_blocks.items() if block.required]
        return {**told, **without_empty(item["value"], *needed)}

    return Part(name, name, read, write, usual)


def _empty(block):
    return "" if isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.URLBlock) else None
