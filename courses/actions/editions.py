"""Making a numbered edition of a course from what is published now, and moving a cohort to it."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _noop
from django.utils.translation import ngettext
from wagtail.models import Page

from courses import outline as outlines
from courses.actions.milestones import settle
from courses.changes import sessions_asked, why_not_move
from courses.models import (
    CarriedLesson,
    Cohort,
    CohortMove,
    CoursePage,
    Edition,
    EditionPage,
    Enrolment,
    LessonPage,
    LessonProgress,
    SessionPage,
    SessionRun,
    StepEvent,
)
from courses.steps import finished, lesson_finished_at


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
    held, sessions = _gather(course, _live_revision)
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
        EditionPage(edition=edition, page_id=page.pk, revision_id=revision)
        for page, revision in held
    )
    return edition


def next_outline(course):
    """Return the outline that an edition made now would have; nothing is made."""
    _held, sessions = _gather(course, lambda page: page.live_revision_id or 0)
    return outlines.Outline(sessions=tuple(sessions))


def _gather(course, revision_of):
    """Return (pages with their revisions, sessions of the outline) of what is published."""
    held = [(course, revision_of(course))]
    sessions = []
    for session in SessionPage.objects.child_of(course).live().order_by("path"):
        lessons = []
        session_revision = revision_of(session)
        held.append((session, session_revision))
        for lesson in LessonPage.objects.child_of(session).live().order_by("path"):
            revision = revision_of(lesson)
            held.append((lesson, revision))
            lessons.append(_outline_lesson(lesson, revision))
        sessions.append(_outline_session(session, session_revision, lessons))
    return held, sessions


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
        return page.live_revision_id
    revision = page.save_revision(log_action=False)
    Page.objects.filter(pk=page.pk).update(live_revision=revision)
    return revision.pk


def _outline_session(page, revision, lessons):
    return outlines.OutlineSession(
        key=str(page.translation_key),
        number=page.number,
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        counted=page.counted,
        minutes=page.minutes,
        revision=revision,
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
        revision=revision,
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


# --- Moving a cohort ---------------------------------------------------------------------------

WHY_NOT = {
    "other_course": _noop("That edition is of another course."),
    "not_newer": _noop("This group follows that edition already, or a newer one."),
    "other_sessions": _noop(
        "That edition has other sessions than this group has arranged. A group that has begun "
        "keeps its sessions. A new group can follow it."
    ),
    "more_sessions": _noop(
        "That edition asks for more sessions than this group was told at the start. A group that "
        "has begun is not asked for more. A new group can follow it."
    ),
}


class CannotMove(Exception):
    """The cohort cannot go over to this edition; `str()` says why, in plain words."""


def refuse_move(cohort, to):
    """Raise CannotMove unless this cohort can go over to this edition."""
    before = cohort.edition
    if before.course_id != to.course_id:
        code = "other_course"
    elif to.number <= before.number:
        code = "not_newer"
    else:
        code = why_not_move(
            before.outline,
            to.outline,
            sessions_asked(before.requirements),
            sessions_asked(to.requirements),
        )
    if code:
        raise CannotMove(_(WHY_NOT[code]))


@transaction.atomic
def move_cohort(*, cohort, to, by, at):
    """Have a running cohort follow a newer edition. Return the CohortMove; twice is once.

    Nobody loses anything: what was finished stays finished, also where a step is new, and what is
    complete by the newer edition counts at once. Raises CannotMove.
    """
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    people = Enrolment.objects.select_for_update().filter(cohort=cohort.pk).order_by("pk")
    people = [person.pk for person in people]
    cohort = Cohort.objects.with_edition().get(pk=cohort.pk)
    done = CohortMove.objects.filter(cohort=cohort, to_edition=to).first()
    if done:
        return done
    refuse_move(cohort, to)
    move = CohortMove.objects.create(
        cohort=cohort, from_edition=cohort.edition, to_edition=to, by=by, at=at
    )
    Cohort.objects.filter(pk=cohort.pk).update(edition=to)
    _carry(move, people)
    _finish_what_is_complete_now(people, to.outline)
    for session in to.outline.sessions:
        SessionRun.objects.filter(cohort=cohort, session=session.key).update(title=session.title)
    for person in Enrolment.objects.with_cohort().filter(pk__in=people).order_by("pk"):
        settle(enrolment=person, at=at)
    return move


def _carry(move, people):
    """Write down what each person had finished when their cohort moved."""
    rows = LessonProgress.objects.filter(enrolment__in=people, finished_at__isnull=False)
    CarriedLesson.objects.bulk_create(
        CarriedLesson(
            move=move,
            enrolment_id=row.enrolment_id,
            lesson=row.lesson,
            finished_at=row.finished_at,
        )
        for row in rows
    )


def _finish_what_is_complete_now(people, outline):
    """Finish the lessons in which only steps were left that are gone now."""
    open_rows = LessonProgress.objects.filter(enrolment__in=people, finished_at=None)
    facts = {}
    for event in StepEvent.objects.filter(
        enrolment__in=people, lesson__in=open_rows.values("lesson")
    ):
        facts.setdefault((event.enrolment_id, event.lesson), []).append(event.as_fact())
    mended = []
    for row in open_rows:
        found = outline.by_key(str(row.lesson))
        done = finished(facts.get((row.enrolment_id, row.lesson), []))
        row.finished_at = lesson_finished_at(found[1].step_ids, done) if found else None
        if row.finished_at:
            mended.append(row)
    LessonProgress.objects.bulk_update(mended, ["finished_at"])
