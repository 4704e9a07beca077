"""How a page marks words that are in another language than the page around them.

Then they are read aloud, hyphenated and set from the side that is right for them.
"""

from django.conf.locale import LANG_INFO
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_bidi

from content.language_names import language_name


def marks(language):
    """Return `lang`, and `dir` where it is the other way round, as they stand in a tag.

    Nothing for words in the language of the page.
    """
    if not language or language == get_language():
        return ""
    right_to_left = LANG_INFO.get(language.split("-")[0], {}).get("bidi", False)
    if right_to_left == get_language_bidi():
        return format_html(' lang="{}"', language)
    return format_html(' lang="{}" dir="{}"', language, "rtl" if right_to_left else "ltr")


def language_of(edition, piece):
    """Return the language of a lesson, a session, a handout or a set of questions."""
    return piece.language or edition.language


def spoken_in(language):
    """Say in which language words are: `lang`, and its `name` if it is not the reader's."""
    if language == get_language():
        return {"lang": language}
    return {"lang": language, "name": language_name(language)}
