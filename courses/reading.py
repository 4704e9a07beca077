"""What a trainee reads: a lesson as its cohort's edition holds it, and where they are in it.

A revision never changes, so what is drawn from it is kept in each process and shared by everyone.
What is about the trainee is filled in around it.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils import translation
from wagtail.models import Revision

from content.blocks.lesson import EXERCISES, steps
from content.exercises import Exercise
from courses.completion import standing
from courses.models import LessonProgress, SessionRun
from courses.models.editions import outline_in, outline_of
from courses.outline import Outline, OutlineLesson, OutlineSession
from courses.steps import next_step


@dataclass(frozen=True)
class Part:
    """A piece of a screen: drawn words, or an exercise to be asked."""

    html: str = ""
    exercise: Exercise | None = None


@dataclass(frozen=True)
class StepReading:
    """One screen, ready to show."""

    id: str
    title: str
    parts: tuple[Part, ...]

    @property
    def exercise(self):
        """The screen's exercise, if it has one."""
        return next((part.exercise for part in self.parts if part.exercise), None)


@dataclass(frozen=True)
class LessonReading:
    """A whole lesson, ready to show: its screens by id, and the sources it names."""

    steps: dict[str, StepReading]
    sources: tuple[dict, ...]


def reading(lesson):
    """Return the LessonReading of an OutlineLesson: no query when it was read before."""
    return reading_of(lesson.revision)


@lru_cache(maxsize=2048)
def reading_of(revision_id):
    """Return the LessonReading of the page revision with this id."""
    return draft_reading(Revision.objects.get(pk=revision_id).as_object())


def draft_reading(page):
    """Return the LessonReading of a page that may still change, so nothing of it is kept."""
    # The labels around the lesson's words are in the lesson's language, whoever reads it first.
    with translation.override(page.locale.language_code):
        return LessonReading(
            steps={
                step.id: StepReading(
                    id=step.id,
                    title=step.title,
                    parts=tuple(_part(block) for block in step.blocks),
                )
                for step in steps(page.body)
            },
            sources=tuple(dict(source.value) for source in page.sources),
        )


def exercise_of(enrolment, key):
    """Return the exercise with this id as the trainee's edition holds it; None without one."""
    found = enrolment.cohort.edition.outline.exercise(str(key))
    if found is None:
        return None
    _session, lesson, number = found
    return reading(lesson).steps[lesson.step_ids[number - 1]].exercise


def language_asked_in(enrolment, key, words):
    """Return the language in which an exercise says these words; "" where it says others now.

    A course that is in one language only says everything in that: nothing has to be read for it.
    """
    edition = enrolment.cohort.edition
    others = outline_of(edition.pk).languages
    if not others:
        return edition.language
    for language in (edition.language, *others):
        found = outline_in(edition.pk, language).exercise(str(key))
        if found and words in _asks(*found[1:]):
            return language
    return ""


def _asks(lesson, number):
    """Return what an exercise is called by: its question, or its title."""
    exercise = reading(lesson).steps[lesson.step_ids[number - 1]].exercise
    return {getattr(exercise, name, None) for name in ("prompt", "question", "title")}


def _part(block):
    if block.block_type in EXERCISES:
        return Part(exercise=block.value.exercise(block.id))
    return Part(html=block.render())


@dataclass(frozen=True)
class Place:
    """A lesson where a trainee stands in it: `done` is {step id: keys of the facts}."""

    session: OutlineSession
    lesson: OutlineLesson
    done: dict[str, list[str]]
    is_finished: bool

    @property
    def next_step(self):
        """The first step that is left, as its place counted from 1; 1 when all are finished."""
        left = next_step(self.lesson.step_ids, self.done)
        return self.lesson.position(left) if left else 1

    @property
    def is_begun(self):
        return bool(self.done) and not self.is_finished


def places(enrolment):
    """Return {lesson key: Place} for every lesson of the trainee's edition, in one query."""
    rows = LessonProgress.objects.filter(enrolment=enrolment)
    known = {
        str(lesson): (done, finished_at)
        for lesson, done, finished_at in rows.values_list("lesson", "steps", "finished_at")
    }
    outline: Outline = enrolment.cohort.edition.outline
    return {
        lesson.key: Place(
            session=session,
            lesson=lesson,
            done=done,
            is_finished=finished_at is not None,
        )
        for session in outline.sessions
        for lesson in session.lessons
        for done, finished_at in [known.get(lesson.key, ({}, None))]
    }


def carry_on(enrolment, found):
    """Return the Place to go on from, or None when every lesson is finished.

    It is the lesson they were in last, if something is left in it; else the first lesson that is
    left, required ones before those that people may skip.
    """
    left = [place for place in found.values() if not place.is_finished]
    here = [place for place in left if place.lesson.key == str(enrolment.last_lesson)]
    required = [place for place in left if place.lesson.required]
    begun = [place for place in left if place.is_begun]
    return next(iter([*here, *begun, *required, *left]), None)


@dataclass(frozen=True)
class Left:
    """One requirement as the trainee sees it, with what helps to meet it."""

    asked: object
    next_run: SessionRun | None = None
    next_place: Place | None = None
    waived: object | None = None


def whats_left(*, enrolment, facts, found, runs, now, waived=()):
    """Return what is asked of the trainee, each with how to go on; from rows already in hand.

    `waived` are the waivers in force (courses.ready.Waived).
    """
    waivers = {each.kind: each for each in waived}
    to_come = (run for run in runs if run.counted and not run.cancelled_at and run.starts_at > now)
    upcoming = min(to_come, key=lambda run: run.starts_at, default=None)
    place = carry_on(enrolment, {key: p for key, p in found.items() if p.lesson.required})
    return [
        Left(
            asked=asked,
            next_run=upcoming if asked.kind == "sessions_attended" else None,
            next_place=place if asked.kind == "lessons_finished" else None,
            waived=waivers.get(asked.kind) if asked.is_waived else None,
        )
        for asked in standing(enrolment.cohort.edition.asked(), facts).asked
    ]
