"""Prose between a text file and Wagtail's editor: Markdown in, the editor's own HTML out."""

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "h2", "h3", "b", "i", "ul", "ol", "li", "a", "br"}


def rich_text(markdown):
    """Return Markdown as the HTML that Wagtail's editor keeps; anything else is left out."""
    return clean(MarkdownIt().render(markdown))


def clean(html):
    """Return HTML in the editor's own tags, and no others."""
    for old, new in (("strong>", "b>"), ("em>", "i>")):
        html = html.replace(old, new)
    return nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, link_rel=None).strip()
