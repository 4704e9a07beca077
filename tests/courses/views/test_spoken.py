"""Words in another language than the page: each is marked, and nothing of ours is marked with it.

The pages are asked for in Spanish, and the course is in English.
"""

import re
import uuid
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import translation

from courses.actions import agreements, answers, checks, journal, scenarios
from courses.actions.editions import make_edition
from courses.reading import reading
from courses.round_reading import bank_questions
from courses.spoken import marks
from tests.factories.courses import (
    NOW,
    agreement_block,
    check_block,
    checklist_block,
    course_check_block,
    group_agreement_block,
    h5p_block,
    make_bank,
    make_cohort,
    make_course,
    make_enrolment,
    make_handout,
    make_lesson,
    make_session,
    order_block,
    plan_block,
    read_block,
    reflection_block,
    scale_block,
    scenario_block,
    short_block,
    sort_block,
    step_block,
)
from tests.factories.languages import in_spanish

pytestmark = pytest.mark.django_db

EXERCISES = [
    check_block(choose="several"),
    order_block(),
    sort_block(),
    short_block(),
    scale_block(),
    course_check_block(draw=4, need=3),
    scenario_block(content_note="Somebody is frightened.", debrief="Talk it over."),
    reflection_block(),
    plan_block(),
    checklist_block(),
    group_agreement_block(),
    h5p_block(),
    agreement_block(),
]
KINDS = [each["type"] for each in EXERCISES]
VOID = {"input", "img", "br", "meta", "link", "hr", "path", "source", "track"}


class Heard(HTMLParser):
    """Every piece of text on a page with the language it would be read aloud in."""

    def __init__(self, html):
        super().__init__()
        self.open, self.found = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            here = self.open[-1][1] if self.open else ""
            self.open.append((tag, dict(attrs).get("lang") or here))

    def handle_endtag(self, tag):
        while tag in {each for each, _lang in self.open} and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        text = " ".join(data.split())
        if text and self.open and self.open[-1][0] not in {"title", "script", "style"}:
            self.found.append((text, self.open[-1][1]))

    def in_language(self, language):
        return {text for text, lang in self.found if lang == language}


def words_in(value):
    """Yield every piece of writing in a block's data, as a page would show it."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name not in {"id", "type", "go", "kind", "which", "purpose", "choose", "name"}:
                yield from words_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from words_in(each)
    elif isinstance(value, str):
        yield from (" ".join(part.split()) for part in re.split(r"<[^>]+>|\n", value))


def course_of(*blocks):
    course = make_course(sessions_required=1)
    body = [part for block in blocks for part in (step_block("A step of ours"), block)]
    make_lesson(make_session(course, 1), "A lesson in English", body)
    make_session(course, 2)
    make_bank(course)
    return course


def enrolment_in(course):
    return make_enrolment(make_cohort(make_edition(course=course, by=None, at=NOW)))


def lesson_of(enrolment):
    return enrolment.cohort.edition.outline.lessons[0]


def exercise_of(enrolment, number=1):
    lesson = lesson_of(enrolment)
    return reading(lesson).steps[lesson.step_ids[number - 1]].exercise


@pytest.fixture
def ask(client):
    """Ask for a page in Spanish, as this trainee, and hear it."""

    def _ask(enrolment, name, *args):
        client.force_login(enrolment.trainee)
        client.cookies["django_language"] = "es"
        answer = client.get(reverse(name, args=[enrolment.pk, *args]))
        assert answer.status_code == 200
        return Heard(
            answer.content.decode()
            .split("<main")[1]
            .split("</main>")[0]
            .join(['<html lang="es"><main', "</main></html>"])
        )

    return _ask


def place(enrolment, number=1):
    session = enrolment.cohort.edition.outline.sessions[0]
    return session.slug, lesson_of(enrolment).slug, number


@pytest.mark.parametrize("block", EXERCISES, ids=KINDS)
def test_an_exercises_words_are_marked_and_ours_are_not(ask, block):
    enrolment = enrolment_in(course_of(block))
    ours = {"A step of ours", "A lesson in English", "Session 1"}

    heard = ask(enrolment, "step", *place(enrolment))

    theirs = set(words_in(block["value"]))
    assert heard.in_language("en-gb") <= theirs | ours
    assert heard.in_language("es") & theirs == set()
    assert len(heard.in_language("en-gb") - ours) >= 1


def test_every_exercise_there_is_is_looked_at_here():
    from content.blocks.lesson import EXERCISES as ALL

    assert sorted(KINDS) == sorted(ALL)


def test_what_is_said_back_to_an_answer_is_marked(client, ask):
    enrolment = enrolment_in(course_of(check_block()))
    check = exercise_of(enrolment)
    client.force_login(enrolment.trainee)
    answer = {"key": uuid.uuid4(), "answers": check.options[0].id}
    client.post(reverse("answer", args=[enrolment.pk, *place(enrolment), check.id]), answer)

    heard = ask(enrolment, "step", *place(enrolment))

    assert check.options[0].feedback in heard.in_language("en-gb")


def test_each_moment_of_a_talk_is_marked(ask):
    enrolment = enrolment_in(course_of(scenario_block(debrief="Talk it over.")))
    talk = exercise_of(enrolment)
    run = uuid.uuid4()
    scenarios.begin(
        enrolment=enrolment, lesson=lesson_of(enrolment), scenario=talk, key=run, at=NOW
    )
    theirs = set(words_in(EXERCISES[KINDS.index("scenario")]["value"])) | {
        "Talk it over.",
        "A lesson in English",
    }

    first = ask(enrolment, "scenario_move", *place(enrolment), 1)
    way = talk.steps[0].choices[0]
    scenarios.choose(
        enrolment=enrolment,
        lesson=lesson_of(enrolment),
        scenario=talk,
        run=run,
        number=1,
        choice=way.id,
        key=uuid.uuid4(),
        at=NOW,
    )
    said = ask(enrolment, "scenario_move", *place(enrolment), 1)

    assert {talk.title, talk.steps[0].words, way.say} <= first.in_language("en-gb") <= theirs
    assert {way.say, way.then, way.feedback} <= said.in_language("en-gb") <= theirs


@pytest.fixture
def drawn():
    course = course_of(course_check_block(draw=4, need=3))
    enrolment = enrolment_in(course)
    return enrolment, begin(enrolment)


def begin(enrolment):
    bank = enrolment.cohort.edition.outline.bank
    return checks.begin_round(
        enrolment=enrolment,
        lesson=lesson_of(enrolment),
        check=exercise_of(enrolment),
        questions=bank_questions(bank),
        bank=bank,
        key=uuid.uuid4(),
        at=NOW,
    )


def test_a_question_of_a_course_check_is_marked(ask, drawn):
    enrolment, round = drawn

    for number, asked in enumerate(round.questions, 1):
        question = bank_questions(round.bank)[asked["id"]][1]
        heard = ask(enrolment, "check_question", round.pk, number)
        assert question.question in heard.in_language("en-gb")
        assert question.question not in heard.in_language("es")


def test_a_question_that_is_translated_is_not_marked_though_its_lesson_is(ask):
    course = course_of(course_check_block(draw=4, need=3))
    in_spanish(course.get_children().get(slug="question-bank").specific)
    enrolment = enrolment_in(course)
    round = begin(enrolment)

    heard = ask(enrolment, "check_question", round.pk, 1)

    question = bank_questions(round.bank)[round.questions[0]["id"]][1]
    assert f"[{question.question}]" in heard.in_language("es")
    assert heard.in_language("en-gb") == {"A lesson in English", "What you know now"}


def test_a_handout_is_marked_and_says_so(ask):
    course = course_of(reflection_block())
    handout = make_handout(course, "Seven steps", body=[read_block("<p>Ask openly.</p>")])
    enrolment = enrolment_in(course)

    heard = ask(enrolment, "handout", handout.slug)

    assert heard.in_language("en-gb") == {"Seven steps", handout.summary, "Ask openly."}
    assert [text for text in heard.in_language("es") if text.endswith(": inglés.")] != []


def test_a_handout_in_the_readers_language_is_not_marked(ask):
    course = course_of(reflection_block())
    handout = make_handout(course, "Seven steps", body=[read_block("<p>Ask openly.</p>")])
    in_spanish(handout, **{"Seven steps": "Siete pasos", "Ask openly.": "Pregunta."})
    enrolment = enrolment_in(course)

    heard = ask(enrolment, "handout", handout.slug)

    assert {"Siete pasos", "Pregunta."} <= heard.in_language("es")
    assert heard.in_language("en-gb") == set()


def written(enrolment):
    """Write to a reflection, answer a short question, tick a list and sign, in the notebook."""
    lesson = lesson_of(enrolment)
    about = {"enrolment": enrolment, "lesson": lesson, "at": NOW}
    reflection, short, signing = (exercise_of(enrolment, n) for n in (1, 2, 3))
    journal.write_reflection(**about, exercise=reflection, key=uuid.uuid4(), text="Mi abuela.")
    answers.answer_shortly(**about, short=short, text="¿Cómo fue?", key=uuid.uuid4())
    agreements.sign(**about, agreement=signing, name="Amina", key=uuid.uuid4())
    return reflection, short, signing


BLOCKS = [reflection_block(), short_block(), agreement_block()]


def test_the_notebook_marks_what_was_asked_and_not_what_somebody_wrote(ask):
    enrolment = enrolment_in(course_of(*BLOCKS))
    reflection, short, signing = written(enrolment)

    heard = ask(enrolment, "notebook")

    course = enrolment.cohort.edition.title
    asked = {reflection.prompt, short.question, signing.title}
    assert heard.in_language("en-gb") == {course, *asked}
    assert {"Mi abuela.", "¿Cómo fue?"} <= heard.in_language("es")


def test_the_notebook_knows_in_which_language_something_was_asked(ask):
    course = course_of(*BLOCKS)
    in_spanish(course.get_children().first().get_children().first().specific)
    enrolment = enrolment_in(course)
    _reflection, short, signing = written(enrolment)
    with translation.override("es"):
        asked = exercise_of(enrolment, 1)
        journal.write_reflection(
            enrolment=enrolment,
            lesson=lesson_of(enrolment),
            exercise=asked,
            key=uuid.uuid4(),
            text="Otra vez.",
            at=NOW,
        )

    heard = ask(enrolment, "notebook")

    course = enrolment.cohort.edition.title
    assert heard.in_language("en-gb") == {course, short.question, signing.title}
    assert asked.prompt in heard.in_language("es")


@pytest.mark.parametrize(
    ("page", "words", "attributes"),
    [
        ("es", "es", ""),
        ("es", "en-gb", ' lang="en-gb"'),
        ("es", "ar", ' lang="ar" dir="rtl"'),
        ("ar", "fa", ' lang="fa"'),
        ("ar", "es", ' lang="es" dir="ltr"'),
        ("es", "", ""),
        ("es", "xx", ' lang="xx"'),
    ],
)
def test_words_are_marked_with_their_language_and_with_the_side_they_begin_on(
    page, words, attributes
):
    with translation.override(page):
        assert marks(words) == attributes
