"""A lesson's blocks as the rules of `content.lesson_checks` see them."""

from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from content.lesson_checks import Piece

NOT_READ = (blocks.ChoiceBlock, blocks.MultipleChoiceBlock, blocks.URLBlock, blocks.RawHTMLBlock)


def pieces_of(body):
    """Return the pieces of a lesson's stream, each with the step it is on."""
    found, step, title = [], 0, ""
    for block in body:
        if block.block_type == "step":
            step, title = step + 1, block.value.get("title") or ""
        found.append(_piece(block, step, title))
    return tuple(found)


def piece_of_html(html, name):
    """Return a field of rich text as a piece; `name` is the field's."""
    return Piece(id=name, html=(html,))


def texts_of(block, value):
    """Return every piece of writing inside a block's value, as plain text."""
    html, texts = [], []
    _gather(block, value, html, texts)
    return (*(strip_tags(each) for each in html), *texts)


def _piece(block, step, title):
    html, texts = [], []
    _gather(block.block, block.value, html, texts)
    return Piece(
        id=str(block.id),
        step=step,
        step_title=title,
        html=tuple(html),
        texts=tuple(texts),
        **_to_see_and_hear(block),
    )


def _to_see_and_hear(block):
    value = block.value
    if block.block_type == "picture":
        image = value.get("image")
        return {
            "alt_undecided": bool(image) and not (image.decorative or image.contextual_alt_text)
        }
    if block.block_type in {"video", "audio"}:
        transcript = value.get("transcript")
        return {
            "is_film": block.block_type == "video",
            "is_sound": block.block_type == "audio",
            "captions": bool(value.get("captions")),
            "transcript": bool(transcript and strip_tags(transcript.source).strip()),
        }
    if block.block_type == "h5p":
        words = value.get("words")
        return {
            "is_activity": True,
            "in_words": bool(words and strip_tags(words.source).strip()),
            "asked": bool(value.get("asked")),
        }
    return {}


def _gather(block, value, html, texts):
    """Put every piece of writing inside a block into `html` or `texts`."""
    if isinstance(value, RichText):
        html.append(value.source)
    elif isinstance(block, ImageBlock):  # its value is the picture itself
        texts += [value.contextual_alt_text] if value and value.contextual_alt_text else []
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            _gather(child, value.get(name), html, texts)
    elif isinstance(block, blocks.ListBlock):
        for item in value or []:
            _gather(block.child_block, item, html, texts)
    elif isinstance(block, blocks.BaseStreamBlock):
        for child in value or []:
            _gather(child.block, child.value, html, texts)
    elif isinstance(value, str) and value and not isinstance(block, NOT_READ):
        texts.append(value)
