"""C4: an observer is calibrated when they agree on ready or not yet in eight of ten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.calibration import Side, compare, side
from courses.readiness import CRITERIA

LEVEL = st.one_of(st.none(), st.integers(1, 4))
RATINGS = st.fixed_dictionaries(dict.fromkeys(CRITERIA, LEVEL))
ALL_READY = dict.fromkeys(CRITERIA, 3)


@pytest.mark.parametrize(
    ("level", "found"),
    [
        (None, Side.NOT_SEEN),
        (1, Side.NOT_YET),
        (2, Side.NOT_YET),
        (3, Side.READY),
        (4, Side.READY),
    ],
)
def test_a_level_falls_on_one_of_three_sides(level, found):
    assert side(level) is found


@pytest.mark.parametrize(("apart", "is_enough"), [(0, True), (1, True), (2, True), (3, False)])
def test_eight_of_ten_are_enough(apart, is_enough):
    rated = ALL_READY | dict.fromkeys(CRITERIA[:apart], 2)

    found = compare(ALL_READY, rated)

    assert found.apart == CRITERIA[:apart]
    assert found.agreed == CRITERIA[apart:]
    assert found.is_enough is is_enough


def test_a_three_and_a_four_agree_and_a_two_and_a_three_do_not():
    found = compare(ALL_READY, ALL_READY | {"PF1": 4, "PF2": 2})

    assert found.apart == ("PF2",)


def test_seeing_what_was_not_there_is_not_agreeing():
    found = compare(ALL_READY | {"PF9": None, "PF8": None}, ALL_READY | {"PF8": None})

    assert found.apart == ("PF9",)


def test_what_was_left_out_counts_as_not_seen():
    assert compare({}, {}).agreed == CRITERIA


@given(one=RATINGS, other=RATINGS)
def test_agreement_is_what_counting_by_hand_gives_whoever_is_asked_first(one, other):
    def group(level):
        return "-" if level is None else "34" if level in (3, 4) else "12"

    same = [code for code in CRITERIA if group(one[code]) == group(other[code])]

    found = compare(one, other)

    assert list(found.agreed) == same
    assert sorted(found.agreed + found.apart) == sorted(CRITERIA)
    assert found.is_enough is (len(same) >= 8)
    assert compare(other, one) == found


@given(ratings=RATINGS)
def test_everybody_agrees_with_themselves(ratings):
    assert compare(ratings, ratings).apart == ()
