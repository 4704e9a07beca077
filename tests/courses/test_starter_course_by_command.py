"""The starter course, loaded by its command: once, and what becomes of it then."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Locale, Page, Revision

from content.models import H5PVersion
from courses.actions.languages import course_called
from courses.models import CatalogPage, CoursePage, Edition, EditionFile, EditionPage, LessonPage

pytestmark = pytest.mark.django_db


def said(command, *arguments, **options):
    out = StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


def starter_course():
    """The starter course as it was first written, not one of its translations."""
    return course_called("becoming-a-peer-facilitator")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The starter course. To load it takes a while, so it is done once for these tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        said("load_starter_course")
        yield
        transaction.set_rollback(True)


def test_it_is_loaded_once(loaded):
    pages, revisions = Page.objects.count(), Revision.objects.count()

    assert said("load_starter_course") == ""
    assert (Page.objects.count(), Revision.objects.count()) == (pages, revisions)
    for model in (CatalogPage, CoursePage):
        languages = model.objects.values_list("locale__language_code", flat=True)
        assert sorted(languages) == ["en-gb", "es"]
    assert Edition.objects.get().number == 1


def test_h5p_works_out_of_the_box(loaded):
    version = H5PVersion.objects.get()
    assert version.package.title == "Ruth and the stairs"
    assert version.notes == []
    assert [library.directory for library in version.libraries.all()] == ["Alongside.Talk-1.0"]
    lesson = LessonPage.objects.get(slug="giving-your-attention", locale=starter_course().locale)
    [block] = [each for each in lesson.body if each.block_type == "h5p"]
    assert block.value["package"] == version.package
    assert Edition.objects.get().files.get(h5p_version=version)


def test_it_asks_for_four_of_six_sessions_and_the_required_lessons(loaded):
    edition = Edition.objects.get()

    assert [(asked.kind, asked.needed) for asked in edition.asked()] == [
        ("sessions_attended", 4),
        ("lessons_finished", 22),
    ]


def test_it_leads_to_ready_and_needs_the_session_about_safety(loaded):
    edition = Edition.objects.get()

    assert [(asked.kind, getattr(asked, "number", None)) for asked in edition.ready_asked()] == [
        ("completion", None),
        ("session_attended", 5),
        ("final_check", None),
        ("practice_ready", None),
        ("agreements_signed", None),
        ("sign_off", None),
    ]


def test_what_authors_changed_in_it_stays(loaded):
    spanish = starter_course().get_translation(Locale.objects.get(language_code="es"))
    for course, words in [(starter_course(), "Our own words."), (spanish, "Palabras propias.")]:
        course.summary = words
        course.save_revision().publish()

    said("load_starter_course")

    summaries = CoursePage.objects.order_by("pk").values_list("summary", flat=True)
    assert list(summaries) == ["Our own words.", "Palabras propias."]


def test_it_goes_out_and_comes_in_by_command(loaded, tmp_path):
    file = tmp_path / "course.zip"
    said("export_course", "becoming-a-peer-facilitator", file)
    EditionPage.objects.all().delete()
    EditionFile.objects.all().delete()
    Edition.objects.all().delete()
    for each in CoursePage.objects.order_by("-pk"):  # the translation, then what it was made of
        each.delete()

    looked = said("import_course", file, look=True)
    here = CoursePage.objects.exists()
    said("import_course", file, publish=True)

    assert "7 sessions, 26 lessons, 14 other pages, 1 activity (" in looked
    assert not here
    assert starter_course().get_descendants().live().count() == 47
    # who reads in Spanish finds it too
    assert CoursePage.objects.filter(locale__language_code="es").count() == 1
