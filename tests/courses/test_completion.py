"""From requirements and facts to a standing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from courses.completion import (
    AGREEMENTS,
    DECIDED_ELSEWHERE,
    WAIVABLE,
    AgreementsSigned,
    Facts,
    LessonsFinished,
    Reached,
    SessionAttended,
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
reached = st.frozensets(st.sampled_from(sorted(DECIDED_ELSEWHERE)))
agreements = st.frozensets(st.sampled_from([*sorted(AGREEMENTS), "photographs"]))
READY = (
    Reached("completion"),
    SessionAttended(number=5),
    Reached("final_check"),
    Reached("practice_ready"),
    AgreementsSigned(),
    Reached("sign_off"),
)
KINDS = sorted({each.kind for each in (*ASKED, *READY)})
facts = st.builds(
    Facts,
    sessions_attended=numbers,
    sessions_gone=numbers,
    lessons_finished=lessons,
    reached=reached,
    agreements=agreements,
    waived=st.frozensets(st.sampled_from(KINDS)),
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


def test_a_session_that_was_called_off_is_not_to_come():
    called = Facts.of(was_there={1: True, 2: False}, lessons=(), called_off=[3, 4])
    made_up = Facts.of(was_there={1: True, 2: False, 4: True}, lessons=(), called_off=[3, 4])

    assert (called.sessions_gone, made_up.sessions_gone) == ({2, 3, 4}, {2, 3})
    assert not standing([FOUR_OF_SIX], called).asked[0].can_still_be_met
    assert standing([FOUR_OF_SIX], made_up).asked[0].can_still_be_met


def together(before, more):
    """The facts of both. What is gone stays as it was: it says nothing about what is met."""
    return Facts(
        sessions_attended=before.sessions_attended | more.sessions_attended,
        sessions_gone=before.sessions_gone,
        lessons_finished=before.lessons_finished | more.lessons_finished,
        reached=before.reached | more.reached,
        agreements=before.agreements | more.agreements,
        waived=before.waived | more.waived,
    )


def met(asked, done):
    return [each.is_met for each in standing(asked, done).asked]


@given(facts)
def test_a_course_is_complete_exactly_when_a_plain_count_says_so(done):
    counted = sum(1 for n in range(1, 7) if n in done.sessions_attended)
    plain = (counted >= 4 or "sessions_attended" in done.waived) and (
        {"1a", "1b"} <= done.lessons_finished or "lessons_finished" in done.waived
    )

    assert standing(ASKED, done).is_complete is plain


@given(facts)
def test_somebody_is_ready_exactly_when_each_thing_is_there(done):
    plain = [
        "completion" in done.reached,
        5 in done.sessions_attended,
        "final_check" in done.reached,
        "practice_ready" in done.reached,
        "role" in done.agreements and "confidentiality" in done.agreements,
        "sign_off" in done.reached,
    ]

    assert met(READY, done) == plain
    assert standing(READY, done).is_complete is all(plain)


@given(facts, facts)
def test_more_facts_never_lower_a_standing(before, more):
    first, then = met((*ASKED, *READY), before), met((*ASKED, *READY), together(before, more))

    assert [was <= now for was, now in zip(first, then, strict=True)] == [True] * len(first)


@given(facts, facts, facts)
def test_the_order_and_repetition_of_facts_do_not_matter(one, two, three):
    gone = one.sessions_gone
    forth = together(together(one, two), three)
    back = together(together(together(three, two), one), two)

    assert standing((*ASKED, *READY), forth) == standing(
        (*ASKED, *READY), Facts(**{**vars(back), "sessions_gone": gone})
    )


# --- Waivers (E8) ------------------------------------------------------------------------------


def test_E8_only_sessions_and_lessons_can_be_waived():
    assert {"sessions_attended", "lessons_finished"} == WAIVABLE


@given(facts)
def test_E8_a_waiver_of_what_keeps_people_safe_changes_nothing(done):
    never = Facts(**{**vars(done), "waived": done.waived - WAIVABLE})
    without = Facts(**{**vars(done), "waived": frozenset()})

    assert standing((*ASKED, *READY), never) == standing((*ASKED, *READY), without)


@given(facts)
@example(Facts(waived=frozenset(KINDS)))
def test_E8_whatever_is_waived_somebody_who_was_not_seen_ready_is_never_ready(done):
    unseen = Facts(**{**vars(done), "reached": done.reached - {"practice_ready"}})

    assert not standing(READY, unseen).is_complete


def test_E8_a_waived_requirement_is_met_and_says_so():
    waived = Facts(sessions_attended=frozenset({1}), waived=frozenset({"sessions_attended"}))

    sessions, lessons = standing(ASKED, waived).asked

    assert (sessions.is_met, sessions.is_waived, sessions.done, sessions.left) == (
        True,
        True,
        1,
        0,
    )
    assert (lessons.is_met, lessons.is_waived) == (False, False)


def test_E8_what_was_done_all_the_same_is_not_called_waived():
    done = Facts(sessions_attended=frozenset({1, 2, 3, 4}), waived=frozenset(KINDS))

    sessions, lessons = standing(ASKED, done).asked

    assert (sessions.is_waived, lessons.is_waived) == (False, True)


def test_E8_what_is_waived_needs_no_catch_up():
    away = Facts(sessions_gone=frozenset({1, 2, 3}), waived=frozenset({"sessions_attended"}))

    assert standing([FOUR_OF_SIX], away).asked[0].can_still_be_met is True


# --- Ready -------------------------------------------------------------------------------------


@given(facts)
def test_it_waits_for_the_organisers_word_only_when_all_else_is_met(done):
    waits = standing(READY, done).waits_for_sign_off

    assert waits is (all(met(READY[:-1], done)) and "sign_off" not in done.reached)


@pytest.mark.parametrize(
    ("attended", "gone", "can"), [((), (), True), ((), (5,), False), ((5,), (5,), True)]
)
def test_the_session_that_is_needed_can_be_made_up(attended, gone, can):
    done = Facts(sessions_attended=frozenset(attended), sessions_gone=frozenset(gone))

    assert standing([SessionAttended(5)], done).asked[0].can_still_be_met is can


@given(facts)
def test_every_requirement_is_either_met_or_outstanding(done):
    where = standing((*ASKED, *READY), done)

    assert len(where.met) + len(where.outstanding) == len(where.asked) == len(KINDS)


def test_requirements_are_read_from_an_editions_data():
    data = [
        {"kind": "sessions_attended", "at_least": 4, "of": 6},
        {"kind": "lessons_finished"},
    ]

    assert requirements(data, ["1a", "1b"]) == ASKED


def test_what_ready_takes_is_read_from_an_editions_data():
    data = [
        {"kind": "completion"},
        {"kind": "session_attended", "number": 5},
        {"kind": "final_check"},
        {"kind": "practice_ready"},
        {"kind": "agreements_signed"},
        {"kind": "sign_off"},
    ]

    assert requirements(data, []) == READY


def test_a_requirement_nobody_knows_is_not_passed_over():
    with pytest.raises(UnknownRequirement):
        requirements([{"kind": "ran_a_marathon"}], [])
