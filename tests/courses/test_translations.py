"""A course's translations as files of messages, for translators and for the shipped course."""

import polib
import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Revision

from courses.actions.languages import behind, open_language
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


@pytest.fixture
def shipped(tmp_path, course):
    """A folder with the messages of the course, each said in Spanish in brackets."""
    call_command("write_course_messages", "listening", "es", tmp_path, verbosity=0)
    for path in (tmp_path / "es").rglob("*.po"):
        messages = polib.pofile(str(path))
        for message in messages:
            message.msgstr = f"[{message.msgid}]"
        messages.save()
    return tmp_path


def in_spanish(page):
    return page.get_translation(Locale.objects.get(language_code="es"))


def test_what_was_changed_since_it_was_translated_is_left_out_and_told(shipped, course):
    path = shipped / "es" / "one" / "open-questions.po"
    messages = polib.pofile(str(path))
    messages.find("Step 2").msgid = "The second step"
    messages.save()
    lesson = places_of(course)["one/open-questions.po"]

    left_out = load_translations(shipped, places_of(course))

    assert [(path, [each.msgid for each in each_of]) for path, each_of in left_out.items()] == [
        (path, ["The second step"])
    ]
    assert [step.title for step in in_spanish(lesson).specific.steps] == ["[Step 1]", "Step 2"]
    assert behind(course) == [in_spanish(lesson)]


def test_what_has_no_place_on_the_page_any_longer_is_passed_over(shipped, course):
    path = shipped / "es" / "one" / "open-questions.po"
    messages = polib.pofile(str(path))
    messages.append(polib.POEntry(msgctxt="body.gone.title", msgid="Gone", msgstr="Se fue"))
    messages.save()

    left_out = load_translations(shipped, places_of(course))

    assert left_out == {}
    assert behind(course) == []


def test_a_page_of_which_nothing_is_translated_stays_what_it_is(shipped, course):
    course.title = "Hearing"
    course.summary = course.introduction = course.licence = "Something else."
    course.done = course.sources = []
    course.save_revision().publish()

    load_translations(shipped, {"course.po": course})

    assert in_spanish(course).alias_of_id == course.pk


def test_loading_translations_twice_changes_nothing(shipped, course):
    load_translations(shipped, places_of(course))
    before = list(Revision.objects.order_by("pk").values_list("pk", flat=True))

    left_out = load_translations(shipped, places_of(course))

    assert left_out == {}
    assert list(Revision.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_a_language_that_a_site_does_not_offer_is_not_loaded(shipped, course, settings):
    settings.LANGUAGES = [("en-gb", "English")]

    load_translations(shipped, places_of(course))

    assert in_spanish(course).alias_of_id == course.pk


def test_a_course_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="no course with the address “dancing”"):
        call_command("write_course_messages", "dancing", "es", tmp_path)
