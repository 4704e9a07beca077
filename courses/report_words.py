"""The figures of a report in words: sentences, plots with their own labels, and tables."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import plots
from content.plots import Datum
from courses.counting import MINUTES

NAMES = {
    "reached": gettext_lazy("Invited or joined"),
    "joined": gettext_lazy("Joined"),
    "participants": gettext_lazy("Came to at least one session"),
    "completers": gettext_lazy("Completed the course"),
    "ready": gettext_lazy("Ready to co-facilitate"),
}


@dataclass(frozen=True)
class Section:
    """One idea: a sentence, perhaps a plot of it, and the same numbers in a table."""

    key: str
    title: str
    sentence: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    plot: Any = None
    shift: Any = None
    described: str = ""

    @property
    def lines(self):
        """The same as lines of a spreadsheet: its title with the head, then each row."""
        if not self.rows:
            return [(self.title, self.sentence)]
        return [(self.title, *self.head), *((self.title, *row) for row in self.rows)]


def sections(report):
    """Return what a report shows, in order."""
    return [
        _way(report),
        _sessions(report),
        _knowledge(report),
        _confidence(report),
        _hours(report),
        *([_led(report.led), _calls(report.led)] if report.led else []),
    ]


def number(value):
    """A number as it is written; words where it is not shown."""
    return _("not shown") if value is None else number_format(value, use_l10n=True)


def number_of(report, name):
    """A figure as it is written; a dash where the course does not ask for it."""
    return number(report.figures[name]) if name in report.figures else "–"


def _mark(value):
    """The same where there is little room, on a plot."""
    return "–" if value is None else number_format(value, use_l10n=True)


def lead(report):
    """Say the figure that funders ask for first, with what it is a part of."""
    came, completed = report.figures["participants"], report.figures["completers"]
    if came is None or completed is None:
        return _("The numbers of this group are too small to say how many completed.")
    if not came:
        return _("Nobody has come to a session yet.")
    return _(
        "%(completed)s of the %(came)s people who came to at least one session completed the"
        " course (%(share)s%%)."
    ) % {
        "completed": number(completed),
        "came": number(came),
        "share": number(round(100 * completed / came)),
    }


def hidden_note(report):
    """Say why a number is missing."""
    return _(
        "No number of people under %(small)s is shown, and none from which one could be worked"
        " out. So nobody can be known from this page."
    ) % {"small": number(report.small)}


def _way(report):
    asked = [(str(NAMES[name]), report.figures[name]) for name in NAMES if name in report.figures]
    data = [Datum(name, value, _mark(value)) for name, value in asked]
    return Section(
        key="way",
        title=_("From being invited to being ready"),
        sentence=_("How many people there were at each step of the way."),
        head=(_("Step"), _("People")),
        rows=tuple((name, number(value)) for name, value in asked),
        plot=plots.bars(data) if _says_something(data) else None,
        described=_described(data),
    )


def _sessions(report):
    title = _("Who came, session by session")
    if not report.sessions:
        return Section("sessions", title, _("No session has been held yet."))
    data = [Datum(str(n), came, _mark(came)) for n, _title, came in report.sessions]
    came = report.figures["participants"]
    return Section(
        key="sessions",
        title=title,
        sentence=_("How many were there, of the %(came)s people who came to at least one session.")
        % {"came": number(came)}
        if came is not None
        else _("How many were there at each session."),
        head=(_("Session"), _("People there")),
        rows=tuple(
            (_("%(number)s. %(title)s") % {"number": n, "title": named}, number(came))
            for n, named, came in report.sessions
        ),
        plot=plots.columns(data, whole=came or 0) if _says_something(data) else None,
        described=_described(data),
    )


def _says_something(data):
    """A plot in which no number is shown would only be empty; the table says so already."""
    return any(each.value is not None for each in data)


def _described(data):
    """A plot in one sentence, for those who hear it."""
    said = (
        _("%(label)s: %(number)s") % {"label": each.label, "number": number(each.value)}
        for each in data
    )
    return _("; ").join(said)


def _knowledge(report):
    return _changed(
        report,
        report.knowledge,
        key="knowledge",
        title=_("What people know, before and after"),
        unit=_("%(number)s%%"),
        what=_(
            "The share of questions that were met in the check before the course, and in the"
            " first check at its end, for the same people."
        ),
        name=_("Questions met"),
    )


def _confidence(report):
    return _changed(
        report,
        report.confidence,
        key="confidence",
        title=_("How sure people feel as facilitators, before and after"),
        unit=_("%(number)s of 10"),
        what=_(
            "On a scale from 0 to 10: the mean of the ten statements, for those who answered"
            " at least eight of them both before the course and at its end."
        ),
        name=_("How sure"),
    )


def _changed(report, change, *, key, title, unit, what, name):
    if change is None:
        return Section(
            key,
            title,
            _("Fewer than %(small)s people have answered both times.")
            % {"small": number(report.small)},
        )
    digits = 0 if change.highest == 100 else 1
    said = [
        unit % {"number": number_format(each, digits, use_l10n=True)}
        for each in (change.before, change.after)
    ]
    before, after = (
        _("before: %(number)s") % {"number": said[0]},
        _("after: %(number)s") % {"number": said[1]},
    )
    people = (
        _("%(small)s or more") % {"small": number(report.small)}
        if change.people is None
        else number(change.people)
    )
    return Section(
        key=key,
        title=title,
        sentence=what,
        head=(name, _("Before"), _("After"), _("People")),
        rows=((_("Mean"), *said, people),),
        shift=plots.shift(
            change.before,
            change.after,
            change.highest,
            (before, after, unit % {"number": "0"}, unit % {"number": str(change.highest)}),
        ),
        described=_("%(before)s; %(after)s") % {"before": before, "after": after},
    )


def _hours(report):
    minutes = report.figures[MINUTES]
    return Section(
        key="hours",
        title=_("Hours given"),
        sentence=_(
            "The hours of the sessions that people came to, and of the online lessons that they"
            " finished."
        ),
        head=(_("What"), _("Hours")),
        rows=(
            (_("Hours of all together"), number(None if minutes is None else round(minutes / 60))),
        ),
    )


def _led(led):
    counted, title = led.counted, _("Groups led after training")
    if not counted.groups:
        return Section("led", title, _("No group has been led yet."))
    average = counted.average
    came = number_format(average, 1, use_l10n=True) if average else number(None)
    rows = [
        (_("Groups led"), number(counted.groups)),
        (_("Sessions held"), number(counted.sessions)),
        (_("Of these, led by one person alone"), number(counted.alone)),
        (
            _("People who came to a session, on average"),
            came if counted.sessions else _mark(None),
        ),
        (_("Groups with a checklist filled in"), number(counted.checked)),
        (_("Whole series led, with a checklist"), number(counted.full)),
    ]
    if led.is_of_today:
        rows.append((_("Facilitators who are active today"), number(led.active)))
    return Section(
        key="led",
        title=title,
        sentence=_(
            "What people lead once they are ready. Only counts are kept of it. Groups too small to"
            " be shown are not in the average. Active is who led a whole series, with a checklist,"
            " within twelve months."
        ),
        head=(_("What"), _("Number")),
        rows=tuple(rows),
    )


def _calls(led):
    title = _("Calls to those who are ready")
    if led.due == 0:
        return Section("calls", title, _("No call has been due yet."))
    return Section(
        key="calls",
        title=title,
        sentence=_(
            "After one month, three and six, somebody asks how it goes. A call is in time until"
            " two weeks after its day."
        ),
        head=(_("What"), _("Calls")),
        rows=(
            (_("Due so far"), number(led.due)),
            (_("Made in time"), number(led.on_time)),
        ),
    )
