"""A course in more than one language."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from content.kits import kits
from courses.actions import catalogue
from courses.actions.editions import make_edition
from courses.actions.kits import start_from_kit
from courses.actions.languages import behind, is_source, open_language
from courses.blocks import usual_plan
from courses.models import LessonPage, LessonProgress, StepEvent
from courses.reading import reading
from tests.factories.courses import (
    NOW,
    check_block,
    lesson_body,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_person,
    make_session,
    read_block,
    step_block,
)
from tests.factories.languages import in_spanish, in_spanish_by_hand

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    session = make_session(make_course(sessions_required=1), 1)
    body = [*lesson_body(steps=1), step_block("Check"), check_block("What would you say?")]
    return make_lesson(session, "Open questions", body)


SPANISH = {"Open questions": "Preguntas abiertas", "Step 1": "Paso 1", "Check": "Prueba"}


def follow(course):
    """Make an edition of the course and a trainee who follows it."""
    return make_enrolment(make_cohort(make_edition(course=course, by=None, at=NOW)))


def course_of(lesson):
    return lesson.get_parent().get_parent().specific


def test_every_page_has_a_place_in_a_new_language_and_shows_itself_there(lesson):
    spanish = open_language("es")

    places = Page.objects.filter(locale=spanish)
    assert (
        places.count() == Page.objects.filter(locale__language_code="en-gb", depth__gt=1).count()
    )
    assert lesson.get_translation(spanish).alias_of_id == lesson.pk


def test_what_is_written_in_a_new_language_has_a_second_reader_too(lesson):
    catalogue.set_up(title="Learn", lead="Hello.", body="")
    spanish = open_language("es")

    workflow = lesson.get_translation(spanish).get_workflow()

    assert workflow is not None
    assert workflow == lesson.get_workflow()


def test_a_language_is_opened_once(lesson):
    once = open_language("es")
    pages = Page.objects.count()

    assert open_language("es") == once
    assert Page.objects.count() == pages


def test_a_lesson_begun_from_a_kit_has_a_place_in_every_open_language(lesson):
    spanish = open_language("es")

    begun = start_from_kit(
        session=lesson.get_parent().specific, kit=kits()[0], by=make_person("Tom Price")
    )

    assert begun.get_translation(spanish).alias_of_id == begun.pk


def test_a_translated_lesson_keeps_its_address_its_steps_and_its_answers(lesson):
    translated = in_spanish(lesson, **SPANISH)

    assert translated.title == "Preguntas abiertas"
    assert translated.slug == lesson.slug
    assert [step.id for step in translated.steps] == [step.id for step in lesson.steps]
    assert [step.title for step in translated.steps] == ["Paso 1", "Prueba"]
    check, its_check = lesson.steps[1].exercises[0], translated.steps[1].exercises[0]
    assert [each.id for each in its_check.options] == [each.id for each in check.options]


def test_an_edition_holds_the_translations_that_are_published(lesson):
    translated = in_spanish(lesson, **SPANISH)

    edition = make_edition(course=course_of(lesson), by=None, at=NOW)

    assert edition.pages.filter(page=translated.page_ptr).exists()
    assert edition.outline.lessons[0].title == "Open questions"
    with translation.override("es"):
        here = edition.outline.lessons[0]
        assert (here.title, here.language) == ("Preguntas abiertas", "es")
        assert reading(here).steps[here.steps[0].id].title == "Paso 1"


def test_an_edition_without_translations_is_read_in_its_own_language(lesson):
    edition = make_edition(course=course_of(lesson), by=None, at=NOW)

    with translation.override("es"):
        assert edition.outline.lessons[0].title == "Open questions"
        assert edition.outline.lessons[0].language == ""


def test_a_translation_that_lacks_a_new_step_is_left_out_of_the_edition(lesson):
    in_spanish(lesson, **SPANISH)
    lesson.body = [*lesson.body.get_prep_value(), step_block("New"), read_block()]
    lesson.save_revision().publish()

    edition = make_edition(course=course_of(lesson), by=None, at=NOW)

    with translation.override("es"):
        assert [step.title for step in edition.outline.lessons[0].steps] == [
            "Step 1",
            "Check",
            "New",
        ]


def test_a_step_finished_in_one_language_is_finished_in_the_other(client, lesson):
    in_spanish(lesson, **SPANISH)
    enrolment = follow(course_of(lesson))
    client.force_login(enrolment.trainee)
    outline = enrolment.cohort.edition.outline.sessions[0]
    here = [enrolment.pk, outline.slug, outline.lessons[0].slug, 1]
    client.cookies["django_language"] = "es"
    key = client.get(reverse("step", args=here)).context["key"]

    client.post(reverse("finish", args=here), {"key": key})

    client.cookies["django_language"] = "en-gb"
    page = client.get(reverse("step", args=here))
    assert [each["done"] for each in page.context["steps"]] == [True, False]
    assert StepEvent.objects.count() == 1
    assert LessonProgress.objects.count() == 1


def test_a_lesson_that_is_not_translated_says_so_and_marks_its_language(client, lesson):
    enrolment = follow(course_of(lesson))
    client.force_login(enrolment.trainee)
    outline = enrolment.cohort.edition.outline.sessions[0]
    here = reverse("step", args=[enrolment.pk, outline.slug, outline.lessons[0].slug, 1])
    client.cookies["django_language"] = "es"

    page = client.get(here)

    assert page.context["spoken"] == {"lang": "en-gb", "name": "inglés"}
    assert '<h1 lang="en-gb">Step 1</h1>' in page.content.decode()
    assert '<html lang="es"' in page.content.decode()


def test_a_translated_lesson_says_nothing_about_its_language(client, lesson):
    in_spanish(lesson, **SPANISH)
    enrolment = follow(course_of(lesson))
    client.force_login(enrolment.trainee)
    outline = enrolment.cohort.edition.outline.sessions[0]
    here = reverse("step", args=[enrolment.pk, outline.slug, outline.lessons[0].slug, 1])
    client.cookies["django_language"] = "es"

    page = client.get(here)

    assert page.context["spoken"] == {"lang": "es"}
    assert "<h1>Paso 1</h1>" in page.content.decode()


def test_the_public_page_of_a_lesson_is_in_the_readers_language(client, lesson):
    in_spanish(lesson, **SPANISH)
    client.cookies["django_language"] = "es"

    page = client.get(LessonPage.objects.get(pk=lesson.pk).url)

    assert "<h1>Preguntas abiertas</h1>" in page.content.decode()


def test_a_public_page_that_is_not_translated_says_so_and_marks_its_language(client, lesson):
    in_spanish(course_of(lesson))
    client.cookies["django_language"] = "es"

    course, session = (
        client.get(page.url).content.decode() for page in (course_of(lesson), lesson.get_parent())
    )

    assert "<h1>[Becoming a peer facilitator]</h1>" in course
    assert '<span lang="en-gb">Session 1</span>' in course
    assert "en su propio idioma" not in course
    assert '<h1 lang="en-gb">Session 1</h1>' in session
    assert "Esto todavía no está en tu idioma" in session


def test_lists_of_a_trainee_mark_what_is_in_another_language(client, lesson):
    in_spanish(lesson, **SPANISH)
    enrolment = follow(course_of(lesson))
    client.force_login(enrolment.trainee)
    client.cookies["django_language"] = "es"

    page = client.get(reverse("course", args=[enrolment.pk])).content.decode()

    assert '<h1 lang="en-gb">Becoming a peer facilitator</h1>' in page
    assert '1. <span lang="en-gb">Session 1</span></a>' in page
    assert "<h2>Preguntas abiertas</h2>" in page


def test_where_all_is_in_one_language_nothing_is_marked(client, lesson):
    enrolment = follow(course_of(lesson))
    client.force_login(enrolment.trainee)

    trainees = client.get(reverse("course", args=[enrolment.pk])).content.decode()
    public = client.get(course_of(lesson).url).content.decode()

    assert [page.count('lang="en-gb"') for page in (trainees, public)] == [1, 1]  # <html>


def test_a_lesson_page_leads_a_trainee_to_their_own_copy_in_either_language(client, lesson):
    in_spanish(lesson, **SPANISH)
    enrolment = follow(course_of(lesson))
    client.force_login(enrolment.trainee)
    client.cookies["django_language"] = "es"

    answer = client.get(LessonPage.objects.get(pk=lesson.pk).url)

    outline = enrolment.cohort.edition.outline.sessions[0]
    assert answer.url == reverse(
        "lesson", args=[enrolment.pk, outline.slug, outline.lessons[0].slug]
    )


def test_only_the_course_as_it_was_first_written_makes_editions(lesson):
    spanish = open_language("es")
    course = course_of(lesson)

    assert is_source(course)
    assert not is_source(course.get_translation(spanish))


def test_a_translation_that_is_not_finished_is_left_out_and_said_to_be_behind(lesson):
    translated = in_spanish(lesson, **SPANISH, **{"An open question asks for a story.": ""})

    edition = make_edition(course=course_of(lesson), by=None, at=NOW)

    assert behind(course_of(lesson)) == [translated]
    with translation.override("es"):
        assert edition.outline.lessons[0].title == "Open questions"


def test_a_translation_that_lacks_a_new_step_is_said_to_be_behind(lesson):
    translated = in_spanish(lesson, **SPANISH)
    assert behind(course_of(lesson)) == []
    lesson.body = [*lesson.body.get_prep_value(), step_block("New"), read_block()]

    lesson.save_revision().publish()

    assert behind(course_of(lesson)) == [translated]


def test_a_translation_that_would_mark_an_answer_otherwise_is_left_out(lesson):
    def another_best(page):
        for option in page.steps[1].blocks[0].value["options"].bound_blocks:
            option.value["best"] = not option.value["best"]

    translated = in_spanish_by_hand(lesson, another_best)

    make_edition(course=course_of(lesson), by=None, at=NOW)

    assert behind(course_of(lesson)) == [translated]


def test_a_translated_session_of_another_length_is_left_out(lesson):
    session = lesson.get_parent().specific
    session.plan = usual_plan(1, 150)
    session.save_revision().publish()
    translated = in_spanish(session)
    session.plan = usual_plan(1, 120)
    session.save_revision().publish()

    edition = make_edition(course=course_of(lesson), by=None, at=NOW)

    assert behind(course_of(lesson)) == [translated]
    with translation.override("es"):
        assert edition.outline.sessions[0].language == ""


def test_a_translator_is_not_asked_for_the_address_or_the_licence(lesson):
    course = course_of(lesson)
    course.licence = "CC BY-SA 4.0"
    course.save_revision().publish()
    translated = in_spanish(course)
    source = TranslationSource.objects.get(object_id=course.translation_key)

    assert (translated.slug, translated.licence) == (course.slug, "CC BY-SA 4.0")
    assert source.overridablesegment_set.count() == 0
    assert not source.stringsegment_set.filter(context__path__in=["slug", "licence"]).exists()


def test_what_leads_to_ready_is_the_same_in_every_language(lesson):
    course, session = course_of(lesson), lesson.get_parent().specific
    course.leads_to_ready, session.needed_for_ready = True, True
    course.save_revision().publish()
    session.save_revision().publish()

    translated = [in_spanish(course), in_spanish(session)]

    assert (translated[0].leads_to_ready, translated[1].needed_for_ready) == (True, True)
    for page in (course, session):
        source = TranslationSource.objects.get(object_id=page.translation_key)
        named = source.overridablesegment_set.values_list("context__path", flat=True)
        assert not {"leads_to_ready", "needed_for_ready"} & set(named)
