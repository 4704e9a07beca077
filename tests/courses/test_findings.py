"""A page as the rules see it: its blocks, its dates, and who agreed to it."""

import uuid
from datetime import date

import pytest
from django.conf import settings

from content.blocks.pieces import pieces_of
from content.lesson_checks import Kind
from courses import bundle
from courses.finding_words import WORDS, told
from courses.findings import findings_of, signed_off, what_stops, words_of
from courses.models import LessonPage, SignOff
from tests.factories.courses import (
    NOW,
    check_block,
    make_catalogue,
    make_course,
    make_lesson,
    make_person,
    make_session,
    read_block,
    step_block,
)
from tests.journeys.world import SOURCES, every_block

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 1)


def lesson_of(*blocks, **fields):
    return make_lesson(make_session(make_course(), 1), body=[step_block(), *blocks], **fields)


def kinds(page):
    return [found.kind for found in findings_of(page, TODAY)]


def test_the_starter_course_has_nothing_that_stops_it():
    bundle.load(settings.BASE_DIR / "content" / "starter_course", parent=make_catalogue())

    lessons = LessonPage.objects.live()
    stopped = {lesson.title: what_stops(lesson, TODAY) for lesson in lessons}

    assert [title for title, found in stopped.items() if found] == []
    assert len(stopped) == 26


def test_its_talk_about_suicide_waits_for_its_sign_off_and_for_nothing_else():
    bundle.load(settings.BASE_DIR / "content" / "starter_course", parent=make_catalogue())

    draft = LessonPage.objects.not_live().get().get_latest_revision_as_object()

    assert draft.title == "Just between us"
    assert [found.kind for found in what_stops(draft, TODAY)] == [Kind.NO_SIGN_OFF]


def test_every_kind_has_its_words():
    assert set(WORDS) == set(Kind)


def test_words_deep_inside_an_exercise_are_read():
    options = [("Take 5 mg.", False, "A nurse knows."), ("Ask.", True, "You asked.")]
    lesson = lesson_of(check_block("What now?", options=options))

    [found] = findings_of(lesson, TODAY)

    assert (found.kind, found.words, found.step) == (Kind.DOSE, "5 mg", 1)
    assert found.block == str(lesson.body[1].id)


def test_it_says_where_and_what_to_do():
    lesson = lesson_of(read_block('<p><a href="/x">Click here</a></p>'))

    [said] = [told(found) for found in findings_of(lesson, TODAY)]

    assert said.what == "The link “Click here” does not say where it leads."
    assert said.where == "Step 1, “A step”"
    assert (said.stops, said.block) == (False, str(lesson.body[1].id))


def test_the_summary_is_read_too():
    assert kinds(lesson_of(read_block(), summary="Why two tablets help.")) == [Kind.DOSE]


def test_a_film_that_cannot_be_read_stops():
    value = {"title": "A pause", "file": None, "transcript": "", "captions": None}
    film = {"type": "video", "id": str(uuid.uuid4()), "value": value}

    assert Kind.NOTHING_TO_READ in kinds(lesson_of(film))


def test_a_lesson_with_one_of_everything_is_read_through(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    lesson = lesson_of(*every_block(), sources=SOURCES)

    assert what_stops(lesson, TODAY) == []
    assert {Kind.VAGUE_LINK, Kind.NO_CAPTIONS} <= set(kinds(lesson))
    read = [words for piece in pieces_of(lesson.body) for words in piece.texts]
    assert "Two arches side by side" in read


@pytest.mark.parametrize(
    ("alt", "decorative", "undecided"), [("", False, True), ("", True, False), ("A", False, False)]
)
def test_a_picture_is_described_or_marked_as_decoration(
    alt, decorative, undecided, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    [picture] = [each for each in every_block() if each["type"] == "picture"]
    picture["value"]["image"] |= {"alt_text": alt, "decorative": decorative}

    found = kinds(lesson_of(picture))

    assert (Kind.ALT_UNDECIDED in found) == undecided


def test_a_draft_with_a_gap_is_unfinished():
    lesson = lesson_of(check_block(options=[("A", False, "a"), ("B", False, "b")]))

    assert kinds(lesson) == [Kind.UNFINISHED]


def test_minutes_of_a_session_are_added_up():
    session = make_session(
        make_course(),
        1,
        minutes=150,
        plan=[("activity", {"title": "Pairs", "type": "practice", "minutes": 20, "note": ""})],
    )

    [found] = findings_of(session, TODAY)

    assert told(found).what == "The activities take 20 minutes, the session 150."


def sign(lesson, name="Dr Ama Boateng"):
    return SignOff.objects.create(
        page=lesson,
        needed=lesson.sign_off_needed,
        name=name,
        words=words_of(lesson),
        by=make_person(),
        at=NOW,
    )


def test_a_lesson_that_somebody_must_sign_off_waits_for_them():
    lesson = lesson_of(read_block(), sign_off_needed="A psychologist")

    assert kinds(lesson) == [Kind.NO_SIGN_OFF]

    sign(lesson)

    assert kinds(lesson) == []
    assert signed_off(lesson).name == "Dr Ama Boateng"


def test_a_sign_off_is_for_the_words_as_they_were():
    lesson = lesson_of(read_block(), sign_off_needed="A psychologist")
    sign(lesson)

    lesson.body = [step_block(), read_block("<p>Other words.</p>")]

    assert kinds(lesson) == [Kind.NO_SIGN_OFF]


def test_every_other_field_leaves_the_sign_off_as_it_is():
    lesson = lesson_of(read_block(), sign_off_needed="A psychologist")
    before = words_of(lesson)

    lesson.review_by = TODAY
    lesson.save_revision()

    assert words_of(LessonPage.objects.get().get_latest_revision_as_object()) == before
