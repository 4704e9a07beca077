"""A small world in which every kind of page has something to show."""

import gc
import uuid
import warnings
from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from certificates.actions import withdraw
from certificates.models import Certificate, WithdrawalReason
from content.models import InfoPage
from courses.actions import catalogue, editions, journal, progress
from courses.actions.attendance import mark_attendance
from courses.models import AttendanceMark, LessonPage, RoleKind
from courses.reading import reading
from tests.factories.courses import (
    attend,
    check_block,
    finish_all_lessons,
    finish_lesson,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_organisation,
    make_person,
    make_role,
    make_session,
    plan_block,
    read_block,
    reflection_block,
    step_block,
)
from tests.factories.files import make_document, make_picture

SOURCES = [
    ("source", {"text": "A handbook for peers", "url": "https://example.org/handbook"}),
    ("source", {"text": "What our first group told us", "url": ""}),
]
NAMES = [
    "Precious Okafor",
    "Siân Ŵyn Parry",
    "Łukasz Nowak",
    "Nguyễn Thị Hoa",
    "Ruth Bellamy",
    "Joe Harris",
    "Leila Haddad",
    "Grace Mensah",
    "Bill Carter",
    "Ελένη Γεωργίου",
    "Dev Patel",
]


def block(kind, value):
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def make():
    """Make everything, and return what pages need to be found: addresses' parts, and people."""
    now = timezone.now()
    front = catalogue.set_up(
        title="Learn to lead a peer support group", lead="Peers wrote it.", body="<p>Come in.</p>"
    )
    front.add_child(
        instance=InfoPage(title="Privacy", slug="privacy", body="<h2>Kept</h2><p>Little.</p>")
    )
    riverside = make_organisation(
        "Riverside Peers",
        named_person_email="maria@example.org",
        other_help="Samaritans: 116 123, day and night",
    )
    staff = _staff(riverside)
    edition = _edition(now)
    course = edition.course
    lesson = LessonPage.objects.get(slug="leave-room")
    cohort = make_cohort(
        edition,
        riverside,
        first_session_at=now - timedelta(weeks=2),
        facilitator=staff.facilitator,
        co_facilitator=make_person("Sam Second"),
        place="The Old Library, Mill Lane",
    )
    finished_cohort = make_cohort(
        edition, riverside, "Spring group", first_session_at=now - timedelta(weeks=20)
    )
    empty = make_cohort(
        edition, riverside, "Winter group", first_session_at=now + timedelta(weeks=2)
    )
    closed = make_cohort(edition, riverside, "Closed group", joining_open=False)
    amina, precious = _trainees(cohort, now)
    holders = [
        _holder(finished_cohort, name, now) for name in ("Rhiannon Ŵyn Prŷs", "Ken Wallace")
    ]
    certificates = [Certificate.objects.get(holder=holder.trainee) for holder in holders]
    withdraw(
        certificate=certificates[1],
        reason=WithdrawalReason.MISTAKE,
        note="Two people with one name.",
        by=staff.organiser,
        at=now,
    )
    parts = {
        "course": course.url,
        "session": lesson.get_parent().url,
        "lesson": lesson.url,
        "amina": amina.pk,
        "precious": precious.pk,
        "rhiannon": holders[0].pk,
        "plan": precious.action_plans.last().pk,
        "code": cohort.join_code,
        "closed": closed.join_code,
        "riverside": riverside.pk,
        "cohort": cohort.pk,
        "empty": empty.pk,
        "run": cohort.session_runs.get(number=2).pk,
        "empty_run": empty.session_runs.get(number=1).pk,
        "valid": certificates[0].shown_serial,
        "withdrawn": certificates[1].shown_serial,
        "cms_course": course.pk,
        "cms_lesson": lesson.pk,
    }
    people = {
        **vars(staff),
        "amina": amina.trainee,
        "precious": precious.trainee,
        "rhiannon": holders[0].trainee,
        "ken": holders[1].trainee,
    }
    return SimpleNamespace(parts=parts, people=people)


def _staff(organisation):
    people = {kind.value: make_person(f"{kind.label.title()} Oluchi") for kind in RoleKind}
    for kind in RoleKind:
        make_role(people[kind.value], organisation, kind)
    people["newcomer"] = make_person("Newcomer Ngozi")
    people["everything"] = make_person("Everything Ekua")
    for kind in RoleKind:
        make_role(people["everything"], organisation, kind)
    people["elsewhere"] = make_person("Elsewhere Efua")
    make_role(people["elsewhere"], make_organisation(), RoleKind.ORGANISER)
    return SimpleNamespace(**people)


def _edition(now):
    course = make_course(
        sessions_required=2,
        hours_preparing=2,
        introduction="<h2>Who it is for</h2><p>For <b>people who live with it</b>.</p>",
        licence="CC BY 4.0",
        sources=SOURCES,
    )
    make_session(course, 0, title="A first cup of tea", slug="first-cup")
    first = make_session(
        course,
        1,
        title="Listening",
        slug="listening",
        aims=[("aim", "listen so that people feel heard")],
        plan=[
            ("activity", {"title": "Who we are", "type": "welcome", "minutes": 20, "note": ""}),
            ("activity", {"title": "Pairs", "type": "practice", "minutes": 40, "note": "Slowly."}),
        ],
    )
    make_lesson(first, "Leave room", _every_block(), slug="leave-room", sources=SOURCES)
    make_lesson(first, "Open questions", slug="open-questions")
    second = make_session(course, 2, title="Finding one’s own way", slug="own-way")
    make_lesson(second, "A small plan", slug="small-plan")
    make_lesson(second, "More to read", slug="more-to-read", required=False)
    make_session(course, 3, title="Saying goodbye", slug="goodbye")
    return editions.make_edition(course=course, by=None, at=now - timedelta(weeks=30))


def _every_block():
    """A lesson with one of everything: 1 words, 2 to see and hear, 3 to 6 the exercises."""
    picture = make_picture()
    with warnings.catch_warnings():
        # Wagtail leaves a temporary file to the garbage collector for each size of a picture.
        warnings.simplefilter("ignore", ResourceWarning)
        picture.get_renditions("width-360", "width-760")
        gc.collect()
    file = make_document()
    film = {"title": "A pause", "file": file.pk, "transcript": "<p>Nobody speaks.</p>"}
    image = {"image": picture.pk, "alt_text": "Two arches side by side", "decorative": False}
    several = [
        ("Someone is in danger now.", True, "Then you keep them safe first."),
        ("They say they will hurt a child.", True, "Then you tell the named person."),
        ("They told you who they vote for.", False, "You would break their trust."),
    ]
    return [
        step_block("Leave room"),
        read_block(
            "<h2>Five seconds</h2><p>A pause feels <b>long</b>, and gives <i>room</i>. "
            '<a href="https://example.org/pauses">Read more</a>.</p><ul><li>Breathe.</li></ul>'
        ),
        block("say", {"lead": "Try:", "words": "How has it been with your family?"}),
        *(
            block("callout", {"kind": kind, "text": "<p>Count to five before you speak.</p>"})
            for kind in ("note", "try", "think")
        ),
        step_block("See and hear"),
        block("picture", {"image": image, "caption": "Two people, equal ground"}),
        block("video", film | {"captions": None}),
        block("audio", film | {"title": "A pause, to hear"}),
        block("download", {"title": "Handout", "file": file.pk, "about": "To print."}),
        step_block("What would you say?"),
        check_block("“I’m sick of being told to cheer up.” What would you say?"),
        step_block("When to tell"),
        check_block("When do you not keep a secret?", "several", several, safety=True),
        step_block("When were you heard?"),
        reflection_block(),
        step_block("My week"),
        plan_block(),
    ]


def _trainees(cohort, now):
    """Amina has just begun. Precious has written everything, and finished what is there."""
    amina = make_enrolment(cohort, make_person("Amina Yusuf"), at=now)
    precious = make_enrolment(cohort, make_person(NAMES[0]), at=now - timedelta(weeks=3))
    lesson = cohort.edition.outline.lessons[0]
    _answer_everything(precious, lesson, now)
    finish_lesson(precious, lesson, at=now)
    _mark(precious, 1, AttendanceMark.PRESENT, now)
    for n, name in enumerate(NAMES[1:]):
        other = make_enrolment(cohort, make_person(name), at=now - timedelta(weeks=3))
        if n % 2:
            finish_lesson(other, lesson, at=now)
        elif n % 3:
            _finish(other, lesson, lesson.step_ids[0], now)
        _mark(other, 1, AttendanceMark.ABSENT if n % 4 == 0 else AttendanceMark.PRESENT, now)
    return amina, precious


def _finish(enrolment, lesson, step, now):
    progress.finish_step(enrolment=enrolment, lesson=lesson, step=step, key=uuid.uuid4(), at=now)


def _mark(enrolment, number, mark, now):
    run = enrolment.cohort.session_runs.get(number=number)
    mark_attendance(
        session_run=run, marks={enrolment.pk: mark}, key=uuid.uuid4(), by=run.facilitator, at=now
    )


def _answer_everything(enrolment, lesson, now):
    for step in reading(lesson).steps.values():
        exercise = step.exercise
        about = {"enrolment": enrolment, "lesson": lesson, "key": uuid.uuid4(), "at": now}
        if exercise is None:
            continue
        if exercise.kind == "check":
            answers = [exercise.options[0].id]
            progress.record_attempt(**about, check=exercise, answers=answers)
        elif exercise.kind == "reflection":
            for text in ("On the bus.", "On the bus, by somebody I had never met."):
                about["key"] = uuid.uuid4()
                journal.write_reflection(**about, exercise=exercise, text=text)
        else:
            for confidence in (9, 5):
                about["key"] = uuid.uuid4()
                journal.write_plan(
                    **about,
                    exercise=exercise,
                    what="Ring my sister and listen",
                    how_much="ten minutes",
                    when="after tea",
                    how_often="twice this week",
                    confidence=confidence,
                )


def _holder(cohort, name, now):
    """Somebody who has completed the course, so a certificate was issued."""
    at = now - timedelta(weeks=8)
    enrolment = make_enrolment(cohort, make_person(name), at=now - timedelta(weeks=21))
    attend(enrolment, 1, 2, at=at)
    finish_all_lessons(enrolment, at=at)
    return enrolment
