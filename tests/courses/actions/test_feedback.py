"""What people say of a session: once each, without a name, and shown five or more at a time."""

import pytest
from django.db import models

from courses import held
from courses.actions import feedback
from courses.actions.attendance import Cancelled
from courses.models import FeedbackGiven, GroupFeedback, Organisation, SessionRun
from tests.factories.courses import NOW, make_cohort, make_edition, make_enrolment, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return make_cohort(make_edition(sessions=1, sessions_required=1)).session_runs.get()


def say(run, listened_to=8, had_a_turn=7, can_use=9, enrolment=None):
    enrolment = enrolment or make_enrolment(run.cohort, make_person())
    numbers = {"listened_to": listened_to, "had_a_turn": had_a_turn, "can_use": can_use}
    return feedback.give(session_run=run, enrolment=enrolment, numbers=numbers)


def shown(run):
    """{question: how many answers are shown}"""
    run = SessionRun.objects.select_related("cohort__organisation").get(pk=run.pk)
    spreads = held.told(run).spreads
    return {question: each.people if each else 0 for question, each in spreads.items()}


def test_what_somebody_says_is_kept_once(run):
    amina = make_enrolment(run.cohort)

    assert say(run, enrolment=amina)
    assert not say(run, listened_to=0, enrolment=amina)

    kept = GroupFeedback.objects.get()
    assert (kept.listened_to, kept.had_a_turn, kept.can_use) == (8, 7, 9)


def test_E2_nothing_that_is_kept_says_who_said_what_or_when():
    said = {field.name for field in GroupFeedback._meta.fields}
    given = {field.name for field in FeedbackGiven._meta.fields}

    assert said == {
        "id",
        "session_run",
        "listened_to",
        "had_a_turn",
        "can_use",
        "listened_to_shown",
        "had_a_turn_shown",
        "can_use_shown",
    }
    assert given == {"id", "session_run", "enrolment"}
    assert isinstance(GroupFeedback._meta.pk, models.UUIDField)


def test_E2_it_is_shown_from_five_answers(run):
    looks = []
    for _person in range(5):
        looks.append(shown(run)["listened_to"])
        say(run)

    assert looks == [0] * 5
    assert shown(run) == {"listened_to": 5, "had_a_turn": 5, "can_use": 5}


def test_E2_what_the_sixth_says_is_not_told_by_looking_before_and_after(run):
    for _person in range(5):
        say(run)
    looks = []
    for _person in range(5):
        looks.append(shown(run)["can_use"])
        say(run, can_use=0)

    assert looks == [5] * 5
    assert shown(run)["can_use"] == 10


def test_E2_a_question_that_fewer_answered_waits_by_itself(run):
    for _person in range(4):
        say(run)
    say(run, can_use=None)

    assert shown(run) == {"listened_to": 5, "had_a_turn": 5, "can_use": 0}

    say(run)

    assert shown(run) == {"listened_to": 5, "had_a_turn": 5, "can_use": 5}


def test_E2_an_organisation_may_ask_for_more_than_five(run):
    Organisation.objects.update(small_number=6)
    for _person in range(5):
        say(run)

    assert shown(run)["can_use"] == 0

    say(run)

    assert shown(run)["can_use"] == 6


def test_nothing_is_said_of_a_cancelled_session(run):
    SessionRun.objects.update(cancelled_at=NOW)

    with pytest.raises(Cancelled):
        say(run)

    assert FeedbackGiven.objects.count() == 0
