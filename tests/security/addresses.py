"""Every address that the site answers at, ours and those that came with it."""

import re
import uuid
from dataclasses import dataclass
from functools import cache

from django.urls import URLResolver, get_resolver

OURS = ("lms.", "certificates.", "courses.", "content.")
# What stands in an address when nobody has to be found there.
ANYTHING = {
    "int": "1",
    "str": "anything",
    "slug": "anything",
    "uuid": str(uuid.UUID(int=1)),
    "path": "anything",
}
# Those that are patterns, and a path to each: comparing, what is left of the CMS, Wagtail's pages.
PATTERNS = {
    "wagtailadmin_pages:revisions_compare": "/cms/pages/1/revisions/compare/1...2/",
    "cms/^.*/$": "/cms/nowhere/",
    "wagtail_serve": "/",
}


@dataclass(frozen=True)
class Address:
    """One pattern of the urlconf: where it is, what it is called, and whose view answers."""

    route: str
    name: str
    module: str
    parts: tuple = ()
    is_exempt: bool = False

    @property
    def is_ours(self):
        return self.module.startswith(OURS)

    @property
    def is_in_the_cms(self):
        return self.route.startswith("cms/")

    @property
    def path(self):
        """A path that leads here, to something that need not be there."""
        key = self.name or self.route
        if key in PATTERNS:
            return PATTERNS[key]
        filled = re.sub(r"<(?:(\w+):)?\w+>", lambda part: ANYTHING[part[1] or "str"], self.route)
        return "/" + re.sub(r"[\^$]", "", filled)


@cache
def every_address():
    """All there are, in the order in which they are tried."""
    return tuple(_walk(get_resolver().url_patterns, "", ""))


def our_addresses():
    """Those that a view of ours answers, by name. The few without a name have their route."""
    return {each.name or each.route: each for each in every_address() if each.is_ours}


def _walk(patterns, before, space):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern.url_patterns, route, space + inside)
            continue
        view = pattern.callback
        # allauth and Wagtail wrap their classes: the class says whose it is.
        module = getattr(getattr(view, "view_class", view), "__module__", "")
        yield Address(
            route,
            space + pattern.name if pattern.name else "",
            f"{module}.",
            tuple(re.findall(r"<(?:\w+:)?(\w+)>", route)),
            getattr(view, "csrf_exempt", False),
        )
