"""What a newer edition has that an older one does not. Pure: no database, no request, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.outline import Outline, OutlineLesson


@dataclass(frozen=True)
class LessonChange:
    """A lesson that is in both: which steps came and went, and whether it is needed now."""

    before: OutlineLesson
    after: OutlineLesson

    @property
    def steps_added(self) -> tuple[str, ...]:
        """Titles of the steps that are new."""
        known = set(self.before.step_ids)
        return tuple(step.title for step in self.after.steps if step.id not in known)

    @property
    def steps_taken_out(self) -> tuple[str, ...]:
        """Titles of the steps that are gone."""
        known = set(self.after.step_ids)
        return tuple(step.title for step in self.before.steps if step.id not in known)

    @property
    def activities_renewed(self) -> tuple[str, ...]:
        """Titles of the steps on which another version of an activity is played."""
        before = _versions(self.before)
        return tuple(
            step.title
            for step in self.after.steps
            for exercise in step.exercises
            if before.get(exercise.id, exercise.version) != exercise.version
        )

    @property
    def now_needed(self) -> bool:
        return self.after.required and not self.before.required

    @property
    def no_longer_needed(self) -> bool:
        return self.before.required and not self.after.required


@dataclass(frozen=True)
class Changes:
    """Lessons that came, went, and changed, each in the order of the course."""

    added: tuple[OutlineLesson, ...]
    taken_out: tuple[OutlineLesson, ...]
    changed: tuple[LessonChange, ...]
    unchanged: int

    def __bool__(self) -> bool:
        return bool(self.added or self.taken_out or self.changed)


def compare(before: Outline, after: Outline) -> Changes:
    """Say what the newer outline has that the older has not. A lesson is known by its key."""
    old = {lesson.key: lesson for lesson in before.lessons}
    new = {lesson.key: lesson for lesson in after.lessons}
    kept = [LessonChange(old[key], lesson) for key, lesson in new.items() if key in old]
    changed = tuple(each for each in kept if _differs(each.before, each.after))
    return Changes(
        added=tuple(lesson for key, lesson in new.items() if key not in old),
        taken_out=tuple(lesson for key, lesson in old.items() if key not in new),
        changed=changed,
        unchanged=len(kept) - len(changed),
    )


def _differs(before: OutlineLesson, after: OutlineLesson) -> bool:
    return _what_matters(before) != _what_matters(after)


def _what_matters(lesson: OutlineLesson) -> tuple[int, bool, dict[str, int | None]]:
    return lesson.revision, lesson.required, _versions(lesson)


def _versions(lesson: OutlineLesson) -> dict[str, int | None]:
    """Return which version is played of each activity in a lesson."""
    exercises = (each for step in lesson.steps for each in step.exercises)
    return {each.id: each.version for each in exercises if each.version}


def why_not_move(
    before: Outline, after: Outline, asked_before: int, asked_after: int
) -> str | None:
    """Return why a group that has begun cannot go over, as a code; None when it can.

    `asked_…` is how many numbered sessions an edition asks for. A group's sessions are arranged,
    and some are over: so neither may they be others, nor may more of them be asked for.
    """
    if _sessions(before) != _sessions(after):
        return "other_sessions"
    if asked_after > asked_before:
        return "more_sessions"
    return None


def _sessions(outline: Outline) -> set[tuple[str, int, bool]]:
    return {(session.key, session.number, session.counted) for session in outline.sessions}


def sessions_asked(requirements: Iterable[dict[str, object]]) -> int:
    """Return how many numbered sessions an edition's requirements ask for."""
    return sum(
        int(str(each["at_least"])) for each in requirements if each["kind"] == "sessions_attended"
    )
