"""Moving a group to a newer edition: what is shown first, what comes of it, and who may."""

import html
import re
import uuid

import pytest
from django.urls import reverse

from courses.actions import editions, moving, progress
from courses.models import (
    ActionPlan,
    CohortMove,
    CoursePage,
    Enrolment,
    LessonPage,
    Reflection,
    RoleKind,
    StepEvent,
)
from tests.factories.courses import (
    NOW,
    attend,
    finish_all_lessons,
    finish_lesson,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_organisation,
    make_organiser,
    make_person,
    make_role,
    make_session,
    read_block,
    reflection_block,
    step_block,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    course = make_course(sessions_required=1)
    session = make_session(course, 1)
    make_lesson(session, "Leave room")
    make_lesson(session, "Open questions")
    return CoursePage.objects.get(pk=course.pk)


@pytest.fixture
def place():
    return make_organisation()


@pytest.fixture
def cohort(course, place):
    return make_cohort(edition_of(course), place)


@pytest.fixture
def oluchi(place, signed_in):
    return signed_in(make_organiser(place))


def edition_of(course):
    return editions.make_edition(course=course, by=None, at=NOW)


def changed(title="Leave room", *blocks):
    lesson = LessonPage.objects.get(title=title)
    lesson.body = [*lesson.body.raw_data, *(blocks or (step_block("Wait"), read_block()))]
    lesson.save_revision().publish()
    return lesson


def to(cohort):
    return reverse("cohort_move", args=[cohort.pk])


def shown(response):
    main = re.search(r"<main.*?</main>", response.content.decode(), re.S)[0]
    return [
        " ".join(html.unescape(re.sub(r"<[^>]+>", " ", each)).split())
        for each in re.findall(r"<li>.*?</li>", main, re.S)
    ]


def test_the_screen_shows_who_is_affected_and_how(course, cohort, oluchi):
    lesson = cohort.edition.outline.lessons[0]
    for _n in range(2):
        finish_lesson(make_enrolment(cohort), lesson)
    begun = make_enrolment(cohort)
    progress.finish_step(
        enrolment=begun, lesson=lesson, step=lesson.step_ids[0], key=uuid.uuid4(), at=NOW
    )
    changed()
    make_lesson(course.get_children().get().specific, "Say it back")
    LessonPage.objects.get(title="Open questions").unpublish()
    edition_of(course)

    response = oluchi.get(to(cohort))

    assert shown(response) == [
        "“Leave room” has changed. It has a new step: “Wait”. "
        "2 people have finished it, and stay finished. "
        "1 person is in the middle of it, and goes on from there.",
        "“Say it back” is new. It is needed to complete the course. "
        "Who has completed it already need not read it.",
        "“Open questions” is taken out. What people wrote in it stays in their notebooks.",
    ]
    assert "3 people are in the group." in response.content.decode()
    assert CohortMove.objects.count() == 0


def test_who_has_completed_is_told_to_keep_it(course, cohort, oluchi):
    done = make_enrolment(cohort)
    attend(done, 1)
    finish_all_lessons(done)
    changed()
    edition_of(course)

    page = oluchi.get(to(cohort)).content.decode()

    assert "1 of them has completed the course, and keeps that." in page


def test_the_group_goes_over(course, cohort, oluchi):
    changed()
    newer = edition_of(course)

    response = oluchi.post(to(cohort), {"to": newer.pk}, follow=True)

    cohort.refresh_from_db()
    assert cohort.edition == newer
    assert [str(each) for each in response.context["messages"]] == [
        "Tuesday group follows edition 2 now. Nobody has lost anything."
    ]
    assert oluchi.get(to(cohort)).status_code == 404  # it follows the newest


def test_what_was_looked_at_is_what_happens(course, cohort, oluchi):
    """Somebody made another edition while the organiser was reading: they are shown that one."""
    changed()
    looked_at = edition_of(course)
    changed()
    edition_of(course)

    response = oluchi.post(to(cohort), {"to": looked_at.pk})

    assert "There is a newer edition now. Please look at this again." in response.content.decode()
    assert CohortMove.objects.count() == 0


def test_a_group_that_cannot_go_over_is_told_why(course, cohort, oluchi):
    make_session(course, 2)
    newer = edition_of(course)

    page = oluchi.get(to(cohort)).content.decode()
    oluchi.post(to(cohort), {"to": newer.pk})

    assert "A group that has begun keeps its sessions." in page
    assert "Move the group to edition 2</button>" not in page
    assert CohortMove.objects.count() == 0


def test_the_board_says_that_there_is_a_newer_edition(course, cohort, oluchi):
    board = reverse("cohort", args=[cohort.pk])
    before = oluchi.get(board).content.decode()
    edition_of(course)

    after = oluchi.get(board).content.decode()

    assert (to(cohort) in before, to(cohort) in after) == (False, True)


@pytest.mark.parametrize("people", [1, 3])
def test_the_screen_takes_the_same_few_queries(
    course, cohort, oluchi, people, django_assert_num_queries
):
    for _n in range(people):
        finish_lesson(make_enrolment(cohort), cohort.edition.outline.lessons[0])
    changed()
    edition_of(course)
    oluchi.get(to(cohort))

    with django_assert_num_queries(7):
        oluchi.get(to(cohort))


@pytest.mark.parametrize("kind", [RoleKind.FACILITATOR, RoleKind.OBSERVER, RoleKind.PEER_EDUCATOR])
def test_only_its_organiser_moves_a_group(course, cohort, place, signed_in, kind):
    person = make_person()
    make_role(person, place, kind)
    newer = edition_of(course)
    client = signed_in(person)

    answers = [client.get(to(cohort)), client.post(to(cohort), {"to": newer.pk})]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_another_places_organiser_does_not_find_it(course, cohort, signed_in):
    edition_of(course)
    client = signed_in(make_organiser(make_organisation()))

    assert client.get(to(cohort)).status_code == 404


# --- A trainee with a page open meanwhile ------------------------------------------------------


@pytest.fixture
def trainee(cohort):
    return make_enrolment(cohort)


def move(cohort, newer):
    moving.move_cohort(cohort=cohort, to=newer, by=None, at=NOW)


def test_a_step_is_the_one_that_was_on_the_screen(course, cohort, trainee, signed_in):
    lesson = LessonPage.objects.get(title="Leave room")
    second = cohort.edition.outline.lessons[0].step_ids[1]
    raw = list(lesson.body.raw_data)
    lesson.body = [*raw[:2], step_block("Between"), read_block(), *raw[2:]]
    lesson.save_revision().publish()
    move(cohort, edition_of(course))
    address = reverse("finish", args=[trainee.pk, "session-1", "leave-room", 2])

    signed_in(trainee.trainee).post(address, {"key": uuid.uuid4(), "step": second})

    assert [str(event.step) for event in StepEvent.objects.all()] == [second]


def test_what_was_being_written_is_kept_when_the_question_is_gone(course, place, signed_in):
    lesson = changed("Leave room", step_block("Heard"), reflection_block())
    cohort = make_cohort(edition_of(course), place)
    trainee = make_enrolment(cohort)
    exercise = lesson.steps[-1].exercises[0].id
    lesson.body = list(lesson.body.raw_data)[:-2]
    lesson.save_revision().publish()
    move(cohort, edition_of(course))
    address = reverse("answer", args=[trainee.pk, "session-1", "leave-room", 2, exercise])

    response = signed_in(trainee.trainee).post(
        address, {"key": uuid.uuid4(), "text": "On the bus."}, follow=True
    )

    assert [each.text for each in Reflection.objects.all()] == ["On the bus."]
    assert [str(message) for message in response.context["messages"]] == [
        "This lesson has changed while you were writing. What you wrote is kept."
    ]


def test_what_was_being_written_is_kept_when_the_question_has_another_place(
    course, place, signed_in
):
    lesson = changed("Leave room", step_block("Heard"), reflection_block())
    cohort = make_cohort(edition_of(course), place)
    trainee = make_enrolment(cohort)
    exercise = lesson.steps[-1].exercises[0].id
    raw = list(lesson.body.raw_data)
    lesson.body = [*raw[-2:], *raw[:-2]]
    lesson.save_revision().publish()
    move(cohort, edition_of(course))
    address = reverse("answer", args=[trainee.pk, "session-1", "leave-room", 3, exercise])

    response = signed_in(trainee.trainee).post(
        address, {"key": uuid.uuid4(), "text": "On the bus."}
    )

    assert [each.text for each in Reflection.objects.all()] == ["On the bus."]
    step = reverse("step", args=[trainee.pk, "session-1", "leave-room", 1])
    assert response.url == f"{step}#said-back"


def test_nothing_else_is_answered(course, cohort, trainee, signed_in):
    address = reverse("answer", args=[trainee.pk, "session-1", "leave-room", 1, uuid.uuid4()])

    response = signed_in(trainee.trainee).post(address, {"key": uuid.uuid4(), "text": "Hello."})

    assert response.status_code == 404
    assert (Reflection.objects.count(), ActionPlan.objects.count()) == (0, 0)
    assert Enrolment.objects.get().last_active_at is None
