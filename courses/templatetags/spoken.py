"""Marks words in another language than the page around them. See `courses.spoken`.

`said` is set by views: what stands in the tag of a lesson's or a question's own words.
"""

from django import template
from django.utils.html import format_html

from courses.spoken import language_of, marks, spoken_in

register = template.Library()


@register.simple_tag(takes_context=True)
def said_in(context, piece):
    """What stands in a tag with words of a lesson, a session, a handout or a set of questions."""
    return marks(language_of(context["edition"], piece)) if piece and "edition" in context else ""


@register.simple_tag
def lang(language):
    """What stands in a tag with words in this language."""
    return marks(language)


@register.filter
def marked(words, said):
    """Words in the middle of a sentence of ours, marked as what they are."""
    return format_html("<span{}>{}</span>", said, words) if said else words


@register.filter
def written_in(page):
    """Return the language of a page's words: until it is translated, that of its source."""
    return (page.alias_of or page).locale.language_code


@register.simple_tag
def spoken_on(page):
    """Return what `components/spoken.html` says about the language of a page."""
    return spoken_in(written_in(page))
