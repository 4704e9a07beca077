"""What can be asked of the courses app on the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from courses.models import CatalogPage, CoursePage, Edition, Milestone
from tests.factories.courses import attend, finish_all_lessons, make_enrolment

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
        ("lessons_finished", 6),
    ]


def test_what_authors_changed_in_the_starter_course_stays():
    said("load_starter_course")
    course = CoursePage.objects.get()
    course.summary = "Our own words."
    course.save_revision().publish()

    said("load_starter_course")

    assert CoursePage.objects.get().summary == "Our own words."


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

    assert "7 sessions, 8 lessons" in looked
    assert not here
    assert CoursePage.objects.get().get_descendants().live().count() == 15


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
