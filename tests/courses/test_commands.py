"""What can be asked of the courses app on the command line."""

import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from content.models import H5PLibrary, H5PVersion
from courses import bundle
from courses.actions import catalogue, ready
from courses.management.commands.load_starter_course import FOLDER
from courses.models import (
    LessonPage,
    Milestone,
)
from tests.factories.courses import (
    NOW,
    attend,
    finish_all_lessons,
    make_catalogue,
    make_cohort,
    make_enrolment,
    make_organiser,
    make_ready_edition,
    meet_all_but_sign_off,
)

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

    assert said("settle") == "1 newly completed, 0 newly ready.\n"
    assert Milestone.objects.get().enrolment_id == enrolment.pk


def test_settle_twice_is_once():
    enrolment = make_enrolment()
    finish_all_lessons(enrolment)
    attend(enrolment, 1, 2, 3, 4)

    assert said("settle") == "0 newly completed, 0 newly ready.\n"
    assert Milestone.objects.count() == 1


def test_settle_finds_somebody_whose_being_ready_a_mishap_lost():
    enrolment = make_enrolment(make_cohort(make_ready_edition()))
    organiser = make_organiser(enrolment.cohort.organisation)
    meet_all_but_sign_off(enrolment)
    ready.sign_off(enrolment=enrolment, by=organiser, at=NOW)
    Milestone.objects.filter(kind="ready").delete()

    assert said("settle") == "0 newly completed, 1 newly ready.\n"
    assert said("settle") == "0 newly completed, 0 newly ready.\n"


def test_our_type_of_activity_is_there_also_where_the_course_was_loaded_before():
    make_catalogue()

    for _time in range(2):
        catalogue.bring_our_activities(at=NOW)

    assert H5PLibrary.objects.get().is_runnable
    assert not H5PVersion.objects.exists()


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
