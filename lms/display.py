"""How a reader wants pages to look: kept in a cookie, set as attributes on <html>.

Kept on the device and not with the person, because tired eyes differ from screen to screen.
"""

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

COOKIE = "display"
COOKIE_AGE = 60 * 60 * 24 * 365

THEMES = [
    ("auto", _("As my device does it")),
    ("light", _("Light")),
    ("dark", _("Dark")),
]
TEXT_SIZES = [
    ("normal", _("Normal")),
    ("large", _("Large")),
    ("largest", _("Largest")),
]
SPACINGS = [
    ("normal", _("Normal")),
    ("open", _("More room between lines")),
]
CHOICES = {"theme": THEMES, "text": TEXT_SIZES, "spacing": SPACINGS}


def chosen(request):
    """Return {"theme": …, "text": …, "spacing": …}; anything unknown becomes the first choice."""
    parts = dict(
        part.split(":", 1) for part in request.COOKIES.get(COOKIE, "").split("|") if ":" in part
    )
    return {
        name: parts[name] if parts.get(name) in dict(options) else options[0][0]
        for name, options in CHOICES.items()
    }


def as_cookie(choices):
    """Return the cookie's text for {"theme": …, "text": …, "spacing": …}."""
    return "|".join(f"{name}:{choices[name]}" for name in CHOICES)


def display(request):
    """Context processor: `display.theme`, `display.text`, `display.spacing`; other languages."""
    now = get_language()
    return {
        "display": chosen(request),
        "other_languages": [(code, name) for code, name in settings.LANGUAGES if code != now],
    }
