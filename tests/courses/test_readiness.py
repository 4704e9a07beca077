"""Ready or not yet, from what was seen: C1 and C2, beside a plain oracle."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.readiness import CRITERIA, SAFETY_CRITICAL, Decision, decide, latest_seen

ALL_AT = {level: dict.fromkeys(CRITERIA, level) for level in (1, 2, 3, 4)}

levels = st.fixed_dictionaries(dict.fromkeys(CRITERIA, st.sampled_from([None, 1, 2, 3, 3, 4])))
some_levels = st.dictionaries(st.sampled_from(CRITERIA), st.sampled_from([None, 1, 2, 3, 4]))
mostly_ready = st.fixed_dictionaries(dict.fromkeys(CRITERIA, st.sampled_from([2, 3, 3, 3, 4])))
told = st.lists(st.one_of(levels, some_levels, mostly_ready), max_size=4)


def is_ready_by_hand(observations):
    """The rule of the rubric said as plainly as can be, with a loop for each of its sentences."""
    final = []
    for code in CRITERIA:
        seen = [each[code] for each in observations if each.get(code) is not None]
        if not seen:
            return False  # every criterion has been seen
        final.append((code, seen[-1]))
    for code, level in final:
        if level == 1:
            return False  # none is at 1
        if code in ("PF5", "PF9") and level < 3:
            return False  # the two about safety are at 3 or more
    return len([level for _code, level in final if level >= 3]) >= 8


@given(told)
def test_it_says_what_a_plain_reading_of_the_rule_says(observations):
    assert decide(observations).is_ready is is_ready_by_hand(observations)


@given(mostly_ready, st.sampled_from(CRITERIA))
def test_C1_a_level_1_is_a_veto_whatever_the_rest(seen, code):
    decided = decide([ALL_AT[4], seen, {**ALL_AT[4], code: 1}])

    assert (decided.decision, decided.in_the_way) == (Decision.NOT_YET, (code,))


@given(st.permutations(CRITERIA))
def test_C1_nothing_is_averaged(order):
    """Seven at the highest level and three just below ready are more points than ten at 3."""
    below = order[:3]

    decided = decide([{**ALL_AT[4], **dict.fromkeys(below, 2)}])

    assert not decided.is_ready
    assert set(decided.below) == set(below)


@pytest.mark.parametrize("code", sorted(SAFETY_CRITICAL))
def test_C2_what_is_about_safety_has_to_be_at_3_or_more(code):
    below = decide([{**ALL_AT[4], code: 2}])
    there = decide([{**ALL_AT[4], code: 3}])

    assert (below.is_ready, below.safety_below) == (False, (code,))
    assert there.is_ready


def test_any_two_others_may_be_at_2():
    others = [code for code in CRITERIA if code not in SAFETY_CRITICAL]
    pairs = itertools.combinations(others, 2)

    assert {decide([{**ALL_AT[3], **dict.fromkeys(two, 2)}]).is_ready for two in pairs} == {True}


def test_what_was_not_seen_this_time_keeps_what_was_seen_before():
    first = ALL_AT[3]
    second = {**dict.fromkeys(CRITERIA), "PF1": 4}

    assert latest_seen([first, second]) == {**ALL_AT[3], "PF1": 4}
    assert decide([first, second]).is_ready


@given(levels, levels)
def test_the_latest_level_that_was_seen_counts(earlier, later):
    seen = latest_seen([earlier, later])

    assert seen == {
        code: later[code] if later[code] is not None else earlier[code]
        for code in CRITERIA
        if later[code] is not None or earlier[code] is not None
    }


@given(told, some_levels)
def test_seeing_the_same_again_changes_nothing(observations, again):
    once = decide([*observations, again])

    assert decide([*observations, again, again]) == once


def test_nobody_watched_is_not_yet_and_names_all_that_was_not_seen():
    decided = decide([])

    assert (decided.decision, decided.not_seen) == (Decision.NOT_YET, CRITERIA)
