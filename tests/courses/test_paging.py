"""Paging: every line once, in order, whoever joins or leaves while somebody reads on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.paging import cut, mark, page, read_mark

NAMES = st.lists(st.tuples(st.text(max_size=3), st.integers(1, 50)), unique=True)


def keyed(keys):
    return [(key, key) for key in sorted(keys)]


@given(NAMES, st.integers(1, 5))
def test_pages_are_the_whole_list_in_order_whatever_their_size(keys, size):
    read, after = [], None
    while True:
        found = page(keyed(keys), after, size)
        read += found.lines
        if not found.after:
            break
        after = read_mark(found.after, [str, int])

    assert read == sorted(keys)


@given(NAMES, st.integers(1, 5))
def test_a_list_cut_by_the_database_pages_alike(keys, size):
    read, after = [], None
    while True:
        rest = [line for line in keyed(keys) if after is None or line[0] > after]
        found = cut(rest[: size + 1], size)
        read += found.lines
        if not found.after:
            break
        after = read_mark(found.after, [str, int])

    assert read == sorted(keys)


def test_who_joins_in_the_meantime_moves_nobody_to_another_page():
    first = page(keyed([("amina", 1), ("dev", 2), ("ruth", 3)]), None, 2)

    after = read_mark(first.after, [str, int])
    second = page(keyed([("adam", 9), ("amina", 1), ("dev", 2), ("ruth", 3)]), after, 2)

    assert (first.lines, second.lines) == ((("amina", 1), ("dev", 2)), (("ruth", 3),))


def test_a_page_after_somebody_who_left_goes_on_from_where_they_stood():
    after = ("dev", 2)

    assert page(keyed([("amina", 1), ("ruth", 3)]), after).lines == (("ruth", 3),)


@pytest.mark.parametrize(
    "text", ["", "x", "WzFd", "%%%", mark(("dev",)), mark((1, "dev")), mark(("dev", True)), "é"]
)
def test_what_is_no_mark_begins_the_list_anew(text):
    assert read_mark(text, [str, int]) is None


@given(st.tuples(st.text(), st.integers()))
def test_a_mark_reads_back_as_the_key_it_was_made_of(key):
    assert read_mark(mark(key), [str, int]) == key
