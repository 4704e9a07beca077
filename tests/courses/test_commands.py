"""What can be asked of the courses app on the command line."""

import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from courses import bundle
from courses.management.commands.load_starter_course import FOLDER
from courses.models import CatalogPage, CoursePage, Edition, LessonPage, Milestone
from tests.factories.courses import attend, finish_all_lessons, make_catalogue, make_enrolment

pytestmark = pytest.mark.django_db


def said(command, *arguments, **options):
    out = StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


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

    assert said("load_starter_course") == ""
    assert [CatalogPage.objects.count(), CoursePage.objects.count()] == [1, 1]
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
    course = CoursePage.objects.get()
    course.summary = "Our own words."
    course.save_revision().publish()

    said("load_starter_course")

    assert CoursePage.objects.get().summary == "Our own words."


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
    CoursePage.objects.get().editions.get().pages.all().delete()
    CoursePage.objects.get().editions.all().delete()
    CoursePage.objects.get().delete()

    looked = said("import_course", file, look=True)
    here = CoursePage.objects.exists()
    said("import_course", file, publish=True)

    assert "7 sessions, 26 lessons, 14 other pages" in looked
    assert not here
    assert CoursePage.objects.get().get_descendants().live().count() == 47


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["export_course", "nothing", "x.zip"], "no course with the slug “nothing”"),
        (["import_course", "/nowhere/x.zip"], "We cannot read “/nowhere/x.zip”"),
        (["import_course", "README.md"], "not a zip file"),
    ],
)
def test_a_command_that_cannot_says_why(arguments, says, settings):
    said("load_starter_course")
    arguments = [str(settings.BASE_DIR / a) if a == "README.md" else a for a in arguments]

    with pytest.raises(CommandError, match=says):
        said(*arguments)
