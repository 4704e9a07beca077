"""What an edition holds, in order: sessions, their timed plan, their lessons and steps.

Pure: no database, no request, no clock. An outline is kept with its edition as plain data and
never changes, so it can be read once and kept.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class OutlineExercise:
    """An exercise's id (its block's) and kind: check, scenario, reflection or action_plan."""

    id: str
    kind: str


@dataclass(frozen=True)
class OutlineStep:
    """One screen of a lesson."""

    id: str
    title: str
    exercises: tuple[OutlineExercise, ...] = ()


@dataclass(frozen=True)
class OutlineLesson:
    """A lesson. `key` is the same in every edition and language; `revision` is a page revision."""

    key: str
    slug: str
    title: str
    summary: str
    minutes: int
    required: bool
    revision: int
    steps: tuple[OutlineStep, ...] = ()

    @property
    def step_ids(self) -> tuple[str, ...]:
        return tuple(step.id for step in self.steps)

    def position(self, step_id: str) -> int:
        """Return the step's place, counted from 1. Raises ValueError when it has none."""
        return self.step_ids.index(step_id) + 1


@dataclass(frozen=True)
class OutlineActivity:
    """A timed part of a session, as trainees may see it: without the facilitators' notes."""

    title: str
    type: str
    minutes: int


@dataclass(frozen=True)
class OutlineSession:
    """A session of the course. `counted` is false for session zero."""

    key: str
    number: int
    slug: str
    title: str
    summary: str
    counted: bool
    minutes: int
    revision: int
    aims: tuple[str, ...] = ()
    activities: tuple[OutlineActivity, ...] = ()
    lessons: tuple[OutlineLesson, ...] = ()


@dataclass(frozen=True)
class Outline:
    """Everything in an edition, in the order of the course."""

    sessions: tuple[OutlineSession, ...]

    @cached_property
    def lessons(self) -> tuple[OutlineLesson, ...]:
        return tuple(lesson for session in self.sessions for lesson in session.lessons)

    @cached_property
    def required_lessons(self) -> tuple[str, ...]:
        return tuple(lesson.key for lesson in self.lessons if lesson.required)

    @cached_property
    def counted_sessions(self) -> tuple[OutlineSession, ...]:
        return tuple(session for session in self.sessions if session.counted)

    @cached_property
    def _by_key(self) -> dict[str, tuple[OutlineSession, OutlineLesson]]:
        return {
            lesson.key: (session, lesson)
            for session in self.sessions
            for lesson in session.lessons
        }

    def session(self, slug: str) -> OutlineSession | None:
        return next((session for session in self.sessions if session.slug == slug), None)

    def lesson(self, session_slug: str, slug: str) -> tuple[OutlineSession, OutlineLesson] | None:
        """Return the lesson at this place with its session; None when there is none."""
        for session, lesson in self._by_key.values():
            if session.slug == session_slug and lesson.slug == slug:
                return session, lesson
        return None

    def by_key(self, key: str) -> tuple[OutlineSession, OutlineLesson] | None:
        """Return the lesson with this key, with its session; None when there is none."""
        return self._by_key.get(key)

    def after(self, key: str) -> Iterator[tuple[OutlineSession, OutlineLesson]]:
        """Yield the lessons that follow this one."""
        pairs = list(self._by_key.values())
        keys = list(self._by_key)
        yield from pairs[keys.index(key) + 1 :]


def to_data(outline: Outline) -> dict[str, Any]:
    """Return the outline as data that JSON can hold."""
    return asdict(outline)


def from_data(data: dict[str, Any]) -> Outline:
    """Read an outline from what `to_data` made."""
    return Outline(
        sessions=tuple(
            OutlineSession(
                **{
                    **session,
                    "aims": tuple(session["aims"]),
                    "activities": tuple(OutlineActivity(**a) for a in session["activities"]),
                    "lessons": tuple(_lesson(lesson) for lesson in session["lessons"]),
                }
            )
            for session in data["sessions"]
        )
    )


def _lesson(data: dict[str, Any]) -> OutlineLesson:
    return OutlineLesson(
        **{
            **data,
            "steps": tuple(
                OutlineStep(
                    id=step["id"],
                    title=step["title"],
                    exercises=tuple(OutlineExercise(**e) for e in step["exercises"]),
                )
                for step in data["steps"]
            ),
        }
    )
