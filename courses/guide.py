"""What facilitators need in hand: a session's timed plan with its notes, on the clock of the day.

It is drawn from the revision that the cohort's edition holds, which never changes, so it is kept
in each process. The day, the pair and the handouts are put around it.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils import timezone
from wagtail.models import Revision

from courses.blocks import ActivityType
from courses.handouts import of_session
from courses.models import SessionRun
from courses.outline import Outline, OutlineHandout, OutlineSession
from courses.session_plan import Slot, Timing, slots, timing


@dataclass(frozen=True)
class Activity:
    """A timed part of a session, with what only facilitators read."""

    title: str
    type: str
    minutes: int
    note: str

    @property
    def type_name(self):
        return dict(ActivityType.choices).get(self.type, self.type)


@dataclass(frozen=True)
class Plan:
    """A session as its author wrote it, for those who lead it."""

    number: int
    title: str
    summary: str
    minutes: int
    aims: tuple[str, ...]
    activities: tuple[Activity, ...]

    @property
    def timing(self) -> Timing:
        return timing((each.minutes for each in self.activities), self.minutes)


def plan_of_page(page):
    """Return the Plan of a SessionPage, as it is in hand."""
    return Plan(
        number=page.number,
        title=page.title,
        summary=page.summary,
        minutes=page.minutes,
        aims=tuple(aim.value for aim in page.aims),
        activities=tuple(
            Activity(
                title=each.value.get("title") or "",
                type=each.value.get("type") or ActivityType.OTHER,
                minutes=each.value.get("minutes") or 0,
                note=each.value.get("note") or "",
            )
            for each in page.plan
        ),
    )


@lru_cache(maxsize=512)
def plan_of(revision_id):
    """Return the Plan in the page revision with this id: no query when it was read before."""
    return plan_of_page(Revision.objects.get(pk=revision_id).as_object())


@dataclass(frozen=True)
class Row:
    """An activity with the time it begins and ends, as a clock shows it."""

    activity: Activity
    begins: str
    ends: str


@dataclass(frozen=True)
class SessionGuide:
    """One session, ready to be led: `run` is None while no group holds it yet."""

    plan: Plan
    run: SessionRun | None = None
    handouts: tuple[OutlineHandout, ...] = ()

    @property
    def rows(self):
        start = timezone.localtime(self.run.starts_at) if self.run else None
        activities = self.plan.activities
        return [
            Row(activity, *slot.at(start))
            for activity, slot in zip(
                activities, slots(each.minutes for each in activities), strict=True
            )
        ]

    @property
    def ends(self):
        """When the session ends, by its length and not by its plan."""
        start = timezone.localtime(self.run.starts_at) if self.run else None
        return Slot(0, self.plan.minutes).at(start)[1]


def guide(outline: Outline, session: OutlineSession, run):
    """Return the guide to a session of an edition, as `run` holds it."""
    return SessionGuide(
        plan=plan_of(session.revision),
        run=run,
        handouts=of_session(outline.handouts, session.number),
    )
