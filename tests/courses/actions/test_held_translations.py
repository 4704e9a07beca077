"""What an edition holds in other languages beside its lessons: questions and handouts."""

import uuid

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from content.blocks.question_bank import BankBody, questions
from content.scoring import NotAnOption, mark_any
from courses import handouts, outline
from courses.actions import checks
from courses.actions.editions import make_edition
from courses.actions.languages import behind
from courses.models import CheckRound, Edition, ForWhom
from courses.reading import reading
from courses.round_reading import bank_questions, read_round
from tests.factories.courses import (
    NOW,
    check_block,
    course_check_block,
    make_bank,
    make_cohort,
    make_course,
    make_enrolment,
    make_handout,
    make_lesson,
    make_session,
    read_block,
    step_block,
)
from tests.factories.generated import stream_of
from tests.factories.languages import in_other_words, in_spanish, in_spanish_by_hand

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    course = make_course(sessions_required=1)
    body = [step_block("What you know"), course_check_block(draw=4, need=3)]
    make_lesson(make_session(course, 1), "Your check", body)
    make_session(course, 2)
    return course


@pytest.fixture
def bank(course):
    return make_bank(course)


@pytest.fixture
def handout(course, bank):
    return make_handout(course, "Seven steps", body=[read_block("<p>Ask openly.</p>")])


def make(course):
    return make_edition(course=course, by=None, at=NOW)


def test_an_edition_holds_the_question_bank_in_its_languages(course, bank):
    spanish = in_spanish(bank)

    edition = make(course)

    assert edition.pages.filter(page=spanish.page_ptr).count() == 1
    spanish.refresh_from_db()
    bank.refresh_from_db()
    with translation.override("es"):
        here = edition.outline
        assert here.bank == bank.live_revision_id
        assert here.bank_said == outline.BankWords("es", spanish.live_revision_id)
    assert edition.outline.bank_said is None


def test_an_edition_holds_a_handout_in_its_languages(course, handout):
    spanish = in_spanish(handout, **{"Seven steps": "Siete pasos", "Ask openly.": "Pregunta."})

    edition = make(course)

    assert edition.pages.filter(page=spanish.page_ptr).count() == 1
    with translation.override("es"):
        [here] = edition.outline.handouts
        assert (here.title, here.language, here.slug) == ("Siete pasos", "es", handout.slug)
        assert "Pregunta." in handouts.sheet_of(here.revision).html
    [here] = edition.outline.handouts
    assert (here.title, here.language) == ("Seven steps", "")
    assert "Ask openly." in handouts.sheet_of(here.revision).html


def test_what_we_say_on_a_handout_is_in_its_own_language_whoever_opens_it_first(course):
    handout = make_handout(course, "What is seen")

    with translation.override("es"):
        first = handouts.sheet_of_page(handout).html

    assert first == handouts.sheet_of_page(handout).html


def test_who_gets_a_handout_is_the_same_in_every_language(course, handout):
    handout.for_whom = ForWhom.FACILITATORS
    handout.save_revision().publish()

    def for_all(page):
        page.for_whom = ForWhom.EVERYONE

    in_spanish_by_hand(handout, for_all)

    with translation.override("es"):
        outline = make(course).outline
        assert outline.handouts_for_everyone == ()
        assert [each.language for each in outline.handouts] == ["es"]


def test_a_bank_or_a_handout_that_is_not_all_translated_is_left_out(course, bank, handout):
    bank = in_spanish(bank, **{"Session 1": ""})
    handout = in_spanish(handout, **{"Seven steps": ""})

    edition = make(course)

    assert behind(course) == [bank, handout]
    with translation.override("es"):
        assert edition.outline.bank_said is None
        assert [each.language for each in edition.outline.handouts] == [""]


def test_a_bank_with_another_question_since_is_left_out(course, bank):
    in_spanish(bank)
    bank.body = [*bank.body.get_prep_value(), check_block("One more?")]
    bank.save_revision().publish()

    with translation.override("es"):
        assert make(course).outline.bank_said is None


def test_an_edition_that_was_made_before_has_no_translations_of_them(course, handout):
    data = outline.to_data(make(course).outline)
    del data["bank_translations"], data["handouts"][0]["translations"]

    read = outline.from_data(data).in_language("es")

    assert (read.bank_said, read.handouts[0].language) == (None, "")


def test_an_edition_keeps_the_words_it_was_made_with(course, handout):
    spanish = in_spanish(handout, **{"Seven steps": "Siete pasos"})
    edition = make(course)
    before = Edition.objects.get(pk=edition.pk).contents

    spanish.title = "Otros pasos"
    spanish.save_revision().publish()
    make(course)

    edition.refresh_from_db()
    assert edition.contents == before
    with translation.override("es"):
        sheet = handouts.sheet_of(edition.outline.handouts[0].revision)
        assert sheet.title == "Siete pasos"


@pytest.fixture
def enrolment(course, bank):
    in_spanish(bank, **{"Session 1": "Primera sesión"})
    return make_enrolment(make_cohort(make(course)))


def begin(enrolment):
    here = enrolment.cohort.edition.outline
    [lesson] = here.lessons
    return checks.begin_round(
        enrolment=enrolment,
        lesson=lesson,
        check=reading(lesson).steps[lesson.step_ids[0]].exercise,
        questions=bank_questions(here.bank),
        bank=here.bank,
        key=uuid.uuid4(),
        at=NOW,
    )


def test_a_set_of_questions_is_the_same_one_in_either_language(enrolment):
    round = begin(enrolment)
    english = read_round(enrolment, round)

    with translation.override("es"):
        spanish = read_round(enrolment, round)

    assert (english.language, spanish.language) == ("", "es")
    assert [each.question.id for each in spanish.asked] == [e.question.id for e in english.asked]
    assert [each.question.question for each in spanish.asked] == [
        f"[{each.question.question}]" for each in english.asked
    ]
    assert CheckRound.objects.get().bank == enrolment.cohort.edition.outline.bank


def test_a_set_begun_in_spanish_is_kept_with_the_bank_as_it_was_written(enrolment):
    with translation.override("es"):
        round = begin(enrolment)

    assert round.bank == enrolment.cohort.edition.outline.bank


def test_where_to_read_again_does_not_hang_on_how_a_heading_is_translated(enrolment):
    round = begin(enrolment)

    with translation.override("es"):
        found = read_round(enrolment, round)

    assert {each.session.number for each in found.asked} == {1, 2}


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_an_answer_comes_to_the_same_in_every_language(data):
    bank = BankBody()
    written = data.draw(stream_of(bank, max_size=3))
    source = questions(bank.to_python(written))
    words = questions(in_other_words(bank, written))

    assert list(words) == list(source)
    for key, (_heading, question) in source.items():
        answers = data.draw(answers_to(question))
        assert came_to(words[key][1], answers) == came_to(question, answers)


def answers_to(question):
    """A strategy for whatever a browser could send as an answer."""
    if question.kind == "sort":
        groups = st.sampled_from([each.id for each in question.groups] or ["first"])
        return st.fixed_dictionaries({card.id: groups for card in question.cards})
    parts = question.options if question.kind == "check" else question.items
    ids = [each.id for each in parts]
    return (
        st.permutations(ids)
        if question.kind == "order"
        else st.lists(st.sampled_from(ids or ["x"]))
    )


def came_to(question, answers):
    try:
        return mark_any(question, answers).met
    except NotAnOption:
        return None
