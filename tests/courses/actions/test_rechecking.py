"""C9: a correction after something was reached is shown to a person, and changes nothing."""

import uuid
from datetime import timedelta

import pytest

from courses import board
from courses.actions import ready, rechecking
from courses.models import AttendanceMark, Milestone, MilestoneLook
from courses.rechecking import Recheck
from tests.factories.courses import (
    NOW,
    attend,
    make_cohort,
    make_edition,
    make_enrolment,
    make_milestone,
    make_organiser,
    make_ready_edition,
    meet_all_but_sign_off,
    watch,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=60)


def completed(sessions=6, required=4, **more):
    edition = make_edition(sessions=sessions, steps=1, sessions_required=required)
    return make_milestone(make_enrolment(make_cohort(edition, **more)))


def was_away(milestone, *numbers):
    attend(milestone.enrolment, *numbers, mark=AttendanceMark.ABSENT, at=LATER)


def found(milestone):
    return rechecking.rechecks_of(milestone.enrolment)


def look(milestone, note="The mark was a slip.", key=None):
    rechecking.look(
        enrolment=milestone.enrolment,
        note=note,
        by=make_organiser(milestone.enrolment.cohort.organisation),
        at=LATER,
        key=key or uuid.uuid4(),
    )


def test_C9_a_correction_after_completing_is_to_be_looked_at():
    milestone = completed()
    assert found(milestone) == ()

    was_away(milestone, 4, 5, 6)

    assert found(milestone) == (Recheck(milestone.pk, "completion", ("sessions_attended",)),)


def test_C9_nothing_changes_by_itself():
    milestone = completed()
    before = Milestone.objects.values().get()

    was_away(milestone, 4, 5, 6)

    assert Milestone.objects.values().get() == before
    assert MilestoneLook.objects.count() == 0


def test_a_correction_that_leaves_enough_is_nobodys_concern():
    milestone = completed()

    was_away(milestone, 5, 6)

    assert found(milestone) == ()


def test_a_correction_that_is_corrected_again_is_nobodys_concern():
    milestone = completed()
    was_away(milestone, 4, 5, 6)

    attend(milestone.enrolment, 4, at=LATER)

    assert found(milestone) == ()


def test_what_somebody_looked_at_is_not_asked_about_again():
    milestone = completed()
    was_away(milestone, 4, 5, 6)

    look(milestone)

    assert found(milestone) == ()
    kept = MilestoneLook.objects.get()
    assert (kept.milestone, kept.kinds, kept.note) == (
        milestone,
        ["sessions_attended"],
        "The mark was a slip.",
    )


def test_looking_twice_is_once_and_looking_at_nothing_keeps_nothing():
    milestone, key = completed(), uuid.uuid4()
    look(milestone)
    assert MilestoneLook.objects.count() == 0
    was_away(milestone, 4, 5, 6)

    look(milestone, key=key)
    look(milestone, key=key)

    assert MilestoneLook.objects.count() == 1


def test_less_that_is_not_met_is_nothing_new_and_more_is(at_ready):
    completion, is_ready = at_ready
    was_away(completion, 2)
    look(completion)

    was_away(completion, 1, 2)

    assert {each.kind for each in found(completion)} == {"completion"}
    look(completion)
    attend(completion.enrolment, 1, at=LATER)
    assert found(completion) == ()
    assert is_ready.looks.count() == 1


def test_what_was_waived_that_day_stays_waived():
    edition = make_edition(sessions=6, steps=1, sessions_required=4)
    enrolment = make_enrolment(make_cohort(edition))
    organiser = make_organiser(enrolment.cohort.organisation)
    ready.waive(
        enrolment=enrolment,
        kind="sessions_attended",
        reason="Cannot travel in winter.",
        instead="",
        by=organiser,
        at=NOW,
        key=uuid.uuid4(),
    )
    milestone = make_milestone(enrolment)
    was_away(milestone, 1, 2, 3, 4, 5, 6)

    ready.take_back(waiver=enrolment.waivers.get(), by=organiser, at=LATER)

    assert found(milestone) == ()


@pytest.fixture
def at_ready():
    """Somebody who is ready: (their completion, their being ready)."""
    enrolment = make_enrolment(make_cohort(make_ready_edition()))
    meet_all_but_sign_off(enrolment)
    ready.sign_off(enrolment=enrolment, by=make_organiser(enrolment.cohort.organisation), at=NOW)
    return Milestone.objects.order_by("pk")


def test_C9_a_session_that_ready_needs_is_looked_at_too(at_ready):
    completion, is_ready = at_ready
    assert found(completion) == ()

    was_away(completion, 2)

    kinds = {each.milestone: each.kinds for each in found(completion)}
    assert kinds[is_ready.pk] == ("session_attended",)


def test_a_practice_that_waits_for_its_own_words_casts_no_doubt(at_ready):
    completion, _is_ready = at_ready

    watch(completion.enrolment, 2, reviewed=False)

    assert found(completion) == ()


@pytest.mark.parametrize("people", [1, 3])
def test_the_board_names_who_is_to_be_looked_at_in_four_queries(people, django_assert_num_queries):
    edition = make_edition(sessions=6, steps=1, sessions_required=4)
    cohort = make_cohort(edition)
    milestones = [make_milestone(make_enrolment(cohort)) for _n in range(people)]
    for milestone in milestones:
        was_away(milestone, 4, 5, 6)
    make_milestone(make_enrolment(cohort))

    with django_assert_num_queries(4):
        seen = board.load(cohort, LATER)

    assert {row.enrolment for row in seen.to_look_at} == {each.enrolment_id for each in milestones}
