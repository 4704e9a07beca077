"""The address of a frame says what may be read by it, and for how long. Nobody can make one up."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from content.h5p.capability import Capability, NotAnAddress, frame_address, read

MORNING = datetime(2026, 9, 1, 6, 30, tzinfo=UTC)
MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1), max_value=datetime(2126, 1, 1), timezones=st.just(UTC)
)


def token(*asked):
    return frame_address(*asked).split("/")[-2]


def test_an_address_says_which_version_and_for_whom():
    found = read(token(7, 3, MORNING), MORNING)

    assert (found.version, found.person) == (7, 3)
    assert found.ends_at == datetime(2026, 9, 3, tzinfo=UTC)


def test_it_is_the_same_all_day_so_that_a_browser_keeps_what_it_has():
    evening = MORNING.replace(hour=23, minute=59)

    assert frame_address(7, 3, evening) == frame_address(7, 3, MORNING)
    assert frame_address(7, 3, MORNING + timedelta(days=1)) != frame_address(7, 3, MORNING)


@given(MOMENTS)
def test_it_is_good_for_a_day_and_never_for_more_than_two(at):
    given_out = token(1, 2, at)

    assert read(given_out, at + timedelta(hours=24)) == read(given_out, at)
    with pytest.raises(NotAnAddress):
        read(given_out, at + timedelta(hours=48))


@pytest.mark.parametrize("other", [(8, 3, MORNING), (7, 4, MORNING)])
def test_each_version_and_each_person_has_another(other):
    assert token(*other) != token(7, 3, MORNING)


@given(st.data())
def test_what_was_changed_is_good_for_nothing(data):
    real = token(7, 3, MORNING)
    place = data.draw(st.integers(0, len(real) - 1))
    letter = data.draw(st.sampled_from("0123456789-._ABCxyz").filter(lambda x: x != real[place]))

    with pytest.raises(NotAnAddress):
        read(real[:place] + letter + real[place + 1 :], MORNING)


@pytest.mark.parametrize("made_up", ["", "x", "7-3-99999", "7-3-99999.", ".", "٧-٣-٩٩٩٩٩.x"])
def test_what_was_made_up_is_good_for_nothing(made_up):
    with pytest.raises(NotAnAddress):
        read(made_up, MORNING)


def test_frames_may_have_a_host_of_their_own():
    with override_settings(H5P_ORIGIN="https://frames.example.org"):
        address = frame_address(7, 3, MORNING)

    assert address == "https://frames.example.org/h5p/" + token(7, 3, MORNING) + "/"
    assert Capability(7, 3, 1).ends_at == datetime(1970, 1, 2, tzinfo=UTC)
