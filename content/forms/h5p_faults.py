"""What needs another look in an activity's form, in a sentence for whoever wrote it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.h5p.form_tree import FILES


def told(node):
    """Return what is wrong with a field in one sentence for whoever wrote in it."""
    fault, limit = node.fault, node.fault.limit
    if fault.code == "blank":
        return _blank(node)
    if fault.code == "maxLength":
        return ngettext(
            "This is too long. It can have %(n)s letter at most.",
            "This is too long. It can have %(n)s letters at most.",
            limit,
        ) % {"n": limit}
    if fault.code == "min":
        return _("Write a number that is %(least)s or more.") % {"least": limit}
    if fault.code == "max":
        return _("Write a number that is %(most)s or less.") % {"most": limit}
    if fault.code == "steps":
        return _("Write a number in steps of %(step)s, counted from %(least)s.") % {
            "step": limit,
            "least": int(node.field.minimum or 0),
        }
    if fault.code == "decimals":
        if not limit:
            return _("Write a whole number.")
        return ngettext(
            "Write a number with %(n)s digit after the point at most.",
            "Write a number with %(n)s digits after the point at most.",
            limit,
        ) % {"n": limit}
    if fault.code == "minItems":
        return ngettext(
            "There has to be %(n)s of these at least. Add one.",
            "There have to be %(n)s of these at least. Add some.",
            limit,
        ) % {"n": limit}
    if fault.code == "maxItems":
        return ngettext(
            "There can be %(n)s of these at most. Take some away.",
            "There can be %(n)s of these at most. Take some away.",
            limit,
        ) % {"n": limit}
    return _in_words(fault.code)


def _in_words(code):
    """Return the sentence for what no number belongs to."""
    return {
        "number": _("Write a number here, in digits."),
        "choice": _("Choose one of these."),
        "enum": _("Choose one of these."),
        "colour": _("Write a colour, like “#0d5c5b” or “darkgreen”."),
        "file": _("This file cannot be used here. Choose another one."),
        "regexp": _("It has to be written in a certain way here. Look at the help for it."),
    }.get(code) or _("This cannot be kept as it is. Write it in another way.")


def _blank(node):
    if node.kind == "library":
        return _("Choose what is to stand here.")
    if node.kind in FILES:
        return _("Choose a file.")
    return _("Choose one of these.") if node.kind == "choice" else _("Write something here.")
