"""A lesson read from a text file, and written to one."""

import re
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.blocks import CharBlock, StreamBlock

from content.blocks import LessonBody
from content.blocks.text import ReadBlock
from content.fences.media import named
from content.fences.shape import tidied
from content.lesson_text import BANK, HANDOUT, LESSON, Manner, NotReadable, read, write
from content.prose import rich_text
from tests.factories.generated import stream_of

KEY = uuid.UUID(int=7)
TEXT = """---
title: Open questions
minutes: 12
---
# Leave room

Wait **five** seconds.

```say
lead: Try
words: How was it?
```

# Check

One question.

```check
id: amina
question: What would you say?
options:
  - text: Cheer up.
    feedback: You meant well.
  - text: You are tired of it.
    best: true
    feedback: You said it back.
```
"""


def kinds(text):
    return [block["type"] for block in read(text, key=KEY).body]


def test_headings_become_steps_and_fences_become_blocks():
    assert kinds(TEXT) == ["step", "read", "say", "step", "read", "check"]


def test_the_top_lines_say_what_the_lesson_is():
    assert read(TEXT, key=KEY).about == {"title": "Open questions", "minutes": 12}


def test_prose_becomes_the_html_that_the_editor_keeps():
    assert read(TEXT, key=KEY).body[1]["value"] == "<p>Wait <b>five</b> seconds.</p>"


def test_the_same_text_gives_the_same_ids_and_another_lesson_others():
    ids = [block["id"] for block in read(TEXT, key=KEY).body]

    assert [block["id"] for block in read(TEXT, key=KEY).body] == ids
    assert not {block["id"] for block in read(TEXT, key=uuid.UUID(int=8)).body} & set(ids)
    assert len(set(ids)) == 6


def test_an_exercise_keeps_its_id_when_steps_are_put_before_it():
    before = read(TEXT, key=KEY).body[-1]["id"]
    longer = TEXT.replace("# Leave room", "# New first step\n\nHello.\n\n# Leave room")

    assert read(longer, key=KEY).body[-1]["id"] == before


def test_script_in_the_prose_is_left_out():
    assert rich_text("Hello <script>alert(1)</script> you") == "<p>Hello  you</p>"


def test_a_link_that_would_run_script_is_no_link():
    assert rich_text("[here](javascript:alert(1))") == "<p>[here](javascript:alert(1))</p>"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# No top lines", "begin with its title"),
        ("---\ntitle: [\n---\n# One", "look at line"),
        ("---\ntitle: A\n---\n# One\n\n```say\nlead: Try\n```\n", "needs 'words'"),
        ("---\ntitle: A\n---\n# One\n\n```dance\nid: a\n```\n", "do not know a “dance” box"),
    ],
)
def test_what_cannot_be_read_is_named(text, says):
    with pytest.raises(NotReadable, match=says):
        read(text, key=KEY)


SHEET = """---
title: The seven steps
summary: On one page.
for: facilitators
session: 3
---
# How to use it

Read it **aloud**.

```boxes
items: [Name it, Gather]
```

```page_break
```

```lines
label: What will you try?
```
"""


def test_a_handout_has_no_steps_and_fences_of_its_own():
    handout = read(SHEET, key=KEY, manner=HANDOUT)

    assert handout.about == {
        "title": "The seven steps",
        "summary": "On one page.",
        "for": "facilitators",
        "session": 3,
    }
    assert [block["type"] for block in handout.body] == ["read", "boxes", "page_break", "lines"]
    assert handout.body[0]["value"] == "<h2>How to use it</h2><p>Read it <b>aloud</b>.</p>"


@pytest.mark.parametrize(
    ("manner", "fence", "says"),
    [
        (LESSON, "boxes", "A “boxes” box belongs in a handout, not in a lesson."),
        (HANDOUT, "check", "A “check” box belongs in a lesson, not in a handout."),
        (HANDOUT, "dance", "We do not know a “dance” box."),
        (BANK, "say", "A question bank holds headings and questions. This is neither: “say”."),
        (BANK, "dance", "We do not know a “dance” box."),
    ],
)
def test_each_kind_of_text_refuses_the_fences_of_another(manner, fence, says):
    with pytest.raises(NotReadable, match=re.escape(says)):
        read(f"---\ntitle: A\n---\n```{fence}\nitems: [a]\n```\n", key=KEY, manner=manner)


@pytest.mark.parametrize(
    ("manner", "what"),
    [(LESSON, "its title and minutes"), (HANDOUT, "its title and summary"), (BANK, "its title,")],
)
def test_a_text_without_lines_at_the_top_is_told_what_it_has_to_begin_with(manner, what):
    with pytest.raises(NotReadable, match=f"The text has to begin with {what}"):
        read("Hello", key=KEY, manner=manner)


@pytest.mark.parametrize(
    "fence",
    ["cards\ncards: 3", "lines\nlabel: Say\nlines: many", "table\nhead: [a]\nrows: [1]"],
)
def test_a_fence_with_something_else_in_it_is_named(fence):
    kind = fence.split()[0]

    with pytest.raises(NotReadable, match=f"could not read the “{kind}” box"):
        read(f"---\ntitle: A\n---\n```{fence}\n```\n", key=KEY, manner=HANDOUT)


# --- and back ----------------------------------------------------------------------------------


def again(body, key=KEY, manner=LESSON):
    """The body after it was written to a text and read from it, and that text."""
    text = write({"title": "A lesson"}, body, key=key, manner=manner)
    lesson = read(text, key=key, manner=manner)
    assert lesson.about == {"title": "A lesson"}
    return lesson.body, text


STREAM = LessonBody()
bodies = stream_of(STREAM, documents=["a film.mp4", "b.vtt"], pictures=["arches.png"])


@given(bodies)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_an_author_wrote_survives_as_text(body):
    found, text = again(body)

    assert found == tidied(STREAM, body)
    assert again(found)[1] == text


@pytest.mark.parametrize("manner", [HANDOUT, BANK], ids=["a handout", "a question bank"])
@given(data=st.data())
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_handouts_and_question_banks_survive_as_text_too(manner, data):
    body = data.draw(stream_of(manner.stream))

    found, text = again(body, manner=manner)

    assert found == tidied(manner.stream, body)
    assert again(found, manner=manner)[1] == text


@given(bodies)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_read_from_a_text_is_what_the_editor_holds(body):
    found, _text = again(body)
    names = dict.fromkeys(("document", "picture", "package"), lambda name: None)
    found = [named(block, **names) for block in found]

    assert STREAM.to_python(found).get_prep_value() == found


def test_a_text_that_was_read_is_written_without_ids_that_follow_from_it():
    text = TEXT.split("```check")[0]

    _found, written = again(read(text, key=KEY).body)

    assert written.split("---\n")[2] == (
        "# Leave room\n\nWait **five** seconds.\n\n"
        "```say\nlead: Try\nwords: How was it?\n```\n\n# Check\n\nOne question.\n"
    )


def test_other_ids_are_written_beside_what_they_belong_to():
    one, two, three = (str(uuid.UUID(int=n)) for n in (1, 2, 3))
    body = [
        {"type": "step", "id": one, "value": {"title": "Leave room"}},
        {"type": "read", "id": two, "value": "<p>Wait.</p>"},
        {"type": "say", "id": three, "value": {"lead": "", "words": "How was it?"}},
    ]

    found, text = again(body)

    assert found == body
    assert text.split("---\n")[2] == (
        f"# Leave room {{#{one}}}\n\n<!-- id: {two} -->\nWait.\n\n"
        f"```say\nid: {three}\nlead: ''\nwords: How was it?\n```\n"
    )


def test_two_texts_in_a_row_stay_two():
    body = [{"type": "read", "id": str(uuid.UUID(int=n)), "value": "<p>One.</p>"} for n in (1, 2)]

    assert again(body)[0] == body


def test_a_title_that_looks_like_an_id_stays_a_title():
    body = [{"type": "step", "id": str(uuid.UUID(int=1)), "value": {"title": "Room {#a}"}}]

    assert again(body)[0] == body


@pytest.mark.parametrize(
    ("fence", "says"),
    [
        ("```say\nwords: [How, was it]\n```", "“words” has to be text"),
        ("```say\nwords: 3\n```", "“words” has to be text"),
        ("```say\nwords:\n```", "“words” has to be text"),
        ("```say\nwords: a\ncolour: red\n```", "says “colour”, which we do not know"),
        ("```say\n- words\n```", "could not read the “say” box"),
        ("```callout\nkind: loud\ntext: a\n```", "“kind” cannot be “loud”"),
        ("```callout\nkind: try\ntext: [a]\n```", "not what belongs there"),
        (
            "```check\nid: a\nquestion: a\noptions: 3\n```",
            "not what belongs there",
        ),
        (
            "```check\nid: a\nquestion: a\noptions: [{text: a, feedback: b, x: c}]\n```",
            "says “x”",
        ),
        ("```say\nwords: &a [*a]\n```", "look at line 1"),
        ("```say\nwords: !!python/name:os.system a\n```", "look at line 1"),
        ("```say\nwords: " + "[" * 50 + "]" * 50 + "\n```", "look at line 1"),
        ("```say\nwords: " + "9" * 5000 + "\n```", "look at line"),
        ("```say\nwords: a\nwords: b\n```", "look at line"),
        ("```say\nwords: " + "a" * 200_001 + "\n```", "too long"),
        ("```block\ntype: dance\nid: a\nvalue: a\n```", "does not belong there"),
        ("```block\ntype: say\nid: a\nvalue: a\n```", "has to have names"),
        ("```block\ntype: check\nid: a\nvalue: {options: [a]}\n```", "has to be a list"),
        ("```picture\nfile: a.png\ndecorative: perhaps\n```", "has to be true or false"),
    ],
)
def test_what_is_not_as_it_should_be_is_named(fence, says):
    with pytest.raises(NotReadable, match=re.escape(says)):
        read(f"---\ntitle: A\n---\n# One\n\n{fence}\n", key=KEY)


def test_html_in_a_stored_block_is_made_harmless():
    text = "```block\ntype: read\nid: a\nvalue: <p onclick='x()'>Hello</p>\n```"

    [block] = read(f"---\ntitle: A\n---\n{text}\n", key=KEY).body

    assert block["value"] == "<p>Hello</p>"


@given(st.text(max_size=200) | bodies.map(lambda body: write({"title": "A"}, body, key=KEY)))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read_or_refused_in_words(text):
    for attempt in (text, f"---\ntitle: A\n---\n{text}", text[len(text) // 2 :]):
        try:
            read(attempt, key=KEY)
        except NotReadable as fault:
            assert str(fault)


class Notes(StreamBlock):
    heading = CharBlock()
    read = ReadBlock()


@pytest.mark.parametrize(
    ("manner", "kinds"),
    [
        (Manner(Notes(), {}, "heading"), ["heading", "read"]),
        (Manner(Notes(), {}), ["read"]),
    ],
)
def test_other_texts_have_a_manner_of_their_own(manner, kinds):
    text = "---\ntitle: A\n---\n# Session 1\n\nWords.\n"

    body = read(text, key=KEY, manner=manner).body

    assert [block["type"] for block in body] == kinds
    assert read(write({}, body, key=KEY, manner=manner), key=KEY, manner=manner).body == body


def test_a_box_that_is_not_for_this_text_is_named():
    with pytest.raises(NotReadable, match="do not know a “say” box"):
        read("---\ntitle: A\n---\n```say\nwords: a\n```\n", key=KEY, manner=Manner(Notes(), {}))
