"""Which questions are drawn from a bank, and what a round came to."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.exercises import Card, Check, Item, Option, Order, Sort
from content.rounds import Drawn, TooFew, as_drawn, draw, tally

GROUPS = ("Session 1", "Session 2", "Session 3")


def question(key, kind, safety):
    parts = ("a", "b", "c", "d")
    if kind == "order":
        return Order(key, "?", tuple(Item(p, p) for p in parts), "", "", safety=safety)
    if kind == "sort":
        groups, cards = (Item("us", "Us"),), tuple(Card(p, p, ("us",), "") for p in parts)
        return Sort(key, "?", groups, cards, safety=safety)
    return Check(key, "?", tuple(Option(p, p, "") for p in parts), safety=safety)


@st.composite
def banks(draw_):
    """A bank of up to twenty questions in three groups, of which some are about safety."""
    made = draw_(
        st.lists(
            st.tuples(
                st.sampled_from(GROUPS),
                st.sampled_from(["check", "order", "sort"]),
                st.booleans(),
            ),
            min_size=1,
            max_size=20,
        )
    )
    return {
        f"q{n}": (group, question(f"q{n}", kind, safety))
        for n, (group, kind, safety) in enumerate(made)
    }


@st.composite
def askings(draw_):
    """A bank, and a number of questions that it can give."""
    bank = draw_(banks())
    safety = sum(question.safety for _group, question in bank.values())
    return bank, draw_(st.integers(safety, len(bank))), draw_(st.text())


@given(askings())
def test_as_many_are_drawn_as_are_asked_each_once(asking):
    bank, how_many, seed = asking

    drawn = [each.id for each in draw(bank, how_many, seed)]

    assert len(drawn) == how_many == len(set(drawn))
    assert set(drawn) <= set(bank)


@given(askings())
def test_every_question_about_safety_is_always_in(asking):
    bank, how_many, seed = asking

    drawn = {each.id for each in draw(bank, how_many, seed) if each.safety}

    assert drawn == {key for key, (_group, question) in bank.items() if question.safety}


@given(askings())
def test_the_rest_comes_evenly_from_the_groups_as_far_as_they_have_any(asking):
    bank, how_many, seed = asking
    there = Counter(group for group, question in bank.values() if not question.safety)

    taken = Counter(bank[each.id][0] for each in draw(bank, how_many, seed) if not each.safety)

    # A group gives two fewer than another only when it has no more to give.
    assert [
        (more, fewer)
        for more in there
        for fewer in there
        if taken[more] > taken[fewer] + 1 and taken[fewer] < there[fewer]
    ] == []


@given(askings())
def test_the_same_seed_draws_the_same(asking):
    bank, how_many, seed = asking

    assert draw(bank, how_many, seed) == draw(dict(reversed(bank.items())), how_many, seed)


@given(askings())
def test_every_part_of_a_question_is_shown_and_things_to_order_never_in_the_best_one(asking):
    bank, how_many, seed = asking

    for each in draw(bank, how_many, seed):
        _group, question = bank[each.id]
        assert sorted(each.shown) == ["a", "b", "c", "d"]
        if question.kind == "order":
            assert each.shown != ("a", "b", "c", "d")
            assert as_drawn(question, each) == question
        else:
            parts = "options" if question.kind == "check" else "cards"
            assert tuple(p.id for p in getattr(as_drawn(question, each), parts)) == each.shown


def test_other_seeds_draw_other_questions_in_another_order():
    bank = {f"q{n}": (GROUPS[n % 3], question(f"q{n}", "check", False)) for n in range(12)}

    assert len({draw(bank, 6, str(seed)) for seed in range(20)}) == 20


@given(banks())
def test_more_than_the_bank_holds_is_refused(bank):
    with pytest.raises(TooFew):
        draw(bank, len(bank) + 1, "seed")


def test_fewer_than_there_are_about_safety_is_refused():
    bank = {f"q{n}": ("Session 5", question(f"q{n}", "check", True)) for n in range(4)}

    with pytest.raises(TooFew):
        draw(bank, 3, "seed")


# --- What it came to ---------------------------------------------------------------------------

rounds = st.dictionaries(
    st.text(max_size=3), st.tuples(st.booleans(), st.none() | st.booleans()), min_size=1
)


def tally_of(made, need):
    drawn = [Drawn(key, safety, ()) for key, (safety, _met) in made.items()]
    answers = {key: met for key, (_safety, met) in made.items() if met is not None}
    return tally(drawn, answers, need)


@given(rounds, st.integers(0, 20))
def test_enough_is_the_number_needed_and_all_about_safety(made, need):
    came_to = tally_of(made, need)

    met = [key for key, (_safety, met) in made.items() if met]
    safety = {key for key, (safety, _met) in made.items() if safety}
    assert came_to.is_enough is (len(met) >= need and safety <= set(met))
    assert (came_to.met, came_to.safety_met) == (len(met), len(safety & set(met)))


@given(rounds)
def test_every_question_is_met_left_or_to_be_looked_at_again(made):
    came_to = tally_of(made, 1)

    assert came_to.met + len(came_to.left) + len(came_to.look_again) == came_to.asked == len(made)
    assert came_to.answered == came_to.asked - len(came_to.left)
    assert came_to.is_finished is (not came_to.left)
    assert set(came_to.safety_open) <= {*came_to.left, *came_to.look_again}
