import pytest

from certificates import room
from certificates.room import Room, Words

SHEET = Room(wide=10, close=14)


def words(**changes):
    return Words(**{"name": "Amina Yusuf", "title": "A course", "lists": [["one"], []]} | changes)


def test_it_is_set_closer_the_more_there_is_to_say():
    set_as = [room.fullness(words(lists=[["line"] * n]), SHEET) for n in (2, 5, 9)]

    assert set_as == ["is-airy", "is-close", "is-full"]


@pytest.mark.parametrize(
    "more",
    [
        {"closing": "We thank them."},
        {"opening": "With joy we say that"},
        {"has_logo": True},
        {"has_end": True},
        {"is_short_sheet": True},
        {"lists": [["one", "two"], []]},
        {"lists": [["one"], ["two"]]},
        {"lists": [["a line of a hundred letters " * 4], []]},
        {"title": "A course with a long title, which goes on and on"},
        {"name": "Amina Yusuf " * 8},
    ],
)
def test_whatever_there_is_more_of_takes_more_room(more):
    assert room.lines_of(words(**more), SHEET) > room.lines_of(words(), SHEET)


def test_two_lists_beside_each_other_take_the_room_of_the_longer():
    abreast = Room(wide=10, close=14, abreast=30)
    both = words(lists=[["one", "two", "three"], ["one"]])

    assert room.lines_of(both, abreast) == room.lines_of(words(lists=[["1", "2", "3"]]), abreast)


def test_a_letter_of_chinese_is_as_wide_as_two():
    assert (room.width("王美"), room.width("Mei")) == (4, 3)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Ng", "is-short"),
        ("Nguyễn Thị Phương Thảo", "is-medium"),
        ("Αλέξανδρος Παπαδόπουλος and Amina", "is-two-lines"),
        ("W" * 38, "is-long"),
        ("W" * 87, "is-longest"),
        ("欧阳" * 8, "is-long"),
    ],
)
def test_a_long_name_is_printed_smaller(name, size):
    assert room.size(name, room.NAME_SIZES) == size
