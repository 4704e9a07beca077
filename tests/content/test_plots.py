"""Plots: as long as the number says, within their space, and silent about what is hidden."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from content.plots import HIDDEN, LETTERS_A_LINE, WIDTH, Datum, bars, columns, shift, short

DATA = st.lists(
    st.builds(Datum, st.just("Joined"), st.none() | st.integers(0, 10_000), st.just("12")),
    max_size=12,
)


def data(*values):
    return [Datum(f"Label {n}", value, str(value)) for n, value in enumerate(values)]


def test_a_bar_is_as_long_as_its_number_says():
    longest, half, none = bars(data(12, 6, 0)).marks

    assert (half.width * 2, none.width) == (longest.width, 0)


def test_a_column_is_as_tall_as_its_number_says_and_stands_on_the_same_foot():
    tallest, half, none = columns(data(10, 5, 0)).marks

    assert (half.height * 2, none.height) == (tallest.height, 0)
    assert len({mark.y + mark.height for mark in (tallest, half, none)}) == 1


def test_columns_that_are_parts_of_a_whole_are_as_tall_as_their_part_of_it():
    [half] = columns(data(6), whole=12).marks
    [all_of_it] = columns(data(12), whole=12).marks

    assert half.height * 2 == all_of_it.height


def test_a_hidden_number_is_a_frame_that_says_nothing_of_its_size():
    few, many = (bars(data(9, None, n)).marks[1] for n in (1, 9))

    assert few == many
    assert (few.is_hidden, few.width) == (True, HIDDEN)


def test_nothing_but_nought_and_hidden_numbers_draws_all_the_same():
    assert [mark.width for mark in bars(data(0, None)).marks] == [0, HIDDEN]
    assert bars([]).marks == columns([]).marks == ()


@given(DATA)
def test_every_mark_is_within_its_plot(given_data):
    for plot in (bars(given_data), columns(given_data)):
        for mark in plot.marks:
            assert 0 <= mark.x <= mark.x + mark.width <= WIDTH
            assert 0 <= mark.y <= mark.y + mark.height <= plot.height
            assert 0 <= mark.label_y <= plot.height and 0 < mark.said_y <= plot.height


@given(DATA)
def test_no_mark_covers_another(given_data):
    rows, side_by_side = bars(given_data).marks, columns(given_data).marks

    assert all(a.y + a.height < b.label_y - 15 for a, b in pairwise(rows))
    assert all(a.x + a.width <= b.x for a, b in pairwise(side_by_side))


WORDS = ("before: 2", "after: 8", "0", "10")


def test_a_change_runs_from_where_it_was_to_where_it_is():
    risen, same = shift(2, 8, 10, WORDS), shift(5, 5, 10, WORDS)

    assert (risen.after - risen.left, risen.before - risen.left) == (259, 65)
    assert (risen.has_moved, same.has_moved) == (True, False)
    assert [word.text for word in risen.words] == list(WORDS)


@given(st.floats(0, 10), st.floats(0, 10))
def test_both_points_of_a_change_are_on_its_line_and_their_words_apart(before, after):
    found = shift(before, after, 10, WORDS)

    assert found.left <= found.before <= found.right
    assert found.left <= found.after <= found.right
    assert all(0 <= word.x <= WIDTH and word.y < found.height for word in found.words)
    assert found.words[0].y + 40 < found.words[1].y < found.words[2].y - 20


@given(st.text(max_size=80))
def test_a_label_fits_on_its_line(label):
    assert len(short(label)) <= LETTERS_A_LINE
    assert short("Came to at least one session") == "Came to at least one session"
