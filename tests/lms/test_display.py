"""Reading the cookie that says how pages look: whatever it holds, pages can be drawn."""

from hypothesis import given
from hypothesis import strategies as st

from lms import display

choices = st.fixed_dictionaries(
    {
        name: st.sampled_from([value for value, _label in options])
        for name, options in display.CHOICES.items()
    }
)


class Request:
    def __init__(self, cookie):
        self.COOKIES = {display.COOKIE: cookie}


@given(choices)
def test_what_was_chosen_is_read_back(chosen):
    assert display.chosen(Request(display.as_cookie(chosen))) == chosen


@given(st.text() | st.text("themtxspacing:|dark", max_size=40))
def test_any_cookie_gives_a_known_choice_for_everything(cookie):
    found = display.chosen(Request(cookie))

    assert list(found) == ["theme", "text", "spacing"]
    assert all(value in dict(display.CHOICES[name]) for name, value in found.items())
