"""All of a content is found, in the order it is written in."""

from content.h5p.inside import everything


def test_each_value_comes_in_the_order_it_is_written_in():
    content = {"cards": [{"say": "Hello", "then": ["Wait", None]}, "Listen"], "end": 0}

    assert list(everything(content)) == [
        content,
        content["cards"],
        content["cards"][0],
        "Hello",
        ["Wait", None],
        "Wait",
        None,
        "Listen",
        0,
    ]


def test_how_deep_it_lies_is_no_matter():
    content = "Hello"
    for _ in range(5000):
        content = [content]

    assert list(everything(content))[-1] == "Hello"
