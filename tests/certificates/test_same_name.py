"""One name typed in many ways, and two names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.same_name import same_name

names = st.text(st.characters(categories=["L", "M", "N", "Zs", "Pd"]), min_size=1, max_size=30)


@given(names)
def test_a_name_is_itself_however_it_is_composed_and_in_capitals(name):
    is_a_name = any(unicodedata.category(each)[0] in "LN" for each in name)
    typed = [name, f"  {name} ", unicodedata.normalize("NFD", name), name.swapcase()]

    if is_a_name and name.casefold() == name.swapcase().casefold():
        assert [same_name(name, each) for each in typed] == [True] * 4


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("Zoë Núñez", "zoe nunez"),
        ("Siân O’Neil-Jones", "SIAN O'NEIL JONES"),
        ("Rhiannon Ŵyn Prŷs", "rhiannon wyn prys"),
        ("Nguyễn Thị Phương", "Nguyen Thi Phuong"),
        ("Αλέξανδρος", "ΑΛΕΞΑΝΔΡΟΣ"),
        ("Надій", "надіи"),
        ("ﬁona", "Fiona"),
    ],
)
def test_it_is_the_same_name(printed, typed):
    assert same_name(printed, typed)


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("Zoë Núñez", "Zoë Nunes"),
        ("Zoë Núñez", "Zoë"),
        ("हरि", "हरी"),
        ("Ann", ""),
        ("-", "-"),
    ],
)
def test_it_is_another_name(printed, typed):
    assert not same_name(printed, typed)
