"""From requirements and facts to a standing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.completion import (
    Facts,
    LessonsFinished,
    SessionsAttended,
    UnknownRequirement,
    requirements,
    standing,
)

FOUR_OF_SIX = SessionsAttended(at_least=4, of=6)
TWO_LESSONS = LessonsFinished(lessons=frozenset({"1a", "1b"}))
ASKED = (FOUR_OF_SIX, TWO_LESSONS)

numbers = st.frozensets(st.integers(0, 8))
lessons = st.frozensets(st.sampled_from(["0a", "1a", "1b", "2a"]))
facts = st.builds(
    Facts, sessions_attended=numbers, sessions_gone=numbers, lessons_finished=lessons
)


def test_four_of_six_sessions_and_all_lessons_complete_the_course():
    done = Facts(
        sessions_attended=frozenset({1, 2, 4, 6}), lessons_finished=frozenset({"1a", "1b"})
    )

    assert standing(ASKED, done).is_complete


@pytest.mark.parametrize(
    ("attended", "finished", "left"),
    [
        ({1, 2, 3}, {"1a", "1b"}, [("sessions_attended", 1)]),
        ({1, 2, 3, 4}, {"1a"}, [("lessons_finished", 1)]),
        (set(), set(), [("sessions_attended", 4), ("lessons_finished", 2)]),
    ],
)
def test_what_is_left_is_named_with_how_much(attended, finished, left):
    done = Facts(sessions_attended=frozenset(attended), lessons_finished=frozenset(finished))

    outstanding = standing(ASKED, done).outstanding

    assert [(asked.kind, asked.left) for asked in outstanding] == left


def test_session_zero_is_never_counted():
    done = Facts(sessions_attended=frozenset({0, 1, 2, 3}))

    assert standing([FOUR_OF_SIX], done).asked[0].done == 3


def test_lessons_that_are_not_asked_for_do_not_count():
    done = Facts(lessons_finished=frozenset({"0a", "1a"}))

    assert standing([TWO_LESSONS], done).asked[0].done == 1


def test_nothing_asked_is_nothing_completed():
    assert not standing([], Facts()).is_complete


@pytest.mark.parametrize(
    ("attended", "gone", "can"),
    [
        ({1}, {2, 3}, True),  # 4, 5 and 6 are still to come
        ({1}, {2, 3, 4}, False),
        ({1, 4}, {2, 3, 4}, True),  # session 4 was made up elsewhere
    ],
)
def test_it_says_whether_the_sessions_to_come_are_enough(attended, gone, can):
    done = Facts(sessions_attended=frozenset(attended), sessions_gone=frozenset(gone))

    assert standing([FOUR_OF_SIX], done).asked[0].can_still_be_met is can


@given(facts)
def test_a_course_is_complete_exactly_when_a_plain_count_says_so(done):
    counted = sum(1 for n in range(1, 7) if n in done.sessions_attended)
    plain = counted >= 4 and {"1a", "1b"} <= done.lessons_finished

    assert standing(ASKED, done).is_complete is plain


@given(facts, facts)
def test_more_facts_never_lower_a_standing(before, more):
    after = Facts(
        sessions_attended=before.sessions_attended | more.sessions_attended,
        sessions_gone=before.sessions_gone,
        lessons_finished=before.lessons_finished | more.lessons_finished,
    )

    met = {asked.requirement for asked in standing(ASKED, before).met}
    assert met <= {asked.requirement for asked in standing(ASKED, after).met}


@given(facts)
def test_every_requirement_is_either_met_or_outstanding(done):
    where = standing(ASKED, done)

    assert len(where.met) + len(where.outstanding) == len(where.asked) == len(ASKED)


def test_requirements_are_read_from_an_editions_data():
    data = [
        {"kind": "sessions_attended", "at_least": 4, "of": 6},
        {"kind": "lessons_finished"},
    ]

    assert requirements(data, ["1a", "1b"]) == ASKED


def test_a_requirement_nobody_knows_is_not_passed_over():
    with pytest.raises(UnknownRequirement):
        requirements([{"kind": "ran_a_marathon"}], [])
