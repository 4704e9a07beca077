"""Trying a draft as a trainee: everything is answered, and nothing is kept."""

import pytest
from django.apps import apps
from django.urls import reverse

from content.blocks import LessonBody
from content.exercises import Check, Plan, Reflection
from courses.actions import catalogue, editions
from courses.models import LessonPage
from courses.views.exercises import trial_context
from tests.factories.courses import (
    NOW,
    check_block,
    h5p_block,
    make_course,
    make_lesson,
    make_peer_educator,
    make_person,
    make_session,
    plan_block,
    read_block,
    reflection_block,
    step_block,
)
from tests.factories.h5p import make_version

pytestmark = pytest.mark.django_db
KEY = "5f1c0f0e-54a5-4d26-9e0b-0c8a2d1f7a11"


@pytest.fixture
def tom():
    catalogue.set_up(title="Learn", lead="Hello.", body="")
    return make_peer_educator()


@pytest.fixture
def lesson(tom):
    """A published lesson, and a draft of it with one of each exercise."""
    lesson = make_lesson(make_session(make_course(), 1))
    lesson.title = "Leave room"
    lesson.body = [
        *(step_block("Five seconds"), read_block("<p>Only in the draft.</p>")),
        *(step_block("What would you say?"), check_block()),
        *(step_block("Heard"), reflection_block()),
        *(step_block("My week"), plan_block()),
    ]
    lesson.save_revision(user=tom)
    return LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()


def to(lesson, number):
    return reverse("try_step", args=[lesson.pk, number])


def rows():
    """How many rows every table holds, but for the session of the browser itself."""
    return {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if model._meta.app_label in {"courses", "certificates", "lms", "wagtailcore"}
    }


@pytest.mark.parametrize("name", [name for name in LessonBody().child_blocks if name != "step"])
def test_a_draft_is_tried_with_what_was_just_added_still_empty(signed_in, tom, lesson, name):
    block = LessonBody().child_blocks[name]
    empty = {"type": name, "value": block.get_prep_value(block.get_default())}
    lesson.body = LessonBody().to_python([step_block("Begun"), empty])
    lesson.save_revision(user=tom)
    client = signed_in(tom)

    answers = [
        client.get(to(lesson, 1)).status_code,
        client.get(reverse("before_publishing", args=[lesson.pk])).status_code,
    ]

    assert answers == [200, 200]


def test_a_whole_trial_leaves_no_trace(signed_in, tom, lesson):
    client = signed_in(tom)
    [check] = lesson.steps[1].exercises
    before = rows()

    client.get(reverse("try_lesson", args=[lesson.pk]))
    for number in (1, 2, 3, 4):
        assert client.get(to(lesson, number)).status_code == 200
    client.post(to(lesson, 2), {"key": KEY, "answers": check.options[0].id})
    client.post(to(lesson, 3), {"key": KEY, "text": "On the bus."})
    plan = {"what": "Walk", "how_much": "a bit", "when": "noon", "how_often": "twice"}
    client.post(to(lesson, 4), {"key": KEY, "confidence": "5", **plan})
    client.get(reverse("try_end", args=[lesson.pk]))

    assert rows() == before


def test_the_draft_is_played_and_not_what_is_live(signed_in, tom, lesson):
    page = signed_in(tom).get(to(lesson, 1)).content.decode()

    assert "Only in the draft." in page
    assert "Trying it: nothing is kept" in page


def test_an_answer_hears_what_a_trainee_would_hear(signed_in, tom, lesson):
    [check] = lesson.steps[1].exercises

    page = signed_in(tom).post(to(lesson, 2), {"key": KEY, "answers": check.options[1].id})

    assert page.status_code == 200
    assert "You said back the wish." in page.content.decode()


def test_an_unsure_plan_is_met_kindly(signed_in, tom, lesson):
    plan = {"what": "Walk", "how_much": "a bit", "when": "noon", "how_often": "twice"}

    page = signed_in(tom).post(to(lesson, 4), {"key": KEY, "confidence": "5", **plan})

    assert "You are 5 of 10 sure. What might get in the way?" in page.content.decode()


def test_an_answer_with_a_gap_is_asked_for_again(signed_in, tom, lesson):
    page = signed_in(tom).post(to(lesson, 2), {"key": KEY})

    assert page.status_code == 422
    assert "Choose one answer, then save." in page.content.decode()


def test_what_cannot_be_tried_says_that_trainees_answer_there():
    class Other:
        kind = "of another kind"

    assert trial_context(Other()) == {"exercise_template": "courses/cms/_not_tried.html"}


@pytest.mark.parametrize(
    "exercise",
    [Check("c", "What?", ()), Reflection("r", "When?"), Plan("p", "What next?")],
    ids=lambda each: each.kind,
)
def test_the_kinds_there_are_can_be_asked_without_a_trainee(exercise):
    assert list(trial_context(exercise)) == ["exercise_form"]


def test_an_activity_is_tried_in_its_newest_version_and_nothing_is_kept(signed_in, tom):
    package = make_version().package
    lesson = make_lesson(
        make_session(make_course(sessions_required=1), 1),
        body=[step_block(), h5p_block(package, asked=True)],
    )
    editions.make_edition(course=lesson.get_parent().get_parent().specific, by=None, at=NOW)
    newer = make_version(package)

    page = signed_in(tom).get(reverse("try_step", args=[lesson.pk, 1])).content.decode()

    assert f'data-version="{newer.pk}"' in page
    assert 'data-said-url="" data-state-url=""' in page
    assert "I did this in words" not in page


def test_a_step_that_is_not_there_is_not_found(signed_in, tom, lesson):
    client = signed_in(tom)

    assert [client.get(to(lesson, number)).status_code for number in (0, 5)] == [404, 404]


def test_a_page_that_is_no_lesson_cannot_be_tried(signed_in, tom, lesson):
    address = reverse("try_lesson", args=[lesson.get_parent().pk])

    assert signed_in(tom).get(address).status_code == 404


def test_a_trainee_cannot_try_a_draft(signed_in, lesson):
    assert signed_in(make_person()).get(to(lesson, 1)).status_code == 403
