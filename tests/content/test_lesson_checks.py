"""What is looked at before a lesson is published."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.lesson_checks import STOPS, Finding, Kind, Piece, Written, doses, findings, is_vague

TODAY = date(2026, 9, 1)


def kinds(*pieces, **about):
    about.setdefault("minutes", 12)
    return [found.kind for found in findings(Written(pieces=pieces, **about), TODAY)]


def html(*parts):
    return Piece(id="b", step=2, step_title="Leave room", html=tuple(parts))


def test_a_plain_lesson_has_nothing_to_mend():
    assert kinds(html("<h2>Five seconds</h2><p>A pause gives room.</p>")) == []


def test_a_finding_says_where_it_is():
    [found] = findings(Written(pieces=(html("<p>Take 5 mg.</p>"),), minutes=12), TODAY)

    assert found == Finding(Kind.DOSE, 2, "Leave room", "b", "5 mg")
    assert found.stops


@pytest.mark.parametrize(
    ("inside", "jumped"),
    [
        ("<h2>One</h2><p>x</p><h3>Two</h3>", []),
        ("<h3>One</h3>", ["One"]),
        ("<h2>One</h2><h4>Two</h4><h2>Three</h2>", ["Two"]),
    ],
)
def test_a_heading_may_go_down_one_level_at_a_time(inside, jumped):
    found = findings(Written(pieces=(html(inside),), minutes=12), TODAY)

    assert [(each.kind, each.words) for each in found] == [
        (Kind.HEADING_JUMP, words) for words in jumped
    ]


@pytest.mark.parametrize(
    "words", ["here", "Click here", "Read more…", "this link", " HERE. ", "https://example.org/a"]
)
def test_a_link_that_says_nothing_by_itself_is_told(words):
    assert is_vague(words)
    assert kinds(html(f'<p>See <a href="/x"><b>{words}</b></a></p>')) == [Kind.VAGUE_LINK]


@pytest.mark.parametrize("words", ["Read more about pauses", "The named person", "Here is why"])
def test_a_link_that_says_where_it_leads_is_not(words):
    assert not is_vague(words)


@pytest.mark.parametrize(
    ("piece", "found"),
    [
        (Piece(id="p", alt_undecided=True), [Kind.ALT_UNDECIDED]),
        (Piece(id="v", is_film=True), [Kind.NOTHING_TO_READ]),
        (Piece(id="v", is_film=True, captions=True), [Kind.NO_TRANSCRIPT]),
        (Piece(id="v", is_film=True, transcript=True), [Kind.NO_CAPTIONS]),
        (Piece(id="v", is_film=True, captions=True, transcript=True), []),
        (Piece(id="a", is_sound=True), [Kind.NOTHING_TO_READ]),
        (Piece(id="a", is_sound=True, transcript=True), []),
        (Piece(id="h", is_activity=True), [Kind.NOT_IN_WORDS]),
        (Piece(id="h", is_activity=True, asked=True), [Kind.ASKED_NOT_IN_WORDS]),
        (Piece(id="h", is_activity=True, asked=True, in_words=True), []),
    ],
)
def test_what_is_seen_or_heard_can_be_read(piece, found):
    assert kinds(piece) == found


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Take 500mg twice.", ["500mg"]),
        ("Take 2.5 ml, then half a tablet.", ["2.5 ml", "half a tablet"]),
        ("two tablets and 10 units", ["two tablets", "10 units"]),
        ("six units of insulin", ["six units of insulin"]),
        ("It has six sessions, five units and 12 people.", []),
        ("Walk 10 minutes, 3 times a week.", []),
    ],
)
def test_a_dose_is_always_told(text, named):
    assert doses(text) == named


def test_a_claim_asks_for_a_source_once():
    claims = [html("<p>Walking lowers your blood pressure.</p>"), html("<p>It cures.</p>")]

    assert kinds(*claims) == [Kind.CLAIM_WITHOUT_SOURCE]
    assert kinds(*claims, has_sources=True) == []


def test_the_page_itself_is_looked_at():
    assert kinds(minutes=0) == [Kind.NO_MINUTES]
    assert kinds(minutes=None) == []
    assert kinds(minutes=150, planned=140) == [Kind.MINUTES_DIFFER]
    assert kinds(minutes=150, planned=150) == []
    assert kinds(review_by=date(2026, 8, 31)) == [Kind.REVIEW_OVERDUE]
    assert kinds(review_by=TODAY) == []
    assert kinds(sign_off_missing="A nurse") == [Kind.NO_SIGN_OFF]
    assert kinds(kit_words=("A short lesson",)) == [Kind.KIT_WORDS]


LONG = "Notwithstanding considerable methodological heterogeneity, participants improved. "


def test_a_text_in_another_language_is_not_measured_as_if_it_were_english():
    pieces = (html(f"<p>{LONG * 8}</p>"),)

    assert list(findings(Written(pieces=pieces, minutes=12, is_english=False), TODAY)) == []


def test_a_hard_text_is_told_with_its_age():
    [found] = findings(Written(pieces=(html(f"<p>{LONG * 8}</p>"),), minutes=12), TODAY)

    assert (found.kind, found.stops) == (Kind.HARD_TO_READ, False)
    assert int(found.words) > 11


written = st.builds(
    Written,
    pieces=st.lists(
        st.builds(
            Piece,
            id=st.just("b"),
            html=st.tuples(st.text(max_size=60)),
            texts=st.tuples(st.text(max_size=60)),
            alt_undecided=st.booleans(),
            is_film=st.booleans(),
            captions=st.booleans(),
            transcript=st.booleans(),
        ),
        max_size=4,
    ).map(tuple),
    minutes=st.none() | st.integers(0, 30),
    review_by=st.none() | st.dates(),
    sign_off_missing=st.sampled_from(["", "A nurse"]),
)


@given(written, st.dates())
def test_what_stops_comes_first_whatever_the_page(page, today):
    found = [each.kind in STOPS for each in findings(page, today)]

    assert found == sorted(found, reverse=True)
