"""A peer educator takes a course out of one site and brings it into another."""

import pytest
from playwright.sync_api import expect

from courses.models import CoursePage
from tests.factories.courses import (
    make_lesson,
)
from tests.journeys.conftest import DESK
from tests.journeys.looking import everything_wrong
from tests.journeys.test_accessibility import keep_picture


@pytest.fixture
def desk(session, tom, open_browser):
    """A peer educator's desk at a site with one course."""
    make_lesson(session, "Open questions")
    page = open_browser(tom, width=DESK, height=900)
    page.goto("/cms/")
    return page


def test_a_course_goes_out_and_comes_back_in(desk, tmp_path):
    page, file = desk, tmp_path / "course.zip"
    page.get_by_role("link", name="Export").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Export what is published").click()
    taken.value.save_as(file)
    CoursePage.objects.get().delete()

    page.goto("/cms/")
    page.get_by_role("link", name="Import a course").click()
    page.get_by_label("The course, as one zip file").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("1 session, 1 lesson.")).to_be_visible()
    expect(page.get_by_text("All of it comes in as drafts.")).to_be_visible()
    keep_picture(page, "importing a course, looked at")
    assert everything_wrong(page, "main", ours=False) == []
    page.get_by_role("button", name="Bring it in").click()

    expect(page.locator(".messages")).to_contain_text("“Becoming a peer facilitator” is here.")
    assert not CoursePage.objects.get().live


def test_what_is_no_course_is_told_where_it_was_chosen(desk, tmp_path, allowed):
    allowed.add(422)
    page, file = desk, tmp_path / "notes.zip"
    file.write_text("Hello")

    page.goto("/cms/courses/import/")
    page.get_by_label("The course, as one zip file").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()

    expect(page.get_by_role("alert")).to_have_text(
        "This is not a zip file that we can open. Choose one that “Export” made."
    )
    assert everything_wrong(page, "main", ours=False) == []
