"""Marking attendance: added and never changed, once for each sheet, and what follows from it."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail

from courses.actions.attendance import Cancelled, Mark, latest_marks, mark_attendance, marks_of
from courses.models import Attendance, AttendanceMark, Message, Milestone
from tests.factories.courses import (
    NOW,
    finish_all_lessons,
    make_cohort,
    make_edition,
    make_enrolment,
    make_person,
)
from tests.factories.standing import standing_of

pytestmark = pytest.mark.django_db

PRESENT, ABSENT = AttendanceMark.PRESENT, AttendanceMark.ABSENT
SESSIONS = "sessions_attended"


@pytest.fixture
def cohort():
    return make_cohort(make_edition(sessions=1, sessions_required=1))


def mark(run, marks, key=None, by=None, at=NOW, seen=None):
    return mark_attendance(
        session_run=run,
        marks={enrolment.pk: how for enrolment, how in marks.items()},
        key=key or uuid.uuid4(),
        by=by or run.facilitator,
        at=at,
        seen=seen,
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


# --- A way, a reason, and what somebody else marked --------------------------------------------


def rows():
    return [(row.mark, row.way, row.reason) for row in Attendance.objects.order_by("pk")]


def test_a_mark_can_say_how_they_took_part_and_why(cohort):
    run, amina = cohort.session_runs.get(), make_enrolment(cohort)

    mark(run, {amina: Mark("late", "phone", "The bus")})

    assert rows() == [("late", "phone", "The bus")]


def test_A6_each_change_of_a_mark_or_its_reason_is_a_new_row_with_who_and_when(cohort):
    run, amina = cohort.session_runs.get(), make_enrolment(cohort)
    oluchi = make_person("Oluchi")
    mark(run, {amina: PRESENT})

    mark(run, {amina: Mark("absent", reason="Rang us")}, by=oluchi, at=NOW + timedelta(hours=1))
    mark(run, {amina: Mark("absent", reason="Wrote to us")})

    assert [(row.mark, row.reason, row.marked_by, row.marked_at) for row in marks_of(run)] == [
        ("present", "", run.facilitator, NOW),
        ("absent", "Rang us", oluchi, NOW + timedelta(hours=1)),
        ("absent", "Wrote to us", run.facilitator, NOW),
    ]


def test_one_sheet_with_a_reason_that_arrives_twice_is_once(cohort):
    run, amina, key = cohort.session_runs.get(), make_enrolment(cohort), uuid.uuid4()
    asked = {amina: Mark("excused", reason="Rang us")}

    mark(run, asked, key)
    mark(run, {amina: PRESENT})
    mark(run, asked, key)

    assert rows() == [("excused", "", "Rang us"), ("present", "", "")]


def test_what_somebody_else_has_marked_since_is_not_written_over_but_asked_about(cohort):
    run, amina = cohort.session_runs.get(), make_enrolment(cohort)
    dev = make_enrolment(cohort, make_person("Dev"))
    mark(run, {amina: ABSENT}, by=run.co_facilitator)

    marked = mark(run, {amina: PRESENT, dev: PRESENT}, seen={amina.pk: None, dev.pk: None})

    theirs = Attendance.objects.get(enrolment=amina)
    assert (marked.changed, marked.disputed) == (1, {amina.pk: theirs})
    assert latest_marks(run) == {amina.pk: ABSENT, dev.pk: PRESENT}


def test_who_has_seen_what_somebody_else_marked_may_change_it(cohort):
    run, amina = cohort.session_runs.get(), make_enrolment(cohort)
    mark(run, {amina: ABSENT}, by=run.co_facilitator)
    theirs = Attendance.objects.get()

    marked = mark(run, {amina: PRESENT}, seen={amina.pk: theirs.pk})

    assert (marked.changed, marked.disputed) == (1, {})


def test_ones_own_newer_mark_is_no_reason_to_ask(cohort):
    run, amina = cohort.session_runs.get(), make_enrolment(cohort)
    mark(run, {amina: PRESENT}, seen={amina.pk: None})

    marked = mark(run, {amina: ABSENT}, seen={amina.pk: None})

    assert (marked.changed, marked.disputed) == (1, {})


def test_two_who_marked_the_same_agree(cohort):
    run, amina = cohort.session_runs.get(), make_enrolment(cohort)
    mark(run, {amina: PRESENT}, by=run.co_facilitator)

    marked = mark(run, {amina: PRESENT}, seen={amina.pk: None})

    assert (marked.changed, marked.disputed) == (0, {})


def test_a_sheet_sent_again_does_not_ask_about_what_was_changed_after_it(cohort):
    run, amina, key = cohort.session_runs.get(), make_enrolment(cohort), uuid.uuid4()
    mark(run, {amina: PRESENT}, key, seen={amina.pk: None})
    mark(run, {amina: ABSENT}, by=run.co_facilitator)

    marked = mark(run, {amina: PRESENT}, key, seen={amina.pk: None})

    assert (marked.changed, marked.disputed) == (0, {})
    assert latest_marks(run) == {amina.pk: ABSENT}


def test_nobody_is_marked_at_a_session_that_was_cancelled(cohort):
    run, amina = cohort.session_runs.get(), make_enrolment(cohort)
    type(run).objects.update(cancelled_at=NOW)

    with pytest.raises(Cancelled):
        mark(run, {amina: PRESENT})

    assert rows() == []


def test_A5_session_zero_is_written_down_and_never_counted():
    edition = make_edition(sessions=1, sessions_required=1, session_zero=True)
    cohort = make_cohort(edition)
    zero = cohort.session_runs.get(number=0)
    amina = make_enrolment(cohort)
    finish_all_lessons(amina)

    marked = mark(zero, {amina: PRESENT})

    assert (marked.changed, marked.milestones) == (1, ())
    assert {each.kind: each.done for each in standing_of(amina).asked}[SESSIONS] == 0


@pytest.mark.parametrize("how", ["present", "late", "left_early", "made_up"])
def test_who_came_late_left_early_or_made_it_up_attended(cohort, how):
    run, amina = cohort.session_runs.get(), make_enrolment(cohort)
    finish_all_lessons(amina)

    assert len(mark(run, {amina: Mark(how, reason="A word")}).milestones) == 1


def test_E6_a_reason_for_being_away_goes_into_no_message(
    cohort, django_capture_on_commit_callbacks
):
    run, amina = cohort.session_runs.get(), make_enrolment(cohort)
    finish_all_lessons(amina)

    with django_capture_on_commit_callbacks(execute=True):
        mark(run, {amina: Mark("excused", reason="At the funeral")})
        mark(run, {amina: Mark("made_up", "phone", "Went through it with Maria")})

    said = [f"{message.subject} {message.text}" for message in Message.objects.all()]
    said += [f"{letter.subject} {letter.body}" for letter in mail.outbox]
    assert [each for each in said if "funeral" in each or "Maria" in each] == []
