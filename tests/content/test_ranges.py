"""Which part of a file somebody asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.ranges import OutOfReach, asked_part

SIZE = 100


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-99", (0, 99)),
        ("bytes=0-0", (0, 0)),
        ("bytes=99-99", (99, 99)),
        ("bytes=10-", (10, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-1000", (0, 99)),
        ("bytes=90-1000", (90, 99)),
        ("Bytes = 1 - 2", (1, 2)),
        ("", None),
        ("bytes=-", None),
        ("bytes=2-1", None),
        ("bytes=0-1,4-5", None),
        ("bytes=٣-٤", None),
        ("bytes=1-" + "9" * 5000, None),
        ("lines=0-1", None),
        ("bytes", None),
    ],
)
def test_one_part_is_given_and_anything_else_is_the_whole(header, part):
    assert asked_part(header, SIZE) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_there_is_nothing_beyond_the_end(header):
    with pytest.raises(OutOfReach):
        asked_part(header, SIZE)


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=0-0", "bytes=-1"])
def test_an_empty_file_has_no_parts(header):
    with pytest.raises(OutOfReach):
        asked_part(header, 0)


@given(size=st.integers(1, 10**15), first=st.integers(0, 10**16), length=st.integers(0, 10**16))
def test_a_part_begins_where_it_was_asked_and_never_leaves_the_file(size, first, length):
    header = f"bytes={first}-{first + length}"

    if first >= size:
        with pytest.raises(OutOfReach):
            asked_part(header, size)
    else:
        assert asked_part(header, size) == (first, min(first + length, size - 1))


@given(st.text())
def test_no_header_is_too_odd(header):
    try:
        part = asked_part(header, SIZE)
    except OutOfReach:
        return
    assert part is None or 0 <= part[0] <= part[1] < SIZE
