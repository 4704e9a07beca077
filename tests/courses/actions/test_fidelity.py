"""Filling in a fidelity checklist: by whom, and once."""

import uuid

import pytest

from courses.actions.attendance import Cancelled
from courses.actions.fidelity import NotTogether, fill_in
from courses.models import FidelityCheck, FilledInBy, SessionRun
from tests.factories.courses import NOW, make_cohort, make_edition, make_person

pytestmark = pytest.mark.django_db

ANSWERS = {"two_led": True, "break_taken": False}


@pytest.fixture
def run():
    return make_cohort(make_edition(sessions=1, sessions_required=1)).session_runs.get()


def fill(run, by, *, key=None, together=False, answers=ANSWERS):
    return fill_in(
        session_run=run,
        answers=answers,
        note="We ran over.",
        together=together,
        key=key or uuid.uuid4(),
        by=by,
        at=NOW,
    )


def test_the_pair_fill_it_in_together(run):
    kept = fill(run, run.facilitator, together=True)

    assert (kept.filled_in_by, kept.answers, kept.note, kept.by, kept.at) == (
        FilledInBy.PAIR,
        ANSWERS,
        "We ran over.",
        run.facilitator,
        NOW,
    )


def test_one_of_two_does_not_fill_it_in_alone(run):
    with pytest.raises(NotTogether):
        fill(run, run.co_facilitator)

    assert FidelityCheck.objects.count() == 0


def test_A2_who_led_alone_fills_it_in_alone(run):
    SessionRun.objects.update(co_facilitator=None, one_facilitator_reason="Sam was away")

    assert fill(run, run.facilitator).filled_in_by == FilledInBy.PAIR


def test_who_watched_is_not_one_of_the_pair(run):
    assert fill(run, make_person("Olga Observer")).filled_in_by == FilledInBy.OBSERVER


def test_it_is_added_and_twice_is_once(run):
    observer, key = make_person("Olga Observer"), uuid.uuid4()

    first = fill(run, observer, key=key)
    again = fill(run, observer, key=key)
    changed = fill(run, observer, key=key, answers={"two_led": False})

    assert (first, FidelityCheck.objects.count()) == (again, 2)
    assert changed.answers == {"two_led": False}


def test_a_cancelled_session_is_not_checked(run):
    SessionRun.objects.update(cancelled_at=NOW)

    with pytest.raises(Cancelled):
        fill(run, make_person("Olga Observer"))
