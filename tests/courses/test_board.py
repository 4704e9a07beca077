"""The board: what it shows, in how many queries, and in which words."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from courses import board, board_words
from courses.actions import ready, sessions
from courses.actions.milestones import ready_standing_of
from courses.board import Cell
from courses.completion import Asked, LessonsFinished, SessionsAttended, Standing
from courses.models import (
    Attendance,
    AttendanceMark,
    Cohort,
    Enrolment,
    LessonProgress,
    MilestoneKind,
)
from courses.models.editions import outline_in, outline_of
from tests.factories.courses import (
    NOW,
    attend,
    finish_all_lessons,
    finish_lesson,
    make_cohort,
    make_edition,
    make_enrolment,
    make_milestone,
    make_organisation,
    make_organiser,
    make_person,
    make_ready_edition,
    meet_all_but_sign_off,
)
from tests.factories.standing import standing_of

pytestmark = pytest.mark.django_db


def as_asked_for(cohort):
    """The cohort as the view finds it."""
    return Cohort.objects.select_related("edition").defer("edition__contents").get(pk=cohort.pk)


def load(cohort, now=NOW):
    return board.load(as_asked_for(cohort), now)


def line_of(cohort, name, now=NOW):
    return next(row for row in load(cohort, now).rows if row.name == name)


def test_rows_are_in_the_order_of_the_alphabet_whatever_the_letters():
    cohort = make_cohort()
    for name in ["Zoe", "émile", "Eve", "adam"]:
        make_enrolment(cohort, make_person(name))

    names = [row.name for row in load(cohort).rows]

    assert names == ["adam", "émile", "Eve", "Zoe"]


def test_somebody_who_left_is_not_on_the_board():
    cohort = make_cohort()
    make_enrolment(cohort, make_person("Amina"))
    gone = make_enrolment(cohort, make_person("Ruth"))
    Enrolment.objects.filter(pk=gone.pk).update(left_at=NOW)

    assert [row.name for row in load(cohort).rows] == ["Amina"]


def test_columns_are_the_counted_sessions_and_every_lesson():
    cohort = make_cohort(make_edition(sessions=2, lessons=2, session_zero=True))

    seen = load(cohort)

    assert seen.asked == ("Sessions", "Lessons")
    assert [column.label for column in seen.sessions] == ["1", "2"]
    assert [column.label for column in seen.lessons] == ["0.1", "0.2", "1.1", "1.2", "2.1", "2.2"]
    assert [held.run.number for held in seen.held] == [0, 1, 2]


def test_a_session_cell_says_the_latest_mark():
    cohort = make_cohort(make_edition(sessions=5))
    amina = make_enrolment(cohort, make_person("Amina"))
    attend(amina, 1)
    attend(amina, 1, mark=AttendanceMark.EXCUSED)
    attend(amina, 2, mark=AttendanceMark.MADE_UP)
    attend(amina, 3, mark=AttendanceMark.ABSENT)
    attend(amina, 4)

    assert line_of(cohort, "Amina").sessions == (
        Cell.EXCUSED,
        Cell.MADE_UP,
        Cell.AWAY,
        Cell.HERE,
        Cell.NOT_MARKED,
    )


def test_a_lesson_cell_says_finished_begun_or_not_yet():
    edition = make_edition(sessions=1, lessons=4)
    cohort = make_cohort(edition)
    amina = make_enrolment(cohort, make_person("Amina"))
    first, second, third, _fourth = edition.outline.lessons
    finish_lesson(amina, first)
    LessonProgress.objects.create(
        enrolment=amina, lesson=second.key, steps={second.step_ids[0]: str(uuid.uuid4())}
    )
    LessonProgress.objects.create(enrolment=amina, lesson=third.key, steps={})

    assert line_of(cohort, "Amina").lessons == (
        Cell.FINISHED,
        Cell.BEGUN,
        Cell.NOT_BEGUN,
        Cell.NOT_BEGUN,
    )


def test_a_lesson_that_is_not_needed_is_shown_as_such_until_it_is_begun():
    edition = make_edition(sessions=1, lessons=2)
    contents = edition.contents
    for lesson in contents["sessions"][0]["lessons"]:
        lesson["required"] = False
    type(edition).objects.filter(pk=edition.pk).update(contents=contents)
    outline_of.cache_clear()
    outline_in.cache_clear()
    cohort = make_cohort(edition)
    amina = make_enrolment(cohort, make_person("Amina"))
    finish_lesson(amina, edition.outline.lessons[0])

    assert line_of(cohort, "Amina").lessons == (Cell.FINISHED, Cell.OPTIONAL)


def test_the_board_agrees_with_the_milestone():
    milestone = make_milestone()

    row = line_of(milestone.enrolment.cohort, milestone.enrolment.trainee.name)

    assert milestone.kind == MilestoneKind.COMPLETION
    assert (row.standing.is_complete, row.reached_at) == (True, milestone.reached_at)
    assert board_words.line(row) == "Completed on 13 October."


def test_a_milestone_stays_on_the_board_when_a_mark_is_corrected():
    milestone = make_milestone()
    attend(milestone.enrolment, 1, 2, 3, 4, 5, 6, mark=AttendanceMark.ABSENT)

    row = line_of(milestone.enrolment.cohort, milestone.enrolment.trainee.name)

    assert (row.standing.is_complete, row.has_completed, row.reasons) == (False, True, ())


def test_who_missed_too_many_sessions_needs_a_catch_up():
    cohort = make_cohort()
    make_enrolment(cohort, make_person("Amina"))
    dev = make_enrolment(cohort, make_person("Dev"))
    attend(dev, 1, 2, 3, mark=AttendanceMark.ABSENT)

    seen = load(cohort)

    assert [board_words.why(row) for row in seen.to_call] == [
        [
            "Was not at the last two sessions.",
            "Needs a catch-up: the sessions still to come are not enough to complete.",
        ]
    ]
    assert board_words.sentence(seen) == (
        "1 of 2 can still complete; Dev might be glad of a call."
    )


def test_who_has_been_quiet_is_told_as_a_fact_with_its_day():
    cohort = make_cohort()
    amina = make_enrolment(cohort, make_person("Amina"))
    dev = make_enrolment(cohort, make_person("Dev"))
    finish_lesson(amina, cohort.edition.outline.lessons[0], at=NOW)

    seen = load(cohort, now=NOW + timedelta(days=15))

    assert [(row.name, board_words.why(row)) for row in seen.to_call] == [
        ("Amina", ["Was last in a lesson on 1 September."]),
        ("Dev", ["Joined on 1 September, and has not opened a lesson yet."]),
    ]
    assert dev.last_active_at is None


@pytest.mark.parametrize(
    ("people", "completed", "sentence"),
    [
        (0, 0, "Nobody has joined yet."),
        (1, 0, "The one person here can still complete."),
        (3, 0, "All 3 can still complete."),
        (1, 1, "The one person here has completed."),
        (3, 1, "1 of 3 has completed, and 2 more still can."),
        (3, 2, "2 of 3 have completed, and 1 more still can."),
        (3, 3, "All 3 have completed."),
    ],
)
def test_one_sentence_says_how_the_cohort_is_doing(people, completed, sentence):
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1))
    enrolled = [make_enrolment(cohort, make_person(f"Person {n}")) for n in range(people)]
    for enrolment in enrolled[:completed]:
        attend(enrolment, 1)
        finish_all_lessons(enrolment)

    assert board_words.sentence(load(cohort)) == sentence


def test_the_sentence_does_not_promise_what_needs_a_catch_up():
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1))
    done, dev = (
        make_enrolment(cohort, make_person("Amina")),
        make_enrolment(cohort, make_person("Dev")),
    )
    attend(done, 1)
    finish_all_lessons(done)
    attend(dev, 1, mark=AttendanceMark.EXCUSED)

    assert board_words.sentence(load(cohort)) == (
        "1 of 2 has completed, and the others need a catch-up; Dev might be glad of a call."
    )


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Amina"], "Amina"),
        (["Amina", "Dev"], "Amina and Dev"),
        (["Amina", "Dev", "Ruth"], "Amina, Dev and Ruth"),
        (["Amina", "Dev", "Ruth", "Sam"], "Amina, Dev, Ruth and 1 other"),
        (["Amina", "Dev", "Ruth", "Sam", "Zoe"], "Amina, Dev, Ruth and 2 others"),
    ],
)
def test_names_are_listed_as_people_say_them(names, said):
    assert board_words.and_list(names) == said


def test_cells_are_drawn_with_a_class_for_the_shape_and_words():
    cohort = make_cohort(make_edition(sessions=2, sessions_required=2))
    amina = make_enrolment(cohort, make_person("Amina <b>"))
    attend(amina, 1, mark=AttendanceMark.EXCUSED)

    [(row, cells)] = board_words.drawn(load(cohort).rows)

    assert row.name == "Amina <b>"
    assert cells == (
        '<td>0 of 2 <span class="meta">catch-up needed</span></td>'
        "<td>0 of 2</td>"
        '<td class="cell-none"> <span class="meta">excused</span></td>'
        '<td class="cell-todo"> <span class="visually-hidden">not yet</span></td>'
        '<td class="cell-todo"> <span class="visually-hidden">not yet</span></td>'
        '<td class="cell-todo"> <span class="visually-hidden">not yet</span></td>'
        "<td></td><td></td>"
    )


class _WithReady:
    """A row as it is where the course leads to being ready."""

    ready_at = None
    ready = Standing(
        (
            Asked(SessionsAttended(1, 1), 1, 1, True),
            Asked(LessonsFinished(frozenset("a")), 0, 1, True),
        )
    )


def test_how_much_of_being_ready_is_there_is_for_organisers_alone():
    """It would tell of checks and of what observers saw."""
    row = _WithReady()

    assert (board_words.ready(row), board_words.ready(row, organised=False)) == ("1 of 2", "")
    assert board_words.ready_lines(row) == [(True, "Sessions: 1 of 1"), (False, "Lessons: 0 of 1")]
    assert board_words.ready_lines(row, organised=False) == []


def test_pieces_of_the_board_are_the_whole_board_in_the_same_order():
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1))
    for name in ["Zoe", "adam", "Élan", "Bea", "Ruth"]:
        attend(make_enrolment(cohort, make_person(name)), 1)

    pieces = list(board.in_chunks(as_asked_for(cohort), NOW, size=2))

    assert [len(piece.rows) for piece in pieces] == [2, 2, 1]
    assert [row for piece in pieces for row in piece.rows] == list(load(cohort).rows)


def test_an_empty_board_comes_in_one_piece():
    cohort = make_cohort()

    assert [piece.rows for piece in board.in_chunks(as_asked_for(cohort), NOW)] == [()]


@pytest.mark.parametrize("people", [1, 3])
def test_the_board_takes_four_queries(people, django_assert_num_queries):
    cohort = make_cohort()
    for n in range(people):
        enrolment = make_enrolment(cohort, make_person(f"Person {n}"))
        attend(enrolment, 1, 2)
        finish_lesson(enrolment, cohort.edition.outline.lessons[0])
    found = as_asked_for(cohort)

    with django_assert_num_queries(4):
        board.load(found, NOW)


@pytest.mark.parametrize("people", [1, 3])
def test_where_a_course_leads_to_ready_it_takes_two_more(people, django_assert_num_queries):
    cohort = make_cohort(make_ready_edition())
    for n in range(people):
        meet_all_but_sign_off(make_enrolment(cohort, make_person(f"Person {n}")))
    found = as_asked_for(cohort)

    with django_assert_num_queries(6):
        seen = board.load(found, NOW)

    assert {row.ready.waits_for_sign_off for row in seen.rows} == {True}


def test_a_row_stands_where_its_person_stands_on_the_way_to_ready():
    organisation = make_organisation()
    cohort = make_cohort(make_ready_edition(), organisation)
    new, done = (make_enrolment(cohort, make_person(name)) for name in ("Amina", "Ruth"))
    meet_all_but_sign_off(done)
    ready.sign_off(enrolment=done, by=make_organiser(organisation), at=NOW)

    rows = board.load(as_asked_for(cohort), NOW).rows

    assert [row.ready for row in rows] == [ready_standing_of(each) for each in (new, done)]
    assert [row.ready_at for row in rows] == [None, NOW]


def test_E8_what_is_waived_counts_on_the_board_as_on_their_own_page():
    organisation = make_organisation()
    enrolment = make_enrolment(make_cohort(make_ready_edition(), organisation))
    ready.waive(
        enrolment=enrolment,
        kind="sessions_attended",
        reason="No bus in winter",
        instead="",
        by=make_organiser(organisation),
        key=uuid.uuid4(),
        at=NOW,
    )

    row = board.load(as_asked_for(enrolment.cohort), NOW).rows[0]

    assert row.standing == standing_of(enrolment)
    assert [asked.is_waived for asked in row.asked] == [True, False]


def test_a_course_that_does_not_lead_to_ready_has_nothing_to_say_of_it():
    enrolment = make_enrolment()

    assert board.load(as_asked_for(enrolment.cohort), NOW).rows[0].ready is None


def test_fifty_people_and_thirty_lessons_take_four_queries(django_assert_num_queries):
    cohort = make_cohort(make_edition(sessions=6, lessons=5))
    fill(cohort, people=50)
    found = as_asked_for(cohort)
    outline = found.edition.outline  # in the cache from here on

    with django_assert_num_queries(4):
        seen = board.load(found, NOW)

    assert len(outline.lessons) == 30
    assert len(seen.rows) == 50
    assert {len(row.sessions + row.lessons) for row in seen.rows} == {36}
    assert {row.standing.asked[0].done for row in seen.rows} == {4}


def fill(cohort, people):
    """People in a cohort who were at every session and have begun every lesson."""
    made = get_user_model().objects.bulk_create(
        get_user_model()(email=f"many{n}@example.org", name=f"Person {n}") for n in range(people)
    )
    enrolled = Enrolment.objects.bulk_create(
        Enrolment(cohort=cohort, trainee=person, joined_at=NOW) for person in made
    )
    Attendance.objects.bulk_create(
        Attendance(
            session_run=run,
            enrolment=enrolment,
            mark=AttendanceMark.PRESENT,
            marked_at=NOW,
            marked_by=run.facilitator,
            key=uuid.uuid4(),
        )
        for run in cohort.session_runs.select_related("facilitator")
        for enrolment in enrolled
    )
    LessonProgress.objects.bulk_create(
        LessonProgress(
            enrolment=enrolment, lesson=lesson.key, steps={lesson.step_ids[0]: str(uuid.uuid4())}
        )
        for lesson in cohort.edition.outline.lessons
        for enrolment in enrolled
    )
    return enrolled


def test_who_waits_for_sessions_that_were_called_off_needs_a_catch_up():
    cohort = make_cohort()
    make_enrolment(cohort)
    before = board.load(as_asked_for(cohort), NOW).rows[0]

    for run in cohort.session_runs.filter(number__in=[1, 2, 3]):
        sessions.cancel_session(session_run=run, reason="Snow", by=run.facilitator, at=NOW)

    after = board.load(as_asked_for(cohort), NOW).rows[0]
    assert (before.can_complete, after.can_complete) == (True, False)
