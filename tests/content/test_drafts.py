"""A draft is kept with its gaps. A second reader gets it when they are filled."""

import pytest
from django.core.exceptions import ValidationError

from content.blocks import HandoutBody, LessonBody
from content.blocks.question_bank import BankBody

pytestmark = pytest.mark.django_db  # a picture or a file is looked for

BODIES = {body.__name__: body() for body in (LessonBody, HandoutBody, BankBody)}
EVERY_BLOCK = [
    pytest.param(body, name, id=f"{where}-{name}")
    for where, body in BODIES.items()
    for name in body.child_blocks
]


@pytest.mark.parametrize(("body", "name"), EVERY_BLOCK)
def test_what_was_just_added_is_kept_as_a_draft(body, name):
    block = body.child_blocks[name]
    just_added = body.to_python(
        [{"type": name, "value": block.get_prep_value(block.get_default())}]
    )

    kept = body.clean_deferred(just_added)

    assert [child.block_type for child in kept] == [name]


@pytest.mark.parametrize(("name", "list_"), [("check", "options"), ("sort", "cards")])
def test_a_new_exercise_begins_with_empty_fields(name, list_):
    """A field that is not told what stands in it shows “undefined” in the browser."""
    block = BODIES["LessonBody"].child_blocks[name]

    state = block.get_form_state(block.get_default())

    first = state[list_][0]["value"]
    assert {key: value or "" for key, value in first.items()} == dict.fromkeys(
        block.child_blocks[list_].child_block.child_blocks, ""
    )


@pytest.mark.parametrize("name", ["read", "check", "order", "sort", "course_check"])
def test_what_was_just_added_does_not_go_to_a_second_reader(name):
    body = BODIES["LessonBody"]
    block = body.child_blocks[name]

    with pytest.raises(ValidationError):
        block.clean(block.get_default())


@pytest.mark.parametrize("name", ["check", "order", "sort"])
def test_a_new_exercise_has_room_for_as_many_as_it_needs(name):
    """Nobody is told of too few before they have written a word."""
    block = BODIES["LessonBody"].child_blocks[name]
    lists = {
        key: each for key, each in block.child_blocks.items() if hasattr(each.meta, "min_num")
    }

    there = {key: len(block.get_default()[key]) for key in lists}

    assert there == {key: each.meta.min_num for key, each in lists.items()}
