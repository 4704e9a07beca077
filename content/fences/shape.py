"""Whether a value has the shape that a block of the editor holds: text where text belongs.

The editor's own forms never make another shape. A text file can, and what it says must not turn
into a page that cannot be drawn.
"""

from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.field_block import BaseChoiceBlock, ChooserBlock
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.images.blocks import ImageBlock

from content.prose import clean


def faults(block, value):
    """Yield what is not as `block` has it, in plain words that name the part of the block."""
    if isinstance(block, blocks.StructBlock):
        yield from _struct(block, value)
    elif isinstance(block, blocks.ListBlock):
        yield from _list(block, value)
    elif isinstance(block, blocks.StreamBlock):
        yield from _stream(block, value)
    elif isinstance(block, BaseChoiceBlock):
        yield from _choice(block, value)
    elif isinstance(block, blocks.BooleanBlock):
        if not isinstance(value, bool):
            yield _("“%(part)s” has to be true or false.") % {"part": block.name}
    elif isinstance(block, blocks.IntegerBlock):
        if not _is_number(value, block.required):
            yield _("“%(part)s” has to be a number.") % {"part": block.name}
    elif isinstance(block, BaseTypedTableBlock):
        yield from _table(block, value)
    elif isinstance(block, blocks.StaticBlock):
        if value is not None:
            yield _("“%(part)s” has nothing to say.") % {"part": block.name}
    elif not isinstance(block, ChooserBlock) and not isinstance(value, str):
        yield _("“%(part)s” has to be text.") % {"part": block.name}


def _struct(block, value):
    if value is None and isinstance(block, ImageBlock):
        return  # no picture was chosen yet
    if not isinstance(value, dict):
        yield _("“%(part)s” has to have names and what they stand for.") % {"part": block.name}
        return
    for name, child in block.child_blocks.items():
        if name in value:
            yield from faults(child, value[name])


def _list(block, value):
    if not isinstance(value, list):
        yield _("“%(part)s” has to be a list.") % {"part": block.name}
        return
    for item in value:
        if not _is_item(item) or item["type"] != "item":
            yield _("“%(part)s” has to be a list.") % {"part": block.name}
            return
        for fault in faults(block.child_block, item["value"]):
            yield _("In “%(part)s”: %(fault)s") % {"part": block.name, "fault": fault}


def _stream(block, value):
    if not isinstance(value, list):
        yield _("“%(part)s” has to be a list.") % {"part": block.name}
        return
    for item in value:
        child = block.child_blocks.get(item["type"]) if _is_item(item) else None
        if child is None:
            yield _("There is a box in it that does not belong there.")
        else:
            yield from faults(child, item["value"])


def _table(block, value):
    """A table has named columns, and rows with a cell for each of them."""
    fault = _("“%(part)s” has to be a table.") % {"part": block.name}
    if not isinstance(value, dict) or set(value) != {"columns", "rows", "caption"}:
        yield fault
        return
    columns, rows = value["columns"], value["rows"]
    if (
        not isinstance(value["caption"], str)
        or not isinstance(columns, list)
        or not isinstance(rows, list)
        or not all(_is_column(block, column) for column in columns)
        or not all(_is_row(row, len(columns)) for row in rows)
    ):
        yield fault
        return
    for row in rows:
        for column, cell in zip(columns, row["values"], strict=True):
            yield from faults(block.child_blocks[column["type"]], cell)


def _is_column(block, column):
    return (
        isinstance(column, dict)
        and set(column) == {"type", "heading"}
        and all(isinstance(each, str) for each in column.values())
        and column["type"] in block.child_blocks
    )


def _is_row(row, across):
    return (
        isinstance(row, dict)
        and set(row) == {"values"}
        and isinstance(row["values"], list)
        and len(row["values"]) == across
    )


def _is_item(item):
    """Whether this is an item of a list or a stream, as the database holds it."""
    return (
        isinstance(item, dict)
        and {"type", "id", "value"} <= set(item)
        and isinstance(item["type"], str)
        and isinstance(item["id"], str)
    )


def _choice(block, value):
    many = isinstance(block, blocks.MultipleChoiceBlock)
    chosen = value if many else [value]
    if not isinstance(chosen, list) or not all(isinstance(each, str) for each in chosen):
        yield _("“%(part)s” has to be text.") % {"part": block.name}
        return
    known = {key for key, _label in block.field.choices}
    for each in chosen:
        if each and each not in known:
            yield _("“%(part)s” cannot be “%(value)s”.") % {
                "part": block.name,
                "value": each[:40],
            }


def _is_number(value, required):
    if value is None:
        return not required
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31


def tidied(block, value):
    """Return a value of the right shape with its rich text made harmless, wherever it stands."""
    if isinstance(block, blocks.RichTextBlock):
        return clean(value)
    if isinstance(block, blocks.StructBlock) and value is not None:
        children = block.child_blocks
        return {
            name: tidied(child, value[name]) for name, child in children.items() if name in value
        }
    if isinstance(block, blocks.ListBlock):
        return [{**item, "value": tidied(block.child_block, item["value"])} for item in value]
    if isinstance(block, blocks.StreamBlock):
        return [
            {**item, "value": tidied(block.child_blocks[item["type"]], item["value"])}
            for item in value
        ]
    return value
