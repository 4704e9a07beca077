"""What an edition holds, in order: sessions, their timed plan, their lessons and steps.

Pure: no database, no request, no clock. An outline is kept with its edition as plain data and
never changes, so it can be read once and kept.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, TypeVar


@dataclass(frozen=True)
class OutlineExercise:
    """An exercise's id (its block's) and its kind, like check, scenario or reflection.

    An activity's `version` is the H5PVersion that is played, and `asked` says whether its step is
    finished only once it was done. Editions made before there were activities name neither.
    """

    id: str
    kind: str
    version: int | None = None
    asked: bool = False


@dataclass(frozen=True)
class OutlineStep:
    """One screen of a lesson."""

    id: str
    title: str
    exercises: tuple[OutlineExercise, ...] = ()

    @property
    def asked(self) -> tuple[str, ...]:
        """The ids of what has to be done before the step is finished."""
        return tuple(exercise.id for exercise in self.exercises if exercise.asked)


@dataclass(frozen=True)
class LessonWords:
    """A lesson's words in another language. Its steps have the same ids as the lesson's own."""

    language: str
    title: str
    summary: str
    revision: int
    steps: tuple[OutlineStep, ...] = ()


@dataclass(frozen=True)
class OutlineLesson:
    """A lesson. `key` is the same in every edition and language; `revision` is a page revision.

    `language` is that of the words here: "" for the language the edition was made in.
    """

    key: str
    slug: str
    title: str
    summary: str
    minutes: int
    required: bool
    revision: int
    steps: tuple[OutlineStep, ...] = ()
    translations: tuple[LessonWords, ...] = ()
    language: str = ""

    def in_language(self, language: str) -> "OutlineLesson":
        """Return the lesson in these words, or as it is where there are none."""
        return _in_words(self, language)

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
class SessionWords:
    """A session's words in another language."""

    language: str
    title: str
    summary: str
    revision: int
    aims: tuple[str, ...] = ()
    activities: tuple[OutlineActivity, ...] = ()


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
    translations: tuple[SessionWords, ...] = ()
    language: str = ""
    needed_for_ready: bool = False

    def in_language(self, language: str) -> "OutlineSession":
        """Return the session in these words, and its lessons; as they are where there are none."""
        here = replace(self, lessons=tuple(each.in_language(language) for each in self.lessons))
        return _in_words(here, language)


@dataclass(frozen=True)
class HandoutWords:
    """A handout's words in another language."""

    language: str
    title: str
    summary: str
    revision: int


@dataclass(frozen=True)
class OutlineHandout:
    """A sheet to print. `session` is the number of the session it belongs to, if to any."""

    key: str
    slug: str
    title: str
    summary: str
    for_whom: str
    session: int | None
    revision: int
    translations: tuple[HandoutWords, ...] = ()
    language: str = ""

    def in_language(self, language: str) -> "OutlineHandout":
        """Return the handout in these words, or as it is where there are none."""
        return _in_words(self, language)

    @property
    def is_for_everyone(self) -> bool:
        return self.for_whom == "everyone"


@dataclass(frozen=True)
class BankWords:
    """A question bank's words in another language. Its questions have the same ids."""

    language: str
    revision: int


@dataclass(frozen=True)
class CourseWords:
    """What a certificate says of the course, in another language than it was written in."""

    language: str
    title: str
    done: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """Everything in an edition, in the order of the course.

    `bank` is the page revision of the question bank, if the course has one: as it was written, in
    every language, since that is what sets of questions are drawn from and kept with. `bank_said`
    is where its words are in the language of this outline; None where they are its own.
    """

    sessions: tuple[OutlineSession, ...]
    bank: int | None = None
    handouts: tuple[OutlineHandout, ...] = ()
    bank_translations: tuple[BankWords, ...] = ()
    bank_said: BankWords | None = None
    course_translations: tuple[CourseWords, ...] = ()

    def course_in(self, language: str) -> CourseWords | None:
        """Return what a certificate says of the course in this language; None without words."""
        said = (words for words in self.course_translations if words.language == language)
        return next(said, None)

    def in_language(self, language: str) -> "Outline":
        """Return the same outline, with the same keys, in this language where there are words."""
        said = (words for words in self.bank_translations if words.language == language)
        return replace(
            self,
            sessions=tuple(each.in_language(language) for each in self.sessions),
            handouts=tuple(each.in_language(language) for each in self.handouts),
            bank_said=next(said, None),
        )

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The other languages that its lessons have words in."""
        return tuple(
            sorted({words.language for lesson in self.lessons for words in lesson.translations})
        )

    @cached_property
    def handouts_for_everyone(self) -> tuple[OutlineHandout, ...]:
        return tuple(each for each in self.handouts if each.is_for_everyone)

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

    @cached_property
    def _exercises(self) -> dict[str, tuple[OutlineSession, OutlineLesson, int]]:
        return {
            exercise.id: (session, lesson, number)
            for session in self.sessions
            for lesson in session.lessons
            for number, step in enumerate(lesson.steps, 1)
            for exercise in step.exercises
        }

    def exercise(self, key: str) -> tuple[OutlineSession, OutlineLesson, int] | None:
        """Return where an exercise stands: its session, lesson, and the step, counted from 1."""
        return self._exercises.get(key)

    def h5p(self, key: str) -> tuple[OutlineLesson, OutlineExercise] | None:
        """Return an activity that can be played, with its lesson; None when it is not here."""
        found = self._exercises.get(key)
        if found is None:
            return None
        _session, lesson, number = found
        held = next(each for each in lesson.steps[number - 1].exercises if each.id == key)
        return (lesson, held) if held.version else None

    def numbered(self, number: int) -> OutlineSession | None:
        """Return the session with this number; None when there is none."""
        return next((session for session in self.sessions if session.number == number), None)

    def session(self, slug: str) -> OutlineSession | None:
        return next((session for session in self.sessions if session.slug == slug), None)

    def handout_by_key(self, key: str) -> OutlineHandout | None:
        return next((handout for handout in self.handouts if handout.key == key), None)

    def session_by_key(self, key: str) -> OutlineSession | None:
        return next((session for session in self.sessions if session.key == key), None)

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


Piece = TypeVar("Piece", OutlineLesson, OutlineSession, OutlineHandout)


def _in_words(piece: Piece, language: str) -> Piece:
    """Return the piece with its words in this language, or as it is where there are none."""
    for words in piece.translations:
        if words.language == language:
            said = {name: getattr(words, name) for name in words.__dataclass_fields__}
            return replace(piece, **said)
    return piece


def to_data(outline: Outline) -> dict[str, Any]:
    """Return the outline as data that JSON can hold."""
    return asdict(outline)


def from_data(data: dict[str, Any]) -> Outline:
    """Read an outline from what `to_data` made."""
    return Outline(
        bank=data.get("bank"),  # editions made before there were banks do not name one
        sessions=tuple(
            OutlineSession(
                **{
                    **session,
                    "aims": tuple(session["aims"]),
                    "activities": tuple(OutlineActivity(**a) for a in session["activities"]),
                    "lessons": tuple(_lesson(lesson) for lesson in session["lessons"]),
                    "translations": tuple(
                        _session_words(words) for words in session.get("translations", ())
                    ),
                }
            )
            for session in data["sessions"]
        ),
        # Editions that were made before there were handouts have none.
        handouts=tuple(_handout(each) for each in data.get("handouts", ())),
        bank_translations=tuple(BankWords(**each) for each in data.get("bank_translations", ())),
        course_translations=tuple(
            CourseWords(**{**each, "done": tuple(each["done"])})
            for each in data.get("course_translations", ())
        ),
    )


def _handout(data: dict[str, Any]) -> OutlineHandout:
    translations = tuple(HandoutWords(**words) for words in data.get("translations", ()))
    return OutlineHandout(**{**data, "translations": translations})


def _lesson(data: dict[str, Any]) -> OutlineLesson:
    return OutlineLesson(
        **{
            **data,
            "steps": _steps(data["steps"]),
            "translations": tuple(
                LessonWords(**{**words, "steps": _steps(words["steps"])})
                for words in data.get("translations", ())
            ),
        }
    )


def _steps(data: list[dict[str, Any]]) -> tuple[OutlineStep, ...]:
    return tuple(
        OutlineStep(
            id=step["id"],
            title=step["title"],
            exercises=tuple(OutlineExercise(**e) for e in step["exercises"]),
        )
        for step in data
    )


def _session_words(data: dict[str, Any]) -> SessionWords:
    return SessionWords(
        **{
            **data,
            "aims": tuple(data["aims"]),
            "activities": tuple(OutlineActivity(**a) for a in data["activities"]),
        }
    )
