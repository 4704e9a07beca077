"""A session as it was held: its pair, its activities, its checklists, and how it was for people.

Everything that page shows, as plain dataclasses, in a fixed number of queries.
"""

from dataclasses import dataclass

from courses.actions.delivery import latest_activities
from courses.feedback import QUESTIONS, Spread, spread
from courses.fidelity import Ticked, ticked
from courses.models import (
    ActivityHow,
    ActivityMark,
    FeedbackGiven,
    FidelityCheck,
    FilledInBy,
    GroupFeedback,
    SessionRun,
)


@dataclass(frozen=True)
class Line:
    """An activity of the plan, and how it went, if somebody has said so."""

    place: int
    title: str
    minutes: int
    went: ActivityMark | None


@dataclass(frozen=True)
class Checked:
    """A checklist as it was filled in last by the pair, or by somebody who watched."""

    kind: FilledInBy
    check: FidelityCheck
    ticked: Ticked


@dataclass(frozen=True)
class Told:
    """What the group said: how many answered, and for each question what can be shown of it."""

    answered: int
    small_number: int
    spreads: dict[str, Spread | None]

    @property
    def is_shown(self):
        return any(self.spreads.values())


@dataclass(frozen=True)
class Held:
    """A session as it was held. `gone` are marks of activities that the plan no longer has."""

    run: SessionRun
    lines: tuple[Line, ...]
    gone: tuple[ActivityMark, ...]
    checks: tuple[Checked, ...]
    told: Told

    @property
    def is_led_by_one(self):
        """True where not both facilitators are named: the report says so, and why."""
        return not (self.run.facilitator_id and self.run.co_facilitator_id)

    @property
    def not_as_planned(self):
        return tuple(
            line for line in self.lines if line.went and line.went.how != ActivityHow.AS_PLANNED
        )

    @property
    def not_marked(self):
        return tuple(line for line in self.lines if not line.went)


def load(run):
    """Return the Held of a session run, which comes with its cohort, edition and organisation."""
    latest = latest_activities(run)
    planned = lines(run, latest)
    known = {(line.place, line.title) for line in planned}
    return Held(
        run=run,
        lines=planned,
        gone=tuple(row for key, row in latest.items() if key not in known),
        checks=_checks(run),
        told=told(run),
    )


def lines(run, latest):
    """Return the activities of a session's plan, beside the latest marks of them."""
    session = run.cohort.edition.outline.session_by_key(str(run.session))
    activities = session.activities if session else ()
    return tuple(
        Line(place, each.title, each.minutes, latest.get((place, each.title)))
        for place, each in enumerate(activities, 1)
    )


def _checks(run):
    latest = {
        check.filled_in_by: check
        for check in run.fidelity_checks.select_related("by").order_by("pk")
    }
    return tuple(
        Checked(kind, latest[kind], ticked(latest[kind].answers))
        for kind in FilledInBy
        if kind in latest
    )


def told(run):
    """Return what the group said of a session, as far as it can be shown."""
    small_number = run.cohort.organisation.small_number
    rows = GroupFeedback.objects.filter(session_run=run).values()
    shown = {
        question: [row[question] for row in rows if row[f"{question}_shown"]]
        for question in QUESTIONS
    }
    return Told(
        answered=FeedbackGiven.objects.filter(session_run=run).count(),
        small_number=small_number,
        spreads={question: spread(shown[question], small_number) for question in QUESTIONS},
    )
