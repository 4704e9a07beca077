"""A scenario drawn: everything is there, in its place, and nothing covers anything."""

import re

from hypothesis import given

from content.branching import cards
from content.exercises import Scenario
from content.graph_drawing import HEIGHT, PORT, WIDTH, _lines, draw
from tests.content.test_branching import ANY, changed, well


def test_steps_stand_below_what_leads_to_them_and_endings_at_the_bottom():
    found = {node.place.name: node for node in draw(well()).nodes}

    heights = {name: node.y for name, node in found.items()}
    assert heights["1"] < heights["2b"] < heights["2a"] < heights["heard"] == heights["closed"]
    assert [name for name, node in found.items() if node.begins] == ["1"]
    assert [name for name, node in found.items() if node.repair] == ["2b"]
    assert [name for name, node in found.items() if node.is_ending] == ["heard", "closed"]


def test_each_choice_has_its_letter_on_the_foot_of_its_step():
    drawing = draw(well())

    nodes = {node.place.id: node for node in drawing.nodes}
    assert [(arrow.step.name, arrow.way.letter) for arrow in drawing.arrows] == [
        ("1", "A"),
        ("1", "B"),
        ("1", "C"),
        ("2a", "A"),
        ("2b", "A"),
        ("2b", "B"),
        ("2b", "C"),
    ]
    assert all(arrow.y == nodes[arrow.step.id].foot for arrow in drawing.arrows)


def test_a_choice_that_leads_nowhere_has_no_line():
    drawing = draw(changed(well(), choice="2b-a", go="nowhere"))

    assert [arrow.way.choice.id for arrow in drawing.arrows if not arrow.line] == ["2b-a"]


def test_an_empty_scenario_is_an_empty_drawing():
    drawing = draw(Scenario("s", "", "", (), ()))

    assert (drawing.nodes, drawing.arrows) == ((), ())
    assert drawing.width > 0 and drawing.height > 0


def points(line):
    """Where a line of our own making passes, roughly: its corners and the ends of its curves."""
    x = y = 0
    for kind, numbers in re.findall(r"([MCVHvq])([^MCVHvq]*)", line):
        values = [int(each) for each in numbers.split()]
        if kind in "MC":
            x, y = values[-2:]
        elif kind == "V":
            y = values[0]
        elif kind == "H":
            x = values[0]
        elif kind == "v":
            y += values[0]
        elif kind == "q":
            x, y = x + values[-2], y + values[-1]
        yield x, y


def inside(node, x, y):
    return node.x < x < node.x + WIDTH and node.y < y < node.y + HEIGHT


@given(ANY)
def test_whatever_is_drawn_is_all_there_and_nothing_covers_anything(scenario):
    drawing = draw(scenario)

    nodes = drawing.nodes
    assert [node.place for node in nodes] == [*scenario.steps, *scenario.endings]
    assert [arrow.way for arrow in drawing.arrows] == [
        way for card in cards(scenario) for way in card.ways
    ]
    for n, node in enumerate(nodes):
        assert 0 <= node.x <= drawing.width - WIDTH
        assert 0 <= node.y <= drawing.height - HEIGHT
        for other in nodes[:n]:
            assert abs(node.x - other.x) >= WIDTH or abs(node.y - other.y) >= HEIGHT
    for arrow in drawing.arrows:
        assert bool(arrow.line) == (arrow.way.to is not None)
        for x, y in points(arrow.line):
            assert 0 <= x <= drawing.width
            assert 0 <= y <= drawing.height
            assert not any(inside(node, x, y) for node in nodes)
        if arrow.line and not arrow.way.again:
            [target] = [node for node in nodes if node.place is arrow.way.to]
            x, y = list(points(arrow.line))[-1]
            assert target.x <= x <= target.x + WIDTH
            assert 0 < target.y - y <= PORT


def test_long_words_are_cut_to_two_lines():
    assert _lines("She has gone quiet.") == ("She has gone quiet.",)
    assert _lines("One two three four five six seven eight nine ten eleven twelve") == (
        "One two three four five",
        "six seven eight nine ten…",
    )
    assert _lines("x" * 40) == ("x" * 24 + "…",)
    assert _lines("") == ()
