"""A scenario as an author writes it: faults are told at the very choice; a draft may have them."""

import copy

import pytest
from wagtail.blocks.stream_block import StreamBlockValidationError

from content import scenario_words
from content.blocks import LessonBody
from content.blocks.scenario_faults import FIELD
from content.branching import faults, play
from tests.factories.courses import TALK, scenario_block, step_block

BODY = LessonBody()


def talk(**changed):
    return {**copy.deepcopy(TALK), **changed}


def stream(written):
    return BODY.to_python([step_block(), scenario_block(written)])


def told(written):
    """What the editor shows, as Wagtail's own nested data."""
    with pytest.raises(StreamBlockValidationError) as caught:
        BODY.clean(stream(written))
    return caught.value.as_json_data()["blockErrors"][1]


def inside(*path):
    """{"blockErrors": {"steps": {"blockErrors": …}}}: the last thing of the path, that deep."""
    *way, found = path
    for part in reversed(way):
        found = {"blockErrors": {part: found}}
    return found


def test_a_scenario_that_is_well_is_accepted():
    assert len(BODY.clean(stream(talk()))) == 2


def test_it_is_asked_as_plain_data_that_can_be_played():
    block = stream(talk(content_note="Talk of illness.", safety=True))[1]

    scenario = block.value.exercise(block.id)

    assert (scenario.id, scenario.kind, scenario.safety) == (block.id, "scenario", True)
    assert faults(scenario) == ()
    written = block.value["steps"][0]["choices"].bound_blocks
    assert [way.choice.id for way in play(scenario, []).ways] == [each.id for each in written]


@pytest.mark.parametrize(
    ("field", "value", "at", "said"),
    [
        ("feedback", "", "feedback", "Write what we say back. Every choice deserves a reason."),
        ("then", "", "then", "Write what happens next."),
        ("skills", [], "skills", "Tick at least one skill or roadblock that this choice shows."),
        (
            "go",
            "9",
            "go",
            "Nothing here is called “9”. Write the name of a step or an ending.",
        ),
        ("go", "", "go", "Write where this goes: the name of a step or an ending."),
    ],
)
def test_what_a_choice_lacks_is_told_at_its_very_field(field, value, at, said):
    written = talk()
    written["steps"][1]["choices"][0][field] = value

    assert told(written) == inside("steps", 1, "choices", 0, at, {"messages": [said]})


def test_a_dead_end_is_told_at_the_choices_of_its_step_and_what_it_cuts_off_at_its_name():
    written = talk()
    written["steps"][2]["choices"][0]["go"] = "2"

    found = told(written)["blockErrors"]

    assert found["steps"]["blockErrors"] == {
        2: {"blockErrors": {"choices": {"messages": [str(scenario_words.FAULTS["no_way_out"])]}}}
    }
    assert found["endings"]["blockErrors"] == {
        0: {
            "blockErrors": {
                "name": {
                    "messages": [
                        "Nothing leads here yet. Let a choice go to “heard”, or take this out."
                    ]
                }
            }
        }
    }


def test_what_the_whole_lacks_is_told_at_the_scenario():
    written = talk()
    written["steps"][1]["repair"] = written["steps"][0]["choices"][0]["kind"] = False

    assert told(written) == {
        "messages": [str(scenario_words.FAULTS[why]) for why in ("no_repair", "no_kind")]
    }


def test_two_faults_in_one_place_are_both_told():
    written = talk()
    written["endings"].append({"name": " Heard", "kind": "part", "words": "She goes."})

    found = told(written)["blockErrors"]["endings"]["blockErrors"]

    assert len(found[2]["blockErrors"]["name"]["messages"]) == 2


def test_what_is_too_long_is_told_beside_what_is_amiss():
    written = talk(title="x" * 200)
    written["steps"][1]["choices"][0]["feedback"] = ""

    assert sorted(told(written)["blockErrors"]) == ["steps", "title"]


def test_a_draft_may_have_every_fault_and_keeps_all_that_was_typed():
    written = talk(endings=[])
    written["steps"][1]["choices"][0].update(feedback="", skills=[], go="nowhere")
    value = stream(written)

    kept = BODY.clean_deferred(value)

    assert kept.get_prep_value() == value.get_prep_value()
    with pytest.raises(StreamBlockValidationError):
        BODY.clean(value)


def test_every_reason_has_its_words_and_its_place():
    assert sorted(FIELD) == sorted(scenario_words.FAULTS)
