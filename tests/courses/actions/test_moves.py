"""A running cohort goes over to a newer edition, and nobody loses anything."""

import uuid
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from courses.actions import editions, journal, moving, progress
from courses.actions.milestones import facts_of
from courses.models import (
    CarriedLesson,
    CohortMove,
    CoursePage,
    Enrolment,
    LessonPage,
    LessonProgress,
    Milestone,
    Reflection,
    SessionRun,
)
from tests.factories.courses import (
    NOW,
    attend,
    finish_lesson,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_person,
    make_session,
    read_block,
    reflection_block,
    step_block,
)
from tests.factories.standing import standing_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(weeks=3)


def course_of(lessons=2, sessions=1):
    course = make_course(sessions_required=1)
    for number in range(1, sessions + 1):
        session = make_session(course, number)
        for n in range(1, lessons + 1):
            make_lesson(session, f"Lesson {number}.{n}")
    return CoursePage.objects.get(pk=course.pk)


def edition_of(course):
    return editions.make_edition(course=course, by=None, at=NOW)


def publish(lesson, body=None, **fields):
    """Publish a lesson with another body, or other fields."""
    lesson = LessonPage.objects.get(pk=lesson.pk)
    if body is not None:
        lesson.body = body
    for name, value in fields.items():
        setattr(lesson, name, value)
    lesson.save_revision().publish()


def with_a_new_step(lesson):
    kept = list(LessonPage.objects.get(pk=lesson.pk).body.raw_data)
    publish(lesson, [*kept, step_block("New"), read_block()])


def without_its_last_step(lesson):
    publish(lesson, list(LessonPage.objects.get(pk=lesson.pk).body.raw_data)[:-2])


def move(cohort, to, by=None):
    return moving.move_cohort(cohort=cohort, to=to, by=by, at=LATER)


def now(enrolment):
    return Enrolment.objects.with_cohort().get(pk=enrolment.pk)


def finished(enrolment):
    return facts_of(now(enrolment))[0].lessons_finished


def finish(enrolment, lesson, step, at=LATER):
    return progress.finish_step(
        enrolment=enrolment, lesson=lesson, step=step, key=uuid.uuid4(), at=at
    )


@pytest.fixture
def course():
    return course_of()


@pytest.fixture
def enrolment(course):
    return make_enrolment(make_cohort(edition_of(course)))


def test_the_move_is_kept_with_who_when_from_and_to(course, enrolment):
    cohort, oluchi = enrolment.cohort, make_person("Oluchi Organiser")
    to = edition_of(course)

    moved = move(cohort, to, by=oluchi)

    assert now(enrolment).cohort.edition == to
    assert (moved.cohort, moved.from_edition, moved.to_edition, moved.by, moved.at) == (
        cohort,
        cohort.edition,
        to,
        oluchi,
        LATER,
    )


def test_moving_twice_is_moving_once(course, enrolment):
    to = edition_of(course)

    first = move(enrolment.cohort, to)

    assert move(enrolment.cohort, to) == first
    assert CohortMove.objects.count() == 1


def test_a_lesson_stays_finished_when_it_has_a_new_step(course, enrolment):
    [first, _second] = enrolment.cohort.edition.outline.lessons
    finish_lesson(enrolment, first)
    with_a_new_step(LessonPage.objects.get(title=first.title))

    move(enrolment.cohort, edition_of(course))

    assert finished(enrolment) == {first.key}
    assert [str(each.lesson) for each in CarriedLesson.objects.all()] == [first.key]


def test_and_it_stays_finished_whatever_is_done_in_it_later(course, enrolment):
    [first, _second] = enrolment.cohort.edition.outline.lessons
    finish_lesson(enrolment, first)
    lesson = LessonPage.objects.get(title=first.title)
    with_a_new_step(lesson)
    with_a_new_step(lesson)
    move(enrolment.cohort, edition_of(course))
    [newer, _second] = now(enrolment).cohort.edition.outline.lessons

    finish(enrolment, newer, newer.step_ids[2])

    assert finished(enrolment) == {first.key}
    assert LessonProgress.objects.get().finished_at == NOW


def test_a_lesson_that_was_begun_has_the_new_step_still_to_do(course, enrolment):
    [first, _second] = enrolment.cohort.edition.outline.lessons
    finish(enrolment, first, first.step_ids[0])
    with_a_new_step(LessonPage.objects.get(title=first.title))
    move(enrolment.cohort, edition_of(course))
    [newer, _second] = now(enrolment).cohort.edition.outline.lessons

    finish(enrolment, newer, newer.step_ids[1])
    before_the_last = finished(enrolment)
    finish(enrolment, newer, newer.step_ids[2])

    assert before_the_last == frozenset()
    assert finished(enrolment) == {first.key}


def test_a_lesson_is_finished_when_only_steps_were_left_that_are_gone(course, enrolment):
    [first, _second] = enrolment.cohort.edition.outline.lessons
    finish(enrolment, first, first.step_ids[0], at=NOW)
    without_its_last_step(LessonPage.objects.get(title=first.title))

    move(enrolment.cohort, edition_of(course))

    assert finished(enrolment) == {first.key}
    assert LessonProgress.objects.get().finished_at == NOW


def test_who_is_complete_by_the_newer_edition_completes_at_once(course, enrolment):
    [first, second] = enrolment.cohort.edition.outline.lessons
    attend(enrolment, 1)
    finish_lesson(enrolment, first)
    publish(LessonPage.objects.get(title=second.title), required=False)

    move(enrolment.cohort, edition_of(course))

    milestone = Milestone.objects.get(enrolment=enrolment)
    assert (milestone.reached_at, milestone.edition.number) == (LATER, 2)


def test_who_has_completed_keeps_it_when_more_is_asked(course, enrolment):
    attend(enrolment, 1)
    for lesson in enrolment.cohort.edition.outline.lessons:
        finish_lesson(enrolment, lesson)
    make_lesson(course.get_children().get().specific, "Another")

    move(enrolment.cohort, edition_of(course))

    assert Milestone.objects.get(enrolment=enrolment).edition.number == 1


def test_a_step_sent_from_a_page_of_the_older_edition_is_kept(course, enrolment):
    """The page was open while the group was moved: the press of the button is not lost."""
    [first, _second] = enrolment.cohort.edition.outline.lessons
    with_a_new_step(LessonPage.objects.get(title=first.title))
    finish(enrolment, first, first.step_ids[0])
    move(enrolment.cohort, edition_of(course))

    finish(enrolment, first, first.step_ids[1])  # of the outline as it was when the page opened

    assert set(LessonProgress.objects.get().steps) == set(first.step_ids)
    assert finished(enrolment) == frozenset()  # the newer edition has one more step


def test_what_was_written_in_a_lesson_that_is_gone_stays(course, enrolment, signed_in):
    lesson = LessonPage.objects.get(title="Lesson 1.1")
    publish(lesson, [step_block("Heard"), reflection_block()])
    move(enrolment.cohort, edition_of(course))
    enrolment = now(enrolment)
    first = enrolment.cohort.edition.outline.lessons[0]
    [exercise] = LessonPage.objects.get(pk=lesson.pk).steps[0].exercises
    journal.write_reflection(
        enrolment=enrolment,
        lesson=first,
        exercise=exercise,
        key=uuid.uuid4(),
        at=NOW,
        text="On the bus.",
    )
    lesson.refresh_from_db()
    lesson.unpublish()

    move(enrolment.cohort, edition_of(course))

    page = signed_in(enrolment.trainee).get(f"/learning/{enrolment.pk}/notebook/")
    assert "On the bus." in page.content.decode()
    assert Reflection.objects.count() == 1
    assert signed_in(enrolment.trainee).get(f"/learning/{enrolment.pk}/").status_code == 200


def test_the_sessions_keep_their_days_and_take_the_new_titles(course, enrolment):
    session = course.get_children().get().specific
    run = SessionRun.objects.get()
    session.title = "Listening well"
    session.save_revision().publish()

    move(enrolment.cohort, edition_of(course))

    after = SessionRun.objects.get()
    assert (after.title, after.starts_at) == ("Listening well", run.starts_at)


# --- What cannot be done -----------------------------------------------------------------------


def refused(cohort, to):
    with pytest.raises(moving.CannotMove) as why:
        move(cohort, to)
    assert CohortMove.objects.count() == 0
    return str(why.value)


def test_a_group_is_not_moved_to_another_course(enrolment):
    assert refused(enrolment.cohort, edition_of(course_of())) == (
        "That edition is of another course."
    )


def test_a_group_is_not_moved_back(course):
    older = edition_of(course)
    cohort = make_cohort(edition_of(course))

    assert refused(cohort, older) == "This group follows that edition already, or a newer one."


def test_a_group_is_not_asked_for_more_sessions():
    course = course_of(sessions=2)
    cohort = make_cohort(edition_of(course))
    course.sessions_required = 2
    course.save_revision().publish()

    assert "asks for more sessions" in refused(cohort, edition_of(course))


def test_a_group_keeps_the_sessions_it_has_arranged(course, enrolment):
    make_session(course, 2)

    assert "has other sessions" in refused(enrolment.cohort, edition_of(course))


# --- Whatever changes --------------------------------------------------------------------------

edits = st.lists(
    st.tuples(
        st.sampled_from(
            ["new step", "new step", "fewer steps", "not needed", "needed", "out", "another"]
        ),
        st.integers(0, 1),
    ),
    max_size=4,
)
begun = st.lists(st.tuples(st.integers(0, 1), st.sampled_from([(0,), (1,), (0, 1)])), max_size=3)
doings = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2)), max_size=4)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(before=begun, changed=edits, after=doings)
@example(before=[(0, (0, 1))], changed=[("new step", 0)], after=[(0, 0)])
def test_moving_never_lowers_anyones_standing(db, before, changed, after):
    course = course_of(lessons=2)
    enrolment = make_enrolment(make_cohort(edition_of(course)))
    attend(enrolment, 1)
    lessons = enrolment.cohort.edition.outline.lessons
    for which, steps in before:
        for step in steps:
            finish(enrolment, lessons[which], lessons[which].step_ids[step], at=NOW)
    had, stood = finished(enrolment), standing_of(now(enrolment))
    reached = set(Milestone.objects.filter(enrolment=enrolment).values_list("pk", flat=True))
    _change(course, lessons, changed)

    move(enrolment.cohort, edition_of(course))
    for which, step in after:
        outline = now(enrolment).cohort.edition.outline
        found = outline.by_key(lessons[which].key)
        if found and step < len(found[1].steps):
            finish(enrolment, found[1], found[1].step_ids[step])

    assert finished(enrolment) >= had
    mine = Milestone.objects.filter(enrolment=enrolment)
    assert set(mine.values_list("pk", flat=True)) >= reached
    met = {asked.kind for asked in stood.met if asked.kind == "sessions_attended"}
    assert {asked.kind for asked in standing_of(now(enrolment)).met} >= met


def _change(course, lessons, changed):
    for what, which in changed:
        lesson = LessonPage.objects.get(translation_key=lessons[which].key)
        if what == "new step":
            with_a_new_step(lesson)
        elif what == "fewer steps" and len(lesson.body) > 2:
            without_its_last_step(lesson)
        elif what == "not needed":
            publish(lesson, required=False)
        elif what == "needed":
            publish(lesson, required=True)
        elif what == "out" and LessonPage.objects.live().count() > 1:
            lesson.unpublish()
        elif what == "another":
            make_lesson(course.get_children().get().specific, f"Another {uuid.uuid4()}")
