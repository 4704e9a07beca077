"""A trainee's own course: where to carry on, what is left, and what is in it."""

import html
import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.actions import editions, journal, progress, sessions
from courses.models import AttendanceMark, LessonProgress, StepEvent
from courses.reading import reading
from tests.factories.courses import (
    NOW,
    attend,
    check_block,
    finish_all_lessons,
    finish_lesson,
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_session,
    plan_block,
    read_block,
    step_block,
)

pytestmark = pytest.mark.django_db


class Trainee:
    """A trainee with a browser, and the addresses of their course."""

    def __init__(self, client, edition=None, **cohort):
        self.enrolment = make_enrolment(make_cohort(edition or make_edition(lessons=2), **cohort))
        self.outline = self.enrolment.cohort.edition.outline
        self.lessons = self.outline.lessons
        self.client = client
        client.force_login(self.enrolment.trainee)

    def address(self, name, *more):
        return reverse(name, args=[self.enrolment.pk, *more])

    def step(self, lesson, number):
        session, lesson = self.outline.by_key(lesson.key)
        return self.address("step", session.slug, lesson.slug, number)

    def finish(self, lesson, number, at=NOW):
        key = uuid.uuid4()
        progress.finish_step(
            enrolment=self.enrolment,
            lesson=lesson,
            step=lesson.step_ids[number - 1],
            key=key,
            at=at,
        )
        return key

    def carries_on(self):
        return self.client.get(self.address("carry_on")).url

    def course(self):
        return html.unescape(self.client.get(self.address("course")).content.decode())

    def session(self, slug="session-1"):
        return html.unescape(self.client.get(self.address("session", slug)).content.decode())


def left(page):
    """The requirements as the course's page says them: (mark, what is asked, how to go on)."""
    section = re.search(r'<section id="left">.*?</section>', page, re.S)[0]
    items = re.findall(r"<li.*?</li>", section, re.S)
    return [tuple(text_of(part) for part in re.findall(PARTS, item, re.S)) for item in items]


PARTS = (
    r"<span class=\"tick\".*?</span>|<strong>.*?</strong>|<span class=\"meta\">.*?</span>\s*</div>"
)


def text_of(markup):
    return " ".join(re.sub(r"<[^>]+>", "", markup.replace("<br>", " ")).split())


@pytest.fixture
def trainee(client):
    return Trainee(client)


@pytest.fixture
def beginner(client):
    """A trainee in a course of one session with one lesson."""
    return Trainee(client, make_edition(sessions=1))


# --- Carry on ----------------------------------------------------------------------------------


def test_a_beginner_carries_on_at_the_first_step_of_the_first_lesson(trainee):
    assert trainee.carries_on() == trainee.step(trainee.lessons[0], 1)


def test_carry_on_leads_to_the_exact_step(trainee):
    finish_lesson(trainee.enrolment, trainee.lessons[0])
    trainee.finish(trainee.lessons[1], 1)

    assert trainee.carries_on() == trainee.step(trainee.lessons[1], 2)


def test_carry_on_leads_to_the_lesson_they_were_in_last_whatever_its_place(trainee):
    trainee.finish(trainee.lessons[0], 1)
    trainee.finish(trainee.lessons[5], 1)

    assert trainee.carries_on() == trainee.step(trainee.lessons[5], 2)


def test_carry_on_leads_to_a_step_that_was_passed_over(trainee):
    trainee.finish(trainee.lessons[0], 2)

    assert trainee.carries_on() == trainee.step(trainee.lessons[0], 1)


def test_after_a_finished_lesson_carry_on_leads_to_the_next(trainee):
    finish_lesson(trainee.enrolment, trainee.lessons[0])

    assert trainee.carries_on() == trainee.step(trainee.lessons[1], 1)


def test_after_an_undo_carry_on_leads_back_to_that_step(trainee):
    key = trainee.finish(trainee.lessons[0], 1)
    trainee.finish(trainee.lessons[0], 2)

    progress.undo_step(
        enrolment=trainee.enrolment,
        lesson=trainee.lessons[0],
        step=trainee.lessons[0].step_ids[0],
        undoes=[key],
        key=uuid.uuid4(),
        at=NOW,
    )

    assert trainee.carries_on() == trainee.step(trainee.lessons[0], 1)


def test_when_every_lesson_is_finished_carry_on_leads_to_the_course(trainee):
    finish_all_lessons(trainee.enrolment)

    assert trainee.carries_on() == trainee.address("course")


def test_lessons_that_may_be_skipped_come_after_those_that_are_needed(client):
    course = make_course(sessions_required=1)
    session = make_session(course, 1)
    make_lesson(session, "If you like", required=False)
    make_lesson(session, "Needed")
    edition = editions.make_edition(course=course, by=None, at=NOW)

    trainee = Trainee(client, edition)

    assert trainee.carries_on() == trainee.step(trainee.lessons[1], 1)
    finish_lesson(trainee.enrolment, trainee.lessons[1])
    assert trainee.carries_on() == trainee.step(trainee.lessons[0], 1)


def test_carry_on_is_a_way_and_never_a_write(trainee):
    trainee.carries_on()

    assert StepEvent.objects.count() == 0
    assert trainee.client.post(trainee.address("carry_on")).status_code == 405


# --- The course --------------------------------------------------------------------------------


def test_the_course_offers_a_beginner_the_first_lesson(beginner):
    page = beginner.course()

    assert re.findall(r'<p class="tag">([^<]+)<', page) == ["Next for you"]
    assert f'href="{beginner.address("carry_on")}">Begin this lesson' in page


def test_the_course_says_where_they_left_off(trainee):
    trainee.finish(trainee.lessons[2], 1)

    page = trainee.course()

    card = re.search(r'<section class="card next">.*?</section>', page, re.S)[0]
    assert text_of(card) == (
        "Where you left off Lesson 2.1 An open question asks for a story. "
        "about 12 minutes · step 2 of 2 Carry on"
    )


def test_the_course_says_what_is_left_and_how_to_do_it(client):
    start = timezone.now() - timedelta(days=10)
    trainee = Trainee(client, make_edition(lessons=2), first_session_at=start)
    attend(trainee.enrolment, 1)
    finish_lesson(trainee.enrolment, trainee.lessons[0])
    third = trainee.enrolment.cohort.session_runs.get(number=3)

    day = timezone.localtime(third.starts_at)
    assert left(trainee.course()) == [
        (
            "◐",
            "Come to 4 of the 6 sessions: 1 so far",
            f"The next one is on {day:%A} {day.day} {day:%B}, {day:%H:%M}.",
        ),
        ("◐", "Finish the 12 lessons: 1 so far", "Next: Lesson 1.2"),
    ]


def test_who_has_missed_too_much_is_told_that_a_catch_up_can_mend_it(trainee):
    attend(trainee.enrolment, 1, 2, 3, mark=AttendanceMark.ABSENT)

    assert left(trainee.course())[0] == (
        "○",
        "Come to 4 of the 6 sessions: 0 so far",
        "You need a catch-up for this. Your organiser can arrange one. Please ask.",
    )


def test_sessions_that_were_called_off_are_not_waited_for(trainee):
    runs = trainee.enrolment.cohort.session_runs.filter(number__in=[2, 4])
    attend(trainee.enrolment, 3, mark=AttendanceMark.ABSENT)
    before = left(trainee.course())[0]

    for run in runs:
        sessions.cancel_session(session_run=run, reason="Snow", by=run.facilitator, at=NOW)

    assert "catch-up" not in before[2]
    assert left(trainee.course())[0][2].startswith("You need a catch-up for this.")


def test_the_latest_mark_of_a_session_is_the_one_that_counts(trainee):
    attend(trainee.enrolment, 1, mark=AttendanceMark.ABSENT)
    attend(trainee.enrolment, 1, mark=AttendanceMark.MADE_UP)

    page = trainee.course()

    assert left(page)[0][1] == "Come to 4 of the 6 sessions: 1 so far"
    assert re.findall(r"you were there|made up|you were away", page) == ["made up"]


@pytest.mark.parametrize("mark", [AttendanceMark.LATE, AttendanceMark.LEFT_EARLY])
def test_who_came_late_or_left_early_was_there(trainee, mark):
    attend(trainee.enrolment, 1, mark=mark)

    page = trainee.course()

    assert left(page)[0][1] == "Come to 4 of the 6 sessions: 1 so far"
    assert re.findall(r"you were there|made up|you were away", page) == ["you were there"]


def test_session_zero_is_shown_and_not_counted(client):
    trainee = Trainee(client, make_edition(sessions=2, session_zero=True))
    attend(trainee.enrolment, 0)

    page = trainee.course()

    assert left(page)[0][1] == "Come to 2 of the 2 sessions: 0 so far"
    assert page.count("come if you like; it is not counted") == 1


def test_the_course_lists_every_session_with_its_lessons(trainee):
    finish_lesson(trainee.enrolment, trainee.lessons[0])
    trainee.finish(trainee.lessons[1], 1)

    lists = re.findall(r'<ul class="ticks">.*?</ul>', trainee.course(), re.S)

    assert [text_of(each) for each in lists] == [
        "✓ Lesson 1.1 finished ◐ Lesson 1.2 begun",
        *(f"○ Lesson {n}.1 12 minutes ○ Lesson {n}.2 12 minutes" for n in range(2, 7)),
    ]


def test_who_has_completed_the_course_sees_what_they_did(beginner):
    attend(beginner.enrolment, 1)
    finish_all_lessons(beginner.enrolment)

    page = beginner.course()

    assert "You have completed the course" in page
    assert re.findall(r"<h2>(What[^<]+)</h2>", page) == ["What you did"]
    assert [asked[0] for asked in left(page)] == ["✓", "✓"]
    assert beginner.address("carry_on") not in page


def test_who_has_completed_the_course_keeps_that_after_an_undo(beginner):
    attend(beginner.enrolment, 1)
    finish_all_lessons(beginner.enrolment)
    event = StepEvent.objects.first()
    progress.undo_step(
        enrolment=beginner.enrolment,
        lesson=beginner.lessons[0],
        step=str(event.step),
        undoes=[event.key],
        key=uuid.uuid4(),
        at=NOW,
    )

    page = beginner.course()

    assert "You have completed the course" in page
    assert f'href="{beginner.address("carry_on")}">Carry on' in page


def test_names_are_never_taken_for_html(client):
    course = make_course(title="Peers & <b>friends</b>", sessions_required=1)
    make_lesson(make_session(course, 1, title="<i>First</i>"), "<u>Open</u>")
    edition = editions.make_edition(course=course, by=None, at=NOW)
    trainee = Trainee(client, edition, name="<s>Tuesday</s>")

    pages = [
        client.get(trainee.address(name, *more)).content.decode()
        for name, more in (
            ("course", []),
            ("session", [trainee.outline.sessions[0].slug]),
            ("notebook", []),
        )
    ]

    assert [re.findall("<b>friends|<i>First|<u>Open|<s>Tuesday", page) for page in pages] == [
        []
    ] * 3


# --- A session ---------------------------------------------------------------------------------


def test_a_session_says_when_where_and_who_leads_it(client):
    trainee = Trainee(client, make_edition(sessions=1), place="The Old Library")

    details = re.findall(r"<dd>(.*?)</dd>", trainee.session())

    assert [text_of(each) for each in details] == [
        "Tuesday 1 September, 11:00, 150 minutes",
        "The Old Library",
        "Fatima First and Sam Second",
    ]


def test_a_session_lists_its_lessons_aims_and_plan(client):
    course = make_course(sessions_required=1)
    activity = {"title": "Welcome", "type": "welcome", "minutes": 10, "note": "Open the window."}
    session = make_session(
        course,
        1,
        aims=[{"type": "aim", "value": "ask open questions"}],
        plan=[{"type": "activity", "value": activity}],
    )
    make_lesson(session, "Open questions")
    trainee = Trainee(client, editions.make_edition(course=course, by=None, at=NOW))

    page = trainee.session()

    sections = re.findall(r"<section>.*?</section>", page, re.S)
    assert [text_of(each) for each in sections] == [
        "Lessons before you meet Open questions 12 minutes An open question asks for a story.",
        "What this session is for ask open questions",
        "What we do together Welcome 10 minutes",
    ]
    assert "Open the window." not in page


def test_a_session_without_lessons_says_to_just_come(client):
    course = make_course(sessions_required=1)
    make_session(course, 2, title="Together")
    make_lesson(make_session(course, 1))
    trainee = Trainee(client, editions.make_edition(course=course, by=None, at=NOW))

    page = trainee.session("together")

    assert "There are no lessons to read before this session. Just come." in page


# --- What it costs -----------------------------------------------------------------------------


def make_course_of(sessions, lessons, steps):
    """An edition whose first step asks for a plan, and the others a question."""
    course = make_course(sessions_required=1)
    for number in range(1, sessions + 1):
        session = make_session(course, number)
        for n in range(1, lessons + 1):
            body = [step_block(), plan_block()]
            for _more in range(steps - 1):
                body += [step_block(), read_block(), check_block()]
            make_lesson(session, f"Lesson {number}.{n}", body)
    return editions.make_edition(course=course, by=None, at=NOW)


def be_half_way(trainee):
    """Come to the first session, begin every lesson, and plan something twice."""
    attend(trainee.enrolment, 1)
    LessonProgress.objects.bulk_create(
        LessonProgress(
            enrolment=trainee.enrolment,
            lesson=lesson.key,
            steps={lesson.step_ids[0]: str(uuid.uuid4())},
        )
        for lesson in trainee.lessons
    )
    for what in ("Walk", "Write"):
        journal.write_plan(
            enrolment=trainee.enrolment,
            lesson=trainee.lessons[0],
            exercise=next(iter(reading(trainee.lessons[0]).steps.values())).exercise,
            key=uuid.uuid4(),
            at=NOW,
            what=what,
            how_much="ten minutes",
            when="after tea",
            how_often="three times",
            confidence=8,
        )


SIZES = [
    pytest.param(1, 1, 1, id="one lesson"),
    pytest.param(3, 1, 3, id="three lessons"),
    pytest.param(6, 5, 20, id="thirty lessons of twenty exercises"),
]


@pytest.mark.parametrize(("sessions", "lessons", "steps"), SIZES)
def test_the_course_takes_six_queries(sessions, lessons, steps, client, django_assert_num_queries):
    trainee = Trainee(client, make_course_of(sessions, lessons, steps))
    be_half_way(trainee)
    trainee.course()

    with django_assert_num_queries(6):
        trainee.course()


@pytest.mark.parametrize(("sessions", "lessons", "steps"), SIZES)
def test_carry_on_takes_four_queries(sessions, lessons, steps, client, django_assert_num_queries):
    trainee = Trainee(client, make_course_of(sessions, lessons, steps))
    be_half_way(trainee)
    trainee.course()

    with django_assert_num_queries(4):
        trainee.carries_on()


@pytest.mark.parametrize(("sessions", "lessons", "steps"), SIZES[:2])
def test_a_session_takes_five_queries(sessions, lessons, steps, client, django_assert_num_queries):
    trainee = Trainee(client, make_course_of(sessions, lessons, steps))
    be_half_way(trainee)
    trainee.course()

    with django_assert_num_queries(5):
        trainee.session()
