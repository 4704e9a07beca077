"""Session 1 of the shipped course in Spanish, on every site from its first start."""

from io import StringIO
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import translation
from wagtail.models import Page

from courses.actions.languages import behind, course_called
from courses.models import Edition
from courses.reading import reading

pytestmark = pytest.mark.django_db

SHIPPED = Path(__file__).resolve().parents[2] / "content/starter_course/translations"

LESSONS = [
    "what-a-peer-facilitator-does",
    "what-we-leave-to-others",
    "keeping-confidence",
    "us-not-us-or-it-depends",
]


def said(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def starter_course():
    return course_called("becoming-a-peer-facilitator")


def test_a_translator_is_given_the_same_files_on_every_site(tmp_path):
    class AnotherSite(Exception):
        """Undoes what the first site was."""

    for name in ("one", "other"):
        try:
            with transaction.atomic():
                said("load_starter_course")
                said(
                    "write_course_messages",
                    "becoming-a-peer-facilitator",
                    "es",
                    tmp_path / name,
                )
                raise AnotherSite
        except AnotherSite:
            pass

    one, other = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in files}
        for name in ("one", "other")
        for files in [sorted((tmp_path / name).rglob("*.po"))]
    )
    assert len(one) == 49
    assert one == other


@pytest.fixture(scope="module")
def loading(django_db_setup, django_db_blocker):
    """What loading the course said. It takes a while, so it is done once for this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield said("load_starter_course")
        transaction.set_rollback(True)


def test_the_way_to_session_1_and_its_lessons_are_translated_as_a_whole(loading):
    translated = Page.objects.filter(locale__language_code="es", alias_of=None).order_by("path")
    assert list(translated.values_list("slug", flat=True)) == [
        "alongside-1",  # the front page, whose own name is in no address
        "becoming-a-peer-facilitator",
        "starting-together",
        *LESSONS,
    ]
    assert behind(starter_course()) == []
    assert loading == "Loaded the course “Becoming a peer facilitator”.\nMade edition 1.\n"


def test_the_files_say_all_that_is_on_their_pages_and_nothing_else(loading, tmp_path):
    said("write_course_messages", "becoming-a-peer-facilitator", "es", tmp_path)

    for path in sorted((SHIPPED / "es").rglob("*.po")):
        now = tmp_path / path.relative_to(SHIPPED)
        assert path.read_bytes() == now.read_bytes()
        assert polib.pofile(str(path)).untranslated_entries() == []


def test_an_edition_holds_session_1_in_spanish_and_the_others_as_they_were_written(loading):
    with translation.override("es"):
        sessions = Edition.objects.get().outline.sessions

    assert [session.language for session in sessions] == ["", "es", "", "", "", "", ""]
    spoken = {lesson.slug: lesson.language for each in sessions for lesson in each.lessons}
    assert [slug for slug, language in spoken.items() if language] == LESSONS
    confidence = sessions[1].lessons[2]
    assert confidence.title == "Guardar la confidencialidad, y cuándo no podemos"
    first = reading(confidence).steps[confidence.step_ids[0]]
    assert first.title == "Lo que oímos aquí se queda aquí"
    assert "La gente cuenta a un grupo cosas" in first.parts[0].html


def test_the_spanish_course_says_that_a_native_speaker_must_still_read_it(loading, client):
    client.cookies["django_language"] = "es"

    page = client.get("/becoming-a-peer-facilitator/").content.decode()

    assert (
        "Falta que revise esta traducción una persona que hable español desde la infancia" in page
    )
