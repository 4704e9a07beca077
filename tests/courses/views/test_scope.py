"""Who may open a trainee's pages: only the trainee. And what every one of those pages holds."""

import json
import re
import uuid

import pytest
from django.urls import reverse

from content import exercises
from courses import urls
from courses.actions import agreements, catalogue, checks, editions, journal, scenarios
from courses.models import (
    ActionPlan,
    ActionPlanReview,
    Attempt,
    CheckAnswer,
    CheckRound,
    CoursePage,
    Enrolment,
    ForWhom,
    H5PState,
    H5PStatement,
    HandoutPage,
    LessonPage,
    PlanSharing,
    Reflection,
    RoleKind,
    ScenarioMove,
    ScenarioRun,
    SessionPage,
    StepEvent,
)
from courses.reading import reading
from courses.round_reading import bank_questions
from tests.answers import told
from tests.factories.courses import (
    NOW,
    check_block,
    course_check_block,
    h5p_block,
    handout_body,
    make_bank,
    make_cohort,
    make_course,
    make_enrolment,
    make_handout,
    make_lesson,
    make_organisation,
    make_person,
    make_role,
    make_session,
    plan_block,
    reflection_block,
    review,
    scenario_block,
    step_block,
)
from tests.factories.h5p import make_version
from tests.factories.measures import answer_measure, make_instrument
from tests.factories.practice import book, make_slot

pytestmark = pytest.mark.django_db

# Every address of a trainee's course: how it is asked, and what its own trainee gets from it.
ADDRESSES = {
    "course": ("get", 200),
    "carry_on": ("get", 302),
    "notebook": ("get", 200),
    "review_plan": ("get", 200),
    "check_begin": ("post", 302),
    "check_round": ("get", 200),
    "check_question": ("get", 200),
    "h5p_state": ("get", 200),
    "h5p_said": ("post", 422),
    "h5p_in_words": ("post", 302),
    "looked_back": ("get", 200),
    "not_now": ("post", 302),
    "plan_slip": ("get", 200),
    "blank_slip": ("get", 200),
    "share_plan": ("post", 302),
    "shared_plans": ("get", 200),
    "practices": ("get", 200),
    "practice": ("get", 200),
    "practice_let_go": ("post", 302),
    "what_helps": ("get", 200),
    "about_you": ("get", 200),
    "measure": ("get", 200),
    "group_agreement": ("get", 200),
    "how_it_was": ("get", 200),
    "signed": ("get", 200),
    "check_paper": ("get", 200),
    "session": ("get", 200),
    "handout": ("get", 200),
    "handout_pdf": ("get", 200),
    "lesson": ("get", 302),
    "lesson_end": ("get", 200),
    "whole": ("get", 200),
    "step": ("get", 200),
    "finish": ("post", 302),
    "undo": ("post", 302),
    "scenario_begin": ("post", 302),
    "scenario_card": ("get", 200),
    "scenario_move": ("get", 200),
    "scenario_choose": ("post", 422),
    "answer": ("post", 422),
}
# What scripts ask for: they are answered in JSON.
BY_SCRIPTS = {"h5p_state", "h5p_said"}
TALK = 5  # the step with the scenario
NOTE = "Keep an eye on the time here."
SECRET = "What only the two of you need"


class Course:
    """A trainee with a plan of their own, and the addresses of everything that is theirs."""

    def __init__(self):
        catalogue.set_up(title="Alongside", lead="Training for peers.", body="")
        self.organisation = make_organisation(
            "Hillside Peers",
            emergency_number="112",
            named_person="Jo Brand",
            named_person_phone="01632 960001",
            named_person_email="jo@example.org",
            other_help="Night line: 01632 960002",
            asks_about_you=True,
        )
        course = make_course(sessions_required=1)
        activity = {"title": "Welcome", "type": "welcome", "minutes": 10, "note": NOTE}
        session = make_session(course, 1, plan=[{"type": "activity", "value": activity}])
        body = [step_block("Plan"), plan_block(), step_block("Think"), reflection_block()]
        body += [step_block("Check"), check_block(), step_block("Bank"), course_check_block()]
        body += [step_block("Talk"), scenario_block()]
        body += [step_block("Play"), h5p_block(make_version().package)]
        make_lesson(session, body=body)
        make_bank(course)
        make_handout(course, "Seven steps", session_number=1)
        make_handout(course, SECRET, ForWhom.FACILITATORS, handout_body(SECRET), session_number=1)
        self.edition = editions.make_edition(course=course, by=None, at=NOW)
        self.facilitator = make_person("Fatima First")
        self.cohort = make_cohort(
            edition=self.edition, organisation=self.organisation, facilitator=self.facilitator
        )
        self.enrolment = make_enrolment(cohort=self.cohort)
        lesson = self.edition.outline.lessons[0]
        exercise = next(iter(reading(lesson).steps.values())).exercise
        plan = journal.write_plan(
            enrolment=self.enrolment,
            lesson=lesson,
            exercise=exercise,
            key=uuid.uuid4(),
            at=NOW,
            what="Walk",
            how_much="ten minutes",
            when="after tea",
            how_often="three times",
            confidence=8,
        )
        scenarios.begin(
            enrolment=self.enrolment,
            lesson=lesson,
            scenario=list(reading(lesson).steps.values())[TALK - 1].exercise,
            key=uuid.uuid4(),
            at=NOW,
        )
        review(plan)
        signature = agreements.sign(
            enrolment=self.enrolment,
            lesson=lesson,
            agreement=exercises.Agreement(
                str(uuid.uuid4()), "role", "My role", "<p>Listen.</p>", ("I will",), "I agree."
            ),
            name="Amina Yusuf",
            key=uuid.uuid4(),
            at=NOW,
        )
        self.plan, self.activity = exercise.id, lesson.steps[5].exercises[0].id
        self.parts = {
            "signature": signature.pk,
            "pk": self.enrolment.pk,
            "session": self.edition.outline.sessions[0].slug,
            "lesson": lesson.slug,
            "number": 1,
            "exercise": exercise.id,
            "plan": plan.pk,
            "check": lesson.steps[3].exercises[0].id,
            "round": self._begin_round(lesson).pk,
            "run": self.cohort.session_runs.get().pk,
            "place": 1,
            "move": 1,
            "handout": "seven-steps",
            "instrument": self._answer_a_measure().pk,
            "practice": book(self.enrolment, make_slot(self.cohort)).pk,
        }

    def _answer_a_measure(self):
        instrument = make_instrument(self.organisation)
        answer_measure(self.enrolment, instrument, [7])
        return instrument

    def _begin_round(self, lesson):
        return checks.begin_round(
            enrolment=self.enrolment,
            lesson=lesson,
            check=reading(lesson).steps[lesson.step_ids[3]].exercise,
            questions=bank_questions(self.edition.outline.bank),
            bank=self.edition.outline.bank,
            key=uuid.uuid4(),
            at=NOW,
        )

    def address(self, name):
        pattern = next(each for each in urls.urlpatterns if each.name == name)
        parts = dict(self.parts)
        if name.startswith("scenario") and parts["number"] == 1:
            parts["number"] = TALK
        if name.startswith("h5p") and parts["exercise"] == self.plan:
            parts["exercise"] = self.activity
        return reverse(name, kwargs={part: parts[part] for part in pattern.pattern.converters})

    def ask(self, client, name, **kwargs):
        how, _status = ADDRESSES[name]
        sent = {"undoes": uuid.uuid4(), "audience": "group", "act": "share"}
        data = {"key": uuid.uuid4(), **sent} if how == "post" else {}
        return getattr(client, how)(self.address(name), data, **kwargs)


@pytest.fixture
def course():
    return Course()


def another(role, course):
    """Someone who is near this trainee, but is not them."""
    if role == "trainee of the same group":
        return make_enrolment(cohort=course.cohort).trainee
    if role == "facilitator of the group":
        return course.facilitator
    if role == "administrator":
        return make_person("Ada", is_superuser=True)
    person = make_person(f"Some {role}")
    if role in RoleKind.values:
        make_role(person, course.organisation, role)
    return person


def test_every_address_of_a_trainee_has_its_row_in_the_table():
    assert sorted(ADDRESSES) == sorted(pattern.name for pattern in urls.urlpatterns)


def test_a_trainee_opens_all_that_is_theirs(course, signed_in):
    client = signed_in(course.enrolment.trainee)

    answers = {name: course.ask(client, name).status_code for name in ADDRESSES}

    assert answers == {name: status for name, (_how, status) in ADDRESSES.items()}


@pytest.mark.parametrize(
    "role",
    [
        "trainee of the same group",
        "facilitator of the group",
        "administrator",
        "somebody without a role",
        *RoleKind.values,
    ],
)
def test_what_is_someone_elses_is_not_found_and_cannot_be_written_to(role, course, signed_in):
    client = signed_in(another(role, course))

    answers = {name: course.ask(client, name).status_code for name in ADDRESSES}

    assert answers == dict.fromkeys(ADDRESSES, 404)
    written = [StepEvent, Attempt, Reflection, PlanSharing, CheckAnswer, ScenarioMove]
    written += [H5PStatement, H5PState]
    assert [model.objects.count() for model in written] == [0] * 8
    begun = [ActionPlan, ActionPlanReview, CheckRound, ScenarioRun]
    assert [model.objects.count() for model in begun] == [1, 1, 1, 1]


def test_a_signed_out_person_is_asked_to_sign_in(course, client):
    answers = {name: course.ask(client, name) for name in ADDRESSES}

    sign_in = reverse("account_login")
    by_scripts = {name: answers.pop(name) for name in BY_SCRIPTS}
    assert {name: answer.url for name, answer in answers.items()} == {
        name: f"{sign_in}?next={course.address(name) if how == 'get' else reverse('kept')}"
        for name, (how, _status) in ADDRESSES.items()
        if name not in BY_SCRIPTS
    }
    assert {answer.status_code for answer in by_scripts.values()} == {401}


def test_who_has_left_a_group_does_not_find_it_any_more(course, signed_in):
    Enrolment.objects.update(left_at=NOW)
    client = signed_in(course.enrolment.trainee)

    answers = {name: course.ask(client, name).status_code for name in ADDRESSES}

    assert answers == dict.fromkeys(ADDRESSES, 404)


@pytest.mark.parametrize(
    ("part", "elsewhere"),
    [
        ("session", "no-such-session"),
        ("lesson", "no-such-lesson"),
        ("number", 0),
        ("number", 7),
        ("exercise", uuid.uuid4()),
        ("plan", 999_999),
        ("check", uuid.uuid4()),
        ("round", 999_999),
        ("place", 0),
        ("place", 4),
        ("signature", 999_999),
        ("run", 999_999),
        ("practice", 999_999),
        ("handout", "no-such-handout"),
        ("handout", "what-only-the-two-of-you-need"),
    ],
)
def test_what_is_not_in_the_trainees_edition_is_not_found(part, elsewhere, course, signed_in):
    client = signed_in(course.enrolment.trainee)
    course.parts[part] = elsewhere
    concerned = [p.name for p in urls.urlpatterns if part in p.pattern.converters]

    answers = {name: course.ask(client, name).status_code for name in concerned}

    assert concerned
    assert answers == dict.fromkeys(concerned, 404)


# --- What is on every page ---------------------------------------------------------------------


def contacts_on(response):
    """The words of the panel that says who to turn to; None where there is none."""
    found = re.search(r'<section class="worry".*?</section>', response.content.decode(), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else None


PANEL = (
    "Worried about someone? If someone is in danger now: Call 112 "
    "If not, tell Jo Brand. You do not have to be sure. "
    "Call 01632 960001 Write to jo@example.org Night line: 01632 960002"
)


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - {"handout_pdf"} - BY_SCRIPTS))
def test_every_page_of_a_trainee_says_who_to_turn_to(name, course, signed_in):
    client = signed_in(course.enrolment.trainee)

    response = course.ask(client, name, follow=True)

    assert contacts_on(response) == PANEL


@pytest.mark.parametrize("name", ["learning", "me", "display"])
def test_a_trainees_pages_outside_the_course_say_so_too(name, course, signed_in):
    client = signed_in(course.enrolment.trainee)

    assert contacts_on(client.get(reverse(name))) == PANEL


def test_a_form_that_comes_back_still_says_who_to_turn_to(course, signed_in):
    client = signed_in(course.enrolment.trainee)

    response = client.post(course.address("review_plan"), {"note": ""})

    assert (response.status_code, contacts_on(response)) == (422, PANEL)


def test_A4_facilitators_notes_are_on_no_page_that_a_trainee_can_open(course, signed_in):
    client = signed_in(course.enrolment.trainee)
    pages = [CoursePage.objects.get(), SessionPage.objects.get(), LessonPage.objects.get()]
    pages.append(HandoutPage.objects.get(slug="seven-steps"))

    answers = [course.ask(client, name, follow=True) for name in ADDRESSES]
    answers += [client.get(f"{course.address('handout_pdf')}?large=1")]
    answers += [client.get(page.url, follow=True) for page in pages]

    words = [told(each) for each in answers]
    assert "Welcome" in words[list(ADDRESSES).index("session")]
    assert "Ask openly." in words[list(ADDRESSES).index("handout_pdf")]
    assert [each for each in words if NOTE in each or SECRET in each] == []
    assert {each.status_code for each in answers} == {200, 422}


def test_what_an_edition_keeps_of_a_course_has_neither_notes_nor_the_words_of_handouts(course):
    contents = json.dumps(course.edition.contents)

    assert NOTE not in contents
    assert "Ask openly." not in contents
    assert SECRET not in str(course.edition.outline.handouts_for_everyone)


def test_a_trainee_who_asks_for_what_facilitators_have_finds_nothing(course, signed_in):
    client = signed_in(course.enrolment.trainee)
    cohort, secret = course.cohort.pk, "what-only-the-two-of-you-need"
    run = course.cohort.session_runs.get().pk
    asked = [
        reverse("guide", args=[cohort]),
        reverse("guide_pdf", args=[cohort]),
        reverse("session_guide", args=[cohort, run]),
        reverse("session_guide_pdf", args=[cohort, run]),
        reverse("cohort_handouts", args=[cohort]),
        reverse("cohort_handout", args=[cohort, secret]),
        reverse("cohort_handout_pdf", args=[cohort, secret]),
        reverse("handout", args=[course.enrolment.pk, secret]),
        reverse("handout_pdf", args=[course.enrolment.pk, secret]),
    ]
    page = HandoutPage.objects.get(slug=secret)

    answers = [client.get(address).status_code for address in asked]
    at_its_own_address = client.get(page.url, follow=True)

    assert answers == [404] * 9
    assert at_its_own_address.status_code == 404


@pytest.mark.parametrize("role", ["nobody", "somebody without a role", *RoleKind.values])
def test_a_handouts_public_address_is_nothing_to_strangers(role, course, client):
    if role != "nobody":
        person = make_person()
        if role in RoleKind.values:
            make_role(person, make_organisation(), role)
        client.force_login(person)

    pages = [client.get(page.url) for page in HandoutPage.objects.all()]

    assert [page.status_code for page in pages] == [404, 404]


def test_a_handouts_public_address_takes_its_people_to_their_own_copy(course, client):
    page = HandoutPage.objects.get(slug="seven-steps")
    page.slug = "renamed"
    page.save()

    led_to = []
    for person in (course.enrolment.trainee, course.facilitator):
        client.force_login(person)
        led_to.append(client.get(page.get_url()).url)

    assert led_to == [
        reverse("handout", args=[course.enrolment.pk, "seven-steps"]),
        reverse("cohort_handout", args=[course.cohort.pk, "seven-steps"]),
    ]
