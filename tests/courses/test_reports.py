"""Figures: what is counted, with its denominator; what is hidden; and in how many queries."""

import uuid
from dataclasses import replace
from datetime import timedelta
from time import process_time

import pytest
from django.contrib.auth import get_user_model

from courses import report_words, reports
from courses.actions import editions
from courses.counting import Mean, counted_in
from courses.models import (
    Attendance,
    AttendanceMark,
    Cohort,
    Enrolment,
    Invitation,
    Milestone,
    MilestoneKind,
    ScaleAnswer,
    SessionRun,
)
from courses.reports import Change
from tests.factories.courses import (
    NOW,
    finish_lesson,
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_organisation,
    make_person,
    make_plan,
    make_session,
    plan_block,
    scale_block,
    step_block,
)
from tests.factories.delivered import hold_all, make_group

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(weeks=20)


def as_asked_for(cohort):
    return Cohort.objects.with_edition().get(pk=cohort.pk)


def report(cohort, now=LATER):
    return reports.of_cohort(as_asked_for(cohort), now)


def enrol(cohort, people, at=NOW):
    """So many people in a cohort."""
    made = get_user_model().objects.bulk_create(
        get_user_model()(email=f"{uuid.uuid4()}@example.org", name=f"Person {n}")
        for n in range(people)
    )
    return Enrolment.objects.bulk_create(
        Enrolment(cohort=cohort, trainee=person, joined_at=at) for person in made
    )


def came(cohort, enrolments, *numbers, mark=AttendanceMark.PRESENT):
    runs = cohort.session_runs.filter(number__in=numbers).select_related("facilitator")
    Attendance.objects.bulk_create(
        Attendance(
            session_run=run,
            enrolment=enrolment,
            mark=mark,
            marked_at=NOW,
            marked_by=run.facilitator,
            key=uuid.uuid4(),
        )
        for run in runs
        for enrolment in enrolments
    )


def complete(enrolments, kind=MilestoneKind.COMPLETION):
    Milestone.objects.bulk_create(
        Milestone(
            enrolment=enrolment,
            kind=kind,
            edition=enrolment.cohort.edition,
            reached_at=NOW,
            evidence={},
        )
        for enrolment in enrolments
    )


def invite(cohort, people, **more):
    for n in range(people):
        Invitation.objects.create(
            cohort=cohort,
            name=f"Asked {n}",
            email=f"{uuid.uuid4()}@example.org",
            by=make_person(),
            at=NOW,
            **more,
        )


def large_cohort(organisation=None, **details):
    """30 were asked, 25 joined, 20 came, 15 completed: all of it can be shown."""
    edition = details.pop("edition", None) or make_edition(sessions=2, sessions_required=1)
    cohort = make_cohort(edition, organisation, **details)
    people = enrol(cohort, 25)
    invite(cohort, 5)
    came(cohort, people[:20], 1)
    came(cohort, people[:15], 2)
    complete(people[:15])
    return cohort


# --- What is counted ---------------------------------------------------------------------------


def test_figures_are_counted_each_within_the_one_before():
    figures = report(large_cohort()).figures

    assert figures == {
        "reached": 30,
        "joined": 25,
        "participants": 20,
        "completers": 15,
        "knowledge": 0,
        "confidence": 0,
        "minutes": 35 * 150,
    }


def test_completers_are_counted_out_of_those_who_came_and_the_sentence_says_so():
    assert report_words.lead(report(large_cohort())) == (
        "15 of the 20 people who came to at least one session completed the course (75%)."
    )


def test_A5_session_zero_makes_nobody_a_participant():
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1, session_zero=True))
    came(cohort, enrol(cohort, 8), 0)

    assert report(cohort).figures["participants"] == 0
    assert [number for number, _title, _came in report(cohort).sessions] == [1]


def test_the_latest_mark_says_who_came():
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1))
    people = enrol(cohort, 12)
    came(cohort, people, 1)
    came(cohort, people[:6], 1, mark=AttendanceMark.EXCUSED)

    assert report(cohort).figures["participants"] == 6


@pytest.mark.parametrize(
    "mark", [AttendanceMark.LATE, AttendanceMark.LEFT_EARLY, AttendanceMark.MADE_UP]
)
def test_who_came_late_left_early_or_made_it_up_came(mark):
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1))
    came(cohort, enrol(cohort, 6), 1, mark=mark)

    assert report(cohort).sessions == ((1, "Session 1", 6),)


def test_a_session_that_is_to_come_or_was_cancelled_is_not_in_it():
    cohort = make_cohort(make_edition(sessions=3, sessions_required=1))
    SessionRun.objects.filter(cohort=cohort, number=1).update(cancelled_at=NOW)

    seen = report(cohort, now=NOW + timedelta(weeks=1, hours=3))

    assert [number for number, _title, _came in seen.sessions] == [2]


def test_who_left_again_had_joined_all_the_same():
    cohort = make_cohort()
    people = enrol(cohort, 10)
    Enrolment.objects.filter(pk__in=[each.pk for each in people[:5]]).update(left_at=NOW)

    assert report(cohort).figures["joined"] == 10


def test_an_invitation_that_was_withdrawn_or_taken_up_reaches_nobody_more():
    cohort = make_cohort()
    people = enrol(cohort, 10)
    invite(cohort, 6, withdrawn_at=NOW)
    invite(cohort, 1, enrolment=people[0])

    assert report(cohort).figures["reached"] == 10


def test_ready_is_counted_where_the_course_leads_to_it():
    cohort = large_cohort()
    edition = cohort.edition
    edition.ready_requirements = [{"kind": "completion"}]
    edition.save()
    complete(Enrolment.objects.filter(cohort=cohort).order_by("pk")[:8], MilestoneKind.READY)

    assert report(cohort).figures["ready"] == 8


def test_hours_are_those_of_sessions_and_of_lessons_that_were_finished():
    cohort = make_cohort(make_edition(sessions=2, sessions_required=1))
    people = [make_enrolment(cohort) for _n in range(5)]
    came(cohort, people, 1, 2)
    for enrolment in people[:2]:
        finish_lesson(enrolment, cohort.edition.outline.lessons[0])

    minutes = cohort.edition.outline.lessons[0].minutes
    assert report(cohort).figures["minutes"] == 10 * 150 + 2 * minutes


def test_E2_hours_are_hidden_where_it_is_hidden_how_many_came():
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1))
    came(cohort, enrol(cohort, 12)[:3], 1)

    figures = report(cohort).figures

    assert (figures["participants"], figures["minutes"]) == (None, None)


# --- Before and after --------------------------------------------------------------------------


def edition_with_scales(statements=10):
    course = make_course(sessions_required=1)
    session = make_session(course, 1)
    words = [f"statement {n}?" for n in range(statements)]
    body = [step_block("Before"), scale_block(words), step_block("Plan"), plan_block()]
    make_lesson(session, "Before", body)
    make_lesson(session, "After", [step_block("After"), scale_block(words)])
    return editions.make_edition(course=course, by=None, at=NOW)


def answer_scales(enrolment, before, after):
    outline = enrolment.cohort.edition.outline
    scales = [
        (lesson, exercise)
        for lesson in outline.lessons
        for step in lesson.steps
        for exercise in step.exercises
        if exercise.kind == "scale"
    ]
    for (lesson, exercise), number, day in zip(scales, (before, after), (0, 40), strict=True):
        if number is not None:
            ScaleAnswer.objects.create(
                enrolment=enrolment,
                lesson=lesson.key,
                exercise=exercise.id,
                revision=1,
                numbers={str(n): number for n in range(10)},
                key=uuid.uuid4(),
                at=NOW + timedelta(days=day),
            )


def test_confidence_is_of_those_who_answered_both_times():
    cohort = make_cohort(edition_with_scales())
    for enrolment in enrol(cohort, 6):
        answer_scales(enrolment, 4, 7)
    answer_scales(make_enrolment(cohort), 10, None)

    assert report(cohort).confidence == Change(before=4, after=7, highest=10, people=None)


def test_B6_the_confidence_of_action_plans_never_enters_a_report():
    cohort = make_cohort(edition_with_scales())
    for enrolment in enrol(cohort, 6):
        answer_scales(enrolment, 4, 7)
    before = counted_in([as_asked_for(cohort)], LATER)[cohort.pk]

    for enrolment in Enrolment.objects.filter(cohort=cohort):
        make_plan(enrolment, confidence=0)

    assert counted_in([as_asked_for(cohort)], LATER)[cohort.pk] == before
    assert before.confidence == Mean(6, 24, 42)


def test_E2_a_mean_of_fewer_than_five_people_is_not_shown():
    cohort = make_cohort(edition_with_scales())
    for enrolment in enrol(cohort, 4):
        answer_scales(enrolment, 4, 7)

    assert report(cohort).confidence is None


def test_E2_how_many_answered_is_not_shown_where_it_would_tell_that_a_few_did_not():
    cohort = make_cohort(edition_with_scales())
    for enrolment in enrol(cohort, 12)[:10]:
        answer_scales(enrolment, 4, 7)

    [row] = next(s for s in report_words.sections(report(cohort)) if s.key == "confidence").rows

    assert row == ("Mean", "4.0 of 10", "7.0 of 10", "5 or more")


# --- What is hidden ----------------------------------------------------------------------------


def test_E2_a_few_who_did_not_complete_cannot_be_worked_out():
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1))
    people = enrol(cohort, 12)
    came(cohort, people, 1)
    complete(people[:9])

    figures = report(cohort).figures

    assert (figures["joined"], figures["participants"], figures["completers"]) == (12, 12, None)
    assert report_words.lead(report(cohort)) == (
        "The numbers of this group are too small to say how many completed."
    )


def test_E2_where_no_number_is_shown_there_is_a_table_and_no_empty_plot():
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1))
    came(cohort, enrol(cohort, 12)[:10], 1)

    way, sessions = report_words.sections(report(cohort))[:2]

    assert way.plot
    assert (sessions.rows, sessions.plot) == ((("1. Session 1", "not shown"),), None)


def test_E2_a_year_s_total_does_not_give_away_what_one_group_hides():
    organisation = make_organisation()
    large_cohort(organisation)
    large_cohort(organisation)
    small = make_cohort(make_edition(sessions=1, sessions_required=1), organisation)
    enrol(small, 3)

    found = reports.of_organisation(organisation, LATER)
    hidden = {c.pk: r.figures["joined"] for c, r in found.cohorts}

    assert hidden[small.pk] is None
    assert found.report.figures["joined"] is None


def test_totals_are_shown_where_several_groups_hide_enough_together():
    organisation = make_organisation()
    for _n in range(4):
        cohort = make_cohort(make_edition(sessions=1, sessions_required=1), organisation)
        people = enrol(cohort, 12)
        came(cohort, people, 1)
        complete(people[:9])

    figures = reports.of_organisation(organisation, LATER).report.figures

    assert (figures["participants"], figures["completers"]) == (48, 36)


def test_E2_a_group_s_report_does_not_change_with_those_of_others():
    organisation = make_organisation()
    cohort = large_cohort(organisation)
    before = report(cohort)

    enrol(make_cohort(cohort.edition, organisation), 3)

    assert report(cohort) == before
    listed = dict(reports.of_organisation(organisation, LATER).cohorts)[cohort]
    assert listed == replace(before, measures=None)  # those are told on the group's own page


def test_E2_one_year_and_all_years_are_decided_together():
    """Else all years without this one would leave the other's hidden figure."""
    organisation = make_organisation()
    large_cohort(organisation)
    last_year = make_cohort(
        make_edition(sessions=1, sessions_required=1),
        organisation,
        first_session_at=NOW - timedelta(days=365),
    )
    enrol(last_year, 4)

    years = {
        year: reports.of_organisation(organisation, LATER, year).report.figures["joined"]
        for year in (2025, 2026, None)
    }

    assert years == {2025: None, 2026: 25, None: None}


def test_an_organisation_may_ask_for_a_larger_smallest_number():
    cohort = make_cohort(organisation=make_organisation(small_number=12))
    enrol(cohort, 10)

    assert report(cohort).figures["joined"] is None


def test_an_organisation_without_cohorts_has_a_report_of_nothing():
    found = reports.of_organisation(make_organisation(), LATER)

    assert (found.years, found.year, found.cohorts) == ((), None, ())
    assert report_words.lead(found.report) == "Nobody has come to a session yet."
    assert [section.key for section in report_words.sections(found.report)] == [
        "way",
        "sessions",
        "knowledge",
        "confidence",
        "hours",
        "led",
        "calls",
    ]


# --- Cost --------------------------------------------------------------------------------------


@pytest.mark.parametrize("cohorts", [1, 3])
def test_an_organisation_s_report_takes_eighteen_queries(cohorts, django_assert_num_queries):
    organisation = make_organisation()
    edition = edition_with_scales()
    for _n in range(cohorts):
        cohort = large_cohort(organisation, edition=edition)
        answer_scales(Enrolment.objects.filter(cohort=cohort)[0], 4, 7)
        hold_all(make_group(organisation))
    reports.of_organisation(organisation, LATER)  # the edition is read from here on

    with django_assert_num_queries(18):
        reports.of_organisation(organisation, LATER)


def test_a_hundred_groups_are_decided_in_a_few_seconds_of_the_processor():
    organisation = make_organisation()
    edition = make_edition(sessions=6)
    for n in range(100):
        cohort = make_cohort(
            edition,
            organisation,
            facilitator=None,
            co_facilitator=None,
            one_facilitator_reason="later",
        )
        enrol(cohort, 8 + n % 9)
    began = process_time()

    found = reports.of_organisation(organisation, LATER)

    assert len(found.cohorts) == 100
    assert process_time() - began < 10
