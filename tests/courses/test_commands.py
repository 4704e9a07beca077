"""What can be asked of the courses app on the command line."""

import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Page, Revision

from courses import bundle
from courses.actions.languages import course_called
from courses.management.commands.load_starter_course import FOLDER
from courses.models import (
    CatalogPage,
    CoursePage,
    Edition,
    EditionPage,
    LessonPage,
    Milestone,
)
from tests.factories.courses import attend, finish_all_lessons, make_catalogue, make_enrolment

pytestmark = pytest.mark.django_db


def said(command, *arguments, **options):
    out = StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


def starter_course():
    """The starter course as it was first written, not one of its translations."""
    return course_called("becoming-a-peer-facilitator")


def test_settle_finds_a_completion_that_a_mishap_lost_and_no_other():
    enrolment, _other = make_enrolment(), make_enrolment()
    finish_all_lessons(enrolment)
    attend(enrolment, 1, 2, 3, 4)
    Milestone.objects.all().delete()

    assert said("settle") == "1 newly completed.\n"
    assert Milestone.objects.get().enrolment_id == enrolment.pk


def test_settle_twice_is_once():
    enrolment = make_enrolment()
    finish_all_lessons(enrolment)
    attend(enrolment, 1, 2, 3, 4)

    assert said("settle") == "0 newly completed.\n"
    assert Milestone.objects.count() == 1


def test_the_starter_course_is_loaded_once():
    said("load_starter_course")
    pages, revisions = Page.objects.count(), Revision.objects.count()

    assert said("load_starter_course") == ""
    assert (Page.objects.count(), Revision.objects.count()) == (pages, revisions)
    for model in (CatalogPage, CoursePage):
        languages = model.objects.values_list("locale__language_code", flat=True)
        assert sorted(languages) == ["en-gb", "es"]
    assert Edition.objects.get().number == 1


def test_the_starter_course_asks_for_four_of_six_sessions_and_the_required_lessons():
    said("load_starter_course")

    edition = Edition.objects.get()

    assert [(asked.kind, asked.needed) for asked in edition.asked()] == [
        ("sessions_attended", 4),
        ("lessons_finished", 22),
    ]


def test_what_authors_changed_in_the_starter_course_stays():
    said("load_starter_course")
    spanish = starter_course().get_translation(Locale.objects.get(language_code="es"))
    for course, words in [(starter_course(), "Our own words."), (spanish, "Palabras propias.")]:
        course.summary = words
        course.save_revision().publish()

    said("load_starter_course")

    summaries = CoursePage.objects.order_by("pk").values_list("summary", flat=True)
    assert list(summaries) == ["Our own words.", "Palabras propias."]


def test_a_lesson_that_is_a_draft_is_loaded_and_not_published(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "course")
    text = folder / "session-1" / "1c-keeping-confidence.md"
    about = "---\ndraft: true\nsign_off_needed: someone trained in suicide prevention\n"
    text.write_text(text.read_text().replace("---\n", about, 1))

    bundle.load(folder, parent=make_catalogue())

    draft = LessonPage.objects.get(slug="keeping-confidence")
    drafts = LessonPage.objects.not_live().order_by("path").values_list("slug", flat=True)
    assert list(drafts) == ["keeping-confidence", "just-between-us"]
    assert draft.sign_off_needed == "someone trained in suicide prevention"
    assert len(draft.get_latest_revision_as_object().steps) > 1
    assert LessonPage.objects.live().count() == 25


def test_a_course_goes_out_and_comes_in_by_command(tmp_path):
    said("load_starter_course")
    file = tmp_path / "course.zip"
    said("export_course", "becoming-a-peer-facilitator", file)
    EditionPage.objects.all().delete()
    Edition.objects.all().delete()
    for each in CoursePage.objects.order_by("-pk"):  # the translation, then what it was made of
        each.delete()

    looked = said("import_course", file, look=True)
    here = CoursePage.objects.exists()
    said("import_course", file, publish=True)

    assert "7 sessions, 26 lessons, 14 other pages" in looked
    assert not here
    assert starter_course().get_descendants().live().count() == 47
    # who reads in Spanish finds it too
    assert CoursePage.objects.filter(locale__language_code="es").count() == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["export_course", "nothing", "x.zip"], "no course with the slug “nothing”"),
        (["import_course", "/nowhere/x.zip"], "We cannot read “/nowhere/x.zip”"),
        (["import_course", "README.md"], "not a zip file"),
    ],
)
def test_a_command_that_cannot_says_why(arguments, says, settings):
    make_catalogue()
    arguments = [str(settings.BASE_DIR / a) if a == "README.md" else a for a in arguments]

    with pytest.raises(CommandError, match=says):
        said(*arguments)
