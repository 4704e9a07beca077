"""Playing a scenario: what is sent twice, late or from elsewhere changes nothing."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.actions import editions, scenarios
from courses.models import Enrolment, LessonPage, ScenarioMove, ScenarioRun
from courses.playing import playing
from courses.reading import reading
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_session,
    scenario_block,
    step_block,
)

pytestmark = pytest.mark.django_db


class Talk:
    """A trainee in a lesson with a talk; `choices` are its choices' ids by step and letter."""

    def __init__(self):
        self.course = make_course(sessions_required=1)
        self.page = make_lesson(
            make_session(self.course, 1), body=[step_block(), scenario_block()]
        )
        edition = editions.make_edition(course=self.course, by=None, at=NOW)
        self.enrolment = make_enrolment(make_cohort(edition))
        [self.lesson] = edition.outline.lessons
        self.choices = {
            f"{step.name}{letter}": choice.id
            for step in self.scenario.steps
            for letter, choice in zip("ABC", step.choices, strict=False)
        }

    @property
    def scenario(self):
        [step] = reading(self.lesson).steps.values()
        return step.exercise

    @property
    def about(self):
        return {"lesson": self.lesson, "scenario": self.scenario, "at": NOW}

    def begin(self, key=None):
        return scenarios.begin(enrolment=self.enrolment, key=key or uuid.uuid4(), **self.about)

    def choose(self, run, number, name, key=None):
        return scenarios.choose(
            enrolment=self.enrolment,
            run=run.key,
            number=number,
            choice=self.choices.get(name, name),
            key=key or uuid.uuid4(),
            **self.about,
        )

    def play(self, *names):
        run = self.begin()
        for number, name in enumerate(names, 1):
            assert self.choose(run, number, name)
        return run

    @property
    def told(self):
        """All that is kept: for each run its choices, by name."""
        named = {id: name for name, id in self.choices.items()}
        runs = ScenarioRun.objects.played(self.enrolment, self.scenario)
        return [" ".join(named[id] for id in run.chosen) for run in runs]


@pytest.fixture
def talk():
    return Talk()


def test_a_run_keeps_each_choice_and_the_ending_it_came_to(talk):
    talk.play("1A", "1bA", "2A")

    moves = ScenarioMove.objects.order_by("number")
    assert [(move.number, move.ending) for move in moves] == [(1, ""), (2, ""), (3, "heard")]
    assert talk.told == ["1A 1bA 2A"]
    run = ScenarioRun.objects.get()
    assert (run.revision, run.at) == (talk.lesson.revision, NOW)


def test_playing_again_is_another_run_and_the_first_is_kept(talk):
    talk.play("1A", "1bB")
    talk.play("1B")

    assert talk.told == ["1A 1bB", "1B"]
    found = playing(talk.enrolment, talk.scenario)
    assert (found.endings, found.ending, found.here.at.name) == (("closed",), None, "2")


def test_beginning_twice_with_one_key_is_one_run(talk):
    key = uuid.uuid4()

    runs = [talk.begin(key) for _tap in range(2)]

    assert runs[0] == runs[1]
    assert ScenarioRun.objects.count() == 1


def test_beginning_in_two_tabs_is_one_run_until_something_is_chosen(talk):
    first, second = talk.begin(), talk.begin()
    assert first == second

    talk.choose(first, 1, "1B")

    assert talk.begin() != first


def test_a_key_of_a_run_that_was_left_does_not_bring_it_back(talk):
    key = uuid.uuid4()
    first = talk.begin(key)
    talk.choose(first, 1, "1B")
    second = talk.begin()

    assert talk.begin(key) == first
    assert playing(talk.enrolment, talk.scenario).run == str(second.key)


@pytest.mark.parametrize("number", [0, 1, 3, 9])
def test_a_choice_for_a_moment_that_is_not_now_changes_nothing(talk, number):
    run = talk.play("1C")

    assert talk.choose(run, number, "1B") is None
    assert talk.told == ["1C"]


def test_a_choice_that_is_not_offered_now_changes_nothing(talk):
    run = talk.play("1B")

    assert [talk.choose(run, 2, name) for name in ("1A", "1bA", "unknown")] == [None] * 3
    assert talk.told == ["1B"]


def test_a_choice_sent_twice_is_one(talk):
    run, key = talk.begin(), uuid.uuid4()

    made = [talk.choose(run, 1, "1B", key=key) for _tap in range(2)]

    assert (made[0].number, made[1]) == (1, None)
    assert talk.told == ["1B"]


def test_a_choice_from_a_run_that_was_left_changes_nothing(talk):
    old = talk.play("1B", "2A")
    talk.begin()

    assert talk.choose(old, 1, "1A") is None
    assert talk.told == ["1B 2A", ""]


def test_an_unsafe_choice_is_kept_and_chosen_again(talk):
    talk.play("1C", "1C", "1B")

    assert talk.told == ["1C 1C 1B"]


def test_nobody_moves_in_someone_elses_run(talk):
    run = talk.begin()
    stranger = make_enrolment(talk.enrolment.cohort)
    talk.enrolment = stranger

    assert talk.choose(run, 1, "1B") is None
    assert ScenarioMove.objects.count() == 0


def test_they_are_brought_back_to_the_lesson_they_played_in(talk):
    talk.play("1B")

    found = Enrolment.objects.get(pk=talk.enrolment.pk)
    assert (str(found.last_lesson), found.last_active_at) == (talk.lesson.key, NOW)


def test_a_run_of_a_talk_that_was_written_anew_is_kept_and_a_new_one_begins(talk):
    old = talk.play("1A", "1bA")
    page = LessonPage.objects.get(pk=talk.page.pk)
    body = page.body.get_prep_value()
    body[1]["value"] = scenario_block()["value"]  # the same talk, with other choices
    page.body = body
    page.save_revision().publish()
    edition = editions.make_edition(course=talk.course, by=None, at=NOW)
    [talk.lesson] = edition.outline.lessons

    found = playing(talk.enrolment, talk.scenario)

    assert (found.changed, found.is_begun, found.here.moves) == (True, False, ())
    assert talk.choose(old, 1, talk.scenario.steps[0].choices[0].id) is None
    fresh = talk.begin()
    assert fresh != old
    assert not playing(talk.enrolment, talk.scenario).changed
    assert ScenarioMove.objects.filter(run=old).count() == 2


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    sent=st.lists(
        st.tuples(
            st.integers(1, 5), st.sampled_from(["1A", "1B", "1C", "1bA", "1bB", "2A"]), st.uuids()
        ),
        max_size=12,
    )
)
def test_whatever_is_sent_in_whatever_order_what_is_kept_can_be_played(talk, sent):
    with transaction.atomic():
        run = talk.begin()
        for number, name, key in sent:
            talk.choose(run, number, name, key=key)
        found = playing(talk.enrolment, talk.scenario)
        kept = ScenarioMove.objects.filter(run=run)

        assert not found.changed
        assert list(kept.values_list("number", flat=True).order_by("number")) == [
            move.number for move in found.here.moves
        ]
        assert [each.ending for each in kept.exclude(ending="")] == (
            [found.ending.kind] if found.ending else []
        )
        transaction.set_rollback(True)


# --- what is always true of a row --------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "changed"),
    [
        ("one_choice_for_each_move", {"key": uuid.uuid4()}),
        ("scenario_move_made_once", {"number": 2}),
        ("moves_count_from_one", {"number": 0, "key": uuid.uuid4()}),
        ("ending_is_known", {"number": 2, "key": uuid.uuid4(), "ending": "won"}),
    ],
)
def test_what_a_row_claims_holds(talk, claim, changed):
    talk.play("1B")
    [kept] = ScenarioMove.objects.all().values()
    kept.pop("id")

    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        ScenarioMove.objects.create(**{**kept, **changed})

    columns = {"one_choice_for_each_move": "number", "scenario_move_made_once": "key"}
    assert claim in str(broken.value) or f"scenariomove.{columns[claim]}" in str(broken.value)


def test_a_run_ends_once(talk):
    run = talk.play("1B", "2A")
    last = ScenarioMove.objects.filter(ending="heard").values().get()

    with pytest.raises(IntegrityError), transaction.atomic():
        ScenarioMove.objects.create(**{**last, "id": None, "number": 3, "key": uuid.uuid4()})

    assert run.moves.count() == 2


def test_a_run_is_begun_once(talk):
    run = talk.begin()
    kept = ScenarioRun.objects.filter(pk=run.pk).values().get()

    with pytest.raises(IntegrityError), transaction.atomic():
        ScenarioRun.objects.create(**{**kept, "id": None})


@pytest.mark.parametrize("runs", [1, 3])
def test_all_that_was_played_comes_in_one_query(talk, runs, django_assert_num_queries):
    for _n in range(runs):
        talk.play("1A", "1bA", "2A")
    scenario = talk.scenario

    with django_assert_num_queries(1):
        found = playing(talk.enrolment, scenario)

    assert found.endings == ("heard",) * runs
