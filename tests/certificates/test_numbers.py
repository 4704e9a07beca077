from hypothesis import assume, given
from hypothesis import strategies as st

from certificates.numbers import LENGTH, SYMBOLS, check_symbol, new_serial, read, shown

bodies = st.text(alphabet=SYMBOLS, min_size=LENGTH - 1, max_size=LENGTH - 1)
serials = bodies.map(lambda body: body + check_symbol(body))
places = st.integers(min_value=0, max_value=LENGTH - 1)


def test_a_serial_is_shown_in_groups_of_four():
    assert shown("9X06PSRW67T2") == "9X06-PSRW-67T2"


def test_a_new_serial_reads_back_as_itself():
    serial = new_serial()

    assert read(shown(serial)) == serial


def test_a_thousand_new_serials_are_all_different():
    assert len({new_serial() for _n in range(1000)}) == 1000


def test_there_are_no_vowels_and_no_l_to_make_words_or_doubts():
    assert set(SYMBOLS) & set("AEIOUYL") == set()


def test_small_letters_spaces_and_dashes_do_not_matter():
    assert read(" 9x06 psrw–67t2\n") == "9X06PSRW67T2"


def test_letters_that_look_like_figures_are_read_as_figures():
    body = "10" * 5 + "1"
    serial = body + check_symbol(body)

    assert read("lOIoiOLo1Ol" + serial[-1]) == serial


def test_what_is_too_short_too_long_or_holds_another_symbol_is_no_serial():
    texts = ["", "9X06-PSRW-67T", "9X06-PSRW-67T2-2", "9X06-PSRW-67TE", "9X06/PSRW/67T2"]

    assert [read(text) for text in texts] == [None] * 5


@given(serials)
def test_every_serial_is_accepted_however_it_is_typed(serial):
    assert read(serial) == serial
    assert read(shown(serial).lower()) == serial


@given(serials, places, st.sampled_from(SYMBOLS))
def test_no_single_wrong_symbol_is_accepted(serial, place, symbol):
    assume(serial[place] != symbol)

    assert read(serial[:place] + symbol + serial[place + 1 :]) is None


@given(serials, places, places)
def test_no_two_symbols_swapped_are_accepted(serial, one, other):
    assume(serial[one] != serial[other])
    swapped = list(serial)
    swapped[one], swapped[other] = swapped[other], swapped[one]

    assert read("".join(swapped)) is None


@given(st.text(max_size=40))
def test_whatever_is_typed_is_refused_or_read_as_a_serial(text):
    serial = read(text)

    assert serial is None or read(serial) == serial
