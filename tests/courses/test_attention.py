"""Who might be glad of a call: what is said, and above all what is not."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from courses.attention import Reason, Signs, reasons
from courses.completion import Facts, LessonsFinished, SessionsAttended, standing

NOW = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)
ASKED = (SessionsAttended(at_least=4, of=6), LessonsFinished(lessons=frozenset({"a", "b"})))

moments = st.datetimes(
    min_value=datetime(2025, 1, 1), max_value=datetime(2027, 1, 1), timezones=st.just(UTC)
)
signs = st.builds(
    Signs,
    attendance=st.lists(st.booleans(), max_size=6).map(tuple),
    joined_at=moments,
    last_active=st.none() | moments,
)
facts = st.builds(
    Facts,
    sessions_attended=st.frozensets(st.integers(1, 6)),
    sessions_gone=st.frozensets(st.integers(1, 6)),
    lessons_finished=st.frozensets(st.sampled_from(["a", "b"])),
)


def why(*, attendance=(), joined=NOW, last_active=None, attended=(), gone=(), lessons=()):
    found = Facts(
        sessions_attended=frozenset(attended),
        sessions_gone=frozenset(gone),
        lessons_finished=frozenset(lessons),
    )
    return reasons(
        signs=Signs(attendance=attendance, joined_at=joined, last_active=last_active),
        standing=standing(ASKED, found),
        now=NOW,
    )


@given(signs=signs, facts=facts, now=moments)
def test_nothing_is_said_of_who_has_completed(signs, facts, now):
    stand = standing(ASKED, facts)

    said = reasons(signs=signs, standing=stand, now=now)

    if stand.is_complete:
        assert said == ()
    assert (Reason.NEEDS_A_CATCH_UP in said) == any(
        not asked.can_still_be_met for asked in stand.outstanding
    )


@given(signs=signs, facts=facts, now=moments)
def test_each_reason_is_given_once_in_the_same_order(signs, facts, now):
    said = reasons(signs=signs, standing=standing(ASKED, facts), now=now)

    assert said == tuple(reason for reason in Reason if reason in said)


@given(signs=signs, facts=facts, now=moments)
def test_nobody_is_both_quiet_and_not_begun(signs, facts, now):
    said = reasons(signs=signs, standing=standing(ASKED, facts), now=now)

    assert not {Reason.QUIET, Reason.NOT_BEGUN} <= set(said)


@given(signs=signs, facts=facts, now=moments)
def test_lessons_are_not_spoken_of_once_they_are_finished(signs, facts, now):
    stand = standing(ASKED, Facts(facts.sessions_attended, facts.sessions_gone, frozenset("ab")))

    said = reasons(signs=signs, standing=stand, now=now)

    assert {Reason.QUIET, Reason.NOT_BEGUN} & set(said) == set()


def test_one_session_missed_is_no_reason():
    assert why(attendance=(True, False)) == ()


def test_two_sessions_missed_in_a_row_are_a_reason():
    assert why(attendance=(True, False, False)) == (Reason.MISSED_THE_LAST_SESSIONS,)


def test_coming_back_ends_the_reason():
    assert why(attendance=(False, False, True)) == ()


def test_too_many_missed_needs_a_catch_up():
    assert why(attendance=(True, True, False), attended={1, 2}, gone={3, 4, 5}) == (
        Reason.NEEDS_A_CATCH_UP,
    )


def test_two_weeks_to_the_minute_are_not_yet_quiet():
    assert why(joined=NOW - timedelta(days=14)) == ()
    assert why(last_active=NOW - timedelta(days=14)) == ()


def test_more_than_two_weeks_without_a_lesson_are_a_reason():
    long_ago = NOW - timedelta(days=14, minutes=1)

    assert why(joined=long_ago) == (Reason.NOT_BEGUN,)
    assert why(joined=long_ago, last_active=long_ago) == (Reason.QUIET,)
