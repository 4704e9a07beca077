"""A course that leads to ready becomes an edition only when somebody could become ready by it."""

import pytest
from django.core.exceptions import ValidationError

from courses.actions import editions
from courses.actions.editions import NotReady
from courses.models import HandoutPage, LessonPage
from tests.factories.courses import (
    NOW,
    agreement_block,
    course_check_block,
    criteria_block,
    make_course,
    make_lesson,
    make_ready_course,
    make_session,
    read_block,
    step_block,
)

pytestmark = pytest.mark.django_db

LEADS = "The course leads to “ready to co-facilitate”, and for that "


def freeze(course):
    return editions.make_edition(course=course, by=None, at=NOW)


def why_not(course):
    with pytest.raises(NotReady) as why:
        freeze(course)
    return str(why.value)


def lesson_with(course, *blocks):
    lesson = LessonPage.objects.descendant_of(course).get()
    lesson.body = [block for each in blocks for block in (step_block(), each)]
    lesson.save_revision().publish()


ROLE, SECRETS = agreement_block("role"), agreement_block("confidentiality")
FINAL = course_check_block("final", draw=4, need=2)


def test_it_holds_what_ready_takes_with_the_sessions_that_are_needed():
    edition = freeze(make_ready_course(needed=(2,)))

    assert edition.ready_requirements == [
        {"kind": "completion"},
        {"kind": "session_attended", "number": 2},
        {"kind": "final_check"},
        {"kind": "practice_ready"},
        {"kind": "agreements_signed"},
        {"kind": "sign_off"},
    ]


def test_a_course_that_leads_nowhere_further_asks_nothing():
    course = make_ready_course()
    course.leads_to_ready = False
    course.save_revision().publish()

    assert freeze(course).ready_requirements == []


@pytest.mark.parametrize(
    ("blocks", "says"),
    [
        ((ROLE, SECRETS), "it needs a check at its end. Publish a lesson with one."),
        (
            (ROLE, SECRETS, course_check_block("practice", draw=4, need=2)),
            "it needs a check at its end. Publish a lesson with one.",
        ),
        (
            (ROLE, FINAL),
            "people sign the confidentiality agreement. Publish a lesson in which they can.",
        ),
        (
            (SECRETS, FINAL),
            "people sign the role agreement. Publish a lesson in which they can.",
        ),
    ],
)
def test_what_is_missing_in_its_lessons_is_said_in_a_sentence(blocks, says):
    course = make_ready_course()
    lesson_with(course, *blocks)

    assert why_not(course) == LEADS + says


def test_what_is_only_a_draft_does_not_count():
    course = make_ready_course()
    lesson_with(course, ROLE, SECRETS)
    make_lesson(make_session(course, 9), "Later", [step_block(), FINAL], live=False, slug="later")

    assert why_not(course) == LEADS + "it needs a check at its end. Publish a lesson with one."


def test_without_a_sheet_of_criteria_nobody_could_be_watched():
    course = make_ready_course()
    sheet = HandoutPage.objects.child_of(course).get()
    sheet.body = [{**read_block(), "type": "read"}]
    sheet.save_revision().publish()

    assert why_not(course) == LEADS + (
        "observers need a handout with all ten criteria. Publish one that has PF1, PF2, PF3, "
        "PF4, PF5, PF6, PF7, PF8, PF9, PF10 too."
    )


def test_a_criterion_that_is_missing_is_named():
    course = make_ready_course()
    sheet = HandoutPage.objects.child_of(course).get()
    block = criteria_block()
    del block["value"]["criteria"][4]
    sheet.body = [block]
    sheet.save_revision().publish()

    assert "Publish one that has PF5 too." in why_not(course)


def test_only_a_session_that_counts_can_be_needed():
    session = make_session(make_course(), 3, counted=False)
    session.needed_for_ready = True

    with pytest.raises(ValidationError) as why:
        session.full_clean()

    assert why.value.message_dict == {
        "needed_for_ready": [
            "Only a session that counts can be needed. Let it count, or take this tick away."
        ]
    }
