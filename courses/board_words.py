"""The cohort board in words, in table cells, and as lines of a file."""

from dataclasses import dataclass
from itertools import chain

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from content import days
from courses.attention import Reason
from courses.board import ASKED_NAMES, Cell
from courses.choosing import Order, Who
from courses.models import AttendanceMark, MilestoneKind

NAMES_IN_A_SENTENCE = 3
# class (the stylesheet draws its shape), words, and whether they are seen as well as heard
DRAWN = {
    Cell.HERE: ("cell-done", gettext_lazy("here")),
    Cell.LATE: ("cell-done", gettext_lazy("came late"), True),
    Cell.LEFT_EARLY: ("cell-done", gettext_lazy("left early"), True),
    Cell.MADE_UP: ("cell-done", gettext_lazy("made up"), True),
    Cell.EXCUSED: ("cell-none", gettext_lazy("excused"), True),
    Cell.AWAY: ("cell-none", gettext_lazy("away"), True),
    Cell.NOT_MARKED: ("cell-todo", gettext_lazy("not yet")),
    Cell.FINISHED: ("cell-done", gettext_lazy("finished")),
    Cell.BEGUN: ("cell-part", gettext_lazy("begun")),
    Cell.NOT_BEGUN: ("cell-todo", gettext_lazy("not yet")),
    Cell.OPTIONAL: ("cell-none", gettext_lazy("not needed")),
}
WHY = {
    Reason.MISSED_THE_LAST_SESSIONS: gettext_lazy("Was not at the last two sessions."),
    Reason.NEEDS_A_CATCH_UP: gettext_lazy(
        "Needs a catch-up: the sessions still to come are not enough to complete."
    ),
    Reason.NOT_BEGUN: gettext_lazy("Joined on %(day)s, and has not opened a lesson yet."),
    Reason.QUIET: gettext_lazy("Was last in a lesson on %(day)s."),
}
REACHED = {
    MilestoneKind.COMPLETION: gettext_lazy("Completed the course"),
    MilestoneKind.READY: gettext_lazy("Ready to co-facilitate"),
}
WHOS = {
    Who.EVERYONE: gettext_lazy("everyone"),
    Who.CAN_COMPLETE: gettext_lazy("who can still complete"),
    Who.NEEDS_A_CATCH_UP: gettext_lazy("who needs a catch-up"),
    Who.COMPLETED: gettext_lazy("who has completed"),
    Who.READY: gettext_lazy("who is ready to co-facilitate"),
    Who.TO_CALL: gettext_lazy("who might be glad of a call"),
}
ORDERS = {
    Order.NAME: gettext_lazy("by name"),
    Order.LAST_ACTIVE: gettext_lazy("who was here last"),
}


def found_said(found, total):
    """Say how many are looked at, of how many."""
    if found == total:
        return ngettext("%(n)s person", "%(n)s people", total) % {"n": total}
    return ngettext("%(found)s of %(n)s person", "%(found)s of %(n)s people", total) % {
        "found": found,
        "n": total,
    }


def sentence(board):
    """Say in one sentence how the cohort is doing and who might be glad of a call."""
    said = _how_many(board)
    names = [row.name for row in board.to_call]
    if not names:
        return _("%(standing)s.") % {"standing": said}
    calls = ngettext(
        "%(names)s might be glad of a call", "%(names)s might be glad of a call", len(names)
    ) % {"names": and_list(names)}
    return _("%(standing)s; %(calls)s.") % {"standing": said, "calls": calls}


def _how_many(board):
    total, completed, can = len(board.rows), board.completed, board.can_complete
    if not total:
        text = _("Nobody has joined yet")
    elif completed == total:
        text = ngettext("The one person here has completed", "All %(total)s have completed", total)
    elif completed and can == completed:
        text = ngettext(
            "%(completed)s of %(total)s has completed, and the others need a catch-up",
            "%(completed)s of %(total)s have completed, and the others need a catch-up",
            completed,
        )
    elif completed:
        text = ngettext(
            "%(completed)s of %(total)s has completed, and %(more)s more still can",
            "%(completed)s of %(total)s have completed, and %(more)s more still can",
            completed,
        )
    elif can == total:
        text = ngettext(
            "The one person here can still complete", "All %(total)s can still complete", total
        )
    else:
        text = _("%(can)s of %(total)s can still complete")
    return text % {"total": total, "completed": completed, "can": can, "more": can - completed}


def and_list(names, most=NAMES_IN_A_SENTENCE):
    """Return “Amina”, “Amina and Dev”, or “Amina, Dev, Ruth and 2 others”."""
    if len(names) == 1:
        return names[0]
    first, rest = names[:most], len(names) - most
    if rest <= 0:
        return _("%(first)s and %(last)s") % {
            "first": _(", ").join(names[:-1]),
            "last": names[-1],
        }
    return ngettext("%(first)s and %(rest)s other", "%(first)s and %(rest)s others", rest) % {
        "first": _(", ").join(first),
        "rest": rest,
    }


def line(row):
    """Say where one person stands, in one line."""
    if row.has_completed:
        return _("Completed on %(day)s.") % {"day": day(row.reached_at)}
    parts = [
        _("%(name)s %(done)s of %(needed)s")
        % {"name": ASKED_NAMES[asked.kind], "done": asked.done, "needed": asked.needed}
        for asked in row.asked
    ]
    parts.append(outlook(row))
    return " · ".join(parts)


def asked_lines(row):
    """Say of each thing that completing asks: (whether it is met, in words)."""
    return _lines(row.asked)


def ready_lines(row, *, organised=True):
    """The same of what being ready asks; nothing where it is not asked, or not theirs to see."""
    return _lines(row.ready.asked) if organised and row.ready else []


def _lines(asked):
    return [(each.is_met, _line(each)) for each in asked]


def _line(asked):
    said = _("%(name)s: %(done)s of %(needed)s") % {
        "name": ASKED_NAMES[asked.kind],
        "done": asked.done,
        "needed": asked.needed,
    }
    return f"{said} ({_('waived')})" if asked.is_waived else said


def outlook(row):
    """Say whether somebody can complete with what is still to come."""
    if row.can_complete:
        return _("can still complete")
    return _("can no longer complete without a catch-up")


def ready(row, *, organised=True):
    """Say where somebody stands on the way to being ready; nothing where it is not asked.

    Those who lead the group see that somebody is ready, but not what of it is there: that would
    tell of checks and of what observers saw.
    """
    if row.ready_at:
        return _("ready since %(day)s") % {"day": day(row.ready_at)}
    standing = row.ready if organised else None
    if standing is None or not standing.asked:
        return ""
    return _("%(done)s of %(needed)s") % {"done": len(standing.met), "needed": len(standing.asked)}


@dataclass(frozen=True)
class RecheckSaid:
    """A milestone to look at again: what was reached, and what is not met any more."""

    reached: str
    said: str


def recheck(each):
    """Return a courses.rechecking.Recheck in words."""
    names = [str(ASKED_NAMES[kind]) for kind in each.kinds]
    return RecheckSaid(
        reached=REACHED[each.kind],
        said=_("No longer met: %(what)s.") % {"what": and_list(names)},
    )


def why(row):
    """Say, as facts, why this person might be glad of a call."""
    dates = {Reason.NOT_BEGUN: row.joined_at, Reason.QUIET: row.last_active}
    return [
        WHY[reason] % {"day": day(dates[reason])} if reason in dates else str(WHY[reason])
        for reason in row.reasons
    ]


def day(moment):
    """Return a day like “3 November”."""
    return days.day_of_year(timezone.localtime(moment))


def counts_said(counts, people):
    """Say how many were here, such as “12 here, 2 excused, 1 away”."""
    said = [
        (counts[AttendanceMark.PRESENT], _("%(n)s here")),
        (counts[AttendanceMark.LATE], _("%(n)s came late")),
        (counts[AttendanceMark.LEFT_EARLY], _("%(n)s left early")),
        (counts[AttendanceMark.MADE_UP], _("%(n)s made up")),
        (counts[AttendanceMark.EXCUSED], _("%(n)s excused")),
        (counts[AttendanceMark.ABSENT], _("%(n)s away")),
        (people - sum(counts.values()), _("%(n)s not marked yet")),
    ]
    return _(", ").join(text % {"n": n} for n, text in said if n)


def csv_head(board):
    """Return the first line of the board as a file."""
    return [
        _("Name"),
        _("Joined"),
        *chain.from_iterable(
            (asked, _("%(name)s needed") % {"name": asked}) for asked in board.asked
        ),
        *(
            _("Session %(number)s: %(title)s") % {"number": c.label, "title": c.title}
            for c in board.sessions
        ),
        *(
            _("Lesson %(number)s: %(title)s") % {"number": c.label, "title": c.title}
            for c in board.lessons
        ),
        _("Completed"),
        _("Ready to co-facilitate"),
        _("Might be glad of a call"),
    ]


def csv_lines(board):
    """Yield each person's line of the board as a file, in the order of `csv_head`."""
    words = {cell: str(looks[1]) for cell, looks in DRAWN.items()}
    for row in board.rows:
        yield [
            row.name,
            _as_day(row.joined_at),
            *chain.from_iterable((str(asked.done), str(asked.needed)) for asked in row.asked),
            *(words[cell] for cell in (*row.sessions, *row.lessons)),
            _as_day(row.reached_at),
            _as_day(row.ready_at),
            " ".join(why(row)),
        ]


def _as_day(moment):
    return timezone.localdate(moment).isoformat() if moment else ""


def pair(run):
    """Say who leads a session."""
    named = [person.name for person in (run.facilitator, run.co_facilitator) if person]
    if len(named) == 2:
        return _("Led by %(first)s and %(second)s.") % {"first": named[0], "second": named[1]}
    reason = {"reason": run.one_facilitator_reason}
    if named:
        return _("Led by %(name)s alone: %(reason)s.") % {"name": named[0], **reason}
    return _("Nobody is named yet: %(reason)s.") % reason


def drawn(rows, *, organised=True):
    """Yield (row, its cells as HTML). 1,500 cells cost 23 ms by template tags, joined here 2."""
    cells = {cell: _drawn(*looks) for cell, looks in DRAWN.items()}
    for row in rows:
        asked = [_drawn_asked(asked) for asked in row.asked]
        done = [cells[cell] for cell in (*row.sessions, *row.lessons)]
        reached = format_html(
            "<td>{}</td><td>{}</td>",
            day(row.reached_at) if row.has_completed else "",
            ready(row, organised=organised),
        )
        yield row, format_html_join("", "{}", ((cell,) for cell in (*asked, *done, reached)))


def _drawn(look, text, is_seen=False):
    seen = "meta" if is_seen else "visually-hidden"
    return format_html('<td class="{}"> <span class="{}">{}</span></td>', look, seen, text)


def _drawn_asked(asked):
    of = _("%(done)s of %(needed)s") % {"done": asked.done, "needed": asked.needed}
    if asked.is_met:
        return format_html(
            "<td>{}\N{NO-BREAK SPACE}"
            '<span aria-hidden="true">✓</span><span class="visually-hidden">{}</span></td>',
            of,
            _("waived") if asked.is_waived else _("met"),
        )
    if not asked.can_still_be_met:
        return format_html('<td>{} <span class="meta">{}</span></td>', of, _("catch-up needed"))
    return format_html("<td>{}</td>", of)
