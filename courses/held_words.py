"""A session as it was held, in words: who marked what and when, how activities went, and how it
was for those who came."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from content import days
from courses.models import ActivityHow, AttendanceMark, FilledInBy, MeetingWay

CANCELLED = gettext_lazy(
    "This session was cancelled, so there is nothing to mark. If it was held after all, an "
    "organiser can put it back."
)


@dataclass(frozen=True)
class Change:
    """One line of a log: who changed what to what, and when."""

    at: datetime
    by: str
    about: str
    said: str
    before: str


def mark_said(row):
    """Say a mark with its way and reason: “Came late, by phone: the bus”."""
    said = str(AttendanceMark(row.mark).label)
    if row.way:
        said = _("%(mark)s, %(way)s") % {"mark": said, "way": MeetingWay(row.way).label}
    if row.reason:
        said = _("%(mark)s: %(reason)s") % {"mark": said, "reason": row.reason}
    return said


def attendance_log(rows):
    """Return the changes that these rows of Attendance are, newest first."""
    before, changes = {}, []
    for row in rows:
        said = mark_said(row)
        changes.append(
            Change(
                at=row.marked_at,
                by=row.marked_by.name,
                about=row.enrolment.trainee.name,
                said=said,
                before=before.get(row.enrolment_id, ""),
            )
        )
        before[row.enrolment_id] = said
    return changes[::-1]


def disputed(row, name, asked):
    """Say that somebody else has marked a person since the sheet was drawn."""
    return _(
        "%(by)s marked %(name)s as “%(theirs)s” on %(when)s, after you opened this sheet. You "
        "chose “%(yours)s”. Theirs stands. If yours is right, save again."
    ) % {
        "by": row.marked_by.name,
        "name": name,
        "theirs": mark_said(row),
        "when": days.day_of_year_and_time(timezone.localtime(row.marked_at)),
        "yours": AttendanceMark(asked.mark).label,
    }


# --- Activities --------------------------------------------------------------------------------


def went_said(row):
    """Say how an activity went: “Changed: we were short of time”."""
    said = str(ActivityHow(row.how).label)
    return _("%(how)s: %(reason)s") % {"how": said, "reason": row.reason} if row.reason else said


def activity_log(rows):
    """Return the changes that these rows of ActivityMark are, newest first."""
    before, changes = {}, []
    for row in rows:
        said, place = went_said(row), (row.place, row.title)
        about = _("%(place)s. %(title)s") % {"place": row.place, "title": row.title}
        changes.append(Change(row.at, row.by.name, about, said, before.get(place, "")))
        before[place] = said
    return changes[::-1]


def activities_said(held):
    """Say in one sentence how the plan went."""
    total, changed, open_ = len(held.lines), len(held.not_as_planned), len(held.not_marked)
    if not total:
        return _("This session has no activities in its plan.")
    if open_ == total:
        return _("Nobody has said yet how the activities went.")
    if not changed and not open_:
        return _("All activities went as planned.")
    said = _("%(n)s of %(total)s activities went as planned.") % {
        "n": total - changed - open_,
        "total": total,
    }
    if not open_:
        return said
    more = ngettext("%(n)s has not been marked yet.", "%(n)s have not been marked yet.", open_) % {
        "n": open_
    }
    return f"{said} {more}"


# --- The checklist -----------------------------------------------------------------------------

FIDELITY_ITEMS = {
    "two_led": gettext_lazy("Two of us led."),
    "plan_on_show": gettext_lazy("The plan for the day was on show."),
    "agreement_on_show": gettext_lazy("The group agreement was on show."),
    "feedback_opened": gettext_lazy("We opened the feedback round with our own plans."),
    "brainstorm_open": gettext_lazy("In the brainstorm, ideas came without comments."),
    "plans_made": gettext_lazy("Those who wanted to made an action plan."),
    "break_taken": gettext_lazy("The break was taken, in full."),
    "ended_on_time": gettext_lazy("We ended within ten minutes of the time we’d planned."),
}
# The same, from somebody who watched.
WATCHED_ITEMS = FIDELITY_ITEMS | {
    "two_led": gettext_lazy("Two people led."),
    "feedback_opened": gettext_lazy(
        "The facilitators opened the feedback round with their own plans."
    ),
    "ended_on_time": gettext_lazy("It ended within ten minutes of the time that was planned."),
}
FILLED_IN = {
    FilledInBy.PAIR: gettext_lazy("The two who led"),
    FilledInBy.OBSERVER: gettext_lazy("Somebody who watched"),
}


def items_of(kind):
    """Return {item: its words} for who fills a checklist in."""
    return WATCHED_ITEMS if kind == FilledInBy.OBSERVER else FIDELITY_ITEMS


def checked(held):
    """Return the checklists beside each other: their heads, and a line of cells for each item."""
    cells = {
        each.kind: {
            **dict.fromkeys(each.ticked.happened, ("cell-done", _("yes"))),
            **dict.fromkeys(each.ticked.did_not, ("cell-none", _("no"))),
            **dict.fromkeys(each.ticked.left_open, ("cell-todo", _("left open"))),
        }
        for each in held.checks
    }
    lines = [
        (words, [cells[each.kind][item] for each in held.checks])
        for item, words in WATCHED_ITEMS.items()
    ]
    return {"heads": [FILLED_IN[each.kind] for each in held.checks], "lines": lines}


# --- What the group said -----------------------------------------------------------------------

FEEDBACK_QUESTIONS = {
    "listened_to": gettext_lazy("I felt listened to."),
    "had_a_turn": gettext_lazy("Everyone had a turn."),
    "can_use": gettext_lazy("I can use something from today."),
}


def answered_said(told):
    """Say how many have answered, and from when on it is shown."""
    if not told.answered:
        return _("Nobody has answered yet. It is shown from %(least)s.") % {
            "least": told.small_number
        }
    said = ngettext("%(n)s person has answered.", "%(n)s people have answered.", told.answered) % {
        "n": told.answered
    }
    if not told.is_shown:
        return _("%(said)s It is shown from %(least)s.") % {
            "said": said,
            "least": told.small_number,
        }
    return said


def spread_said(found):
    """Say what the numbers for one question come to."""
    return _(
        "The middle answer is %(middle)s of 10. The lowest is %(lowest)s, the highest %(highest)s."
    ) % {
        "middle": number_format(found.middle, 0 if found.middle == int(found.middle) else 1),
        "lowest": found.lowest,
        "highest": found.highest,
    }


def spreads(told):
    """Return (question, what it comes to in words, Spread) for each; no Spread, no numbers."""
    few = _("Fewer than %(least)s answers to this can be shown so far.") % {
        "least": told.small_number
    }
    return [
        (words, spread_said(found) if found else few, found)
        for question, words in FEEDBACK_QUESTIONS.items()
        for found in [told.spreads[question]]
    ]
