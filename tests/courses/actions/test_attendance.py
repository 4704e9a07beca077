"""Marking attendance: added and never changed, once for each sheet, and what follows from it."""

import uuid

import pytest

from courses.actions.attendance import latest_marks, mark_attendance
from courses.models import Attendance, AttendanceMark, Milestone
from tests.factories.courses import (
    NOW,
    finish_all_lessons,
    make_cohort,
    make_edition,
    make_enrolment,
    make_person,
)

pytestmark = pytest.mark.django_db

PRESENT, ABSENT = AttendanceMark.PRESENT, AttendanceMark.ABSENT


@pytest.fixture
def cohort():
    return make_cohort(make_edition(sessions=1, sessions_required=1))


def mark(run, marks, key=None):
    return mark_attendance(
        session_run=run,
        marks={enrolment.pk: how for enrolment, how in marks.items()},
        key=key or uuid.uuid4(),
        by=run.facilitator,
        at=NOW,
    )


def test_a_mark_is_kept_with_who_made_it(cohort):
    run, amina = cohort.session_runs.get(), make_enrolment(cohort)

    marked = mark(run, {amina: PRESENT})

    row = Attendance.objects.get()
    assert (marked.changed, marked.milestones) == (1, ())
    assert (row.enrolment, row.mark, row.marked_by, row.marked_at) == (
        amina,
        PRESENT,
        run.facilitator,
        NOW,
    )


def test_the_same_sheet_twice_is_once(cohort):
    run, amina, key = cohort.session_runs.get(), make_enrolment(cohort), uuid.uuid4()

    assert [mark(run, {amina: PRESENT}, key).changed for _n in range(3)] == [1, 0, 0]
    assert Attendance.objects.count() == 1


def test_a_sheet_sent_again_does_not_take_back_what_somebody_changed_since(cohort):
    run, amina, key = cohort.session_runs.get(), make_enrolment(cohort), uuid.uuid4()
    mark(run, {amina: PRESENT}, key)
    mark(run, {amina: ABSENT})

    assert mark(run, {amina: PRESENT}, key).changed == 0
    assert latest_marks(run) == {amina.pk: ABSENT}


def test_going_back_to_a_sheet_and_changing_a_mark_counts(cohort):
    run, amina, key = cohort.session_runs.get(), make_enrolment(cohort), uuid.uuid4()
    mark(run, {amina: PRESENT}, key)

    assert mark(run, {amina: ABSENT}, key).changed == 1
    assert latest_marks(run) == {amina.pk: ABSENT}


def test_a_mark_that_says_the_same_adds_nothing(cohort):
    run, amina = cohort.session_runs.get(), make_enrolment(cohort)
    mark(run, {amina: PRESENT})

    assert mark(run, {amina: PRESENT}).changed == 0
    assert Attendance.objects.count() == 1


def test_a_correction_is_added_and_the_first_mark_stays_on_record(cohort):
    run, amina = cohort.session_runs.get(), make_enrolment(cohort)
    mark(run, {amina: PRESENT})
    mark(run, {amina: ABSENT})

    assert [row.mark for row in Attendance.objects.order_by("pk")] == [PRESENT, ABSENT]


def test_people_of_other_cohorts_are_passed_over(cohort):
    run, amina = cohort.session_runs.get(), make_enrolment(cohort)
    stranger = make_enrolment(make_cohort(cohort.edition))

    assert mark(run, {amina: PRESENT, stranger: PRESENT}).changed == 1
    assert latest_marks(run) == {amina.pk: PRESENT}


def test_who_completes_by_it_is_told_and_only_they(cohort):
    run = cohort.session_runs.get()
    amina, dev = make_enrolment(cohort), make_enrolment(cohort, make_person("Dev"))
    finish_all_lessons(amina)

    marked = mark(run, {amina: PRESENT, dev: PRESENT})

    assert marked.milestones == (Milestone.objects.get(),)
    assert marked.milestones[0].enrolment == amina


def test_being_excused_is_no_presence(cohort):
    run, amina = cohort.session_runs.get(), make_enrolment(cohort)
    finish_all_lessons(amina)

    assert mark(run, {amina: AttendanceMark.EXCUSED}).milestones == ()
    assert len(mark(run, {amina: AttendanceMark.MADE_UP}).milestones) == 1
