"""The rule that reads a fidelity checklist."""

from courses.fidelity import ITEMS, Ticked, ticked
from courses.held_words import FIDELITY_ITEMS, WATCHED_ITEMS


def test_every_item_is_said_to_have_happened_or_not_or_left_open():
    said = ticked({"two_led": True, "break_taken": False})

    assert said == Ticked(
        happened=("two_led",),
        did_not=("break_taken",),
        left_open=tuple(item for item in ITEMS if item not in ("two_led", "break_taken")),
    )


def test_what_is_no_item_is_passed_by_and_what_is_no_answer_is_left_open():
    assert ticked({"weather": True, "two_led": "yes"}) == Ticked((), (), ITEMS)


def test_every_item_has_words_for_the_pair_and_for_who_watched():
    assert tuple(FIDELITY_ITEMS) == tuple(WATCHED_ITEMS) == ITEMS
