"""What is published of a course now, in order: what an edition made now would hold."""

from collections.abc import Callable
from dataclasses import dataclass

from wagtail.models import Page

from content.models import H5PVersion
from courses import outline as outlines
from courses.actions.languages import translations_of
from courses.models import HandoutPage, LessonPage, QuestionBankPage, SessionPage


@dataclass(frozen=True)
class Gathered:
    """Every published page of a course as (page, revision id), and what follows from them."""

    held: list[tuple]
    outline: outlines.Outline
    lessons: list
    bank: QuestionBankPage | None
    versions: "Versions"


class Versions:
    """The newest version of each activity, asked for once: all pages tell of the same one."""

    def __init__(self):
        self._newest = {}

    def newest(self, package):
        """Return the pk of a package's newest H5PVersion; None without one."""
        if package is not None and package not in self._newest:
            versions = H5PVersion.objects.filter(package=package).order_by("number")
            self._newest[package] = versions.values_list("pk", flat=True).last()
        return self._newest.get(package)


def gather(course, revision_of: Callable) -> Gathered:
    """Gather what is published. `revision_of` tells which revision of a page is meant."""
    held, lessons, versions = [], [], Versions()

    def hold(page):
        held.append((page, revision_of(page)))
        return held[-1][1]

    hold(course)
    bank = QuestionBankPage.objects.child_of(course).live().first()
    bank_revision = hold(bank) if bank else None
    bank_translations = tuple(
        outlines.BankWords(language=each.locale.language_code, revision=hold(each))
        for each in (translations_of(bank) if bank else ())
    )
    sessions = []
    for session in SessionPage.objects.child_of(course).live().order_by("path"):
        session_revision, of_session = hold(session), []
        for lesson in LessonPage.objects.child_of(session).live().order_by("path"):
            revision = hold(lesson)
            translated = [(each, hold(each)) for each in translations_of(lesson)]
            of_session.append(_outline_lesson(lesson, revision, translated, versions))
            lessons.append(lesson)
        translated = [(each, hold(each)) for each in translations_of(session)]
        sessions.append(_outline_session(session, session_revision, of_session, translated))
    handouts = []
    for handout in HandoutPage.objects.child_of(course).live().order_by("path"):
        revision = hold(handout)
        translated = [(each, hold(each)) for each in translations_of(handout)]
        handouts.append(_outline_handout(handout, revision, translated))
    outline = outlines.Outline(
        sessions=tuple(sessions),
        bank=bank_revision,
        bank_translations=bank_translations,
        handouts=tuple(handouts),
        course_translations=tuple(
            outlines.CourseWords(
                language=each.locale.language_code,
                title=each.title,
                done=tuple(line.value for line in each.done),
            )
            for each in translations_of(course)
        ),
    )
    return Gathered(held=held, outline=outline, lessons=lessons, bank=bank, versions=versions)


def next_outline(course):
    """Return the outline that an edition made now would have; nothing is made."""
    return gather(course, lambda page: page.live_revision_id or 0).outline


def live_revision(page):
    """Return the revision that is live, making one for pages that were loaded without."""
    if page.live_revision_id:
        return page.live_revision_id
    revision = page.save_revision(log_action=False, clean=False)
    Page.objects.filter(pk=page.pk).update(live_revision=revision)
    return revision.pk


def _outline_session(page, revision, lessons, translated):
    return outlines.OutlineSession(
        key=str(page.translation_key),
        number=page.number,
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        counted=page.counted,
        needed_for_ready=page.needed_for_ready,
        minutes=page.minutes,
        revision=revision,
        aims=_aims(page),
        activities=_activities(page),
        lessons=tuple(lessons),
        translations=tuple(
            outlines.SessionWords(
                language=each.locale.language_code,
                title=each.title,
                summary=each.summary,
                revision=its_revision,
                aims=_aims(each),
                activities=_activities(each),
            )
            for each, its_revision in translated
        ),
    )


def _aims(page):
    return tuple(aim.value for aim in page.aims)


def _activities(page):
    return tuple(
        outlines.OutlineActivity(
            title=activity.value["title"],
            type=activity.value["type"],
            minutes=activity.value["minutes"],
        )
        for activity in page.plan
    )


def _outline_lesson(page, revision, translated, versions):
    return outlines.OutlineLesson(
        key=str(page.translation_key),
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        minutes=page.minutes,
        required=page.required,
        revision=revision,
        steps=_steps(page, versions),
        translations=tuple(
            outlines.LessonWords(
                language=each.locale.language_code,
                title=each.title,
                summary=each.summary,
                revision=its_revision,
                steps=_steps(each, versions),
            )
            for each, its_revision in translated
        ),
    )


def _steps(page, versions):
    return tuple(
        outlines.OutlineStep(
            id=step.id,
            title=step.title,
            exercises=tuple(_exercise(exercise, versions) for exercise in step.exercises),
        )
        for step in page.steps
    )


def _exercise(exercise, versions):
    if exercise.kind != "h5p":
        return outlines.OutlineExercise(id=exercise.id, kind=exercise.kind)
    version = versions.newest(exercise.package)
    return outlines.OutlineExercise(
        id=exercise.id,
        kind=exercise.kind,
        version=version,
        asked=exercise.asked and version is not None,  # what is not there is not asked for
    )


def _outline_handout(page, revision, translated):
    return outlines.OutlineHandout(
        key=str(page.translation_key),
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        for_whom=page.for_whom,
        session=page.session_number,
        revision=revision,
        translations=tuple(
            outlines.HandoutWords(
                language=each.locale.language_code,
                title=each.title,
                summary=each.summary,
                revision=its_revision,
            )
            for each, its_revision in translated
        ),
    )
