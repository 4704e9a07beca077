import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openbadgeslib.ob3.status import decode_encoded_list, set_indices

from certificates.status_bits import LENGTH, bits, numbers_in, packed, place_of

places = st.sets(st.integers(0, LENGTH - 1), max_size=40)


@settings(max_examples=25, deadline=None)
@given(places)
def test_another_library_finds_the_very_places_that_were_set(some):
    assert set_indices(decode_encoded_list(packed(some))) == some


def test_the_first_place_is_the_highest_bit():
    assert bits([0, 15])[:3] == bytes([0b1000_0000, 0b0000_0001, 0])


def test_a_list_has_at_least_as_many_places_as_the_standard_asks_for():
    assert len(bits([])) * 8 == 131_072


@settings(max_examples=25, deadline=None)
@given(places)
def test_a_packed_list_begins_with_a_u_and_holds_nothing_that_an_address_would_change(some):
    text = packed(some)

    assert text[0] == "u"
    assert not set(text) & set("+/=")


def test_the_same_places_are_packed_the_same():
    assert packed([7, 3]) == packed([3, 7])


@pytest.mark.parametrize("place", [-1, LENGTH])
def test_a_place_outside_the_list_is_refused(place):
    with pytest.raises(IndexError):
        bits([place])


@given(st.integers(0, 10**12))
def test_every_number_has_one_place_in_one_list(number):
    which, place = place_of(number)

    assert numbers_in(which)[place] == number
