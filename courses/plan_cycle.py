"""The weekly round of action plans: which one is looked back on, and where the next is made.

Pure: no database, no request, no clock. A plan belongs to the session whose lesson asked for it,
and a later session opens by looking back on it. Only the newest plan is ever asked about; older
ones wait in the notebook, and nobody is chased for them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.outline import Outline, OutlineLesson, OutlineSession

PLAN = "action_plan"


@dataclass(frozen=True)
class Made:
    """A plan as it was last saved. `saved` tells their order: what is saved later has more."""

    saved: int
    lesson: str
    is_reviewed: bool = False


@dataclass(frozen=True)
class PlanPlace:
    """A screen that asks for a plan; `step` is counted from 1."""

    session: OutlineSession
    lesson: OutlineLesson
    step: int


def places(outline: Outline) -> tuple[PlanPlace, ...]:
    """Return every screen that asks for a plan, in the order of the course."""
    return tuple(
        PlanPlace(session, lesson, number)
        for session in outline.sessions
        for lesson in session.lessons
        for number, step in enumerate(lesson.steps, 1)
        if any(exercise.kind == PLAN for exercise in step.exercises)
    )


def has_plans_before(outline: Outline, opened: str) -> bool:
    """Tell whether a session before the one with this key asks for a plan."""
    at = _position(outline, opened)
    return any(_position(outline, place.session.key) < at for place in places(outline))


def to_look_back_on(made: Iterable[Made], outline: Outline, opened: str) -> Made | None:
    """Return the plan that the session with this key opens with; None when there is none.

    It is the newest plan, when it was made for an earlier session and nobody has said yet how it
    went. A plan from a lesson that the edition no longer holds counts as earlier.
    """
    newest = max(made, key=lambda plan: plan.saved, default=None)
    if newest is None or newest.is_reviewed:
        return None
    found = outline.by_key(newest.lesson)
    is_earlier = found is None or _position(outline, found[0].key) < _position(outline, opened)
    return newest if is_earlier else None


def next_place(outline: Outline, lesson: str, opened: str | None = None) -> PlanPlace | None:
    """Return where the plan after one from this lesson is made; None when nothing asks for one.

    It is the first screen for it from the session that was opened, or from the one after the
    plan's own. After the last one, it is that one again: a plan can be made anew for as long as
    people like.
    """
    found = outline.by_key(lesson)
    since = _position(outline, found[0].key) + 1 if found else 0
    if opened:
        since = max(since, _position(outline, opened))
    known = places(outline)
    later = [place for place in known if _position(outline, place.session.key) >= since]
    return next(iter([*later, *known[-1:]]), None)


def _position(outline: Outline, session: str) -> int:
    return [each.key for each in outline.sessions].index(session)
