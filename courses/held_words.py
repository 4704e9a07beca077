"""A session as it was held, in words: who marked what and when, how activities went, and how it
was for those who came."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import days
from courses.models import AttendanceMark, MeetingWay

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
