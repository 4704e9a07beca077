"""A block as a fence in a text file: read and written are each other's inverse."""

import uuid

import pytest

from content.fences import FENCES
from content.fences.items import identity, read_items

KEY = uuid.UUID(int=7)
WRITTEN = {
    "step": {"title": "Leave room"},
    "read": {"html": "<p>Wait.</p>"},
    "picture": {"file": "arches.png", "alt": "Two arches", "caption": "Equal ground"},
    "video": {"title": "A pause", "file": "a.mp4", "captions": "a.vtt", "transcript": "*Wait.*"},
    "audio": {"title": "A pause", "file": "a.mp3", "transcript": "*Nobody speaks.*"},
    "download": {"title": "A slip", "file": "slip.pdf", "about": "To print."},
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
