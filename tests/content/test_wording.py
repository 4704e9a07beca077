"""The words of an agreement as they are signed, and what tells two wordings apart."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.exercises import Agreement
from content.wording import fingerprint, plain, text_of

ROLE = Agreement(
    id="1",
    which="role",
    title="What I will do",
    words="<p>You hold the room <b>together</b>.</p><ul><li>Listen</li><li>Rest</li></ul>",
    lines=("I will listen", "I won’t advise on medicine"),
    statement="I have read this, and I agree.",
)


def test_what_is_signed_reads_line_by_line():
    assert text_of(ROLE) == (
        "You hold the room together.\n– Listen\n– Rest\n"
        "– I will listen\n– I won’t advise on medicine\n"
        "I have read this, and I agree."
    )


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", ""),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<p>One<br/>Two</p>", "One\nTwo"),
        ("<h2>Head</h2><p>Fish &amp; chips &lt;3</p>", "Head\nFish & chips <3"),
        ("<ol><li><p>One</p></li><li></li></ol>", "– One"),
        ('<p>See <a href="/x">this page</a>.</p>', "See this page."),
        ("<p>unclosed", "unclosed"),
    ],
)
def test_simple_html_is_told_as_plain_words(html, words):
    assert plain(html) == words


def test_the_same_words_have_the_same_mark_whatever_block_they_stand_in():
    assert fingerprint(replace(ROLE, id="2")) == fingerprint(ROLE)
    assert fingerprint(replace(ROLE, words=ROLE.words.replace("<b>", "<i>"))) == fingerprint(ROLE)


@pytest.mark.parametrize(
    "change",
    [
        {"which": "confidentiality"},
        {"title": "What I won’t do"},
        {"words": "<p>You hold the room alone.</p>"},
        {"lines": ("I will listen",)},
        {"statement": "I agree."},
    ],
)
def test_any_change_of_the_words_changes_the_mark(change):
    assert fingerprint(replace(ROLE, **change)) != fingerprint(ROLE)


@given(st.text())
def test_any_text_at_all_can_be_told(html):
    assert isinstance(plain(html), str)
    assert len(fingerprint(replace(ROLE, words=html))) == 64
