"""A person's sessions and practices as a calendar file (RFC 5545).

It names the group and the number of the session: no course, no condition, no people.
"""

from datetime import UTC, timedelta

import icalendar
from django.db.models import Count, Max, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.models import Cohort, Practice, SessionRun

OFTEN = timedelta(hours=6)  # how often a calendar looks again


def sessions_of(person):
    """Return the sessions of the groups this person is in, and those they lead, by day."""
    mine = Cohort.objects.of(person).values("pk")
    return (
        SessionRun.objects.filter(
            Q(cohort__in=mine) | Q(facilitator=person) | Q(co_facilitator=person)
        )
        .select_related("cohort")
        .annotate(times_changed=Count("changes"), changed_at=Max("changes__at"))
        .order_by("starts_at", "pk")
    )


def practices_of(person):
    """Return the practices this person has booked and still means to do."""
    return (
        Practice.objects.filter(
            enrolment__trainee=person, enrolment__left_at=None, cancelled_at=None
        )
        .exclude(slot=None)
        .select_related("slot", "enrolment__cohort")
        .order_by("slot__starts_at", "pk")
    )


def as_file(person):
    """Return the person's calendar, as bytes."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//Alongside//Sessions//{get_language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("My sessions"))
    calendar.add("x-published-ttl", icalendar.vDuration(OFTEN))
    calendar.add("refresh-interval", icalendar.vDuration(OFTEN), parameters={"VALUE": "DURATION"})
    for run in sessions_of(person):
        calendar.add_component(_session(run))
    for practice in practices_of(person):
        calendar.add_component(_practice(practice))
    return calendar.to_ical()


def _session(run):
    meets = run if run.way or run.place else run.cohort
    return _event(
        uid=f"{run.session}-{run.cohort_id}@sessions.alongside",
        summary=_("%(group)s, session %(number)s")
        % {"group": run.cohort.name, "number": run.number},
        starts_at=run.starts_at,
        minutes=run.minutes,
        meets=meets,
        changed_at=run.changed_at or run.cohort.started_at,
        times_changed=run.times_changed,
        is_cancelled=run.cancelled_at is not None,
    )


def _practice(practice):
    slot = practice.slot
    return _event(
        uid=f"practice-{practice.pk}@practices.alongside",
        summary=_("%(group)s, practice") % {"group": practice.enrolment.cohort.name},
        starts_at=slot.starts_at,
        minutes=slot.minutes,
        meets=slot,
        changed_at=practice.booked_at,
        times_changed=0,
        is_cancelled=slot.cancelled_at is not None,
    )


def _event(*, uid, summary, starts_at, minutes, meets, changed_at, times_changed, is_cancelled):
    event = icalendar.Event()
    event.add("uid", uid)
    event.add("summary", summary)
    # In the time of the whole world, which every calendar shows on the clock of its owner.
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", (starts_at + timedelta(minutes=minutes)).astimezone(UTC))
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("last-modified", changed_at.astimezone(UTC))
    event.add("sequence", times_changed)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    if where := meets.place or (meets.get_way_display() if meets.way else ""):
        event.add("location", where)
    return event
