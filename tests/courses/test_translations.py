"""A course's translations as files of messages, for translators and for the shipped course."""

import polib
import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale

from courses.actions.languages import open_language
from courses.translations import load_translations, messages_of, places_of
from tests.factories.courses import make_course, make_lesson, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    course = make_course("Listening", slug="listening")
    make_lesson(make_session(course, 1, slug="one"), "Open questions", slug="open-questions")
    return course


def test_every_page_has_a_file_of_its_own(course):
    assert {place: page.title for place, page in places_of(course).items()} == {
        "course.po": "Listening",
        "one.po": "Session 1",
        "one/open-questions.po": "Open questions",
    }


def test_messages_hold_what_people_read_and_leave_the_address_out(course):
    lesson = places_of(course)["one/open-questions.po"]

    messages = messages_of(lesson, locale=open_language("es"))

    assert [(each.msgid, each.msgstr) for each in messages] == [
        ("Open questions", ""),
        ("An open question asks for a story.", ""),
        ("Step 1", ""),
        ("Text of step 1.", ""),
        ("Step 2", ""),
        ("Text of step 2.", ""),
    ]


def test_translated_messages_become_a_published_page(tmp_path, course):
    call_command("write_course_messages", "listening", "es", tmp_path, verbosity=0)
    path = tmp_path / "es" / "one" / "open-questions.po"
    messages = polib.pofile(str(path))
    messages.find("Open questions").msgstr = "Preguntas abiertas"
    messages.save()

    load_translations(tmp_path, places_of(course))

    lesson = places_of(course)["one/open-questions.po"]
    translated = lesson.get_translation(Locale.objects.get(language_code="es"))
    assert (translated.title, translated.live, translated.alias_of_id) == (
        "Preguntas abiertas",
        True,
        None,
    )
    again = messages_of(lesson, locale=translated.locale)
    assert again.find("Open questions").msgstr == "Preguntas abiertas"


def test_a_course_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="no course with the address “dancing”"):
        call_command("write_course_messages", "dancing", "es", tmp_path)
