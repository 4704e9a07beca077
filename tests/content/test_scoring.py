"""Marking a knowledge check."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.exercises import Card, Check, Item, Option, Order, Sort
from content.scoring import NotAnOption, best_answers, mark, mark_any

OPTIONS = (
    Option("a", "You’ll feel better soon.", "You offered hope."),
    Option("b", "You want to be heard.", "You said back the wish.", best=True),
    Option("c", "Tell me about Monday.", "You asked openly.", best=True),
)
ONE = Check("q", "What would you say?", OPTIONS, choose="one")
SEVERAL = Check("q", "What helps?", OPTIONS, choose="several")


def test_the_best_answer_meets_the_question():
    assert mark(ONE, ["b"]).met


def test_feedback_comes_back_for_what_was_chosen_and_for_nothing_else():
    assert mark(ONE, ["a"]).chosen == (OPTIONS[0],)


def test_a_kind_but_less_helpful_answer_is_not_the_best_one():
    assert not mark(ONE, ["a"]).met


def test_several_answers_are_met_only_all_together():
    assert mark(SEVERAL, ["c", "b"]).met
    assert not mark(SEVERAL, ["b"]).met
    assert not mark(SEVERAL, ["a", "b", "c"]).met


@pytest.mark.parametrize("answers", [[], ["nobody"], ["a", "nobody"]])
def test_what_was_not_offered_is_refused(answers):
    with pytest.raises(NotAnOption):
        mark(SEVERAL, answers)


def test_two_answers_to_a_question_for_one_are_refused():
    with pytest.raises(NotAnOption):
        mark(ONE, ["b", "c"])


@given(st.lists(st.sampled_from("abc"), min_size=1))
def test_order_and_repetition_of_answers_do_not_matter(answers):
    assert mark(SEVERAL, answers) == mark(SEVERAL, sorted(set(answers)))
    assert mark(SEVERAL, answers).met is (set(answers) == {"b", "c"})


# --- Put in order ------------------------------------------------------------------------------

STEPS = ("name", "gather", "pick", "try")
ORDER = Order(
    "o", "In which order?", tuple(Item(each, each) for each in STEPS), "You began well.", "Look."
)


def test_the_best_order_meets_the_question_and_has_its_own_feedback():
    marked = mark_any(ORDER, list(STEPS))

    assert (marked.met, marked.feedback, marked.answers) == (True, "You began well.", list(STEPS))


@given(st.permutations(STEPS))
def test_any_other_order_is_kept_as_it_was_put_and_says_what_to_look_at(given_order):
    marked = mark_any(ORDER, given_order)

    assert marked.answers == given_order
    assert marked.met is (given_order == list(STEPS))
    assert marked.feedback == ("You began well." if marked.met else "Look.")


@given(st.lists(st.sampled_from([*STEPS, "elsewhere"]), max_size=6))
def test_an_order_names_each_thing_exactly_once(answers):
    if sorted(answers) == sorted(STEPS):
        assert mark_any(ORDER, answers)
    else:
        with pytest.raises(NotAnOption):
            mark_any(ORDER, answers)


def test_things_that_read_the_same_may_change_places():
    twice = Order("o", "?", (Item("a", "Wait"), Item("b", "Speak"), Item("c", "Wait")), "", "")

    assert mark_any(twice, ["c", "b", "a"]).met


@given(st.lists(st.text(min_size=1), min_size=2, unique=True), st.text())
def test_what_is_shown_is_never_the_best_order_and_always_the_same(names, seed):
    order = Order(seed, "?", tuple(Item(name, name) for name in names), "", "")

    shown = [item.id for item in order.mixed]

    assert shown != names
    assert sorted(shown) == sorted(names)
    assert shown == [item.id for item in order.mixed]


# --- Sort into groups --------------------------------------------------------------------------

GROUPS = (Item("us", "Us"), Item("not", "Not us"), Item("depends", "Depends"))
CARDS = (
    Card("tablet", "Which tablet?", ("not",), "Ask a doctor."),
    Card("lift", "A lift home", ("us", "depends"), "Agree on it."),
)
SORT = Sort("s", "Is it for us?", GROUPS, CARDS)


@given(
    st.fixed_dictionaries(
        {card.id: st.sampled_from([group.id for group in GROUPS]) for card in CARDS}
    )
)
def test_cards_are_met_when_each_is_in_a_group_that_fits(placed):
    marked = mark_any(SORT, placed)

    fits = {card.id: placed[card.id] in card.fits for card in CARDS}
    assert {each.card.id: each.fits for each in marked.cards} == fits
    assert (marked.met, marked.elsewhere) == (all(fits.values()), 2 - sum(fits.values()))
    assert marked.answers == placed


@pytest.mark.parametrize(
    "placed",
    [
        {},
        {"tablet": "not"},
        {"tablet": "not", "lift": "elsewhere"},
        {"tablet": "not", "lift": "us", "bus": "us"},
        ["tablet", "lift"],
    ],
)
def test_every_card_has_to_be_in_one_of_the_groups(placed):
    with pytest.raises(NotAnOption):
        mark_any(SORT, placed)


@pytest.mark.parametrize("question", [ONE, ORDER])
def test_an_answer_of_another_kind_is_refused(question):
    with pytest.raises(NotAnOption):
        mark_any(question, {"tablet": "not", "lift": "us"})


def test_an_answer_can_be_marked_again_from_how_it_is_kept():
    given_answers = [(ONE, ["b"]), (ORDER, list(STEPS)), (SORT, {"tablet": "us", "lift": "us"})]

    for question, answers in given_answers:
        assert mark_any(question, mark_any(question, answers).answers) == mark_any(
            question, answers
        )


@pytest.mark.parametrize("question", [ONE, SEVERAL, ORDER, SORT])
def test_what_fits_best_is_met(question):
    assert mark_any(question, best_answers(question)).met
