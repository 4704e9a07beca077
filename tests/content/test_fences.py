"""A block as a fence in a text file: read and written are each other's inverse."""

import uuid

import pytest

from content.fences import FENCES
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
    "order": {
        "id": "steps",
        "question": "Put these in order.",
        "safety": True,
        "items": ["Name it", "Gather ideas", "Pick one"],
        "feedback": "You began with the problem.",
        "feedback_other": "Look at what comes first.",
    },
    "sort": {
        "id": "ours",
        "question": "Is this for us?",
        "groups": ["Us", "Not us", "Depends"],
        "cards": [
            {"text": "A tablet", "groups": ["Not us"], "feedback": "Ask a doctor."},
            {"text": "A lift home", "groups": ["Us", "Depends"], "feedback": "Agree on it."},
        ],
    },
    "short": {
        "id": "family",
        "question": "Open this up.",
        "help": "One sentence.",
        "models": ["How has it been with your family?"],
        "look_for": ["It cannot be answered with yes or no.", "It is kind."],
    },
    "scale": {
        "id": "sure",
        "question": "How sure are you that you can:",
        "lowest": "not sure at all",
        "highest": "as sure as can be",
        "statements": ["listen?", "wait?"],
        "said_back": "Keep this.",
    },
    "course_check": {
        "id": "before",
        "title": "What you know now",
        "purpose": "baseline",
        "draw": 20,
        "need": 16,
    },
    "reflection": {"prompt": "Who listens to you?", "help": "A few words."},
    "action_plan": {"prompt": "What will you do?", "help": ""},
}


@pytest.mark.parametrize("kind", FENCES)
def test_what_is_read_and_written_again_is_read_as_the_same(kind):
    fence = FENCES[kind]
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


def test_a_card_that_names_a_group_which_is_not_there_is_pointed_out():
    card = {"text": "A tablet", "groups": ["Elsewhere"], "feedback": "Ask."}

    with pytest.raises(KeyError, match="Elsewhere"):
        FENCES["sort"].read({**WRITTEN["sort"], "cards": [card]}, KEY)
