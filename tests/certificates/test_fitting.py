from hypothesis import given
from hypothesis import strategies as st

from certificates.fitting import fitted, width

SIZES = [(34, 2), (27, 3), (16, 5)]
ROOM = 318
texts = st.text(min_size=1, max_size=300).filter(str.strip)


def test_a_short_text_is_set_large_in_one_line():
    assert fitted("Oír", SIZES, ROOM) == (34, ["Oír"])


def test_a_longer_one_is_set_in_lines():
    assert fitted("Becoming a peer facilitator", SIZES, ROOM) == (
        34,
        ["Becoming a peer", "facilitator"],
    )


def test_a_long_one_is_set_smaller():
    size, lines = fitted("Living well with a long-term condition, together", SIZES, ROOM)

    assert (size, " ".join(lines)) == (27, "Living well with a long-term condition, together")


def test_a_word_that_is_too_wide_is_broken_only_in_the_smallest_size():
    size, lines = fitted("Donaudampfschifffahrtsgesellschaftskapitänskunde", SIZES, ROOM)

    assert (size, len(lines)) == (16, 2)
    assert "".join(lines) == "Donaudampfschifffahrtsgesellschaftskapitänskunde"


def test_what_is_still_too_long_is_cut_and_says_so():
    size, lines = fitted("Ŵ" * 255, SIZES, ROOM)

    assert (size, len(lines)) == (16, 5)
    assert lines[-1].endswith("…")


def test_marks_take_no_room_and_chinese_takes_all_of_it():
    assert width("e\u0301") == width("e")
    assert width("山田") == 2


@given(texts)
def test_no_text_leaves_its_place_and_nothing_is_lost_but_behind_the_cut(text):
    size, lines = fitted(text, SIZES, ROOM)

    assert len(lines) <= dict(SIZES)[size]
    assert max(width(line) for line in lines) * size <= ROOM
    kept, whole = "".join("".join(lines).split()), "".join(text.split())
    assert kept == whole or whole.startswith(kept.removesuffix("…"))
