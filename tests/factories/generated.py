"""Whatever an author could have written, for property tests: made from the blocks themselves."""

import uuid

from hypothesis import strategies as st
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

PAGE = uuid.UUID(int=5)
# Letters of several scripts, and everything that means something in Markdown, HTML or YAML.
LETTERS = st.one_of(
    st.sampled_from(list("aeо ŵपあا\u0301*_`#-+~[]()<>&\\|!:;'\"{}=.1234\n\u00a0\u2028😀$%@")),
    st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0x2FFFF),
)
ODD = st.sampled_from(
    ["---", "```", "```check", "# Title", "- item", "1. one", "&amp;", "&nbsp;", "<b>", "x {#a}"]
)
texts = st.one_of(st.text(LETTERS, max_size=30), ODD, st.just("Some plain words."))
uuids = st.uuids(version=4).map(str)


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


words = st.one_of(st.text(LETTERS, min_size=1, max_size=20), ODD).map(escaped)
links = st.sampled_from(
    ["https://example.org/a?b=c&amp;d=é", "/path", "mailto:a@example.org", f"page:{PAGE}"]
)
inline = st.lists(
    st.one_of(
        words,
        words.map("<b>{}</b>".format),
        words.map("<i>{}</i>".format),
        words.map("<b><i>{}</i></b>".format),
        words.map("{}<br/>".format),
        st.tuples(links, words).map(lambda pair: '<a href="{}">{}</a>'.format(*pair)),
    ),
    min_size=1,
    max_size=4,
).map("".join)


def _lists(inner):
    items = st.lists(
        st.tuples(inline, st.one_of(st.just(""), inner)).map("<li>{0[0]}{0[1]}</li>".format),
        min_size=1,
        max_size=3,
    ).map("".join)
    return st.one_of(items.map("<ul>{}</ul>".format), items.map("<ol>{}</ol>".format))


lists = st.recursive(_lists(st.just("")), _lists, max_leaves=3)
keyed = inline.map('<p data-block-key="abc12">{}</p>'.format)
rich_texts = st.lists(
    st.one_of(inline.map("<p>{}</p>".format), keyed, inline.map("<h2>{}</h2>".format), lists),
    max_size=4,
).map("".join)


def _table(columns, rows, caption):
    return {
        "columns": [{"type": "text", "heading": heading} for heading in columns],
        "rows": [{"values": row[: len(columns)]} for row in rows],
        "caption": caption,
    }


cells = st.lists(texts, min_size=3, max_size=3)
tables = st.builds(_table, st.lists(texts, max_size=3), st.lists(cells, max_size=3), texts)


def value_of(block, *, documents, pictures):
    """A strategy for the plain data that a block can hold."""
    files = {"documents": documents, "pictures": pictures}
    if isinstance(block, ImageBlock):
        image = st.fixed_dictionaries(
            {
                "image": st.sampled_from(pictures),
                "alt_text": texts,
                "decorative": st.booleans(),
            }
        )
        return st.none() | image if pictures else st.none()
    if isinstance(block, blocks.StructBlock):
        return st.fixed_dictionaries(
            {name: value_of(child, **files) for name, child in block.child_blocks.items()}
        )
    if isinstance(block, BaseTypedTableBlock):
        return tables
    if isinstance(block, blocks.StaticBlock):
        return st.none()
    if isinstance(block, blocks.ListBlock):
        item = st.fixed_dictionaries(
            {
                "type": st.just("item"),
                "value": value_of(block.child_block, **files),
                "id": uuids,
            }
        )
        return st.lists(item, max_size=3)
    if isinstance(block, blocks.StreamBlock):
        return stream_of(block, **files)
    if isinstance(block, blocks.RichTextBlock):
        return rich_texts
    if isinstance(block, blocks.MultipleChoiceBlock):
        return st.lists(st.sampled_from(_choices(block)), unique=True, max_size=2)
    if isinstance(block, blocks.ChoiceBlock):
        return st.sampled_from(_choices(block))
    if isinstance(block, blocks.BooleanBlock):
        return st.booleans()
    if isinstance(block, blocks.IntegerBlock):
        return st.integers(1, 240)
    if isinstance(block, blocks.URLBlock):
        return st.sampled_from(["", "https://example.org/"])
    if isinstance(block, DocumentChooserBlock):
        return st.sampled_from([None, *documents])
    if isinstance(block, blocks.ChooserBlock):
        return st.none()  # an activity, which is not chosen yet
    return texts


def _choices(block):
    return [key for key, _label in block.field.choices if key]


def stream_of(block, *, documents=(), pictures=(), min_size=0, max_size=5):
    """A strategy for the plain data of a stream."""
    files = {"documents": documents, "pictures": pictures}
    return st.lists(
        st.one_of(
            st.fixed_dictionaries(
                {"type": st.just(name), "value": value_of(child, **files), "id": uuids}
            )
            for name, child in block.child_blocks.items()
        ),
        min_size=min_size,
        max_size=max_size,
    )
