"""A trainee listens to what belongs to their course, and keeps its handout."""

import pytest
from playwright.sync_api import expect

from content.models import CourseDocument
from courses.actions import catalogue, editions
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_person,
    make_session,
    step_block,
)
from tests.factories.files import make_document, sound_bytes
from tests.journeys.world import block

SECONDS = 60
# Waits until the sound has played on from here, and returns where it is.
PLAYS_ON = """(audio, from) => new Promise(resolve => audio.addEventListener(
  'timeupdate', () => { if (audio.currentTime > from + .1) resolve(audio.currentTime) }
))"""


@pytest.fixture
def enrolment(site):
    """A trainee whose first lesson has a sound and a handout."""
    catalogue.set_up(title="Learn to lead a group", lead="Peers wrote it.", body="")
    sound = make_document("pause.wav", sound_bytes(SECONDS))
    handout = make_document("slip.pdf", b"%PDF-1.4 a slip", "A slip")
    body = [
        step_block("Hear a pause"),
        block("audio", {"title": "A pause", "file": sound.pk, "transcript": "<p>Nothing.</p>"}),
        block("download", {"title": "Action plan slip", "file": handout.pk, "about": "To print."}),
    ]
    course = make_course(sessions_required=1)
    make_lesson(make_session(course, 1, slug="one"), "A pause", body, slug="pause")
    edition = editions.make_edition(course=course, by=None, at=NOW)
    return make_enrolment(make_cohort(edition))


def open_lesson(page, enrolment):
    page.goto(f"/learning/{enrolment.pk}/one/pause/1/")
    expect(page.locator("h1")).to_have_text("Hear a pause")


def test_a_sound_plays_and_can_be_heard_again_from_anywhere(open_browser, enrolment):
    page = open_browser(enrolment.trainee)
    answers = []
    page.on("response", lambda r: answers.append(r) if "pause.wav" in r.url else None)
    open_lesson(page, enrolment)
    assert answers == []  # nothing is fetched before somebody wants to listen

    sound = page.locator("audio")
    sound.evaluate("audio => { audio.muted = true; return audio.play() }")
    assert sound.evaluate(PLAYS_ON, 0) > 0
    assert sound.evaluate("audio => audio.duration") == SECONDS
    sound.evaluate("audio => { audio.currentTime = 50 }")
    assert sound.evaluate(PLAYS_ON, 50) > 50

    assert {answer.status for answer in answers} == {206}


def test_a_handout_can_be_kept(open_browser, enrolment, script):
    handout = CourseDocument.objects.get(title="A slip")
    page = open_browser(enrolment.trainee, script=script)
    open_lesson(page, enrolment)

    with page.expect_download() as kept:
        page.get_by_role("link", name="Action plan slip").click()

    assert kept.value.suggested_filename == handout.filename
    assert kept.value.path().read_bytes() == b"%PDF-1.4 a slip"


def test_somebody_else_s_sound_is_not_there(open_browser, enrolment, allowed):
    allowed.add(404)
    lesson = enrolment.cohort.edition.files.first().document.url
    page = open_browser(make_person("Newcomer Ngozi"))

    assert page.goto(lesson).status == 404
    expect(page.locator("h1")).to_have_text("This page is not here")
