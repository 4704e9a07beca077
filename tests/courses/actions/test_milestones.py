"""A milestone is written once, from the same rule that everyone reads, and announced after."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from courses.actions.milestones import settle
from courses.models import AttendanceMark, Enrolment, Milestone
from courses.signals import milestone_reached
from tests.factories.courses import (
    NOW,
    attend,
    finish_all_lessons,
    make_cohort,
    make_edition,
    make_enrolment,
)
from tests.factories.standing import standing_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    return make_enrolment(cohort=make_cohort(edition=make_edition(session_zero=True)))


@pytest.fixture
def heard():
    """What was announced, as (trainee, kind)."""
    told = []

    def hear(milestone, **kwargs):
        told.append((milestone.enrolment.trainee_id, milestone.kind))

    milestone_reached.connect(hear)
    yield told
    milestone_reached.disconnect(hear)


def test_attendance_can_complete_the_course_as_well_as_a_lesson(enrolment):
    finish_all_lessons(enrolment)
    attend(enrolment, 1, 2, 3)
    assert not Milestone.objects.exists()

    attend(enrolment, 6)

    assert Milestone.objects.get().evidence["sessions_attended"] == [1, 2, 3, 6]


def test_session_zero_does_not_help_to_complete(enrolment):
    finish_all_lessons(enrolment)

    attend(enrolment, 0, 1, 2, 3)

    assert not Milestone.objects.exists()


@pytest.mark.parametrize(
    ("mark", "completes"),
    [
        (AttendanceMark.PRESENT, True),
        (AttendanceMark.MADE_UP, True),
        (AttendanceMark.EXCUSED, False),
        (AttendanceMark.ABSENT, False),
    ],
)
def test_a_session_made_up_counts_and_an_excuse_does_not(enrolment, mark, completes):
    finish_all_lessons(enrolment)
    attend(enrolment, 1, 2, 3)

    attend(enrolment, 4, mark=mark)

    assert Milestone.objects.exists() is completes


def test_the_latest_mark_of_a_session_counts(enrolment):
    attend(enrolment, 1, mark=AttendanceMark.PRESENT)

    attend(enrolment, 1, mark=AttendanceMark.ABSENT)

    assert standing_of(enrolment).asked[0].done == 0


def test_a_mark_corrected_later_takes_no_milestone_away(enrolment):
    finish_all_lessons(enrolment)
    attend(enrolment, 1, 2, 3, 4)

    attend(enrolment, 4, mark=AttendanceMark.ABSENT)

    assert not standing_of(enrolment).is_complete
    assert Milestone.objects.filter(enrolment=enrolment).count() == 1


def test_asking_again_writes_nothing_new(enrolment):
    finish_all_lessons(enrolment)
    attend(enrolment, 1, 2, 3, 4)
    locked = Enrolment.objects.with_cohort().get(pk=enrolment.pk)

    assert settle(enrolment=locked, at=NOW + timedelta(days=90)) is None
    assert Milestone.objects.get().reached_at == NOW


def test_the_database_holds_a_milestone_to_one(enrolment):
    finish_all_lessons(enrolment)
    attend(enrolment, 1, 2, 3, 4)
    twin = Milestone.objects.get()
    twin.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_it_is_announced_once_it_is_safely_written(
    enrolment, heard, django_capture_on_commit_callbacks
):
    finish_all_lessons(enrolment)
    with django_capture_on_commit_callbacks(execute=True):
        attend(enrolment, 1, 2, 3, 4)

    assert heard == [(enrolment.trainee_id, "completion")]


def test_what_is_rolled_back_is_not_announced(
    enrolment, heard, django_capture_on_commit_callbacks
):
    finish_all_lessons(enrolment)
    with django_capture_on_commit_callbacks(execute=True):
        try:
            with transaction.atomic():
                attend(enrolment, 1, 2, 3, 4)
                raise ConnectionError
        except ConnectionError:
            pass

    assert heard == []
    assert not Milestone.objects.exists()
