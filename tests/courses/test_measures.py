"""How measures are scored: each on its own scale, and when somebody is asked."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from courses import measures
from courses.instruments import ONS4, SEMCD6, SHIPPED
from courses.measures import Scale

SEMCD6_SCALE = Scale(1, 10, measures.MEAN, missing_at_most=2)
ONS4_SCALE = Scale(0, 10, measures.APART)
NOW = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)

number = some.integers(1, 10)
six = some.lists(some.none() | number, min_size=6, max_size=6)


# --- What was circled on paper -----------------------------------------------------------------


@given(number)
def test_one_number_counts_as_it_is(marked):
    assert measures.as_marked([marked]) == marked
    assert measures.as_marked([marked, marked]) == marked


@given(some.integers(1, 9))
def test_of_two_neighbours_the_lower_one_counts(marked):
    assert measures.as_marked([marked + 1, marked]) == marked


@given(some.sets(number, min_size=2))
def test_other_numbers_together_count_as_left_out(marked):
    lowest, *others = sorted(marked)
    if others == [lowest + 1]:
        return
    assert measures.as_marked(sorted(marked)) is None


def test_nothing_circled_is_left_out():
    assert measures.as_marked([]) is None


# --- A mean ------------------------------------------------------------------------------------


@given(six)
def test_a_mean_lies_between_the_lowest_and_the_highest_that_was_given(answers):
    given_numbers = [each for each in answers if each is not None]
    score = measures.mean(answers, missing_at_most=2)

    if len(given_numbers) < 4:
        assert score is None
    else:
        assert min(given_numbers) <= score <= max(given_numbers)


@given(some.permutations([3, 8, None, 5, 10, None]))
def test_the_order_of_the_questions_does_not_change_a_mean(answers):
    assert measures.mean(answers, missing_at_most=2) == 6.5


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ([1, 1, 1, 1, 1, 1], 1),
        ([10, 10, 10, 10, 10, 10], 10),
        ([4, 5, 6, 7, None, None], 5.5),
        ([4, 5, 6, None, None, None], None),
        ([None] * 6, None),
    ],
)
def test_the_scale_of_six_is_scored_with_two_left_out_and_not_with_three(answers, score):
    expected = {} if score is None else {0: score}

    assert measures.scores(answers, SEMCD6_SCALE) == expected


# --- Questions apart ---------------------------------------------------------------------------


@given(some.lists(some.none() | some.integers(0, 10), min_size=4, max_size=4))
def test_questions_apart_are_never_put_together(answers):
    assert measures.scores(answers, ONS4_SCALE) == {
        part: each for part, each in enumerate(answers) if each is not None
    }


def test_a_person_is_compared_only_in_what_they_answered_both_times():
    assert measures.paired({0: 4, 1: 5}, {1: 7, 2: 3}) == {1: (5, 7)}


# --- Bands -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scale", "edges"),
    [(SEMCD6_SCALE, (4, 8)), (ONS4_SCALE, (4, 7)), (Scale(1, 3, "mean"), (2, 3))],
)
def test_bands_follow_the_scale_they_are_of(scale, edges):
    assert measures.band_edges(scale) == edges


@given(some.floats(1, 10))
def test_every_score_lies_in_one_band(score):
    assert measures.band_of(score, SEMCD6_SCALE) in range(measures.BANDS)


# --- What comes with the program ---------------------------------------------------------------


def test_what_comes_with_the_program_is_free_to_use_and_says_where_it_is_from():
    assert set(SHIPPED) == {"ons4", "semcd6"}
    assert [each.licence_status for each in SHIPPED.values()] == [measures.FREE] * 2
    assert all(each.source for each in SHIPPED.values())


def test_ons4_is_four_questions_from_0_to_10_of_which_the_last_runs_the_other_way():
    assert (ONS4.lowest, ONS4.highest, ONS4.scoring) == (0, 10, measures.APART)
    assert (len(ONS4.questions), ONS4.lower_is_better) == (4, (4,))


def test_semcd6_runs_from_1_to_10_and_its_wording_is_left_to_its_owner():
    assert (SEMCD6.lowest, SEMCD6.highest, SEMCD6.scoring) == (1, 10, measures.MEAN)
    assert (SEMCD6.how_many, SEMCD6.missing_at_most, SEMCD6.questions) == (6, 2, ())


@pytest.mark.parametrize(
    ("status", "needs"),
    [
        (measures.OWN, False),
        (measures.FREE, False),
        (measures.FREE_WITH_REGISTRATION, True),
        (measures.LICENSED, True),
        ("something new", True),
    ],
)
def test_what_is_neither_our_own_nor_free_needs_a_licence(status, needs):
    assert measures.needs_licence(status) is needs


# --- When somebody is asked --------------------------------------------------------------------


def asked(now=NOW, joined=NOW, first=None, completed=None):
    return measures.moment(
        joined_at=joined, first_session_at=first, completed_at=completed, now=now
    )


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("moment", "when"),
    [
        (measures.BEFORE, {}),
        (measures.BEFORE, {"first": NOW + 30 * DAY}),
        (measures.BEFORE, {"first": NOW - 7 * DAY, "joined": NOW - 40 * DAY}),
        (None, {"first": NOW - 8 * DAY, "joined": NOW - 40 * DAY}),
        (measures.BEFORE, {"first": NOW - 8 * DAY, "joined": NOW}),
        (measures.AFTER, {"first": NOW - 40 * DAY, "completed": NOW - 56 * DAY}),
        (None, {"first": NOW - 90 * DAY, "completed": NOW - 57 * DAY}),
    ],
)
def test_somebody_is_asked_at_the_beginning_and_after_the_end(moment, when):
    assert asked(**when) == moment
