"""The weekly round of plans: which one opens a session, and where the next is made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.outline import (
    Outline,
    OutlineExercise,
    OutlineLesson,
    OutlineSession,
    OutlineStep,
)
from courses.plan_cycle import Made, has_plans_before, next_place, places, to_look_back_on


def lesson(key, *kinds):
    """A lesson with a screen for each kind of exercise."""
    steps = tuple(
        OutlineStep(f"{key}-{n}", "", (OutlineExercise(f"{key}-{n}-{kind}", kind),))
        for n, kind in enumerate(kinds, 1)
    )
    return OutlineLesson(key, key, key, "", 10, True, 1, steps)


def session(number, *lessons):
    return OutlineSession(
        f"s{number}", number, f"s{number}", "", "", True, 150, 1, (), (), lessons
    )


# Plans are asked for in sessions 1 (twice), 2 and 4.
COURSE = Outline(
    (
        session(1, lesson("1a", "check", "action_plan"), lesson("1b", "action_plan")),
        session(2, lesson("2a", "reflection"), lesson("2b", "check", "action_plan")),
        session(3, lesson("3a", "check")),
        session(4, lesson("4a", "action_plan")),
        session(5),
    )
)
SESSIONS = [each.key for each in COURSE.sessions]
LESSONS = [each.key for each in COURSE.lessons]
WEEK = {key: found[0].number for key in LESSONS if (found := COURSE.by_key(key))}


def opens_with(made, number):
    found = to_look_back_on(made, COURSE, f"s{number}")
    return found.saved if found else None


def test_a_plan_opens_every_later_session_until_it_is_reviewed():
    made = [Made(1, "2b")]

    assert [opens_with(made, n) for n in range(1, 6)] == [None, None, 1, 1, 1]
    assert [opens_with([Made(1, "2b", is_reviewed=True)], n) for n in range(1, 6)] == [None] * 5


def test_only_the_newest_plan_is_asked_about():
    made = [Made(1, "1a"), Made(3, "2b"), Made(2, "1b")]

    assert [opens_with(made, n) for n in range(1, 6)] == [None, None, 3, 3, 3]


def test_an_older_plan_is_not_asked_about_once_a_newer_one_was_reviewed():
    assert opens_with([Made(1, "1a"), Made(2, "2b", is_reviewed=True)], 3) is None


def test_a_plan_made_anew_after_its_review_is_asked_about_again():
    assert opens_with([Made(1, "1a", is_reviewed=True), Made(2, "1a")], 2) == 2


def test_a_plan_from_a_lesson_that_is_gone_counts_as_earlier():
    assert opens_with([Made(1, "gone")], 1) == 1


def test_who_has_made_no_plan_is_asked_nothing():
    assert [opens_with([], n) for n in range(1, 6)] == [None] * 5


made_plans = st.lists(
    st.builds(Made, st.integers(1, 1_000), st.sampled_from(LESSONS), st.booleans()),
    unique_by=lambda plan: plan.saved,
    max_size=8,
)


@given(made=made_plans, opened=st.sampled_from(SESSIONS))
def test_what_is_asked_about_is_the_newest_unreviewed_and_from_an_earlier_session(made, opened):
    found = to_look_back_on(made, COURSE, opened)

    newest = max(made, key=lambda plan: plan.saved, default=None)
    waits = newest and not newest.is_reviewed and WEEK[newest.lesson] < int(opened[1])
    assert found == (newest if waits else None)


@given(made=made_plans, order=st.randoms())
def test_the_order_in_which_plans_are_told_does_not_matter(made, order):
    mixed = [*made]
    order.shuffle(mixed)

    assert [to_look_back_on(made, COURSE, key) for key in SESSIONS] == [
        to_look_back_on(mixed, COURSE, key) for key in SESSIONS
    ]


@given(made=made_plans)
def test_a_review_is_the_end_of_asking(made):
    reviewed = [Made(each.saved, each.lesson, is_reviewed=True) for each in made]

    assert [to_look_back_on(reviewed, COURSE, key) for key in SESSIONS] == [None] * 5


def test_the_screens_that_ask_for_a_plan_are_known_in_order():
    found = [(place.session.number, place.lesson.key, place.step) for place in places(COURSE)]

    assert found == [(1, "1a", 2), (1, "1b", 1), (2, "2b", 2), (4, "4a", 1)]


@pytest.mark.parametrize(
    ("number", "known"), [(1, False), (2, True), (3, True), (4, True), (5, True)]
)
def test_a_session_knows_whether_an_earlier_one_asks_for_a_plan(number, known):
    assert has_plans_before(COURSE, f"s{number}") is known


@pytest.mark.parametrize(
    ("made_in", "next_in"),
    [("1a", "2b"), ("1b", "2b"), ("2b", "4a"), ("3a", "4a"), ("4a", "4a"), ("gone", "1a")],
)
def test_the_next_plan_is_made_in_the_next_session_that_asks_for_one(made_in, next_in):
    assert next_place(COURSE, made_in).lesson.key == next_in


@pytest.mark.parametrize(
    ("opened", "next_in"),
    [("s1", "2b"), ("s2", "2b"), ("s3", "4a"), ("s4", "4a"), ("s5", "4a")],
)
def test_who_opens_a_later_session_plans_there_and_not_in_one_they_have_left(opened, next_in):
    assert next_place(COURSE, "1a", opened).lesson.key == next_in


def test_a_course_without_plans_has_no_place_for_the_next():
    assert next_place(Outline((session(1, lesson("1a", "check")),)), "1a") is None
