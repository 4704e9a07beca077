"""What of a block is words, to be said in another language, and what is the same in all of them.

`get_translatable_segments` and `restore_translated_segments` are what wagtail-localize asks.
"""

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock, TypedTableBlock
from wagtail.images.blocks import ImageBlock
from wagtail_localize.segments import StringSegmentValue

from content.blocks.h5p import PackageBlock

WORDS = (
    blocks.CharBlock,
    blocks.TextBlock,
    blocks.RichTextBlock,
    blocks.URLBlock,  # a source may be elsewhere in another language
    blocks.ChooserBlock,  # so may a picture, a recording or a file
    ImageBlock,
    blocks.StaticBlock,
)


class NameBlock(blocks.CharBlock):
    """A short name that something else refers to. It is the same in every language.

    Translated, a choice of a scenario could lead to a step that goes by another name.
    """

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        """Keep the name, also where an older version had it translated."""
        return value

    def deconstruct(self):
        """Stand in migrations as what it is to the database: a line of text."""
        return ("wagtail.blocks.CharBlock", *super().deconstruct()[1:])


# The same in every language, though a translator may well choose another picture or recording.
FIXED = (NameBlock, PackageBlock)


class TableBlock(TypedTableBlock):
    """A table whose headings, cells and caption can be translated. Its cells hold plain text."""

    def get_context(self, value, parent_context=None):
        """Give each cell the heading of its column: on a phone it stands beside it."""
        headings = [column["heading"] for column in value.columns]
        rows = [list(zip(row, headings, strict=False)) for row in value.rows]
        return super().get_context(value, parent_context) | {"rows": rows}

    def get_translatable_segments(self, table):
        headings = {f"columns.{n}": column["heading"] for n, column in enumerate(table.columns)}
        cells = {
            f"rows.{n}.{m}": text
            for n, row in enumerate(table.row_data)
            for m, text in enumerate(row["values"])
        }
        words = {"caption": table.caption, **headings, **cells}
        return [StringSegmentValue(path, text) for path, text in words.items() if text]

    def restore_translated_segments(self, table, segments):
        for segment in segments:
            part, *where = segment.path.split(".")
            text = segment.render_text()
            if part == "caption":
                table.caption = text
            elif part == "columns":
                table.columns[int(where[0])]["heading"] = text
            else:
                row, column = map(int, where)
                table.row_data[row]["values"][column] = text
        return table


def same_in_every_language(block, value):
    """Return all that is not words in a block's value, to be compared with a translation's.

    That is: the ids of blocks and items, in order, with the kinds of blocks; names that others
    refer to; what was ticked or chosen; numbers; and which lines of a list read alike, since
    things to put in order that read alike may change places.
    """
    if isinstance(block, FIXED):
        return block.get_prep_value(value) or None
    if isinstance(block, WORDS):
        return None
    if isinstance(block, blocks.BaseStructBlock):
        children = block.child_blocks
        return [same_in_every_language(children[name], value.get(name)) for name in children]
    if isinstance(block, blocks.ListBlock):
        return [
            (item.id, same_in_every_language(item.block, item.value), alike)
            for item, alike in zip(value.bound_blocks, _alike(value), strict=True)
        ]
    if isinstance(block, blocks.BaseStreamBlock):
        return [
            (child.block_type, child.id, same_in_every_language(child.block, child.value))
            for child in value
        ]
    if isinstance(block, BaseTypedTableBlock):
        return [[column["block"].name for column in value.columns], len(value.row_data)]
    return value or None  # not ticked, and not yet asked whether it is, are the same


def _alike(items):
    """For each line of a list, the place of the first that reads the same."""
    lines = [item if isinstance(item, str) else n for n, item in enumerate(items)]
    return [lines.index(line) for line in lines]
