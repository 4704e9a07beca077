"""What HTML a field of an activity may hold: the tags that its semantics name. Pure."""

import html
import re
from collections.abc import Collection

import nh3

# H5P allows these in every field with HTML, whatever its semantics say.
ALWAYS = {"div", "span", "p", "br"}
# Whoever may write the one may write the others.
TOGETHER = {
    "b": {"strong"},
    "strong": {"b"},
    "i": {"em"},
    "em": {"i"},
    "ul": {"li"},
    "ol": {"li"},
    "del": {"s"},
    "strike": {"s"},
    "table": {"tr", "td", "th", "colgroup", "col", "thead", "tbody", "tfoot", "caption"},
}
# Asked for or not, these would run, load or cover something.
NEVER = {"script", "style", "iframe", "object", "embed", "form", "input", "link", "meta", "base"}
ATTRIBUTES = {
    "a": {"href", "target", "title"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope", "headers"},
    "col": {"span"},
    "ol": {"start", "type"},
    "*": {"lang", "dir", "style"},
}
SCHEMES = {"http", "https", "mailto", "tel"}


def allowed(tags: Collection[str]) -> set[str]:
    """Return every tag that may stand where the semantics name `tags`."""
    named = {tag for tag in tags if re.fullmatch(r"[a-z][a-z0-9]*", tag)}
    more = set().union(*(TOGETHER.get(tag, set()) for tag in named)) if named else set()
    return (ALWAYS | named | more) - NEVER


def clean(text: str, tags: Collection[str], styles: Collection[str] = ()) -> str:
    """Return HTML with these tags and no others. What stood in the others stays as text."""
    permitted = allowed(tags)
    attributes = {tag: set(names) for tag, names in ATTRIBUTES.items() if tag in permitted}
    attributes["*"] = set(ATTRIBUTES["*"])
    return nh3.clean(
        text,
        tags=permitted,
        clean_content_tags={"script", "style"} - permitted,
        attributes=attributes,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer" if "a" in permitted else None,
        filter_style_properties={"text-align", *styles},
    )


def from_typing(text: str) -> str:
    """Return what was typed into a bare field as HTML: words without a tag are paragraphs."""
    if not text.strip() or re.search(r"<[a-zA-Z/!]", text) or "\n" not in text.strip():
        return text
    parts = [" ".join(html.unescape(part).split()) for part in re.split(r"\n\s*\n", text)]
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in parts if part)


def as_text(text: str) -> str:
    """Return the words of HTML, for one line of a list."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())
