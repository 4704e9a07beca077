"""A block as a fence in a text file: read and written are each other's inverse."""

import uuid

import pytest

from content.fences import FENCES, HANDOUT_FENCES
from content.fences.items import identity, read_items

KEY = uuid.UUID(int=7)
WRITTEN = {
    "say": {"lead": "Try", "words": "How was it?"},
    "callout": {"kind": "try", "text": "<p>Wait <b>five</b> seconds.</p>"},
    "check": {
        "id": "amina",
        "question": "What would you say?",
        "choose": "several",
        "safety": True,
        "options": [
            {"text": "Cheer up.", "feedback": "You meant well."},
            {"text": "You are tired of it.", "best": True, "feedback": "You said it back."},
        ],
    },
    "reflection": {"prompt": "Who listens to you?", "help": "A few words."},
    "action_plan": {"prompt": "What will you do?", "help": ""},
    # in handouts
    "cards": {
        "across": 3,
        "cards": [{"title": "Us?", "text": "Listen", "back": "Us."}, {"text": "Lend money"}],
    },
    "lines": {"label": "What will you do?", "lines": 4},
    "boxes": {"items": ["Agreement on show", "Ended on time"]},
    "criteria": {
        "levels": ["In the way", "Ready"],
        "criteria": [
            {"code": "PF2", "title": "Attention", "levels": ["Talks over", "Leaves pauses"]},
            {"code": "PF5", "title": "Respect", "safety": True, "levels": ["Mocks", "Warm"]},
        ],
    },
    "table": {"head": ["Step", "Ask"], "rows": [["Name it", "What bothers you?"], ["Pick", ""]]},
    "page_break": {},
}
ALL = {**FENCES, **HANDOUT_FENCES}


def test_no_fence_stands_in_both_lessons_and_handouts():
    assert set(FENCES) & set(HANDOUT_FENCES) == set()


@pytest.mark.parametrize("kind", ALL)
def test_what_is_read_and_written_again_is_read_as_the_same(kind):
    fence = ALL[kind]
    value = fence.read(WRITTEN[kind], KEY)

    again = fence.read({**fence.write(value), "id": "another name"}, KEY)

    assert again == value


def test_items_take_their_ids_from_their_place_unless_they_have_one():
    own = str(uuid.UUID(int=3))

    items = read_items(["Listen", {"id": own, "text": "Wait"}], key=KEY, of="order:a:item")

    assert items == [
        {"type": "item", "id": identity(KEY, "order:a:item", 1), "value": "Listen"},
        {"type": "item", "id": own, "value": "Wait"},
    ]
