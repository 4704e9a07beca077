"""Prose as Markdown and as the editor's HTML: there and back."""

import pytest
from hypothesis import given

from content.prose import clean, markdown, rich_text
from tests.factories.generated import rich_texts, texts

KEY = "5f1c0f0e-54a5-4d26-9e0b-0c8a2d1f7a11"


@given(rich_texts)
def test_what_was_written_in_the_editor_survives_as_markdown(html):
    assert rich_text(markdown(html)) == clean(html)


@given(rich_texts)
def test_there_is_one_way_to_write_the_same(html):
    assert clean(clean(html)) == clean(html)


@given(texts)
def test_any_text_can_be_read(text):
    assert clean(rich_text(text)) == rich_text(text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Wait <b>five</b> seconds.</p><p>Then <i>ask</i>.</p>", None),
        ("<h2>One</h2><p>Two</p>", "## One\n\nTwo"),
        (
            "<ul><li>Welcome</li><li>Listen<ol><li>well</li></ol></li></ul>",
            "- Welcome\n- Listen\n  1. well",
        ),
        ('<p><a href="https://example.org/">Read</a></p>', "[Read](https://example.org/)"),
        (f'<p><a href="page:{KEY}">Read</a></p>', f"[Read](page:{KEY})"),
        ("<p>One<br/>two</p>", "One\\\ntwo"),
        ("<p>2 * 3 * 4, `so`, [x] and #1</p>", "2 \\* 3 \\* 4, \\`so\\`, \\[x\\] and #1"),
        ("<p>1. April</p>", "1\\. April"),
        ("<p>“Ça va?” नमस्ते · مرحبا</p>", "“Ça va?” नमस्ते · مرحبا"),
    ],
)
def test_markdown_is_what_a_person_would_write(html, text):
    text = text or "Wait **five** seconds.\n\nThen *ask*."

    assert markdown(html) == text
    assert rich_text(text) == html


@pytest.mark.parametrize(
    ("hostile", "left"),
    [
        ("<script>alert(1)</script>Hello", "Hello"),
        ('<p onclick="x()">Hello</p>', "<p>Hello</p>"),
        ('<p><a href="javascript:x()">Hello</a></p>', "<p><a>Hello</a></p>"),
        ('<p><a href="data:text/html,x">Hello</a></p>', "<p><a>Hello</a></p>"),
        ('<p><img src="x" onerror="y()">Hello</p>', "<p>Hello</p>"),
        ('<iframe src="https://example.org/"></iframe><p>Hello</p>', "<p>Hello</p>"),
        ("<style>p{}</style><p style='x'>Hello</p>", "<p>Hello</p>"),
        ('<p data-block-key="abc12">Hello</p>', "<p>Hello</p>"),
        ("<embed embedtype='image' id='1'/><p>Hello</p>", "<p>Hello</p>"),
        ("<strongest>Hello</strongest>", "Hello"),
    ],
)
def test_nothing_that_could_do_something_is_kept(hostile, left):
    assert clean(hostile) == left
