"""What languages are called inside a sentence: “English” in English, “inglés” in Spanish.

Django's own names begin with a capital in every language, as they would in a list.
"""

from django.utils.translation import get_language_info, pgettext_lazy

NAMES = {
    "en": pgettext_lazy("language, inside a sentence", "English"),
    "es": pgettext_lazy("language, inside a sentence", "Spanish"),
}


def language_name(code):
    """Return what the language of this code, such as “en-gb”, is called inside a sentence."""
    short = code.split("-")[0]
    return NAMES.get(short) or get_language_info(short)["name_translated"]
