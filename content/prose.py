"""Prose between a text file and Wagtail's editor: Markdown on one side, the editor's HTML on the
other, each turned into the other without loss."""

import re

import nh3
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markdownify import ATX, BACKSLASH, MarkdownConverter

TAGS = {"p", "h2", "h3", "b", "i", "ul", "ol", "li", "a", "br"}
# Links to pages travel by the page's key: numbers differ from site to site.
SCHEMES = {"http", "https", "mailto", "tel", "page"}
BLOCKS = r"</?(?:p|h2|h3|ul|ol|li)(?: [^>]*)?>"
AROUND_BLOCKS = re.compile(rf" *({BLOCKS}|<br/>) *")
LINE_BREAKS = re.compile(r"[ \t]*[\r\n]+[ \t]*")

_converter = MarkdownConverter(
    autolinks=False,
    bullets="-",
    escape_misc=True,
    heading_style=ATX,
    newline_style=BACKSLASH,
)


def rich_text(markdown):
    """Return Markdown as the HTML that Wagtail's editor keeps; anything else is left out."""
    return clean(MarkdownIt().render(markdown))


def clean(html):
    """Return HTML in the editor's own tags, and no others, always written in the same way."""
    for old, new in (("strong>", "b>"), ("em>", "i>")):
        html = html.replace(old, new)
    html = nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, link_rel=None, url_schemes=SCHEMES
    )
    html = LINE_BREAKS.sub(" ", html.replace("<br>", "<br/>"))
    return AROUND_BLOCKS.sub(r"\1", html).strip()


def markdown(html):
    """Return HTML of Wagtail's editor as Markdown that `rich_text` reads as the same again.

    What Markdown has no words for stays HTML, which is Markdown as well.
    """
    html = clean(html)
    text = "\n\n".join(_as_markdown(part) for part in _parts(html))
    return text if rich_text(text) == html else html


def _parts(html):
    """Return the outermost elements of `html`, each as HTML."""
    return [clean(str(part)) for part in BeautifulSoup(html, "html.parser").contents]


def _as_markdown(html):
    text = _converter.convert(html).strip()
    return text if rich_text(text) == html else html
