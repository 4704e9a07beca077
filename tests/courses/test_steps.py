"""Which steps are finished: the same, whatever way the facts arrive."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from courses.steps import StepFact, finished, lesson_finished_at, next_step, still_to_do

START = datetime(2026, 9, 1, tzinfo=UTC)
STEPS = ["one", "two", "three"]


@st.composite
def facts(draw):
    """A handful of facts about three steps: some finish, some take a finish back."""
    told = []
    for number in range(draw(st.integers(0, 8))):
        undoes = draw(st.none() | st.sampled_from([f"key{n}" for n in range(8)]))
        told.append(
            StepFact(
                key=f"key{number}",
                step=draw(st.sampled_from(STEPS)),
                at=START + timedelta(minutes=draw(st.integers(0, 500))),
                undoes=undoes,
            )
        )
    return told


def test_a_step_is_finished_once_it_was_said():
    told = [StepFact("a", "one", START)]

    assert finished(told) == {"one": (told[0],)}


def test_an_undo_takes_back_the_fact_it_names_and_no_other():
    first, again = StepFact("a", "one", START), StepFact("b", "one", START + timedelta(hours=1))

    assert finished([first, again, StepFact("c", "one", START, undoes="a")]) == {"one": (again,)}


def test_an_undo_that_arrives_before_what_it_undoes_still_counts():
    undo = StepFact("b", "one", START, undoes="a")

    assert finished([undo, StepFact("a", "one", START)]) == {}


def test_a_step_finished_again_after_an_undo_is_finished():
    told = [
        StepFact("a", "one", START),
        StepFact("b", "one", START, undoes="a"),
        StepFact("c", "one", START),
    ]

    assert finished(told) == {"one": (told[2],)}


@given(facts(), st.randoms())
def test_any_order_and_any_repetition_of_facts_means_the_same(told, random):
    shuffled = told * 2
    random.shuffle(shuffled)

    assert finished(shuffled) == finished(told)
    assert lesson_finished_at(STEPS, finished(shuffled)) == lesson_finished_at(
        STEPS, finished(told)
    )


@given(facts(), st.sampled_from(STEPS))
def test_saying_that_a_step_is_finished_never_lowers_anything(told, step):
    late = StepFact("late", step, START + timedelta(days=1))

    assert finished(told).keys() <= finished([*told, late]).keys()


@given(facts())
def test_the_next_step_is_the_first_that_is_left(told):
    done = finished(told)

    left = [step for step in STEPS if step not in done]
    assert next_step(STEPS, done) == (left[0] if left else None)


def test_a_lesson_is_finished_when_its_last_step_was():
    later = START + timedelta(hours=2)
    done = finished([StepFact("a", "one", later), StepFact("b", "two", START)])

    assert lesson_finished_at(["one", "two"], done) == later
    assert lesson_finished_at(STEPS, done) is None


def test_a_lesson_without_steps_is_never_finished():
    assert lesson_finished_at([], {}) is None


def test_what_a_step_asks_for_is_left_until_it_is_done():
    assert still_to_do(("a", "b"), ["b", "c"]) == ("a",)
    assert still_to_do(("a",), ["a", "a"]) == ()
    assert still_to_do((), []) == ()
