"""Reading names and addresses as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.name_list import AT_MOST, Line, TooManyLines, decoded, read


def said(line):
    return line.name, line.email, line.problem


@pytest.mark.parametrize(
    "written",
    [
        "Amina Yusuf, amina@example.org",
        "Amina Yusuf; amina@example.org",
        "Amina Yusuf\tamina@example.org",
        "Amina Yusuf | amina@example.org",
        "Amina Yusuf <amina@example.org>",
        "Amina Yusuf amina@example.org",
        "amina@example.org, Amina Yusuf",
        "Amina,Yusuf,AMINA@example.org",
        '"Amina Yusuf","amina@example.org"',
        "Amina Yusuf, amina@example.org, 07700 900123",
        "\ufeffAmina Yusuf, amina@example.org",
        "  Amina   Yusuf ,  (amina@example.org) ,",
    ],
)
def test_a_name_and_an_address_are_found_whatever_stands_between_them(written):
    assert [said(line) for line in read(written)] == [("Amina Yusuf", "amina@example.org", "")]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Dev Patel", ("Dev Patel", "", "")),
        ("dev@example.org", ("", "dev@example.org", "")),
        ('"Patel, Dev", dev@example.org', ("Patel, Dev", "dev@example.org", "")),
        ("Dev, dev@example", ("", "", "address")),
        ("Dev, dev@", ("", "", "address")),
        ("Dev, dev @example.org", ("", "", "address")),
        ("Dev, dev@example.org, d@example.org", ("", "", "two")),
        ("x" * 121, ("", "", "long")),
        ("07700 900123", ("", "", "nothing")),
        ("=HYPERLINK(1), e@example.org", ("=HYPERLINK(1)", "e@example.org", "")),
        ("<b>Bo</b>, bo@example.org", ("<b>Bo</b>", "bo@example.org", "")),
        ("<b>Bo</b> <bo@example.org>", ("<b>Bo</b>", "bo@example.org", "")),
        ("Bo (the tall one) bo@example.org", ("Bo (the tall one)", "bo@example.org", "")),
        ("O’Brien Ŵyn, o@example.org", ("O’Brien Ŵyn", "o@example.org", "")),
        ('An "open quote, a@example.org', ('An "open quote', "a@example.org", "")),
    ],
)
def test_a_line_is_read_or_said_to_be_amiss(written, expected):
    assert [said(line) for line in read(written)] == [expected]


def test_headings_and_empty_lines_are_passed_over_and_lines_keep_their_numbers():
    text = "Name,E-mail\n\nAmina,amina@example.org\n  ,\nDev\n"

    assert [(line.number, line.name) for line in read(text)] == [(3, "Amina"), (5, "Dev")]


@pytest.mark.parametrize(
    "data",
    [
        "Zoë".encode(),
        "Zoë".encode("utf-8-sig"),
        "Zoë".encode("utf-16"),
        "Zoë".encode("cp1252"),
    ],
)
def test_a_file_is_read_in_whichever_letters_it_was_saved(data):
    assert [line.name for line in read(decoded(data))] == ["Zoë"]


def test_a_list_that_is_too_long_is_not_taken():
    assert len(read("Amina\n" * AT_MOST)) == AT_MOST
    with pytest.raises(TooManyLines):
        read("Amina\n" * (AT_MOST + 1))


@given(st.text(max_size=300))
def test_whatever_is_pasted_each_line_is_somebody_or_a_problem(text):
    for line in read(text):
        assert isinstance(line, Line)
        assert bool(line.name or line.email) != bool(line.problem)


@given(st.binary(max_size=300))
def test_whatever_is_uploaded_is_read(data):
    read(decoded(data))
