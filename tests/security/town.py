"""A town to attack: a trainee of whom there is everything, all who are near her, and her twin.

It is the world of `tests/lms/test_who_sees_what.py` with a course in which there is something of
each kind to do, with certificates, and with what authors have. A second town stands for all that
is somebody else's.
"""

import uuid

from django.urls import reverse
from django.utils import timezone

from certificates.actions import issuing
from content import exercises
from courses.actions import agreements, calendars, catalogue, checks, editions, scenarios
from courses.models import (
    CoursePage,
    LessonPage,
    Milestone,
    MilestoneKind,
    SessionPage,
    WaitingPlace,
)
from courses.reading import reading
from courses.round_reading import bank_questions
from lms import cards
from tests.factories.courses import (
    NOW,
    check_block,
    checklist_block,
    course_check_block,
    h5p_block,
    listed,
    make_bank,
    make_course,
    make_handout,
    make_lesson,
    make_organisation,
    make_person,
    make_session,
    plan_block,
    reflection_block,
    scale_block,
    scenario_block,
    short_block,
    step_block,
)
from tests.factories.files import make_document
from tests.factories.h5p import make_version
from tests.factories.practice import make_observer, rubric_body
from tests.lms.test_who_sees_what import ADDRESSES, World
from tests.security.addresses import our_addresses

PLAN, CHECK, BANK, TALK, PLAY = 1, 3, 4, 5, 6  # the steps of the lesson
EVERYBODY = (
    "nobody",
    "owner",
    "companion",
    "trainee elsewhere",
    "mentor",
    "observer",
    "facilitator",
    "organiser",
    "safeguarding lead",
    "peer educator",
    "observer elsewhere",
    "organiser elsewhere",
    "administrator",
)


def _as_the_editor_keeps_it(value):
    """Give each thing in a list an id of its own, as the editor does."""
    if isinstance(value, list):
        return listed([_as_the_editor_keeps_it(each) for each in value])
    if isinstance(value, dict):
        return {name: _as_the_editor_keeps_it(each) for name, each in value.items()}
    return value


def _rubric():
    return [{**block, "value": _as_the_editor_keeps_it(block["value"])} for block in rubric_body()]


def _edition():
    """A course with one session and one lesson, and in it something of each kind to do."""
    course = make_course(sessions_required=1)
    welcome = {"title": "Welcome", "type": "welcome", "minutes": 10, "note": ""}
    session = make_session(course, 1, plan=[{"type": "activity", "value": welcome}])
    body = [step_block("Plan"), plan_block(), step_block("Think"), reflection_block()]
    body += [step_block("Check"), check_block(), step_block("Bank"), course_check_block()]
    body += [step_block("Talk"), scenario_block()]
    body += [step_block("Play"), h5p_block(make_version().package, asked=True)]
    body += [step_block("Say"), short_block(), step_block("Scale"), scale_block()]
    body += [step_block("List"), checklist_block()]
    make_lesson(session, "zqlessonqz", body=body)
    make_bank(course)
    make_handout(course, "What we look for", slug="rubric", body=_rubric())
    return editions.make_edition(course=course, by=None, at=NOW)


class Town(World):
    """The world with more in it. `parts` is what stands in the addresses, by name."""

    def __init__(self, name="Riverside Peers", edition=None):
        catalogue.set_up(title="Alongside", lead="Training for peers.", body="")
        super().__init__(edition or _edition(), name)
        self.administrator = make_person("Ada Administrator", is_superuser=True)
        self._learns(timezone.now())
        self._is_certified()
        self.parts |= self._authors()

    def _learns(self, now):
        edition, amina = self.cohort.edition, self.amina
        lesson = edition.outline.lessons[0]
        steps = list(reading(lesson).steps.values())
        at = {"enrolment": amina, "lesson": lesson, "at": now}
        questions = bank_questions(edition.outline.bank)
        drawn = checks.begin_round(
            check=steps[BANK - 1].exercise,
            questions=questions,
            bank=edition.outline.bank,
            key=uuid.uuid4(),
            **at,
        )
        scenarios.begin(scenario=steps[TALK - 1].exercise, key=uuid.uuid4(), **at)
        said = ("role", "My role", "<p>Listen.</p>", ("I will",), "I agree.")
        signed = agreements.sign(
            agreement=exercises.Agreement(str(uuid.uuid4()), *said),
            name="Amina Yusuf",
            key=uuid.uuid4(),
            **at,
        )
        self.exercises = [each.exercise.id if each.exercise else None for each in steps]
        self.parts |= {
            "pk": amina.pk,
            "exercise": self.exercises[PLAN - 1],
            "check": self.exercises[BANK - 1],
            "activity": self.exercises[PLAY - 1],
            "talk step": TALK,
            "round": drawn.pk,
            "signature": signed.pk,
            "place": 1,
            "move": 1,
        }

    def _is_certified(self):
        """She has completed the course as well, and holds both certificates."""
        reached = {"edition": self.cohort.edition, "reached_at": NOW, "evidence": {}}
        kind = MilestoneKind.COMPLETION
        self.milestone, _is_new = Milestone.objects.get_or_create(
            enrolment=self.amina, kind=kind, defaults=reached
        )
        self.certificate = issuing.issue(milestone=self.milestone, at=NOW)
        ready = Milestone.objects.get(enrolment=self.amina, kind=MilestoneKind.READY)
        Milestone.objects.filter(pk=ready.pk).update(
            evidence={"first_day": "2026-08-01", "last_day": "2026-09-01"}
        )
        ready.refresh_from_db()
        self.ready_certificate = issuing.issue(milestone=ready, at=timezone.now())
        by_card = make_person("Carla Card")
        type(by_card).objects.filter(pk=by_card.pk).update(email=None)
        by_card.refresh_from_db()
        (made,) = cards.make(people=[by_card], by=self.organiser, at=timezone.now())
        calendar = calendars.address_of(person=self.amina.trainee, at=NOW)
        self.parts |= {
            "serial": self.certificate.serial,
            "ready serial": self.ready_certificate.serial,
            "card": made.code,
            "calendar": calendars.token_of(calendar),
            "kind": MilestoneKind.COMPLETION.value,
            "edition": self.cohort.edition.pk,
            "which": 0,
            "nothing": 0,
            "person": self.amina.trainee.pk,
            "colour": "0d5c5b",
            "language": "es",
        }

    def _authors(self):
        waits = WaitingPlace.objects.create(
            cohort=self.cohort, person=self.amina.trainee, asked_at=NOW
        )
        document, lesson = make_document(), LessonPage.objects.first()
        package = make_version().package
        return {
            "own waiting": waits.pk,
            "document": document.pk,
            "file": document.filename,
            "lesson page": lesson.pk,
            "session page": SessionPage.objects.first().pk,
            "course page": CoursePage.objects.first().pk,
            "package": package.pk,
            "version": 1,
            "block": next(each.id for each in lesson.body if each.block_type == "scenario"),
        }

    def person(self, who):
        """Somebody to sign in as; None for nobody."""
        if who == "trainee elsewhere":
            return make_person("Tara Elsewhere")
        if who == "observer elsewhere":
            return make_observer(make_organisation("Elsewhere"), "Otto Elsewhere")
        return super().person(who)

    def put(self, name):
        """What stands in the places of an address: {place: value}."""
        places = our_addresses()[name].parts
        named = ADDRESSES.get(name, {}) | IN_THE_ADDRESS.get(name, {})
        return {place: self.parts[named.get(place, place)] for place in places}

    def address(self, name, other=None):
        """The path of an address, with what is hers in it, or with something of `other`."""
        if name in WITHOUT_A_NAME:
            return WITHOUT_A_NAME[name].format(**self.parts)
        return reverse(name, kwargs=self.put(name) | (other or {}))


# What stands in the places of those addresses that have no row with parts in `ADDRESSES`.
LESSON, SESSION, COURSE = {"pk": "lesson page"}, {"pk": "session page"}, {"pk": "course page"}
PACKAGE = {"pk": "package", "number": "version"}
READY, STEP, PLAYED = {"serial": "ready serial"}, {"number": "talk step"}, {"exercise": "activity"}
IN_THE_ADDRESS = {
    "scenario_begin": STEP,
    "scenario_card": STEP,
    "scenario_move": STEP,
    "scenario_choose": STEP,
    "h5p_state": PLAYED,
    "h5p_said": PLAYED,
    "h5p_in_words": PLAYED,
    "card_code": {"code": "card"},
    "language": {"code": "language"},
    "calendar_feed": {"token": "calendar"},
    "stop_waiting": {"pk": "own waiting"},
    "wagtaildocs_serve": {"pk": "document", "name": "file"},
    "certificate_renew": READY,
    "certificate_pause": READY,
    "certificate_go_on": READY,
    "certificate_life": READY,
    # A device and a role that are nobody's.
    "device_sign_out": {"pk": "nothing"},
    "role_answer": {"pk": "nothing"},
    "wagtailusers_users:edit": {"pk": "person"},
    "before_publishing": LESSON,
    "sign_off": LESSON,
    "publish_alone": LESSON,
    "second_reading": LESSON,
    "published": LESSON,
    "try_lesson": LESSON,
    "try_end": LESSON,
    "try_step": LESSON,
    "lesson_scenarios": LESSON,
    "play_draft": LESSON,
    "scenario_h5p": LESSON,
    "keep_translation": LESSON,
    "begin_lesson": SESSION,
    "fill_plan": SESSION,
    "draft_guide": SESSION,
    "draft_guide_pdf": SESSION,
    "make_edition": COURSE,
    "export_course": COURSE,
    "exported_course": COURSE,
    "activity": PACKAGE,
    "replace_activity": PACKAGE,
    "delete_activity": PACKAGE,
    "play_activity": PACKAGE,
    "export_activity": PACKAGE,
    "begin_activity": PACKAGE,
    "edit_activity": PACKAGE,
}
WITHOUT_A_NAME = {
    "V/<str:serial>/": "/V/{serial}/",
    "cms/localize/submit/page/<int:page_id>/": "/cms/localize/submit/page/{course page}/",
    "cms/localize/update/<int:translation_source_id>/": "/cms/localize/update/{edition}/",
}
