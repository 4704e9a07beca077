"""What a line of “Is everything working?” says to people: what was found, and what to do."""

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from content.days import day_of_year_and_time
from lms.working import Line, State

TITLES = {
    Line.DATABASE: gettext_lazy("Keeping what people write"),
    Line.TABLES: gettext_lazy("The database after an update"),
    Line.DISK: gettext_lazy("Room on the disk"),
    Line.TICK: gettext_lazy("What the site does by itself"),
    Line.MAIL: gettext_lazy("E-mail"),
    Line.TASKS: gettext_lazy("Work that was put off"),
    Line.BACKUP: gettext_lazy("Backups"),
    Line.CERTIFICATES: gettext_lazy("Certificates as PDF"),
    Line.FONTS: gettext_lazy("Letters for certificates"),
}
STATES = {
    State.WELL: gettext_lazy("Well"),
    State.LOOK: gettext_lazy("Needs a look"),
    State.BROKEN: gettext_lazy("Not working"),
}


def found(verdict):
    """Return what was found, as a sentence."""
    if verdict.line in (Line.DISK, Line.TICK, Line.MAIL, Line.TASKS, Line.BACKUP):
        return FOUND[verdict.line](verdict)
    return str((WELL if verdict.state is State.WELL else NOT_WELL)[verdict.line])


def to_do(verdict):
    """Return what somebody should do; nothing where all is well."""
    return "" if verdict.state is State.WELL else str(TO_DO[verdict.line])


WELL = {
    Line.DATABASE: gettext_lazy("What people write is kept."),
    Line.TABLES: gettext_lazy("The database fits this version of the site."),
    Line.CERTIFICATES: gettext_lazy("PDFs can be made."),
    Line.FONTS: gettext_lazy("The letters for certificates are here, for many languages."),
}
NOT_WELL = {
    Line.DATABASE: gettext_lazy("Nothing can be written now. People can read, but not save."),
    Line.TABLES: gettext_lazy("The site was updated, but its database was not."),
    Line.CERTIFICATES: gettext_lazy(
        "PDFs cannot be made. People can read and print their certificate as a page."
    ),
    Line.FONTS: gettext_lazy("Certificates use other letters than they should."),
}
WHAT_TO_INSTALL = gettext_lazy(
    "Ask who looks after the server to run “manage.py ready_to_start”. It says what is missing."
)
TO_DO = {
    Line.DATABASE: gettext_lazy(
        "Tell who looks after the server at once. The disk may be full, or the database stopped."
    ),
    Line.TABLES: gettext_lazy("Ask who looks after the server to run “manage.py migrate”."),
    Line.DISK: gettext_lazy(
        "Ask who looks after the server to make room. Old backups are often what fills a disk."
    ),
    Line.TICK: gettext_lazy(
        "Ask who looks after the server to see if “manage.py tick” runs each minute. Until then "
        "no messages and no reminders go out."
    ),
    Line.MAIL: gettext_lazy(
        "Look at Messages to see what waits and why. If they all wait, ask who looks after the "
        "server about the mail server."
    ),
    Line.TASKS: gettext_lazy(
        "Ask who looks after the server to read the log, put right what is missing, and run "
        "“manage.py work --again --once”."
    ),
    Line.BACKUP: gettext_lazy(
        "Ask who looks after the server to see if “manage.py backup” runs each night."
    ),
    Line.CERTIFICATES: WHAT_TO_INSTALL,
    Line.FONTS: WHAT_TO_INSTALL,
}


def _disk(verdict):
    return _("%(size)s are free.") % {"size": filesizeformat(verdict.count)}


def _tick(verdict):
    if verdict.since is None:
        return _("It has not done anything by itself yet.")
    return _("It last looked what is due on %(when)s.") % _when(verdict)


def _mail(verdict):
    if verdict.count:
        return ngettext(
            "%(n)s message did not reach anybody.",
            "%(n)s messages did not reach anybody.",
            verdict.count,
        ) % {"n": verdict.count}
    if verdict.state is State.LOOK:
        return _("A message has waited to go since %(when)s.") % _when(verdict)
    if verdict.since is None:
        return _("Nothing waits to go. No message has been sent yet.")
    return _("Nothing waits for long. The last message went on %(when)s.") % _when(verdict)


def _tasks(verdict):
    if verdict.count:
        return ngettext(
            "%(n)s piece of work did not go well, and is not tried again by itself.",
            "%(n)s pieces of work did not go well, and are not tried again by themselves.",
            verdict.count,
        ) % {"n": verdict.count}
    if verdict.state is State.LOOK:
        return _("Something has waited to be done since %(when)s.") % _when(verdict)
    return _("Nothing waits for long.")


def _backup(verdict):
    if verdict.since is not None:
        return _("The last backup was made on %(when)s.") % _when(verdict)
    if verdict.state is State.WELL:
        return _("Backups are made elsewhere, so the site does not see them.")
    return _("There has been no backup yet. If the disk breaks, all is lost.")


def _when(verdict):
    return {"when": day_of_year_and_time(timezone.localtime(verdict.since))}


FOUND = {
    Line.DISK: _disk,
    Line.TICK: _tick,
    Line.MAIL: _mail,
    Line.TASKS: _tasks,
    Line.BACKUP: _backup,
}
