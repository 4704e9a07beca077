"""How activities went: added and never changed, once for each sheet."""

import uuid
from datetime import timedelta

import pytest

from courses.actions.attendance import Cancelled
from courses.actions.delivery import Went, latest_activities, mark_activities
from courses.models import ActivityMark, SessionRun
from tests.factories.courses import NOW, make_cohort, make_edition

pytestmark = pytest.mark.django_db

TEA, THREES = (1, "Tea"), (2, "Threes")
PLANNED = Went("as_planned")


@pytest.fixture
def run():
    return make_cohort(make_edition(sessions=1, sessions_required=1)).session_runs.get()


def mark(run, marks, key=None, by=None, at=NOW):
    return mark_activities(
        session_run=run, marks=marks, key=key or uuid.uuid4(), by=by or run.facilitator, at=at
    )


def test_each_change_is_a_row_with_who_and_when_and_the_latest_counts(run):
    mark(run, {TEA: PLANNED, THREES: PLANNED})
    later = NOW + timedelta(hours=1)

    mark(run, {TEA: Went("left_out", "No kettle")}, by=run.co_facilitator, at=later)

    rows = ActivityMark.objects.order_by("pk").values_list("title", "how", "reason", "by", "at")
    assert list(rows) == [
        ("Tea", "as_planned", "", run.facilitator_id, NOW),
        ("Threes", "as_planned", "", run.facilitator_id, NOW),
        ("Tea", "left_out", "No kettle", run.co_facilitator_id, later),
    ]
    latest = latest_activities(run)
    assert {key: row.how for key, row in latest.items()} == {
        TEA: "left_out",
        THREES: "as_planned",
    }


def test_what_says_the_same_adds_nothing(run):
    assert mark(run, {TEA: PLANNED}) == 1
    assert mark(run, {TEA: PLANNED}) == 0


def test_a_sheet_that_arrives_twice_is_once_also_when_it_was_changed_between(run):
    key = uuid.uuid4()
    mark(run, {TEA: PLANNED}, key)
    mark(run, {TEA: Went("changed", "Outside")})

    assert mark(run, {TEA: PLANNED}, key) == 0
    assert latest_activities(run)[TEA].how == "changed"


def test_a_cancelled_session_takes_none(run):
    SessionRun.objects.update(cancelled_at=NOW)

    with pytest.raises(Cancelled):
        mark(run, {TEA: PLANNED})
