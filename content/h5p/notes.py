"""What was let through when a package came in: kept as a note, and told to its author in words."""

from django.utils.translation import gettext as _

NAMES_AT_MOST = 10  # a few of them say what they all are

# For each code, what a note of it says. {names} are a few of what it is about.
TOLD = {
    "outside": lambda: _(
        "It shows films, sounds or pictures from other sites: %(names)s. They may not play here. "
        "It is safer to put the files themselves into the activity."
    ),
    "outside_script": lambda: _(
        "It asks for a script from another site: %(names)s. It is not fetched, so a part of the "
        "activity may not work."
    ),
    "language": lambda: _(
        "We could not read the words of some languages and left them out: %(names)s."
    ),
    "left_out": lambda: _("We left out files that an activity does not need: %(names)s."),
    "unused": lambda: _("Some files are not used by the activity: %(names)s."),
    "odd_form": lambda: _(
        "It plays, but there is something in its form that we cannot show, so it may not be "
        "possible to change all of it here: %(names)s."
    ),
    "newer_installed": lambda: _(
        "A newer build of these libraries is here already: %(names)s. The activity uses those "
        "that it came with."
    ),
    "editor_missing": lambda: _(
        "It plays, but some libraries that only help to change it are not here: %(names)s."
    ),
}


def note(code, names, **more):
    """Return a note of files, libraries or addresses, as it is kept with a version."""
    return {"code": code, "names": names[:NAMES_AT_MOST], "count": len(names)} | more


def told(notes):
    """Return the sentence of each note that we know."""
    return [
        TOLD[each["code"]]() % {"names": _listed(each)} for each in notes if each["code"] in TOLD
    ]


def _listed(kept):
    names = ", ".join(kept["names"])
    more = kept["count"] - len(kept["names"])
    if more > 0:
        return _("%(names)s and %(more)s more") % {"names": names, "more": more}
    return names
