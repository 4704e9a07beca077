"""Beginning a lesson: from a kit, or from a copy that shares nothing with the first."""

from datetime import date

import pytest
from django.urls import reverse
from wagtail.models import Locale

from content.branching import faults, play
from content.copying import ids_in
from content.kits import kits, kits_in_every_language
from content.lesson_checks import Kind
from courses.actions import catalogue
from courses.actions.kits import start_from_kit
from courses.findings import findings_of
from courses.models import LessonPage, RoleKind, SessionPage
from courses.models.review import authors_of_changes
from tests.factories.courses import (
    check_block,
    make_course,
    make_lesson,
    make_organisation,
    make_peer_educator,
    make_person,
    make_role,
    make_session,
    read_block,
    step_block,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    catalogue.set_up(title="Learn", lead="Hello.", body="")
    return make_session(make_course(), 1)


@pytest.fixture
def tom(session):
    return make_peer_educator()


@pytest.fixture
def lesson(session):
    body = [step_block(), read_block(), step_block(), check_block()]
    lesson = make_lesson(session, body=body, sign_off_needed="A psychologist")
    lesson.save_revision(user=make_person("Joy Second")).publish()
    return LessonPage.objects.get(pk=lesson.pk)


def begin(session):
    return reverse("begin_lesson", args=[session.pk])


def ids_of(page):
    draft = page.get_latest_revision_as_object()
    return ids_in(list(page.body.raw_data)) | ids_in(list(draft.body.raw_data))


def in_language(session, code):
    """The same session, as one of a course that is written in another language."""
    session.locale, _made = Locale.objects.get_or_create(language_code=code)
    session.save()
    return session


@pytest.mark.parametrize(
    "kit", kits_in_every_language(), ids=lambda kit: f"{kit.language}: {kit.slug}"
)
def test_a_kit_begins_a_draft_which_still_says_what_the_kit_says(signed_in, session, tom, kit):
    session = in_language(session, {"en": "en-gb"}.get(kit.language, kit.language))
    response = signed_in(tom).post(begin(session), {"kit": kit.slug})

    [made] = LessonPage.objects.all()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert (made.title, made.live, made.owner) == (kit.title, False, tom)
    assert authors_of_changes(made) == {tom.pk}
    draft = made.get_latest_revision_as_object()
    found = findings_of(draft, date(2026, 9, 1))
    assert [(each.kind, each.stops) for each in found] == [(Kind.KIT_WORDS, True)] * 2
    draft.title, draft.summary = "Our own", "What people can do after it."
    assert findings_of(draft, date(2026, 9, 1)) == []


def test_there_are_three_kits_each_with_an_exercise(signed_in, session, tom):
    page = signed_in(tom).get(begin(session)).content.decode()

    assert [kit.title for kit in kits() if kit.title in page] == [
        "A short lesson",
        "A lesson with a worked talk",
        "A scenario lesson",
    ]


@pytest.fixture(params=["en", "es"])
def talk(session, tom, request):
    """The talk in a draft that was begun from the kit for a scenario, in each language."""
    kit = next(kit for kit in kits(request.param) if kit.slug == "scenario")
    draft = start_from_kit(session=session, kit=kit, by=tom).get_latest_revision_as_object()
    [talk] = [block.value.scenario for block in draft.body if block.block_type == "scenario"]
    return talk


def test_a_course_in_spanish_is_offered_the_same_kits_in_spanish(signed_in, session, tom):
    page = signed_in(tom).get(begin(in_language(session, "es"))).content.decode()

    assert [kit.title for kit in kits_in_every_language() if kit.title in page] == [
        "Una lección corta",
        "Una lección con una conversación de ejemplo",
        "Una lección con una situación",
    ]
    assert [kit.slug for kit in kits("es")] == [kit.slug for kit in kits("en-gb")]


def test_a_language_without_kits_of_its_own_is_offered_the_english_ones():
    assert kits("cy") == kits("en-gb")


def test_the_kit_for_a_scenario_is_a_whole_talk(talk):
    assert faults(talk) == ()
    assert [len(step.choices) for step in talk.steps] == [3, 3, 3]
    assert [ending.kind for ending in talk.endings] == ["heard", "part_heard", "closed"]


def test_in_the_kit_for_a_scenario_what_was_kind_and_no_help_can_be_mended(talk):
    first, second, repair = talk.steps
    kind, mend, stay = first.choices[1], repair.choices[0], second.choices[0]

    played = play(talk, [kind.id, mend.id, stay.id])

    assert [move.step for move in played.moves] == [first, repair, second]
    assert (kind.kind, repair.repair, played.ending.kind) == (True, True, "heard")


@pytest.mark.parametrize("kit", kits(), ids=lambda kit: kit.slug)
def test_two_lessons_from_one_kit_share_nothing(session, tom, kit):
    made = [start_from_kit(session=session, kit=kit, by=tom) for _time in range(2)]

    assert ids_of(made[0]) & ids_of(made[1]) == set()
    assert made[0].slug != made[1].slug


def test_a_copy_shares_nothing_with_its_lesson(signed_in, session, tom, lesson):
    signed_in(tom).post(begin(session), {"copy": lesson.pk})

    copy = LessonPage.objects.exclude(pk=lesson.pk).get()
    assert ids_of(copy) & ids_of(lesson) == set()
    assert copy.translation_key != lesson.translation_key
    assert (copy.title, copy.live) == ("Open questions (a copy)", False)
    assert [step.title for step in copy.steps] == [step.title for step in lesson.steps]
    assert copy.sign_off_needed == "A psychologist"
    assert authors_of_changes(copy) == {tom.pk}


def test_wagtails_own_copying_leads_to_ours_for_a_lesson(signed_in, session, tom, lesson):
    response = signed_in(tom).get(reverse("wagtailadmin_pages:copy", args=[lesson.pk]))

    assert response.url == f"{begin(session)}?copy={lesson.pk}"


@pytest.mark.parametrize("live", [True, False])
def test_a_copied_session_has_lessons_with_ids_of_their_own(signed_in, session, tom, lesson, live):
    tom.is_superuser = live  # only an administrator may publish the copies at once
    tom.save()
    sent = {
        "new_title": "Session 1 again",
        "new_slug": "again",
        "new_parent_page": session.get_parent().pk,
        "copy_subpages": "on",
        "publish_copies": "on" if live else "",
    }

    signed_in(tom).post(reverse("wagtailadmin_pages:copy", args=[session.pk]), sent)

    copied = LessonPage.objects.child_of(SessionPage.objects.get(slug="again")).get()
    assert ids_of(copied) & ids_of(lesson) == set()
    assert copied.translation_key != lesson.translation_key
    assert copied.live == live
    assert copied.revisions.count() == 1


def test_a_part_of_a_course_is_not_shown_in_two_places(signed_in, session, tom, lesson):
    sent = {
        "new_title": "Session 1 again",
        "new_slug": "again",
        "new_parent_page": session.get_parent().pk,
        "alias": "on",
    }

    signed_in(tom).post(reverse("wagtailadmin_pages:copy", args=[session.pk]), sent)

    assert SessionPage.objects.count() == 1


@pytest.mark.parametrize("sent", [{}, {"kit": "none"}, {"copy": "999999"}, {"copy": "x"}])
def test_what_is_not_offered_begins_nothing(signed_in, session, tom, sent):
    assert signed_in(tom).post(begin(session), sent).status_code == 404
    assert LessonPage.objects.count() == 0


def test_who_does_not_write_is_not_let_in(signed_in, session):
    person = make_person()
    make_role(person, make_organisation(), RoleKind.ORGANISER)

    assert signed_in(person).get(begin(session)).status_code == 403
