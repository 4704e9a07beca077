"""Making a numbered edition of a course from what is published now."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from content.models import CourseDocument, Picture
from courses import outline as outlines
from courses.models import (
    CoursePage,
    Edition,
    EditionFile,
    EditionPage,
    LessonPage,
    SessionPage,
)


class NotReady(Exception):
    """The course cannot become an edition yet; `str()` says what is missing, in plain words."""


@transaction.atomic
def make_edition(*, course, by, at):
    """Freeze the published course as its next edition, and return it.

    Each page is held at the revision that is live now. What is only a draft is left out.
    Raises NotReady when there is nothing a cohort could follow.
    """
    course = CoursePage.objects.select_for_update().get(pk=course.pk)
    if not course.live:
        raise NotReady(_("Publish the course first. Only what is published goes into an edition."))
    held = [(course, _live_revision(course))]
    sessions = []
    for session in SessionPage.objects.child_of(course).live().order_by("path"):
        lessons = []
        session_revision = _live_revision(session)
        held.append((session, session_revision))
        for lesson in LessonPage.objects.child_of(session).live().order_by("path"):
            revision = _live_revision(lesson)
            held.append((lesson, revision))
            lessons.append(_outline_lesson(lesson, revision))
        sessions.append(_outline_session(session, session_revision, lessons))
    _refuse_if_empty(sessions, course)
    counted = sum(session.counted for session in sessions)
    edition = Edition.objects.create(
        course=course,
        number=(course.editions.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=course.title,
        language=course.locale.language_code,
        hours=course.hours,
        requirements=[
            {"kind": "sessions_attended", "at_least": course.sessions_required, "of": counted},
            {"kind": "lessons_finished"},
        ],
        done=[line.value for line in course.done],
        contents=outlines.to_data(outlines.Outline(sessions=tuple(sessions))),
        made_at=at,
        made_by=by,
    )
    EditionPage.objects.bulk_create(
        EditionPage(edition=edition, page_id=page.pk, revision=revision) for page, revision in held
    )
    _hold_files(edition, [revision.as_object() for _page, revision in held])
    return edition


def _hold_files(edition, pages):
    """Note every document and picture that is used on these pages."""
    used = {CourseDocument: set(), Picture: set()}
    for page in pages:
        for field in page._meta.get_fields():
            if hasattr(field, "extract_references"):
                value = field.value_from_object(page)
                for model, pk, *_where in field.extract_references(value):
                    if model in used:
                        used[model].add(pk)
    EditionFile.objects.bulk_create(
        EditionFile(edition=edition, **{name: one})
        for name, model in [("document", CourseDocument), ("picture", Picture)]
        for one in model.objects.filter(pk__in=used[model]).order_by("pk")
    )


def _refuse_if_empty(sessions, course):
    """Raise NotReady unless the requirements could be met by somebody."""
    counted = sum(session.counted for session in sessions)
    if not any(lesson.steps for session in sessions for lesson in session.lessons):
        raise NotReady(
            _("Publish at least one lesson first, so that there is something to learn.")
        )
    if counted < course.sessions_required:
        raise NotReady(
            ngettext(
                "The course asks for %(asked)s sessions, but only %(there)s numbered session is "
                "published. Publish more sessions, or ask for fewer.",
                "The course asks for %(asked)s sessions, but only %(there)s numbered sessions are "
                "published. Publish more sessions, or ask for fewer.",
                counted,
            )
            % {"asked": course.sessions_required, "there": counted}
        )
    numbers = [session.number for session in sessions]
    if len(set(numbers)) < len(numbers):
        raise NotReady(_("Two sessions have the same number. Give each its own."))


def _live_revision(page):
    """Return the revision that is live, making one for pages that were loaded without."""
    if page.live_revision_id:
        return page.live_revision
    revision = page.save_revision(log_action=False)
    Page.objects.filter(pk=page.pk).update(live_revision=revision)
    return revision


def _outline_session(page, revision, lessons):
    return outlines.OutlineSession(
        key=str(page.translation_key),
        number=page.number,
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        counted=page.counted,
        minutes=page.minutes,
        revision=revision.pk,
        aims=tuple(aim.value for aim in page.aims),
        activities=tuple(
            outlines.OutlineActivity(
                title=activity.value["title"],
                type=activity.value["type"],
                minutes=activity.value["minutes"],
            )
            for activity in page.plan
        ),
        lessons=tuple(lessons),
    )


def _outline_lesson(page, revision):
    return outlines.OutlineLesson(
        key=str(page.translation_key),
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        minutes=page.minutes,
        required=page.required,
        revision=revision.pk,
        steps=tuple(
            outlines.OutlineStep(
                id=step.id,
                title=step.title,
                exercises=tuple(
                    outlines.OutlineExercise(id=exercise.id, kind=exercise.kind)
                    for exercise in step.exercises
                ),
            )
            for step in page.steps
        ),
    )
