"""The rubric's words are those of the cohort's own edition, and stand in one place."""

import uuid
from pathlib import Path

import pytest

import content
from content import lesson_text
from content.lesson_text import HANDOUT
from courses.actions import editions
from courses.readiness import CRITERIA, SAFETY_CRITICAL
from courses.rubric import plain, rubric_in, rubric_of, sheets
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_course,
    make_edition,
    make_handout,
    make_lesson,
    make_organisation,
    make_session,
)
from tests.factories.practice import make_practice_cohort, make_practice_edition, rubric_body

STARTER = Path(content.__file__).parent / "starter_course" / "handouts" / "rubric.md"


@pytest.mark.django_db
def test_the_rubric_is_read_from_the_editions_handout():
    rubric = rubric_of(make_practice_edition())

    assert (rubric.handout, rubric.title) == ("rubric", "What we look for")
    assert tuple(each.code for each in rubric.criteria) == CRITERIA
    assert {each.code for each in rubric.criteria if each.is_safety} == SAFETY_CRITICAL
    first = rubric.criterion("PF1")
    assert [(level.number, level.name) for level in first.levels] == [
        (1, "Gets in the way"),
        (2, "Beginning"),
        (3, "Ready"),
        (4, "Strong"),
    ]
    assert first.level(4).seen == "PF1: strong."


@pytest.mark.django_db
def test_a_sheet_with_some_of_the_criteria_is_no_rubric():
    course = make_course(sessions_required=1)
    make_lesson(make_session(course, 1))
    make_handout(course)  # it has one criterion
    some = rubric_body()
    del some[0]["value"]["criteria"][3]
    make_handout(course, "Nine of them", body=some)

    assert rubric_of(editions.make_edition(course=course, by=None, at=NOW)) is None


@pytest.mark.django_db
def test_an_organisation_works_with_the_rubric_of_its_newest_cohort_that_has_one():
    organisation = make_organisation()
    without = make_edition()
    assert rubric_in(organisation) is None

    make_practice_cohort(organisation=organisation)
    make_cohort(without, organisation)

    assert rubric_in(organisation).title == "What we look for"


@pytest.mark.django_db
def test_the_rubric_is_read_once_in_a_process(django_assert_num_queries):
    edition = make_practice_edition()
    rubric_of(edition)

    with django_assert_num_queries(0):
        rubric_of(edition)


@pytest.mark.django_db
def test_the_sheets_for_observers_are_the_rubric_and_their_form():
    course = make_course(sessions_required=1)
    make_lesson(make_session(course, 1))
    make_handout(course, "What we look for", slug="rubric", body=rubric_body())
    make_handout(course, "Observer form", slug="observer-form", for_whom="facilitators")
    make_handout(course, "Seven steps")
    edition = editions.make_edition(course=course, by=None, at=NOW)

    assert {each.slug for each in sheets(edition)} == {"rubric", "observer-form"}


def test_without_its_words_a_rubric_still_names_the_levels():
    rubric = plain()

    assert tuple(each.code for each in rubric.criteria) == CRITERIA
    assert rubric.criterion("PF9").is_safety
    assert rubric.criterion("PF9").level(3).name == "ready"


def test_the_starter_course_describes_every_criterion_at_every_level():
    read = lesson_text.read(
        STARTER.read_text(encoding="utf-8"), key=uuid.UUID(int=1), manner=HANDOUT
    )

    described = [block["value"] for block in read.body if block["type"] == "criteria"]
    assert [len(each["levels"]) for each in described] == [4]
    criteria = [each["value"] for each in described[0]["criteria"]]
    assert [(each["code"], len(each["levels"])) for each in criteria] == [
        (code, 4) for code in CRITERIA
    ]
