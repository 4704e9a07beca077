"""Groups led after training, and contacts with those who lead them, in words."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from content import days
from courses.support import When

CONTACTS = {
    1: gettext_lazy("After one month"),
    3: gettext_lazy("After three months"),
    6: gettext_lazy("After six months"),
}


def pair_said(facilitator, co_facilitator, alone=""):
    """Say who led: “Led by Amina and Ken.”"""
    names = {"one": getattr(facilitator, "name", ""), "two": getattr(co_facilitator, "name", "")}
    if co_facilitator:
        return _("Led by %(one)s and %(two)s.") % names
    if alone:
        return _("Led by %(one)s alone: %(why)s.") % {**names, "why": alone}
    return _("Led by %(one)s.") % names


def pair_of(row):
    """Say who led a group, or one session of it."""
    alone = row.get_alone_because_display() if row.alone_because else ""
    return pair_said(row.facilitator, row.co_facilitator, alone[:1].lower() + alone[1:])


def sentence(series, *, has_ended=False):
    """Say how far a group has come."""
    held = len(series.held)
    if series.counts:
        return _("The whole series was led. The last day was %(day)s.") % {
            "day": days.day(series.last_day)
        }
    if series.is_full:
        return _("All sessions are written down. One thing is left: a checklist.")
    if not held:
        if has_ended:
            return _("It stopped before its first session.")
        return _("No session is written down yet.")
    said = ngettext(
        "%(held)s of %(planned)s session is written down.",
        "%(held)s of %(planned)s sessions are written down.",
        series.planned,
    ) % {"held": held, "planned": series.planned}
    return _("%(said)s Then it stopped.") % {"said": said} if has_ended else said


def came_said(series):
    """Say how many came, on average and from fewest to most; empty before the first session."""
    if not series.came:
        return ""
    average = number_format(round(series.average, 1), 1, use_l10n=True)
    if len(series.came) == 1:
        return people_said(series.came[0])
    return _(
        "On average %(average)s people came: %(least)s at the least, %(most)s at the most."
    ) % {
        "average": average,
        "least": min(series.came),
        "most": max(series.came),
    }


def people_said(came):
    """Say how many came to one session."""
    if not came:
        return _("Nobody came.")
    return ngettext("%(n)s person came.", "%(n)s people came.", came) % {"n": came}


def active_said(until, today):
    """Say whether somebody is active, to themselves."""
    if until is None:
        return _(
            "Once you have led a whole series, and its checklist is filled in, you are active for"
            " twelve months."
        )
    if until < today:
        return _(
            "You were active until %(day)s. With another series you are again. You are welcome"
            " back at any time."
        ) % {"day": days.day(until)}
    return _("You are active until %(day)s.") % {"day": days.day(until)}


def is_active_said(until, today):
    """Say whether somebody is active, to an organiser."""
    if until is None:
        return _("has not led a whole series yet")
    said = _("was active until %(day)s") if until < today else _("active until %(day)s")
    return said % {"day": days.day(until)}


# --- Contacts ----------------------------------------------------------------------------------


def contact_said(each):
    """Say how one of the three contacts stands."""
    said = {
        When.TO_COME: _("around %(day)s"),
        When.DUE: _("now, around %(day)s"),
        When.LATE: _("was due around %(day)s, and is still welcome"),
        When.MADE: _("made on %(made)s"),
        When.PASSED: _("was due around %(day)s. The next one is what matters now"),
    }[each.when]
    if each.when == When.PASSED and each.month == max(CONTACTS):
        said = _("was due around %(day)s")
    return said % {"day": days.day(each.day), "made": days.day(each.made_on or each.day)}


def contacts_said(several):
    """Return (which contact, how it stands, whether it is asked for) of each."""
    return [(CONTACTS[each.month], contact_said(each), each.is_asked_for) for each in several]
