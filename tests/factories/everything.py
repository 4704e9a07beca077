"""A person of whom there is something in every table that the site keeps about people."""

import uuid

from allauth.account.models import EmailAddress, EmailConfirmation
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import ModelLogEntry, PageLogEntry

from content.models import H5PVersion
from courses.models import Enrolment
from courses.readiness import CRITERIA
from tests.certificates.make import make_certificate, make_small_milestone
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_organiser,
    make_person,
    make_role,
)
from tests.factories.files import make_document, make_picture, picture_bytes
from tests.factories.h5p import make_version
from tests.factories.practice import SAMPLE

# What is planted, each a word that stands nowhere else.
WORDS = {
    what: f"zq{what.replace(' ', '')}qz"
    for what in (
        "name",
        "address",
        "certificate name",
        "reflection",
        "plan",
        "answer",
        "note about them",
        "message",
        "invitation",
        "agent",
        "draft",
        "evidence",
        "comment",
        "signature",
        "file",
        "reason",
        "needs",
        "area",
        "reset",
    )
}


def row(label, **given):
    """Make a row of any table: what is not given is filled in with something of its kind."""
    model = apps.get_model(label)
    for field in model._meta.local_fields:
        if field.name in given or field.has_default() or field.null or field.auto_created:
            continue
        filler = FILLERS.get(field.get_internal_type())
        if filler and not getattr(field, "auto_now_add", False):
            given[field.name] = field.choices[0][0] if field.choices else filler()
    return model._base_manager.create(**given)


FILLERS = {
    "UUIDField": uuid.uuid4,
    "DateTimeField": lambda: NOW,
    "DateField": NOW.date,
    "CharField": lambda: "",
    "TextField": lambda: "",
    "JSONField": dict,
    "BooleanField": lambda: True,
    "PositiveSmallIntegerField": lambda: 1,
    "PositiveIntegerField": lambda: 1,
    "PositiveBigIntegerField": lambda: 1,
}


def make_everything(words=None, name="Amina", organisation=None):
    """Return a person with a row in every table of `lms.privacy.kept` that is about people."""
    said = words or {what: f"other {what}" for what in WORDS}
    person = make_person(
        f"{name} {said['name']}",
        email=f"{said['address'].replace(' ', '.')}@example.org",
        certificate_name=f"{name} {said['certificate name']}",
        language="en-gb",
    )
    certificate = make_certificate(make_small_milestone(person, organisation))
    enrolment = Enrolment.objects.get(trainee=person)
    by = make_organiser(enrolment.cohort.organisation, f"Oluchi beside {name}")
    _who_they_are(person, by, said)
    _joining(person, enrolment, by, said)
    _learning(enrolment, by, said)
    _said_of_themselves(enrolment, said)
    _practising(enrolment, by, said)
    _told_of_them(certificate, enrolment, by, said)
    _at_the_desk(person, by, enrolment, said)
    return person


def _who_they_are(person, by, said):
    person.groups.add(Group.objects.first() or Group.objects.create(name="Writers"))
    person.user_permissions.add(Permission.objects.first())
    row("lms.SignInCard", person=person, made_by=by, code_hash=uuid.uuid4().hex)
    row("lms.Erasure", person=person, asked_by=by, why=said["reason"], taken_back_at=NOW)
    row("lms.Device", person=person, session_key=uuid.uuid4().hex, browser=said["agent"])
    row("lms.SecondStepReset", person=person, by=by, why=said["reset"])
    row("mfa.Authenticator", user=person, type="recovery_codes", data={"seed": said["reset"]})
    address = EmailAddress.objects.create(user=person, email=person.email)
    EmailConfirmation.objects.create(email_address=address, key=uuid.uuid4().hex, sent=NOW)
    row("courses.CalendarAddress", person=person)
    row("courses.ReminderChoice", person=person, kind="step_left")
    about = {"kind": "note", "subject": "For you", "language": "en-gb"}
    row(
        "courses.Message",
        key=uuid.uuid4().hex,
        person=person,
        address=person.email,
        text=said["message"],
        **about,
    )
    # What went to somebody else, with the name in it and from them.
    row(
        "courses.Message",
        key=uuid.uuid4().hex,
        person=by,
        address=by.email,
        by=person,
        from_name=person.name,
        reply_to=person.email,
        text=f"Who leads: {person.name}",
        **about,
    )
    row("courses.Look", person=person, by=by, as_role="organiser", what="done")
    browser = Client(HTTP_USER_AGENT=said["agent"])
    browser.force_login(person)
    session = browser.session
    session["kept"] = {"path": "/learning/", "sent": {"text": [said["draft"]]}}
    session.save()


def _joining(person, enrolment, by, said):
    cohort = make_cohort(enrolment.cohort.edition, enrolment.cohort.organisation, "Another group")
    row(
        "courses.Invitation",
        cohort=cohort,
        name=said["invitation"],
        email=person.email,
        by=by,
        token=uuid.uuid4().hex,
    )
    row("courses.WaitingPlace", cohort=cohort, person=person)
    make_role(person, cohort.organisation, "observer")


def _learning(enrolment, by, said):
    mine = {"enrolment": enrolment}
    row("courses.StepEvent", kind="finished", **mine)
    row("courses.LessonProgress", **mine)
    cohort = enrolment.cohort
    move = row(
        "courses.CohortMove",
        cohort=cohort,
        from_edition=cohort.edition,
        to_edition=_newer(cohort.edition),
        by=by,
    )
    row("courses.CarriedLesson", move=move, **mine)
    row("courses.Attempt", answers=[said["answer"]], **mine)
    check = row("courses.CheckRound", purpose="final", questions=[], finished_at=NOW, **mine)
    row("courses.CheckAnswer", round=check, answers=[said["answer"]])
    row("courses.ScaleAnswer", numbers={"a": 7}, **mine)
    answer = row("courses.ShortAnswer", text=said["answer"], question="How?", **mine)
    row("courses.Comparison", short_answer=answer)
    row("courses.Reflection", text=said["reflection"], prompt="When?", **mine)
    plan = row("courses.ActionPlan", what=said["plan"], when=said["plan"], **mine)
    row("courses.ActionPlanReview", plan=plan, note=said["plan"])
    row("courses.PlanSharing", plan=plan, audience="group")
    ticked = [{"id": "a", "text": said["answer"], "ticked": True}]
    row("courses.Checklist", items=ticked, **mine)
    run = row("courses.ScenarioRun", **mine)
    row("courses.ScenarioMove", run=run, number=1, ending="")
    version = H5PVersion.objects.first() or make_version()
    statement = {"result": {"response": said["answer"]}}
    row("courses.H5PStatement", version=version, statement=statement, score=None, **mine)
    row("courses.H5PState", version=version, state=said["answer"], **mine)
    row("courses.Signature", name=said["signature"], fingerprint=uuid.uuid4().hex, **mine)


def _said_of_themselves(enrolment, said):
    mine = {"enrolment": enrolment}
    row("courses.AccessNeeds", needs=["breaks"], own_words=said["needs"], **mine)
    row("courses.AccessNeedsChange", is_taken_away=False, **mine)
    code = row("courses.AboutYouCode", **mine).code
    row("courses.AboutYouAnswers", code=code, month=202609, postcode_area=said["area"][:8])
    row("courses.AboutYouConsent", version="1", **mine)
    measure = row(
        "courses.Instrument",
        organisation=enrolment.cohort.organisation,
        code=uuid.uuid4().hex,
        lowest=0,
        highest=10,
        is_on=False,
    )
    row("courses.MeasureAnswer", instrument=measure, moment="before", numbers=[7], **mine)


def _newer(edition):
    newer = type(edition).objects.get(pk=edition.pk)
    newer.pk, newer.number = None, edition.number + 1 + type(edition).objects.count()
    newer.save(force_insert=True)
    return newer


def _practising(enrolment, by, said):
    mine = {"enrolment": enrolment}
    practice = row(
        "courses.Practice", number=1, activity=said["plan"], booked_by=by, observed_at=NOW, **mine
    )
    row(
        "courses.SelfReview",
        practice=practice,
        went_well=said["reflection"],
        next_time=said["reflection"],
    )
    seen = row(
        "courses.Observation",
        practice=practice,
        observer=by,
        outcome="carry_on",
        next_step=said["note about them"],
    )
    row(
        "courses.Rating",
        observation=seen,
        criterion=CRITERIA[0],
        level=3,
        evidence=said["evidence"],
    )
    row("courses.PracticeTalk", observation=seen, held_by=by, held_at=NOW, **mine)
    row(
        "courses.Calibration",
        observer=enrolment.trainee,
        organisation=enrolment.cohort.organisation,
        sample=SAMPLE,
        rated={},
    )


def _told_of_them(certificate, enrolment, by, said):
    mine, told = {"enrolment": enrolment}, {"milestone": certificate.milestone, "by": by}
    run = enrolment.cohort.session_runs.first()
    row(
        "courses.Attendance",
        session_run=run,
        mark="late",
        reason=said["note about them"],
        marked_by=by,
        **mine,
    )
    row("courses.FeedbackGiven", session_run=run, **mine)
    row("courses.MilestoneLook", note=said["note about them"], kinds=[], **told)
    row(
        "courses.Waiver",
        kind="lessons_finished",
        reason=said["reason"],
        by=by,
        instead=said["reason"],
        **mine,
    )
    row("courses.ReadySignOff", by=by, **mine)
    row("courses.Change", what="left", why="organiser", person=enrolment.trainee, by=by)
    row("courses.SupportContact", month=1, by=by, **mine)
    row(
        "certificates.Withdrawal",
        certificate=certificate,
        reason="holder_asked",
        note=said["note about them"],
        withdrawn_by=by,
    )
    row("certificates.Renewal", kind="refresher", note=said["note about them"], **told)
    row("certificates.PauseTurn", is_paused=True, reason="ill", **told)
    row("certificates.NameTurn", milestone=certificate.milestone, is_hidden=False)


def _at_the_desk(person, by, enrolment, said):
    page = enrolment.cohort.edition.course
    row(
        "wagtailusers.UserProfile",
        user=person,
        avatar=ContentFile(picture_bytes((40, 40)), name=f"{said['file']}.png"),
    )
    about = {"content_type": _type_of(page), "object_id": str(page.pk)}
    row("wagtailadmin.EditingSession", user=person, last_seen_at=NOW, **about)
    row("wagtailadmin.FormState", user=person, data=said["draft"], **about)
    row(
        "wagtailcore.APIToken",
        user=person,
        name=said["agent"],
        key_hash=uuid.uuid4().hex,
        prefix=uuid.uuid4().hex[:8],
    )
    row(
        "wagtailcore.UploadedFile",
        uploaded_by_user=person,
        file=ContentFile(said["file"].encode(), name=f"{said['file']}.txt"),
    )
    comment = row(
        "wagtailcore.Comment",
        page=page.page_ptr,
        user=person,
        text=said["comment"],
        contentpath="title",
        created_at=NOW,
        updated_at=NOW,
    )
    row("wagtailcore.CommentReply", comment=comment, user=person, text=said["comment"])
    row("wagtailcore.PageSubscription", page=page.page_ptr, user=person)
    page.refresh_from_db()
    page.save_revision(user=person, log_action=True)
    PageLogEntry.objects.log_action(
        page, "wagtail.comments.create", user=person, data={"comment": {"text": said["comment"]}}
    )
    ModelLogEntry.objects.log_action(person, "wagtail.edit", user=by, title=person.name)
    make_document(name=f"{uuid.uuid4().hex}.txt", uploaded_by_user=person)
    make_picture(uploaded_by_user=person)
    row("courses.SignOff", page_id=_lesson_of(page), name=f"{person.name}, psychologist", by=by)


def _lesson_of(course):
    return course.get_descendants().type(apps.get_model("courses.LessonPage")).first().pk


def _type_of(page):
    return ContentType.objects.get_for_model(page)
