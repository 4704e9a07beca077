"""A lesson read from a text file."""

import uuid

import pytest

from content.lesson_text import NotReadable, read, read_handout
from content.prose import rich_text

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


HANDOUT = """---
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
    handout = read_handout(HANDOUT, key=KEY)

    assert handout.about == {
        "title": "The seven steps",
        "summary": "On one page.",
        "for": "facilitators",
        "session": 3,
    }
    assert [block["type"] for block in handout.body] == ["read", "boxes", "page_break", "lines"]
    assert handout.body[0]["value"] == "<h2>How to use it</h2>\n<p>Read it <b>aloud</b>.</p>"


@pytest.mark.parametrize(
    ("reads", "fence", "says"),
    [
        (read, "boxes", "A “boxes” box belongs in a handout, not in a lesson."),
        (read_handout, "check", "A “check” box belongs in a lesson, not in a handout."),
        (read_handout, "dance", "We do not know a “dance” box."),
    ],
)
def test_lessons_and_handouts_refuse_each_others_fences(reads, fence, says):
    with pytest.raises(NotReadable, match=says):
        reads(f"---\ntitle: A\n---\n```{fence}\nitems: [a]\n```\n", key=KEY)


@pytest.mark.parametrize(
    "fence",
    ["cards\ncards: 3", "lines\nlabel: Say\nlines: many", "table\nhead: [a]\nrows: [1]"],
)
def test_a_fence_with_something_else_in_it_is_named(fence):
    kind = fence.split()[0]

    with pytest.raises(NotReadable, match=f"could not read the “{kind}” box"):
        read_handout(f"---\ntitle: A\n---\n```{fence}\n```\n", key=KEY)
