"""Disclosure: what is hidden cannot be worked out, and no more is hidden than that takes.

The oracle knows no method. It goes through every number that the hidden figures could have, beside
all that is shown, and looks at what is left of them.
"""

from itertools import combinations, product
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.disclosure import SMALL_NUMBER, Figure, hidden, total

SMALL, MOST = 3, 11  # a smaller number than in life keeps the oracle quick; the rule is the same
ALL = "all"


class Report:
    """What is counted, and what follows from it: `follow` returns all figures by name."""

    def __init__(self, counted, follow, sums, unsaid=()):
        self.counted, self.follow, self.sums, self.unsaid = counted, follow, sums, set(unsaid)
        self.value = follow(counted)

    @property
    def figures(self):
        """As the rule takes them. A total is kept longer than its parts."""
        return [
            Figure(name, value, keep=str(name).count(ALL), is_shown=name not in self.unsaid)
            for name, value in self.value.items()
        ]

    def possible(self, unseen):
        """Every value that each figure could have beside what is seen."""
        asked = [name for name in self.counted if name in unseen]
        seen = {n: v for n, v in self.value.items() if n not in unseen and n not in self.unsaid}
        found = {name: set() for name in self.value}
        for numbers in product(range(MOST + 1), repeat=len(asked)):
            now = self.follow({**self.counted, **dict(zip(asked, numbers, strict=True))})
            if min(now.values()) >= 0 and all(now[name] == value for name, value in seen.items()):
                for name, value in now.items():
                    found[name].add(value)
        return found

    def is_safe(self, unseen):
        """Tell whether nothing hidden can be worked out, nor a rest that is a small group."""
        for name, values in self.possible(unseen).items():
            if name in unseen and len(values) < 2:
                return False
            if self.is_small(name) and values <= set(range(1, SMALL)):
                return False
        return not any(0 < rest < SMALL for rest in self.rests(unseen))

    def is_small(self, name):
        return 0 < self.value[name] < SMALL

    def rests(self, unseen):
        """What the shown totals leave after their shown parts."""
        for of, parts in self.sums:
            if of not in unseen:
                yield sum(self.value[name] for name in parts if name in unseen | self.unsaid)

    def hidden(self, **more):
        return hidden(self.figures, [total(*each) for each in self.sums], small=SMALL, **more)


def one_row(parts):
    """Parts and their total."""
    counted = dict(enumerate(parts))
    return Report(counted, lambda now: {**now, ALL: sum(now.values())}, [(ALL, list(counted))])


def table(rows):
    """A table with the totals of its rows and columns, and the total of those."""
    counted = {(r, c): n for r, row in enumerate(rows) for c, n in enumerate(row)}
    across, down = range(len(rows)), range(len(rows[0]))

    def follow(now):
        ends = {(r, ALL): sum(now[r, c] for c in down) for r in across}
        feet = {(ALL, c): sum(now[r, c] for r in across) for c in down}
        return {**now, **ends, **feet, (ALL, ALL): sum(ends.values())}

    sums = [((r, ALL), [(r, c) for c in down]) for r in across]
    sums += [((ALL, c), [(r, c) for r in across]) for c in down]
    sums += [((ALL, ALL), [(r, ALL) for r in across]), ((ALL, ALL), [(ALL, c) for c in down])]
    return Report(counted, follow, sums)


def groups_within(sizes):
    """Groups, each within the one before; nobody says how many are left between any two."""
    counted = dict(enumerate(sorted(sizes, reverse=True)))
    pairs = list(combinations(counted, 2))

    def follow(now):
        return {**now, **{(whole, part): now[whole] - now[part] for whole, part in pairs}}

    sums = [(whole, [part, (whole, part)]) for whole, part in pairs]
    return Report(counted, follow, sums, unsaid=pairs)


# --- E2: what is hidden, and why ---------------------------------------------------------------


def test_E2_a_figure_under_five_is_hidden_and_five_is_shown():
    figures = [Figure("four", 4), Figure("five", 5), Figure("none", 0)]

    assert hidden(figures, []) == {"four"}
    assert SMALL_NUMBER == 5


def test_E2_a_part_that_the_total_would_reveal_takes_another_part_with_it():
    parts = [Figure("a", 12), Figure("b", 9), Figure("c", 2), Figure("all", 23, keep=1)]

    assert hidden(parts, [total("all", "abc")]) == {"b", "c"}


def test_E2_what_is_left_of_a_whole_is_a_group_as_well():
    """12 of 14 completed says that 2 did not."""
    figures = [
        Figure("came", 14, keep=1),
        Figure("completed", 12),
        Figure("did not", 2, is_shown=False),
    ]

    assert hidden(figures, [total("came", ["completed", "did not"])]) == {"completed"}


def test_all_of_a_group_is_shown_as_nobody_is_left_of_it():
    figures = [Figure("came", 12), Figure("completed", 12), Figure("did not", 0, is_shown=False)]

    assert hidden(figures, [total("came", ["completed", "did not"])]) == frozenset()


def test_E2_two_small_parts_do_not_hide_behind_a_small_rest():
    """18 without 15 leaves 3, whoever of the two they are."""
    parts = [Figure("a", 15), Figure("b", 2), Figure("c", 1), Figure("all", 18, keep=1)]

    assert hidden(parts, [total("all", "abc")]) == {"a", "b", "c"}


def test_two_small_parts_hide_behind_each_other_where_the_rest_is_large_enough():
    parts = [Figure("a", 15), Figure("b", 3), Figure("c", 2), Figure("all", 20, keep=1)]

    assert hidden(parts, [total("all", "abc")]) == {"b", "c"}


def test_E2_a_total_of_another_report_is_hidden_when_it_gives_a_hidden_figure_away():
    cohorts = {"Tuesday": False, "Friday": True}
    figures = [Figure("Tuesday", 12), Figure("Friday", 3), Figure("year", 15)]

    assert hidden(figures, [total("year", cohorts)], decided=cohorts) == {"Friday", "year"}


def test_a_total_over_several_hidden_figures_is_shown():
    cohorts = {"Tuesday": False, "Friday": True, "Monday": True}
    figures = [Figure("Tuesday", 12), Figure("Friday", 3), Figure("Monday", 4), Figure("year", 19)]

    assert hidden(figures, [total("year", cohorts)], decided=cohorts) == {"Friday", "Monday"}


def test_hours_give_away_one_hidden_session_but_not_two():
    """150 minutes for each who came: from the hours one could count them."""
    figures = [
        *(Figure(f"session {n}", came) for n, came in enumerate([12, 11, 4])),
        Figure("minutes", 150 * 27, keep=1, counts_people=False),
    ]
    sums = [{"minutes": -1, "session 0": 150, "session 1": 150, "session 2": 150}]

    assert hidden(figures, sums) == {"session 1", "session 2"}


def test_of_what_could_be_hidden_the_least_needed_is():
    figures = [Figure("a", 2), Figure("b", 9, keep=3), Figure("c", 12, keep=2), Figure("all", 23)]

    assert hidden(figures, [total("all", "abc")]) == {"a", "all"}


# --- Beside the oracle -------------------------------------------------------------------------

COUNT = st.integers(0, 6)
ROWS = st.lists(COUNT, min_size=2, max_size=4).map(one_row)
TABLES = st.lists(st.tuples(COUNT, COUNT), min_size=2, max_size=2).map(table)
GROUPS = st.lists(st.integers(0, 8), min_size=3, max_size=3).map(groups_within)


@given(ROWS | TABLES | GROUPS)
@settings(max_examples=150, deadline=None)
def test_E2_nothing_that_is_hidden_can_be_worked_out(report):
    unseen = report.hidden()

    assert {n for n in report.value if report.is_small(n)} - report.unsaid <= unseen
    assert report.is_safe(unseen)


@given(ROWS | TABLES | GROUPS)
@settings(max_examples=150, deadline=None)
def test_nothing_is_hidden_that_could_be_shown_alone(report):
    unseen = report.hidden()

    needless = {n for n in unseen if not report.is_small(n) and report.is_safe(unseen - {n})}
    assert needless == set()


@given(st.lists(COUNT, min_size=2, max_size=4), st.lists(st.booleans(), min_size=4, max_size=4))
@settings(max_examples=100, deadline=None)
def test_E2_a_total_gives_nothing_away_that_other_reports_hide(parts, more):
    """Each cohort hides what is small, and perhaps more of its own."""
    report = one_row(parts)
    decided = {n: report.is_small(n) or more[n] for n in report.counted}
    there = {n for n, is_hidden in decided.items() if is_hidden}

    unseen = report.hidden(decided=decided)

    assert unseen - {ALL} == there
    assert report.is_safe(unseen)
    assert ALL not in unseen or not report.is_safe(there)


def test_the_oracle_sees_what_would_be_given_away():
    """So that it can tell: shown as they stand, these give something away."""
    assert not one_row([5, 1]).is_safe({1})
    assert not one_row([5, 1, 1]).is_safe({1, 2})
    assert not groups_within([8, 7, 3]).is_safe(set())
    assert not table([(1, 5), (5, 5)]).is_safe({(0, 0), (0, 1)})
    assert table([(1, 5), (5, 6)]).is_safe({(r, c) for r in (0, 1) for c in (0, 1)})


@pytest.mark.parametrize("cohorts", [10, 300])
def test_a_long_report_is_decided_in_a_short_time(cohorts):
    """Seconds of the processor, not of the clock, and ten times what it takes."""
    report = one_row([n % 17 for n in range(cohorts)])
    began = process_time()

    unseen = report.hidden()

    assert ALL not in unseen
    assert process_time() - began < 3
