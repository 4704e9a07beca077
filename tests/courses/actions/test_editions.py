"""An edition is the course as it was published on a day."""

import pytest
from django.db.models import ProtectedError

from courses import outline as outlines
from courses.actions.editions import NotReady, make_edition
from courses.handouts import sheet_of
from courses.models import Edition, EditionPage, ForWhom, LessonPage
from courses.outline import from_data
from courses.reading import reading
from courses.round_reading import bank_questions
from tests.factories.courses import (
    NOW,
    attend,
    check_block,
    course_check_block,
    finish_all_lessons,
    lesson_body,
    make_bank,
    make_cohort,
    make_course,
    make_enrolment,
    make_handout,
    make_lesson,
    make_session,
    read_block,
    step_block,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    """A course of two sessions and a session zero, with one lesson."""
    course = make_course(sessions_required=1)
    make_session(course, 0)
    make_lesson(make_session(course, 1), "Open questions", lesson_body(steps=2))
    make_session(course, 2)
    return course


def freeze(course):
    return make_edition(course=course, by=None, at=NOW)


def text_of(lesson):
    return "".join(part.html for step in reading(lesson).steps.values() for part in step.parts)


def test_editions_are_numbered_from_one(course):
    assert [freeze(course).number, freeze(course).number] == [1, 2]


def test_requirements_are_data_and_leave_session_zero_out(course):
    assert freeze(course).requirements == [
        {"kind": "sessions_attended", "at_least": 1, "of": 2},
        {"kind": "lessons_finished"},
    ]


def test_the_outline_holds_sessions_lessons_and_steps_in_order(course):
    outline = freeze(course).outline

    assert [(session.number, len(session.lessons)) for session in outline.sessions] == [
        (0, 0),
        (1, 1),
        (2, 0),
    ]
    assert [step.title for step in outline.lessons[0].steps] == ["Step 1", "Step 2"]


def test_facilitators_notes_are_not_in_what_trainees_are_given(course):
    session = make_session(
        course,
        3,
        plan=[
            {
                "type": "activity",
                "value": {"title": "Welcome", "type": "welcome", "minutes": 10, "note": "SECRET"},
            }
        ],
    )
    session.save_revision().publish()

    edition = Edition.objects.get(pk=freeze(course).pk)

    assert "SECRET" not in str(edition.contents)
    assert edition.outline.sessions[3].activities[0].title == "Welcome"


def test_A3_publishing_a_change_does_not_reach_an_edition_made_before(course):
    before = freeze(course).outline.lessons[0]
    lesson = course.get_children().get(title="Session 1").get_children().get().specific
    lesson.body = [
        step_block("Step 1"),
        read_block("<p>New words.</p>"),
    ]
    lesson.save_revision().publish()

    after = freeze(course).outline.lessons[0]

    assert "Text of step 1." in text_of(before)
    assert "New words." in text_of(after)
    assert before.key == after.key


def test_what_is_only_a_draft_stays_out(course):
    lesson = course.get_children().get(title="Session 1").get_children().get().specific
    lesson.body = [step_block("Step 1"), read_block("<p>Not ready.</p>")]
    lesson.save_revision()

    assert "Not ready." not in text_of(freeze(course).outline.lessons[0])


@pytest.mark.parametrize("page", ["course", "session", "lesson"])
def test_what_an_edition_holds_cannot_be_deleted(course, page):
    freeze(course)
    session = course.get_children().get(title="Session 1")
    target = {"course": course, "session": session, "lesson": session.get_children().get()}[page]

    with pytest.raises(ProtectedError):
        target.specific.delete()


def test_deleting_content_takes_nothing_away_from_anyone(course):
    enrolment = make_enrolment(cohort=make_cohort(edition=freeze(course)))
    attend(enrolment, 1)
    finish_all_lessons(enrolment)
    lesson = course.get_children().get(title="Session 1").get_children().get().specific

    lesson.unpublish()

    assert enrolment.milestones.count() == 1
    assert "Text of step 1." in text_of(enrolment.cohort.edition.outline.lessons[0])


def test_a_course_without_lessons_is_not_ready():
    course = make_course(sessions_required=1)
    make_session(course, 1)

    with pytest.raises(NotReady, match="at least one lesson"):
        freeze(course)


def test_a_course_that_asks_for_more_sessions_than_it_has_is_not_ready(course):
    course.sessions_required = 4
    course.save()

    with pytest.raises(NotReady, match="asks for 4 sessions, but only 2"):
        freeze(course)


def test_two_sessions_of_one_number_are_not_ready(course):
    make_session(course, 2)

    with pytest.raises(NotReady, match="same number"):
        freeze(course)


def test_a_course_that_is_not_published_is_not_ready(course):
    course.unpublish()

    with pytest.raises(NotReady, match="Publish the course first"):
        freeze(course)


# --- The question bank -------------------------------------------------------------------------


def ask_from_the_bank(course, draw, need=1):
    lesson = LessonPage.objects.descendant_of(course).get()
    lesson.body = [step_block("Check"), course_check_block(draw=draw, need=need)]
    lesson.save_revision().publish()


def test_an_edition_holds_the_question_bank_as_it_was(course):
    bank = make_bank(course)
    ask_from_the_bank(course, draw=4)
    before = freeze(course).outline
    bank.body = [check_block(f"Question {n}") for n in range(5)]
    bank.save_revision().publish()

    after = freeze(course).outline

    assert [len(bank_questions(each.bank)) for each in (before, after)] == [4, 5]


def test_an_edition_made_before_there_were_banks_can_still_be_read(course):
    contents = outlines.to_data(freeze(course).outline)
    del contents["bank"]

    assert outlines.from_data(contents).bank is None


@pytest.mark.parametrize(
    ("questions", "asked", "told"),
    [
        (
            None,
            3,
            "“Open questions” asks 3 questions from the question bank, but only 0 questions are "
            "published there. Publish more questions, or ask fewer.",
        ),
        (
            [check_block()],
            3,
            "“Open questions” asks 3 questions from the question bank, but only 1 question is "
            "published there. Publish more questions, or ask fewer.",
        ),
        (
            [check_block(safety=True), check_block(safety=True)],
            1,
            "“Open questions” asks 1 questions from the question bank, but 2 questions there are "
            "about safety, and those are always asked. Ask more questions.",
        ),
    ],
)
def test_a_bank_that_holds_too_little_is_not_ready(questions, asked, told, course):
    if questions:
        make_bank(course, questions)
    ask_from_the_bank(course, draw=asked)

    with pytest.raises(NotReady) as why:
        freeze(course)

    assert str(why.value) == told


def test_a_bank_that_is_only_a_draft_holds_nothing(course):
    make_bank(course, live=False)
    ask_from_the_bank(course, draw=4)

    with pytest.raises(NotReady, match="but only 0 questions"):
        freeze(course)


def test_a_question_bank_that_an_edition_holds_cannot_be_deleted(course):
    bank = make_bank(course)
    freeze(course)

    with pytest.raises(ProtectedError):
        bank.delete()


def test_an_edition_holds_the_published_handouts_in_their_order(course):
    make_handout(course, "Seven steps", session_number=1)
    make_handout(course, "Observer form", ForWhom.FACILITATORS)
    make_handout(course, "Only a draft", live=False)

    edition = freeze(course)

    assert [(h.title, h.for_whom, h.session) for h in edition.outline.handouts] == [
        ("Seven steps", "everyone", 1),
        ("Observer form", "facilitators", None),
    ]
    assert [each.slug for each in edition.outline.handouts_for_everyone] == ["seven-steps"]
    held = EditionPage.objects.filter(edition=edition)
    assert held.count() == 1 + 3 + 1 + 2  # the course, its sessions, the lesson, the handouts


def test_a_handout_that_is_published_anew_stays_as_the_edition_holds_it(course):
    handout = make_handout(course)
    edition = freeze(course)
    handout.title = "Eight steps"
    handout.save_revision().publish()

    [held] = edition.outline.handouts
    assert (held.title, sheet_of(held.revision).title) == ("Seven steps", "Seven steps")


def test_an_edition_from_before_there_were_handouts_can_be_read(course):
    contents = freeze(course).contents
    del contents["handouts"]

    assert from_data(contents).handouts == ()
