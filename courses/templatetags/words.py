"""In which language the words on a page are, so that they are read aloud as they should be."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from courses.views.scope import spoken_in

register = template.Library()


@register.simple_tag
def lang(language):
    """Return the attribute that marks words in this language; nothing where it is the page's."""
    if not language or language == get_language():
        return ""
    return format_html(' lang="{}"', language)


@register.filter
def written_in(page):
    """Return the language of a page's words: until it is translated, that of its source."""
    return (page.alias_of or page).locale.language_code


@register.simple_tag
def spoken_on(page):
    """Return what `components/spoken.html` says about the language of a page."""
    return spoken_in(written_in(page))
