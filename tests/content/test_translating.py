"""What of a block is translated, and what is the same in every language."""

import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail import blocks
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

from content.blocks import HandoutBody, LessonBody
from content.blocks.question_bank import BankBody
from content.blocks.translating import NameBlock, TableBlock, same_in_every_language
from content.models import H5PPackage
from courses.blocks import AimsBody, LinesBody, PlanBody, SourcesBody
from tests.factories.courses import check_block, h5p_block, order_block, scenario_block
from tests.factories.generated import stream_of
from tests.factories.languages import in_other_words

BODIES = [LessonBody, HandoutBody, BankBody, AimsBody, LinesBody, PlanBody, SourcesBody]


def fields_of(block, way=()):
    """Yield (way to it, block) for every block inside a block."""
    children = getattr(block, "child_blocks", None) or {"*": getattr(block, "child_block", None)}
    for name, child in children.items():
        if child is not None:
            yield (*way, name), child
            yield from fields_of(child, (*way, name))


def strings_of(value):
    """Return {where it stands: text} of all that a translator is given."""
    found = StreamFieldSegmentExtractor(None).handle_stream_block(value)
    return [
        (each.path, each.string.data) for each in found if isinstance(each, StringSegmentValue)
    ]


def test_names_that_others_refer_to_are_these_and_no_others():
    names = {
        ".".join(way)
        for body in BODIES
        for way, block in fields_of(body())
        if isinstance(block, NameBlock)
    }

    assert names == {
        "scenario.steps.*.name",
        "scenario.steps.*.choices.*.go",
        "scenario.endings.*.name",
        "criteria.criteria.*.code",
    }


def test_whatever_is_called_like_a_name_is_one():
    called = {"name", "go", "code", "key", "slug", "id", "tag", "kind", "type", "purpose"}
    wiring = (NameBlock, blocks.BooleanBlock, blocks.ChoiceBlock, blocks.MultipleChoiceBlock)

    assert [
        way
        for body in BODIES
        for way, block in fields_of(body())
        if way[-1] in called and not isinstance(block, wiring)
    ] == []


def test_a_name_is_not_given_to_translators_and_stays_where_an_older_version_translated_it():
    block = NameBlock()

    assert block.get_translatable_segments("2b") == []
    assert block.restore_translated_segments("2b", [StringSegmentValue("", "zwei")]) == "2b"


def test_a_translated_scenario_goes_the_same_ways_in_other_words():
    data = [scenario_block()]
    before = LessonBody().to_python(data)[0].value.scenario

    after = in_other_words(LessonBody(), data)[0].value.scenario

    assert _ways(after) == _ways(before)
    assert [each.words for each in after.steps] == [
        f"En otras palabras: {each.words}" for each in before.steps
    ]
    assert [way.say for each in after.steps for way in each.choices] == [
        f"En otras palabras: {way.say}" for each in before.steps for way in each.choices
    ]


def _ways(scenario):
    steps = [
        (step.id, step.name, step.repair, [(way.id, way.go) for way in step.choices])
        for step in scenario.steps
    ]
    return steps, [(ending.id, ending.name, ending.kind) for ending in scenario.endings]


@pytest.mark.parametrize("body", [LessonBody(), BankBody(), HandoutBody()])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_whatever_is_written_is_the_same_but_for_its_words_once_it_is_translated(body, data):
    drawn = data.draw(stream_of(body, max_size=3))
    # wagtail-localize cannot read a picture that nobody has chosen yet: a draft without one.
    written = [each for each in drawn if each["type"] != "picture"]

    assert same_in_every_language(body, in_other_words(body, written)) == same_in_every_language(
        body, body.to_python(written)
    )


def _check(**changed):
    block = check_block()
    block["value"] |= changed
    return block


@pytest.mark.parametrize(
    "changed",
    [
        {"choose": "several"},
        {"safety": True},
        {"options": check_block()["value"]["options"]},
    ],
)
def test_a_question_that_would_be_marked_otherwise_is_not_the_same(changed):
    one = _check()
    other = {**one, "value": {**one["value"], **changed}}
    body = LessonBody()

    assert same_in_every_language(body, body.to_python([one])) != same_in_every_language(
        body, body.to_python([other])
    )


def test_another_best_answer_is_not_the_same():
    body, one = LessonBody(), check_block()
    value = body.to_python([one])
    other = body.to_python([one])
    for item in other[0].value["options"].bound_blocks:
        item.value["best"] = not item.value["best"]

    assert same_in_every_language(body, value) != same_in_every_language(body, other)


def test_things_to_put_in_order_that_read_alike_in_one_language_only_are_not_the_same():
    body, written = LessonBody(), order_block()
    other = body.to_python([written])
    for item in other[0].value["items"].bound_blocks:
        item.value = "Hablar"

    assert same_in_every_language(body, body.to_python([written])) != same_in_every_language(
        body, other
    )


def _activity(package):
    body, block = LessonBody(), h5p_block(asked=True)
    block["id"] = str(uuid.UUID(int=7))
    value = body.to_python([block])
    value[0].value["package"] = package
    return value


def test_a_translator_is_given_the_words_of_an_activity_and_not_the_activity():
    value = _activity(H5PPackage(pk=3))

    strings = strings_of(value)

    words = ["Which answer leaves room?", "Read."]
    assert [text for _path, text in strings] == words
    found = StreamFieldSegmentExtractor(None, include_overridables=True).handle_stream_block(value)
    assert [each for each in found if each.path.endswith("package")] == []


def test_another_activity_is_not_the_same():
    body = LessonBody()
    one, other, none = (
        same_in_every_language(body, _activity(package))
        for package in (H5PPackage(pk=3), H5PPackage(pk=4), None)
    )

    assert one == same_in_every_language(body, _activity(H5PPackage(pk=3)))
    assert one != other
    assert one != none


def test_not_ticked_and_not_yet_asked_are_the_same():
    body, block = LessonBody(), check_block()
    without = {**block, "value": {k: v for k, v in block["value"].items() if k != "safety"}}

    assert same_in_every_language(body, body.to_python([block])) == same_in_every_language(
        body, body.to_python([without])
    )


TABLE = {
    "columns": [{"type": "text", "heading": "Step"}, {"type": "text", "heading": "Ask"}],
    "rows": [{"values": ["Name it", "What bothers you?"]}, {"values": ["Choose", ""]}],
    "caption": "Seven steps",
}


def test_a_tables_headings_cells_and_caption_are_translated_where_they_stand():
    table = {"type": "table", "value": TABLE, "id": str(uuid.uuid4())}

    strings = strings_of(HandoutBody().to_python([table]))

    assert [(path.removeprefix(f"{table['id']}."), text) for path, text in strings] == [
        ("caption", "Seven steps"),
        ("columns.0", "Step"),
        ("columns.1", "Ask"),
        ("rows.0.0", "Name it"),
        ("rows.0.1", "What bothers you?"),
        ("rows.1.0", "Choose"),
    ]


def test_a_translated_table_has_its_words_in_the_same_cells():
    block = TableBlock([("text", blocks.TextBlock())])
    said = {"rows.0.1": "¿Qué te preocupa?", "columns.0": "Paso", "caption": "Siete pasos"}

    after = block.restore_translated_segments(
        block.to_python(TABLE), [StringSegmentValue(path, text) for path, text in said.items()]
    )

    assert block.get_prep_value(after) == {
        "columns": [{"type": "text", "heading": "Paso"}, {"type": "text", "heading": "Ask"}],
        "rows": [{"values": ["Name it", "¿Qué te preocupa?"]}, {"values": ["Choose", ""]}],
        "caption": "Siete pasos",
    }
