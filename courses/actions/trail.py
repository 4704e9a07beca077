"""Writing down what was changed of a record that keeps no history of its own."""

from django.utils import timezone

from courses.models import Change, Why


def note(*, what, by, at=None, why="", columns=None, **whose):
    """Write down a change: one row for each of `columns`, {name: (before, after)}, or one.

    Before and after are codes, numbers or None: never what somebody wrote. `whose` is the person,
    with their enrolment if it is about that, or the organisation.
    """
    about = {"what": what, "by": by, "at": at or timezone.now(), **whose}
    about["why"] = why or _why(by, whose.get("person"))
    return Change.objects.bulk_create(
        Change(column=column, before=_said(before), after=_said(after), **about)
        for column, (before, after) in (columns or {"": (None, None)}).items()
    )


def _why(by, person):
    if by is None:
        return Why.SITE
    return Why.OWN if by == person else Why.ORGANISER


def _said(value):
    """Say a number, a code or a yes or no; nothing of anything else."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)[:80]


def settings_of(organisation, details):
    """Return {column: (before, after)} of what would change; words are left out."""
    before = {name: getattr(organisation, name) for name in details}
    return {
        name: (_plain(before[name]), _plain(new))
        for name, new in details.items()
        if before[name] != new
    }


def _plain(value):
    return value if isinstance(value, (bool, int)) else None
