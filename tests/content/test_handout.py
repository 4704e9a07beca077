"""The blocks of a handout: what an author is told, and how cards and criteria are laid out."""

import pytest
from django.core.exceptions import ValidationError

from content.blocks import HandoutBody

BODY = HandoutBody()
LEVELS = ["In the way", "Ready"]


def value(kind, said):
    return BODY.to_python([{"type": kind, "value": said}])[0].value


def drawn(kind, said):
    return " ".join(BODY.to_python([{"type": kind, "value": said}])[0].render().split())


def cards(n, across="2", back=""):
    return {
        "across": across,
        "cards": [{"title": "", "text": f"{i}", "back": back and f"{back}{i}"} for i in range(n)],
    }


def texts(rows, part="text"):
    return [[card and card[part] for card in row] for row in rows]


def criterion(code="PF1", levels=("Talks over", "Leaves room")):
    return {"code": code, "title": "Attention", "safety": False, "levels": list(levels)}


def test_cards_stand_in_rows_and_the_last_row_is_filled_up():
    assert texts(value("cards", cards(3)).rows) == [["0", "1"], ["2", None]]


def test_cards_without_a_back_have_no_sheet_of_backs():
    assert value("cards", cards(3)).backs == []


def test_backs_stand_the_other_way_round_to_meet_their_fronts():
    backs = value("cards", cards(5, across="3", back="b")).backs

    assert texts(backs, "back") == [["b2", "b1", "b0"], [None, "b4", "b3"]]


def test_each_level_of_a_criterion_is_named():
    [(found, levels)] = value("criteria", {"levels": LEVELS, "criteria": [criterion()]}).described

    assert (found["code"], levels) == (
        "PF1",
        [("In the way", "Talks over"), ("Ready", "Leaves room")],
    )


def test_a_level_that_was_written_with_its_number_is_not_counted_twice():
    said = {"levels": ["1 In the way", "2. Ready"], "criteria": [criterion()]}

    words = drawn("criteria", said)

    assert "</span>1 In the way</th>" in words
    assert "</span>2 Ready</th>" in words


@pytest.mark.parametrize("levels", [["Only one"], ["One", "Two", "Three"]])
def test_a_criterion_that_does_not_describe_every_level_is_sent_back(levels):
    said = {"levels": LEVELS, "criteria": [criterion(), criterion("PF2", levels)]}
    block = BODY.child_blocks["criteria"]

    with pytest.raises(ValidationError) as caught:
        block.clean(value("criteria", said))

    assert [each.message for each in caught.value.non_block_errors.as_data()] == [
        "There are 2 levels. Describe each of them for PF2."
    ]


def test_what_an_author_writes_is_text_and_never_markup():
    said = {"label": "<script>alert(1)</script>", "lines": 1}

    assert "<script>" not in drawn("lines", said)


def test_a_column_without_a_heading_is_no_empty_heading():
    said = {
        "columns": [{"type": "text", "heading": ""}, {"type": "text", "heading": "Ask"}],
        "rows": [{"values": ["Name it", "What bothers you?"]}],
        "caption": "",
    }

    assert drawn("table", said).count("<th ") == 2
    assert '<th scope="row">Name it</th>' in drawn("table", said)


def test_a_cell_that_says_nothing_is_there_to_write_in():
    said = {
        "columns": [{"type": "text", "heading": heading} for heading in ("What for", "Number")],
        "rows": [{"values": ["Food, today", " "]}, {"values": ["", ""]}],
        "caption": "",
    }

    rows = drawn("table", said).split("<tbody> ")[1].split(" </tbody>")[0]
    assert rows == (
        '<tr><th scope="row">Food, today</th>'
        '<td class="is-blank" data-column="Number"></td></tr> '
        '<tr><td class="is-blank" data-column="What for"></td>'
        '<td class="is-blank" data-column="Number"></td></tr>'
    )


def test_every_block_can_be_previewed_but_the_one_that_shows_nothing():
    unseen = [name for name, block in BODY.child_blocks.items() if not block.is_previewable]

    assert unseen == ["page_break"]
