import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.multibase import (
    PUBLIC,
    SECRET,
    NotAKey,
    base58,
    multikey,
    read_base58,
    read_multikey,
)

keys = st.binary(min_size=32, max_size=32)


# The examples of the draft that describes this alphabet.
@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Hello World!", "z2NEpo7TZRRrLZSi2U"),
        (bytes.fromhex("0000287fb4cd"), "z11233QC4"),
        (b"", "z"),
    ],
)
def test_bytes_are_written_as_the_draft_of_base_58_writes_them(data, text):
    assert base58(data) == text


@given(st.binary(max_size=80))
def test_what_was_written_in_base_58_reads_back_as_itself(data):
    assert read_base58(base58(data)) == data


@given(keys)
def test_a_key_to_check_with_looks_as_one_and_reads_back(key):
    text = multikey(PUBLIC, key)

    assert text[:4] == "z6Mk"
    assert read_multikey(PUBLIC, text) == key


@given(keys)
def test_a_secret_is_not_taken_for_a_key_to_check_with(key):
    with pytest.raises(NotAKey):
        read_multikey(PUBLIC, multikey(SECRET, key))


@pytest.mark.parametrize("text", ["", "6Mk", "z", "z0OIl", base58(PUBLIC + b"short")])
def test_what_is_no_key_is_not_read_as_one(text):
    with pytest.raises(NotAKey):
        read_multikey(PUBLIC, text)
