"""The blocks of a lesson: how it falls into steps, and what an author is told meanwhile."""

import pytest
from django.urls import reverse
from wagtail.blocks.stream_block import StreamBlockValidationError

from content.blocks import LessonBody
from content.blocks.lesson import EXERCISES, steps
from content.blocks.pieces import pieces_of
from courses.models import LessonPage
from tests.factories.courses import (
    check_block,
    course_check_block,
    h5p_block,
    make_person,
    order_block,
    plan_block,
    read_block,
    reflection_block,
    scale_block,
    short_block,
    sort_block,
    step_block,
)

BODY = LessonBody()


def stream(*blocks):
    return BODY.to_python(list(blocks))


def faults(*blocks):
    """Return {index of the block: what the author is told}."""
    with pytest.raises(StreamBlockValidationError) as caught:
        BODY.clean(stream(*blocks))
    return caught.value.as_json_data()["blockErrors"]


def test_a_new_step_begins_a_screen_with_all_that_follows():
    first, second = step_block("Leave room"), step_block("Try it")

    found = list(steps(stream(first, read_block(), check_block(), second, read_block())))

    assert [(step.id, step.title, len(step.blocks)) for step in found] == [
        (first["id"], "Leave room", 2),
        (second["id"], "Try it", 1),
    ]


def test_what_stands_before_the_first_step_is_a_step_of_its_own():
    lost = read_block()

    first, _second = steps(stream(lost, step_block("Then this")))

    assert (first.id, first.title) == (lost["id"], "")


def test_an_exercise_is_known_by_the_id_of_its_block():
    check, reflection, plan = check_block(), reflection_block(), plan_block()

    [found] = steps(stream(step_block(), check, reflection, plan))

    assert [(exercise.id, exercise.kind) for exercise in found.exercises] == [
        (check["id"], "check"),
        (reflection["id"], "reflection"),
        (plan["id"], "action_plan"),
    ]


def test_the_options_of_a_check_keep_their_ids_when_their_order_changes():
    check = check_block()
    [before] = steps(stream(step_block(), check))
    check["value"]["options"].reverse()

    [after] = steps(stream(step_block(), check))

    assert {o.id: o.text for o in before.exercises[0].options} == {
        o.id: o.text for o in after.exercises[0].options
    }


def test_a_lesson_has_to_begin_with_a_step():
    assert list(faults(read_block())) == [0]


def test_a_read_block_without_words_is_pointed_out():
    assert list(faults(step_block(), read_block("<p> </p>"))) == [1]


def test_a_second_exercise_on_one_screen_is_pointed_out():
    assert list(faults(step_block(), check_block(), read_block(), reflection_block())) == [3]


def test_a_screen_with_one_exercise_is_fine():
    value = stream(step_block(), read_block(), check_block(), step_block(), reflection_block())

    assert len(BODY.clean(value)) == 5


@pytest.mark.parametrize("best", [(False, False), (True, True)])
def test_a_question_needs_a_best_answer_and_a_less_helpful_one(best):
    options = [(f"Answer {n}", is_best, "Because.") for n, is_best in enumerate(best)]

    told = faults(step_block(), check_block(options=options))

    assert list(told) == [1]
    assert list(told[1]["blockErrors"]) == ["options"]


def test_every_answer_needs_something_to_say_back():
    options = [("One", True, ""), ("Two", False, "Kind.")]

    assert list(faults(step_block(), check_block(options=options))) == [1]


@pytest.mark.parametrize(
    "block", [order_block, sort_block, short_block, scale_block, course_check_block]
)
def test_an_exercise_that_is_complete_holds(block):
    assert len(BODY.clean(stream(step_block(), block()))) == 2


def where(told):
    """The way to a fault, as the names and places that lead to it."""
    if isinstance(told, dict) and "blockErrors" in told:
        return [
            (name, *deeper) for name, each in told["blockErrors"].items() for deeper in where(each)
        ]
    return [()]


def test_the_same_thing_twice_in_an_order_is_pointed_out_on_the_second():
    told = faults(step_block(), order_block(items=["Wait", "Speak", "Wait"]))

    assert where(told[1]) == [("items", 2)]


@pytest.mark.parametrize(
    ("fits", "problem"),
    [
        ([], "Tick at least one group for this card."),
        (["fourth"], "This card points at a group that has no name. Name it, or tick another."),
    ],
)
def test_a_card_has_to_fit_a_group_that_has_a_name(fits, problem):
    cards = [("A lift home", ["first"], "Agree."), ("A tablet", fits, "Ask.")]

    told = faults(step_block(), sort_block(cards=cards))

    assert where(told[1]) == [("cards", 1, "fits")]
    assert problem in str(told)


@pytest.mark.parametrize(
    ("purpose", "need", "problem"),
    [
        ("final", 21, "This is more than the number of questions that are asked."),
        ("final", 0, "Say how many are enough, so that people know what they aim for."),
    ],
)
def test_how_many_are_enough_has_to_make_sense(purpose, need, problem):
    told = faults(step_block(), course_check_block(purpose, draw=20, need=need))

    assert where(told[1]) == [("need",)]
    assert problem in str(told)


def test_a_baseline_need_not_say_how_many_are_enough():
    BODY.clean(stream(step_block(), course_check_block("baseline", draw=20, need=0)))


def test_groups_without_a_name_are_not_offered():
    [found] = steps(stream(step_block(), sort_block()))

    assert [group.text for group in found.exercises[0].groups] == ["Us", "Not us", "Depends"]


def test_every_exercise_can_say_what_it_asks():
    children = BODY.child_blocks

    assert all(hasattr(children[kind].meta.value_class, "exercise") for kind in EXERCISES)


@pytest.mark.parametrize("name", list(BODY.child_blocks))
def test_every_block_has_an_icon_a_description_and_a_template(name):
    meta = BODY.child_blocks[name].meta

    assert meta.icon != "placeholder"
    assert meta.description
    assert meta.template == f"content/blocks/{name}.html"


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(BODY.child_blocks))
def test_every_block_can_be_looked_at_before_it_is_chosen(client, name):
    client.force_login(make_person(is_superuser=True))
    block = LessonPage.body.field.stream_block.child_blocks[name]

    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert block.is_previewable
    assert response.status_code == 200
    assert "alongside.css" in response.content.decode()
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("words", "in_words"), [("<p>Read.</p>", True), ("<p> </p>", False)])
def test_an_activity_says_whether_it_is_there_in_words_too(words, in_words):
    [_step, piece] = pieces_of(stream(step_block(), h5p_block(asked=True, words=words)))

    assert (piece.is_activity, piece.in_words, piece.asked) == (True, in_words, True)


def test_an_activity_has_to_be_chosen_before_a_lesson_is_published():
    told = faults(step_block(), h5p_block(None, words=""))

    assert where(told[1]) == [("package",)]
