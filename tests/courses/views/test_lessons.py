"""A lesson, one step at a time: reading, finishing, going back, and checking oneself."""

import io
import re
import uuid

import pytest
from django.core.management import call_command
from django.urls import reverse

from courses.actions import editions, progress
from courses.models import (
    Attempt,
    Edition,
    LessonPage,
    LessonProgress,
    Milestone,
    StepEvent,
)
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
    read_block,
    reflection_block,
    step_block,
)

pytestmark = pytest.mark.django_db

LARGEST = 25_000  # bytes of HTML, before they are packed for the way


class Lesson:
    """A trainee in a lesson, and its addresses. `lesson` is the first of the trainee's edition."""

    def __init__(self, enrolment, client):
        self.enrolment = enrolment
        self.outline = enrolment.cohort.edition.outline
        self.session = self.outline.sessions[0]
        self.lesson = self.outline.lessons[0]
        self.client = client
        client.force_login(enrolment.trainee)

    def address(self, name="step", number=None, *more, lesson=None):
        lesson = lesson or self.lesson
        session, _lesson = self.outline.by_key(lesson.key)
        numbered = [] if number is None else [number]
        args = [self.enrolment.pk, session.slug, lesson.slug, *numbered, *more]
        return reverse(name, args=args)

    @property
    def course(self):
        return reverse("course", args=[self.enrolment.pk])

    def read(self, number=1, lesson=None):
        return self.client.get(self.address("step", number, lesson=lesson)).content.decode()

    def finish(self, number, key=None, lesson=None):
        sent = {"key": key or uuid.uuid4()}
        return self.client.post(self.address("finish", number, lesson=lesson), sent)

    def done(self):
        """The places of the finished steps, as they are kept."""
        kept = LessonProgress.objects.filter(enrolment=self.enrolment, lesson=self.lesson.key)
        return sorted(self.lesson.position(step) for row in kept for step in row.steps)


def make_edition_of(*bodies):
    """An edition of one session, with a lesson for each body."""
    course = make_course(sessions_required=1)
    session = make_session(course, 1)
    for n, body in enumerate(bodies, 1):
        make_lesson(session, f"Lesson {n}", body)
    return editions.make_edition(course=course, by=None, at=NOW)


@pytest.fixture
def two_lessons(client):
    """A trainee in a course of one session, with two lessons of two steps."""
    edition = make_edition(sessions=1, lessons=2)
    return Lesson(make_enrolment(make_cohort(edition)), client)


def said(response):
    """The messages at the top of the page that a redirect led to."""
    return [str(message) for message in response.context["messages"]]


# --- Reading and finishing ---------------------------------------------------------------------


def test_a_lesson_opens_at_the_first_step_that_is_left(two_lessons):
    opened = [two_lessons.client.get(two_lessons.address("lesson")).url]
    two_lessons.finish(1)

    opened += [two_lessons.client.get(two_lessons.address("lesson")).url]

    assert opened == [two_lessons.address("step", 1), two_lessons.address("step", 2)]


def test_a_step_shows_its_own_text_and_no_other(two_lessons):
    html = two_lessons.read(2)

    assert re.findall(r"Text of step \d", html) == ["Text of step 2"]


def test_a_finished_step_leads_to_the_next(two_lessons):
    response = two_lessons.finish(1)

    assert (response.status_code, response.url) == (302, two_lessons.address("step", 2))
    assert two_lessons.done() == [1]


def test_the_last_step_leads_to_the_end_of_the_lesson(two_lessons):
    two_lessons.finish(1)

    response = two_lessons.finish(2)

    assert (response.status_code, response.url) == (302, two_lessons.address("lesson_end"))
    assert "That’s this lesson finished" in two_lessons.client.get(response.url).content.decode()


def test_the_end_of_a_lesson_says_when_a_step_is_still_open(two_lessons):
    response = two_lessons.finish(2)

    end = two_lessons.client.get(response.url).content.decode()
    assert "Nearly there" in end
    assert f'href="{two_lessons.address("step", 1)}"' in end


def test_the_end_of_a_lesson_offers_the_next_one(two_lessons):
    finish_lesson(two_lessons.enrolment, two_lessons.lesson)

    response = two_lessons.client.get(two_lessons.address("lesson_end"))

    assert response.context["carry_on"].lesson == two_lessons.outline.lessons[1]


def test_the_end_of_the_very_last_lesson_leads_back_to_the_course(two_lessons):
    finish_all_lessons(two_lessons.enrolment)

    response = two_lessons.client.get(two_lessons.address("lesson_end"))

    assert response.context["carry_on"] is None
    assert f'href="{two_lessons.course}">See what’s left' in response.content.decode()


def test_the_step_that_completes_the_course_leads_to_the_course(client):
    here = Lesson(make_enrolment(make_cohort(make_edition(sessions=1, steps=1))), client)
    attend(here.enrolment, 1)

    response = here.finish(1)

    assert (response.status_code, response.url) == (302, here.course)
    assert "You have completed the course" in client.get(here.course).content.decode()


def test_a_step_finished_after_completing_goes_on_as_before(two_lessons):
    attend(two_lessons.enrolment, 1)
    finish_all_lessons(two_lessons.enrolment)
    assert Milestone.objects.count() == 1

    response = two_lessons.finish(2)

    assert response.url == two_lessons.address("lesson_end")


def test_a_double_tap_is_one_step_and_leads_to_the_same_place(two_lessons):
    key = uuid.uuid4()

    answers = [two_lessons.finish(1, key=key).url for _tap in range(2)]

    assert answers == [two_lessons.address("step", 2)] * 2
    assert StepEvent.objects.count() == 1


@pytest.mark.parametrize("sent", [{}, {"key": ""}, {"key": "no key"}, {"key": "\x00"}])
@pytest.mark.parametrize("name", ["finish", "undo"])
def test_a_press_without_its_key_is_answered_in_plain_words(name, sent, two_lessons):
    response = two_lessons.client.post(two_lessons.address(name, 1), sent, follow=True)

    assert response.redirect_chain == [(two_lessons.address("step", 1), 302)]
    assert said(response) == ["We could not read that. Please press the button again."]
    assert StepEvent.objects.count() == 0


def test_finishing_is_never_done_by_opening_an_address(two_lessons):
    answers = [
        two_lessons.client.get(two_lessons.address(name, 1)).status_code
        for name in ("finish", "undo")
    ]

    assert answers == [405, 405]


def test_a_form_of_another_site_cannot_finish_a_step(two_lessons):
    two_lessons.client.handler.enforce_csrf_checks = True

    response = two_lessons.finish(1)

    assert response.status_code == 403
    assert "Please send that once more" in response.content.decode()
    assert StepEvent.objects.count() == 0


def test_a_finished_step_offers_the_next_step_and_the_way_back(two_lessons):
    key = uuid.uuid4()
    two_lessons.finish(1, key=key)

    html = two_lessons.read(1)

    assert f'name="undoes" value="{key}"' in html
    assert f'href="{two_lessons.address("step", 2)}">Next step' in html
    assert two_lessons.address("finish", 1) not in html


def test_undoing_opens_the_step_again_and_stays_there(two_lessons):
    key = uuid.uuid4()
    two_lessons.finish(1, key=key)

    response = two_lessons.client.post(
        two_lessons.address("undo", 1), {"key": uuid.uuid4(), "undoes": key}, follow=True
    )

    assert response.redirect_chain == [(two_lessons.address("step", 1), 302)]
    assert said(response) == ["This step is open again."]
    assert two_lessons.done() == []


def test_finishing_again_after_an_undo_counts(two_lessons):
    key = uuid.uuid4()
    two_lessons.finish(1, key=key)
    two_lessons.client.post(two_lessons.address("undo", 1), {"key": uuid.uuid4(), "undoes": key})

    two_lessons.finish(1)

    assert two_lessons.done() == [1]


def test_the_whole_lesson_is_on_one_page_to_print(two_lessons):
    html = two_lessons.client.get(two_lessons.address("whole")).content.decode()

    assert re.findall(r"Text of step \d", html) == ["Text of step 1", "Text of step 2"]


# --- Checking oneself --------------------------------------------------------------------------

ANSWERS = [
    ("Cheer up.", False, "That asks for a smile."),
    ("You want to be heard.", True, "That says back the wish."),
    ("People mean well.", False, "That takes their side."),
]
SEVERAL = [
    ("Their name", True, "A name shows that you know them."),
    ("Their words", True, "Their own words show that you listened."),
    ("Your advice", False, "Advice can wait."),
]


class CheckedLesson(Lesson):
    """A lesson with a question on its first step, and something else on its second."""

    def __init__(self, client, body):
        edition = make_edition_of(body)
        super().__init__(make_enrolment(make_cohort(edition)), client)
        self.exercise = body[1]["id"]
        self.options = [option["id"] for option in body[1]["value"]["options"]]

    def answer(self, *chosen, key=None, number=1, exercise=None):
        sent = {"key": key or uuid.uuid4(), "answers": [self.options[n] for n in chosen]}
        where = self.address("answer", number, exercise or self.exercise)
        return self.client.post(where, sent)


@pytest.fixture
def check(client):
    body = [step_block(), check_block(options=ANSWERS), step_block(), reflection_block()]
    return CheckedLesson(client, body)


@pytest.fixture
def check_several(client):
    body = [step_block(), check_block(choose="several", options=SEVERAL)]
    return CheckedLesson(client, body)


def said_back(html):
    """The feedback in the box below the question, a line each."""
    box = re.search(r'<div class="fb.*?</div>', html, re.S)
    return re.findall(r"<p[^>]*>(.*?)</p>", box[0]) if box else []


def checked(html):
    return re.findall(r'value="([^"]+)" checked', html)


def feedback_in(html):
    return [feedback for _text, _best, feedback in ANSWERS + SEVERAL if feedback in html]


@pytest.mark.parametrize("page", ["step", "whole"])
def test_nothing_gives_the_answer_away_before_it_is_given(page, check):
    address = check.address("step", 1) if page == "step" else check.address("whole")

    html = check.client.get(address).content.decode()

    assert [text for text, _best, _feedback in ANSWERS if text in html] == [
        "Cheer up.",
        "You want to be heard.",
        "People mean well.",
    ]
    assert feedback_in(html) == []
    inputs = re.findall(r"<label class=\"opt\"><input[^>]*>", html)
    told_apart = {re.sub(r'value="[^"]+"', "", each) for each in inputs}
    assert len(told_apart) == (1 if page == "step" else 0)


@pytest.mark.parametrize("chosen", [0, 1, 2])
def test_what_is_said_back_is_about_the_chosen_answer_and_no_other(chosen, check):
    response = check.answer(chosen)

    assert (response.status_code, response.url) == (302, f"{check.address('step', 1)}#said-back")
    html = check.read(1)
    assert feedback_in(html) == [ANSWERS[chosen][2]]
    assert said_back(html)[0] == ANSWERS[chosen][2]
    assert checked(html) == [check.options[chosen]]


def test_the_best_answer_is_marked_on_the_server(check):
    check.answer(1)
    check.answer(0)

    assert list(Attempt.objects.order_by("pk").values_list("answers", "met", "revision")) == [
        ([check.options[1]], True, check.lesson.revision),
        ([check.options[0]], False, check.lesson.revision),
    ]


def test_a_less_helpful_answer_may_be_tried_again_or_left(check):
    check.answer(0)

    html = check.read(1)

    assert said_back(html) == [ANSWERS[0][2], "Try another answer if you like, or go on."]
    assert check.address("finish", 1) in html


def test_the_best_answer_asks_for_nothing_more(check):
    check.answer(1)

    assert said_back(check.read(1)) == [ANSWERS[1][2]]


@pytest.mark.parametrize("chosen", [0, 1, 2])
def test_no_answer_is_called_wrong(chosen, check):
    pages = [check.read(1)]
    check.answer(chosen)
    pages += [check.read(1), check.answer().content.decode()]

    words = {word.lower() for page in pages for word in re.findall(r"[A-Za-z]+", page)}

    assert words & {"wrong", "incorrect", "correct", "fail", "failed", "score", "passed"} == set()


def test_several_answers_say_back_something_for_each(check_several):
    check_several.answer(0, 2)

    html = check_several.read(1)

    assert said_back(html) == [
        SEVERAL[0][2],
        SEVERAL[2][2],
        "There is more to find. Try again if you like, or go on.",
    ]
    assert checked(html) == [check_several.options[0], check_several.options[2]]


def test_all_the_answers_that_fit_are_the_best_answer(check_several):
    check_several.answer(0, 1)

    assert said_back(check_several.read(1)) == [SEVERAL[0][2], SEVERAL[1][2]]
    assert Attempt.objects.get().met


def test_the_latest_answer_is_the_one_shown(check):
    check.answer(0)
    check.answer(2)

    assert checked(check.read(1)) == [check.options[2]]


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({}, "Choose one answer, then save."),
        ({"answers": "elsewhere"}, "That answer is not one of these. Please choose again."),
    ],
)
def test_an_answer_that_does_not_fit_comes_back_with_what_to_do(sent, problem, check):
    where = check.address("answer", 1, check.exercise)

    response = check.client.post(where, {"key": uuid.uuid4(), **sent})

    html = response.content.decode()
    assert response.status_code == 422
    assert re.findall(r'class="problem"[^>]*>([^<]+)<', html) == [problem]
    assert feedback_in(html) == []
    assert Attempt.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({}, "Choose every answer that fits, then save."),
        ({"answers": ["elsewhere"]}, "That answer is not one of these. Please choose again."),
    ],
)
def test_several_answers_that_do_not_fit_come_back_too(sent, problem, check_several):
    where = check_several.address("answer", 1, check_several.exercise)

    response = check_several.client.post(where, {"key": uuid.uuid4(), **sent})

    html = response.content.decode()
    assert response.status_code == 422
    assert re.findall(r'class="problem"[^>]*>([^<]+)<', html) == [problem]


def test_an_answer_without_its_key_is_asked_for_again_and_stays_chosen(check):
    where = check.address("answer", 1, check.exercise)

    response = check.client.post(where, {"answers": check.options[2]})

    assert response.status_code == 422
    assert said(response) == ["We could not read that. Please save it again."]
    assert checked(response.content.decode()) == [check.options[2]]
    assert Attempt.objects.count() == 0


def test_an_answer_sent_twice_is_one_attempt(check):
    key = uuid.uuid4()

    for _tap in range(2):
        check.answer(1, key=key)

    assert Attempt.objects.count() == 1


def test_an_exercise_of_another_step_is_not_found_on_this_one(check):
    response = check.answer(1, number=2)

    assert response.status_code == 404
    assert Attempt.objects.count() == 0


def test_an_exercise_of_another_course_is_not_found(check):
    elsewhere = check_block()
    make_edition_of([step_block(), elsewhere])

    response = check.answer(1, exercise=elsewhere["id"])

    assert response.status_code == 404


# --- Which text is read ------------------------------------------------------------------------


def test_a_running_group_keeps_the_text_it_began_with(client):
    course = make_course(sessions_required=1)
    page = make_lesson(
        make_session(course, 1), "Listening", [step_block(), read_block("<p>Old</p>")]
    )
    before = editions.make_edition(course=course, by=None, at=NOW)
    running = Lesson(make_enrolment(make_cohort(before)), client)

    page = LessonPage.objects.get(pk=page.pk)
    page.title = "Attending"
    page.body = [step_block(), read_block("<p>New</p>")]
    page.save_revision().publish()
    after = editions.make_edition(course=course, by=None, at=NOW)

    assert re.findall(r"<p>(Old|New)</p>|<title>\w+ \w+ · (\w+)", running.read()) == [
        ("", "Listening"),
        ("Old", ""),
    ]
    starting = Lesson(make_enrolment(make_cohort(after)), client)
    assert re.findall(r"<p>(Old|New)</p>|<title>\w+ \w+ · (\w+)", starting.read()) == [
        ("", "Attending"),
        ("New", ""),
    ]


def test_what_an_author_moves_or_unpublishes_stays_with_a_running_group(two_lessons):
    page = LessonPage.objects.get(slug=two_lessons.lesson.slug)
    page.slug = "moved"
    page.save_revision().publish()
    page.unpublish()

    assert "Text of step 1" in two_lessons.read()


def test_the_public_page_of_a_lesson_takes_a_trainee_to_their_own_copy(two_lessons):
    page = LessonPage.objects.get(slug=two_lessons.lesson.slug)

    response = two_lessons.client.get(page.url)

    assert (response.status_code, response.url) == (302, two_lessons.address("lesson"))


def test_the_public_page_of_a_lesson_shows_a_stranger_what_it_is_about(two_lessons):
    page = LessonPage.objects.get(slug=two_lessons.lesson.slug)
    two_lessons.client.logout()

    html = two_lessons.client.get(page.url).content.decode()

    assert "An open question asks for a story." in html
    assert "Text of step" not in html


# --- What it costs -----------------------------------------------------------------------------


def begin_all(enrolment):
    """Finish the first step of every lesson."""
    for lesson in enrolment.cohort.edition.outline.lessons:
        progress.finish_step(
            enrolment=enrolment,
            lesson=lesson,
            step=lesson.step_ids[0],
            key=uuid.uuid4(),
            at=NOW,
        )


@pytest.mark.parametrize("lessons", [1, 3])
def test_a_warm_step_takes_four_queries(lessons, client, django_assert_num_queries):
    edition = make_edition(sessions=1, lessons=lessons)
    here = Lesson(make_enrolment(make_cohort(edition)), client)
    begin_all(here.enrolment)
    here.read()

    with django_assert_num_queries(4):
        here.read()


EXERCISES = [check_block, reflection_block]


@pytest.mark.parametrize("lessons", [1, 3])
@pytest.mark.parametrize("block", EXERCISES)
def test_a_warm_step_with_an_exercise_takes_five_queries(
    block, lessons, client, django_assert_num_queries
):
    edition = make_edition_of(*([step_block(), block()] for _n in range(lessons)))
    here = Lesson(make_enrolment(make_cohort(edition)), client)
    begin_all(here.enrolment)
    here.read()

    with django_assert_num_queries(5):
        here.read()


def make_large_enrolment():
    """Somebody half-way through thirty lessons with twenty exercises in each."""
    course = make_course(sessions_required=1)
    for number in range(1, 7):
        session = make_session(course, number)
        for n in range(1, 6):
            body = []
            for step in range(1, 21):
                body += [
                    step_block(f"Step {step}"),
                    read_block("<p>Words.</p>" * 5),
                    check_block(),
                ]
            make_lesson(session, f"Lesson {number}.{n}", body)
    enrolment = make_enrolment(make_cohort(editions.make_edition(course=course, by=None, at=NOW)))
    LessonProgress.objects.bulk_create(
        LessonProgress(
            enrolment=enrolment,
            lesson=lesson.key,
            steps={step: str(uuid.uuid4()) for step in lesson.step_ids[:10]},
        )
        for lesson in enrolment.cohort.edition.outline.lessons
    )
    return enrolment


def test_a_large_course_costs_no_more_queries_and_little_more_text(
    client, django_assert_num_queries
):
    here = Lesson(make_large_enrolment(), client)
    here.read()

    with django_assert_num_queries(5):
        page = here.read()

    assert len(page.encode()) <= LARGEST


def test_every_page_of_the_starter_course_is_small(client):
    call_command("load_starter_course", stdout=io.StringIO())
    here = Lesson(make_enrolment(make_cohort(Edition.objects.get())), client)

    sizes = {
        (lesson.slug, number): len(here.read(number, lesson).encode())
        for lesson in here.outline.lessons
        for number in range(1, len(lesson.steps) + 1)
    }

    assert {page: size for page, size in sizes.items() if size > LARGEST} == {}
