"""What was let through when a package came in, told to its author in words."""

from django.utils.translation import gettext as _

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


def told(notes):
    """Return the sentence of each note that we know."""
    return [
        TOLD[note["code"]]() % {"names": _listed(note)} for note in notes if note["code"] in TOLD
    ]


def _listed(note):
    names = ", ".join(note["names"])
    more = note["count"] - len(note["names"])
    if more > 0:
        return _("%(names)s and %(more)s more") % {"names": names, "more": more}
    return names
