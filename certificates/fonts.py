"""Whether a name can be printed on a certificate. What cannot is named when it is entered."""

import unicodedata

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.fonts import undrawable

NAMED_AT_MOST = 8


def name_problem(text):
    """Return a plain sentence that names what cannot be printed, or None when all of it can."""
    missing = undrawable(text)
    if not missing:
        return None
    named = get_text_list([f"“{_told(c)}”" for c in missing[:NAMED_AT_MOST]], _("and"))
    return ngettext(
        "We cannot print the character %(named)s on a certificate. "
        "Please leave it out or write it another way.",
        "We cannot print the characters %(named)s on a certificate. "
        "Please leave them out or write them another way.",
        len(missing),
    ) % {"named": named}


def _told(character):
    """Return the character so that it can be seen: a mark on a circle, a hidden one by name."""
    category = unicodedata.category(character)
    if category.startswith("M"):
        return f"◌{character}"
    if category.startswith(("C", "Z")):
        return unicodedata.name(character, "").lower() or f"U+{ord(character):04X}"
    return character
