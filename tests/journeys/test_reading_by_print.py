"""A lesson on paper is a handout: all of its words, and nothing to press."""

import pytest
from django.utils import timezone

from courses.actions import editions
from tests.factories.courses import (
    check_block,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_session,
    order_block,
    plan_block,
    read_block,
    scale_block,
    short_block,
    sort_block,
    step_block,
)
from tests.journeys.paper import sheets_in


@pytest.fixture
def enrolment(site):
    course = make_course(sessions_required=1)
    session = make_session(course, 1, title="Listening", slug="listening")
    body = [
        step_block("Leave room"),
        read_block("<p>A pause gives room.</p>"),
        step_block("What would you say?"),
        check_block("What would you say to Amina?"),
        step_block("My week"),
        plan_block("What is one small thing?"),
    ]
    make_lesson(session, "Leave room", body, slug="leave-room")
    edition = editions.make_edition(course=course, by=None, at=timezone.now())
    return make_enrolment(make_cohort(edition), at=timezone.now())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_whole_lesson_prints_as_a_handout(open_browser, enrolment, theme):
    page = open_browser(enrolment.trainee, theme=theme)
    page.goto(f"/learning/{enrolment.pk}/listening/leave-room/whole/")
    sheets = sheets_in(page.pdf(format="A4"))
    words = " ".join(sheets)
    assert len(sheets) <= 3
    for kept in (
        "Leave room",
        "A pause gives room.",
        "What would you say to Amina?",
        "You want to be heard.",
        "What is one small thing?",
        "Worried about someone?",
    ):
        assert kept in words
    for left_out in ("My learning", "Sign out", "Back to the lesson", "Text and colours"):
        assert left_out not in words


def test_every_way_of_checking_oneself_prints_as_something_to_write_on(open_browser, site):
    course = make_course(sessions_required=1)
    made = [order_block(), sort_block(), short_block(), scale_block()]
    body = [each for n, made_one in enumerate(made) for each in (step_block(f"{n}"), made_one)]
    make_lesson(make_session(course, 1, slug="checks-1"), "Look back", body, slug="look-back")
    edition = editions.make_edition(course=course, by=None, at=timezone.now())
    enrolment = make_enrolment(make_cohort(edition), at=timezone.now())
    page = open_browser(enrolment.trainee)

    page.goto(f"/learning/{enrolment.pk}/checks-1/look-back/whole/")

    sheets = sheets_in(page.pdf(format="A4"))
    words = " ".join(sheets)
    assert len(sheets) <= 3
    for kept in (
        "What comes first?",
        "Gather ideas",
        "Which tablet to take",
        "Not us",
        "Depends",
        "Did you tell your family?",
        "0 is not sure at all. 10 is as sure as can be.",
        "stay quiet? 0 1 2 3 4 5 6 7 8 9 10",
    ):
        assert kept in words
    for left_out in ("You began with the problem", "How has it been with your family"):
        assert left_out not in words
