"""A block as a fence in a text file: read and written are each other's inverse."""

import uuid

import pytest

from content.fences import FENCES, HANDOUT_FENCES
from content.fences.items import Unknown, identity, read_items
from tests.factories.courses import TALK

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
    "scenario": TALK,
    "reflection": {"prompt": "Who listens to you?", "help": "A few words."},
    "action_plan": {"prompt": "What will you do?", "help": ""},
    "checklist": {"id": "ready", "prompt": "What is ready?", "items": ["Chairs", "Kettle"]},
    "group_agreement": {
        "id": "ours",
        "prompt": "What do we need?",
        "help": "Make it together.",
        "starters": ["One at a time", {"text": "Pass is fine"}],
    },
    "agreement": {
        "id": "role",
        "which": "role",
        "title": "What I will do",
        "words": "Two of you hold the room.\n\n- Listen\n- Rest",
        "lines": ["I will listen", "I won’t advise on medicine"],
        "statement": "I have read this, and I agree.",
    },
    "h5p": {
        "id": "stairs",
        "title": "Ruth and the stairs",
        "scenario": TALK,
        "words": "*Wait.*",
        "asked": True,
    },
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


def test_an_activity_is_named_by_its_file():
    told = {"title": "Which answer?", "file": "which-0a1b.h5p", "words": "Read *this*."}

    value = FENCES["h5p"].read(told, KEY)

    assert value == {
        "title": "Which answer?",
        "package": "which-0a1b.h5p",
        "words": "<p>Read <i>this</i>.</p>",
        "asked": False,
    }
    assert FENCES["h5p"].write(value) == told


def test_an_activity_is_a_file_or_a_talk_and_not_both():
    with pytest.raises(Unknown) as said:
        FENCES["h5p"].read({**WRITTEN["h5p"], "file": "which-0a1b.h5p"}, KEY)

    assert str(said.value) == "file, scenario"


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


def test_what_is_written_of_a_scenario_leaves_out_what_says_nothing():
    fence = FENCES["scenario"]

    written = fence.write(fence.read(TALK, KEY))

    assert [step["name"] for step in written["steps"]] == ["1", "1b", "2"]
    unsafe = written["steps"][0]["choices"][2]
    assert unsafe == {"id": unsafe["id"], **TALK["steps"][0]["choices"][2]}
    assert "content_note" not in written
    assert "repair" not in written["steps"][0]


def test_steps_keep_their_ids_when_one_is_put_before_them():
    talk = dict(TALK, steps=TALK["steps"][1:])

    before, after = (FENCES["scenario"].read(each, KEY) for each in (TALK, talk))

    assert before["steps"][1:] == after["steps"]


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"skills": ["flying"]}, "skills: flying"),
        ({"endings": [{"name": "x", "kind": "best", "words": "."}]}, "kind: best"),
    ],
)
def test_a_word_for_a_skill_or_an_ending_that_we_do_not_know_is_said(about, said):
    with pytest.raises(Unknown) as caught:
        FENCES["scenario"].read({**TALK, **about}, KEY)

    assert str(caught.value) == said
