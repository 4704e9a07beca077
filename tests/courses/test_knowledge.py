"""What changed from before the course to after it, and whether the final check is there."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.knowledge import Change, RoundFact, final_check_met_at, knowledge_change
from tests.factories.courses import NOW


def fact(purpose, day, met, asked=20, is_enough=False):
    begun = NOW + timedelta(days=day)
    return RoundFact(purpose, begun, begun + timedelta(minutes=20), met, asked, is_enough)


def test_change_is_the_first_round_after_beside_the_one_before():
    change = knowledge_change([fact("baseline", 0, 11), fact("final", 40, 17)])

    assert change == Change(11, 20, 17, 20)
    assert change.share == pytest.approx(0.3)


def test_the_best_of_many_never_enters():
    first, best = fact("final", 40, 13), fact("final", 41, 20)

    assert knowledge_change([best, fact("baseline", 0, 11), first]) == Change(11, 20, 13, 20)


@pytest.mark.parametrize(
    "rounds",
    [
        [],
        [fact("baseline", 0, 11)],
        [fact("final", 40, 17)],
        [fact("baseline", 0, 11), fact("practice", 20, 17)],
        [fact("final", 40, 17), fact("baseline", 41, 11)],
    ],
)
def test_without_both_in_their_order_there_is_no_change_to_speak_of(rounds):
    assert knowledge_change(rounds) is None


@given(st.integers(0, 9), st.integers(0, 9), st.permutations(range(3)))
def test_rounds_may_come_in_any_order(before, after, order):
    rounds = [fact("baseline", 0, before), fact("final", 9, after), fact("final", 12, 9)]

    change = knowledge_change([rounds[n] for n in order])

    assert change == Change(before, 20, after, 20)
    assert -1 <= change.share <= 1


@pytest.mark.parametrize(
    ("rounds", "day"),
    [
        ([], None),
        ([fact("final", 1, 12)], None),
        ([fact("final", 1, 12), fact("final", 3, 18, is_enough=True)], 3),
        ([fact("final", 1, 18, is_enough=True), fact("final", 3, 12)], 1),
        ([fact("final", 5, 18, is_enough=True), fact("final", 3, 18, is_enough=True)], 3),
        ([fact("practice", 1, 20, is_enough=True)], None),
        ([fact("baseline", 1, 20, is_enough=True)], None),
    ],
)
def test_one_final_round_that_is_enough_is_enough_from_that_day(rounds, day):
    met = fact("final", day, 18).finished_at if day else None

    assert final_check_met_at(rounds) == met
