"""What two facilitators take into the room, and what a trainee may print."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.actions import editions
from courses.models import ForWhom
from tests.factories.courses import (
    handout_body,
    make_cohort,
    make_course,
    make_enrolment,
    make_handout,
    make_lesson,
    make_person,
    make_session,
)
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.paper import sheets_in

NOTE = "Keep the tea warm for those who come late."
SECRET = "Only for the two who lead."


@pytest.fixture
def cohort(site):
    course = make_course(sessions_required=1)
    plan = [
        ("activity", {"title": "Welcome", "type": "welcome", "minutes": 10, "note": NOTE}),
        ("activity", {"title": "Threes", "type": "practice", "minutes": 140, "note": ""}),
    ]
    make_lesson(make_session(course, 1, title="Listening", slug="listening", plan=plan))
    make_handout(course, "Seven steps", session_number=1)
    make_handout(course, "Observer form", ForWhom.FACILITATORS, handout_body(SECRET))
    return make_cohort(
        editions.make_edition(course=course, by=None, at=timezone.now()),
        facilitator=make_person("Ken Wallace"),
        first_session_at=timezone.now(),
    )


def on_paper(bytes_of_it):
    sheets = sheets_in(bytes_of_it)
    return len(sheets), " ".join(sheets)


def download(page, name):
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).click()
    return on_paper(Path(download.value.path()).read_bytes())


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_facilitator_prints_the_guide_and_takes_the_pdf(open_browser, cohort, script, width):
    page = open_browser(cohort.session_runs.get().facilitator, script=script, width=width)
    page.goto(f"/organise/{cohort.pk}/")
    page.get_by_role("link", name="Guide to session 1").click()

    assert page.locator("h1").inner_text() == "Listening"
    assert page.get_by_text(NOTE).is_visible()
    printing = page.get_by_role("button", name="Print", exact=True)
    expect(printing).to_have_count(int(script))
    assert page.get_by_text("choose “Print” in the menu of your browser").is_visible()

    _sheets, printed = on_paper(page.pdf(prefer_css_page_size=True))
    assert NOTE in printed
    for left_out in ("My learning", "Sign out", "Download PDF", "Large print"):
        assert left_out not in printed

    sheets, said = download(page, "Download PDF")
    assert NOTE in said
    page.get_by_role("link", name="Large print", exact=True).click()
    large, said_large = download(page, "Download PDF in large print")
    assert NOTE in said_large
    assert large > sheets


def test_the_print_button_prints(open_browser, cohort):
    page = open_browser(cohort.session_runs.get().facilitator)
    page.goto(f"/organise/{cohort.pk}/guide/")
    page.evaluate("window.print = () => { document.title = 'printed'; }")

    page.get_by_role("button", name="Print", exact=True).click()

    assert page.title() == "printed"


def test_a_facilitator_finds_every_handout_by_keyboard(open_browser, cohort):
    page = open_browser(cohort.session_runs.get().facilitator, width=DESK)
    page.goto(f"/organise/{cohort.pk}/handouts/")
    page.get_by_role("link", name="Observer form").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/handouts/observer-form/")

    assert page.get_by_text(SECRET).is_visible()
    assert page.get_by_text("Trainees do not see it.").is_visible()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_trainee_opens_a_handout_and_never_sees_a_note(open_browser, cohort, script, width):
    enrolment = make_enrolment(cohort, at=timezone.now())
    page = open_browser(enrolment.trainee, script=script, width=width)
    seen = []

    page.goto(f"/learning/{enrolment.pk}/listening/")
    seen.append(page.content())
    page.get_by_role("link", name="Seven steps").click()
    assert page.locator("h1").inner_text() == "Seven steps"
    assert page.get_by_text("Ask openly.").is_visible()
    seen.append(page.content())
    seen.append(download(page, "Download PDF")[1])
    seen.append(on_paper(page.pdf(prefer_css_page_size=True))[1])
    assert "Card three" in seen[-1]
    page.locator("main .where a").click()
    expect(page.locator("#handouts").get_by_role("link")).to_have_count(1)
    seen.append(page.content())

    assert [words for words in seen if NOTE in words or SECRET in words] == []


def test_a_trainee_prints_a_lesson_in_large_print(open_browser, cohort):
    enrolment = make_enrolment(cohort, at=timezone.now())
    page = open_browser(enrolment.trainee)
    page.goto(f"/learning/{enrolment.pk}/listening/open-questions/whole/")
    page.get_by_role("link", name="Large print").click()
    page.emulate_media(media="print")

    size = page.locator("main .read p").first.evaluate("e => getComputedStyle(e).fontSize")

    assert float(size.removesuffix("px")) >= 24  # 18 points


def test_minutes_stay_right_while_an_author_types(open_browser, cohort):
    author = make_person("Tom Price", is_superuser=True)
    session = cohort.edition.course.get_children().first()
    page = open_browser(author, width=DESK)
    page.goto(f"/cms/pages/{session.pk}/edit/")
    said = page.locator("[data-minutes]")
    assert said.inner_text().endswith("150 minutes long: they fill it.")

    page.locator("input[name='plan-1-value-minutes']").fill("139")

    page.get_by_text("150 minutes long: 1 is left.").wait_for()
    assert said.inner_text().startswith("The activities take 149 minutes together.")
