"""Making a numbered edition of a course from what is published now."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Revision

from content.blocks.question_bank import CheckPurpose
from content.models import CourseDocument, H5PPackage, H5PVersion, Picture
from courses import outline as outlines
from courses.actions.gathering import gather, live_revision
from courses.models import (
    AgreementKind,
    CoursePage,
    Edition,
    EditionFile,
    EditionPage,
    HandoutPage,
)
from courses.readiness import CRITERIA

HELD_AS = {"document": CourseDocument, "picture": Picture, "h5p_version": H5PVersion}


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
    found = gather(course, live_revision)
    _refuse_if_empty(found.outline.sessions, course)
    for problem in what_the_bank_lacks(found.lessons, found.bank):
        raise NotReady(problem)
    handouts = [page for page, _revision in found.held if isinstance(page, HandoutPage)]
    for problem in what_ready_lacks(course, found.lessons, handouts):
        raise NotReady(problem)
    counted = len(found.outline.counted_sessions)
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
        ready_requirements=_what_ready_takes(course, found.outline),
        done=[line.value for line in course.done],
        contents=outlines.to_data(found.outline),
        made_at=at,
        made_by=by,
    )
    EditionPage.objects.bulk_create(
        EditionPage(edition=edition, page_id=page.pk, revision_id=revision)
        for page, revision in found.held
    )
    revisions = Revision.objects.filter(pk__in=[revision for _page, revision in found.held])
    _hold_files(edition, [revision.as_object() for revision in revisions], found.versions)
    return edition


def _what_ready_takes(course, outline):
    """What it takes to be ready to co-facilitate; nothing where the course does not lead there."""
    if not course.leads_to_ready:
        return []
    needed = [session.number for session in outline.counted_sessions if session.needed_for_ready]
    return [
        {"kind": "completion"},
        *({"kind": "session_attended", "number": number} for number in needed),
        {"kind": "final_check"},
        {"kind": "practice_ready"},
        {"kind": "agreements_signed"},
        {"kind": "sign_off"},
    ]


def _hold_files(edition, pages, versions):
    """Note every document, picture and activity that is used on these pages.

    Of an activity it is the version that the outline names.
    """
    used = {CourseDocument: set(), Picture: set(), H5PPackage: set()}
    for page in pages:
        for field in page._meta.get_fields():
            if hasattr(field, "extract_references"):
                value = field.value_from_object(page)
                for model, pk, *_where in field.extract_references(value):
                    if model in used:
                        used[model].add(pk)
    used[H5PVersion] = {versions.newest(int(package)) for package in used[H5PPackage]}
    EditionFile.objects.bulk_create(
        EditionFile(edition=edition, **{name: one})
        for name, model in HELD_AS.items()
        for one in model.objects.filter(pk__in=used[model] - {None}).order_by("pk")
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


def what_the_bank_lacks(lessons, bank):
    """Return what a course's checks ask for and its question bank does not hold, as sentences.

    `lessons` are pages as they would be read, `bank` the QuestionBankPage or None.
    """
    held = bank.questions if bank else {}
    safety = sum(question.safety for _heading, question in held.values())
    found = []
    for lesson in lessons:
        for exercise in (each for step in lesson.steps for each in step.exercises):
            if exercise.kind != "course_check":
                continue
            about = {"lesson": lesson.title, "asked": exercise.draw, "there": len(held)}
            if len(held) < exercise.draw:
                found.append(_too_few(about))
            elif safety > exercise.draw:
                found.append(
                    _(
                        "“%(lesson)s” asks %(asked)s questions from the question bank, but "
                        "%(safety)s questions there are about safety, and those are always "
                        "asked. Ask more questions."
                    )
                    % {**about, "safety": safety}
                )
    return found


def what_ready_lacks(course, lessons, handouts):
    """Return what a course that leads to “ready to co-facilitate” still needs, as sentences.

    Without it nobody could ever be ready. `lessons` and `handouts` are those that are published.
    """
    if not course.leads_to_ready:
        return []
    exercises = [each for page in lessons for step in page.steps for each in step.exercises]
    checks = {each.purpose for each in exercises if each.kind == "course_check"}
    to_sign = {each.which for each in exercises if each.kind == "agreement"}
    criteria = {
        criterion["code"]
        for page in handouts
        for block in page.body
        if block.block_type == "criteria"
        for criterion in block.value["criteria"]
    }
    found = []
    if CheckPurpose.FINAL not in checks:
        found.append(
            _(
                "The course leads to “ready to co-facilitate”, and for that it needs a check at "
                "its end. Publish a lesson with one."
            )
        )
    found += [
        _(
            "The course leads to “ready to co-facilitate”, and for that people sign the "
            "%(agreement)s. Publish a lesson in which they can."
        )
        % {"agreement": AgreementKind(which).label}
        for which in AgreementKind.values
        if which not in to_sign
    ]
    unseen = [code for code in CRITERIA if code not in criteria]
    if unseen:
        found.append(
            _(
                "The course leads to “ready to co-facilitate”, and for that observers need a "
                "handout with all ten criteria. Publish one that has %(codes)s too."
            )
            % {"codes": ", ".join(unseen)}
        )
    return found


def _too_few(about):
    return (
        ngettext(
            "“%(lesson)s” asks %(asked)s questions from the question bank, but only %(there)s "
            "question is published there. Publish more questions, or ask fewer.",
            "“%(lesson)s” asks %(asked)s questions from the question bank, but only %(there)s "
            "questions are published there. Publish more questions, or ask fewer.",
            about["there"],
        )
        % about
    )
