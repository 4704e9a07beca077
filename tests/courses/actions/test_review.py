"""Two people read what trainees will read."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from wagtail.models import GroupPagePermission, PageLogEntry, Revision, Workflow

from courses.actions import catalogue, review
from courses.models import LessonPage, RoleKind, SecondReading
from courses.models.review import GOOD, SEND_BACK, authors_of_changes, may_read_second
from tests.factories.courses import (
    NOW,
    lesson_body,
    make_course,
    make_lesson,
    make_organisation,
    make_person,
    make_role,
    make_session,
    read_block,
    step_block,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_organisation()


@pytest.fixture
def session(place):
    catalogue.set_up(title="Learn", lead="Hello.", body="")
    return make_session(make_course(), 1)


@pytest.fixture
def tom(place, session):
    return educator(place, "Tom Price")


@pytest.fixture
def joy(place, session):
    return educator(place, "Joy Second")


def educator(place, name, *more):
    person = make_person(name)
    for kind in (RoleKind.PEER_EDUCATOR, *more):
        make_role(person, place, kind)
    return person


def draft_by(person, session, **fields):
    lesson = make_lesson(session, live=False, owner=person, **fields)
    lesson.save_revision(user=person)
    return again(lesson)


def again(lesson):
    return LessonPage.objects.get(pk=lesson.pk)


# --- Setting it up -----------------------------------------------------------------------------


def test_setting_up_twice_makes_one_second_reading(session):
    catalogue.set_up(title="Learn", lead="Hello.", body="")

    assert SecondReading.objects.count() == 1
    assert Workflow.objects.filter(name="Second reading").count() == 1
    assert session.get_workflow().name == "Second reading"


def test_a_site_that_chose_another_way_keeps_it(session):
    own = Workflow.objects.create(name="Our own")
    page = session.get_parent().get_parent()
    page.workflowpage.workflow = own
    page.workflowpage.save()

    catalogue.set_up(title="Learn", lead="Hello.", body="")

    assert again(draft_by(make_person(), session)).get_workflow() == own


def test_a_peer_educator_may_write_and_not_publish(session, tom):
    lesson = draft_by(tom, session)

    may = lesson.permissions_for_user(tom)
    assert (may.can_edit(), may.can_publish()) == (True, False)
    assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exclude(
        group__name__in=["Moderators", "Editors"]
    )


def test_taking_something_away_takes_one(session, tom):
    lesson = make_lesson(session)

    may = lesson.permissions_for_user(tom)
    assert (may.can_unpublish(), may.can_delete()) == (True, True)
    assert session.permissions_for_user(tom).can_reorder_children()


# --- Who may read second -----------------------------------------------------------------------


def test_whoever_wrote_since_it_was_published_is_not_the_second_reader(session, tom, joy):
    lesson = draft_by(tom, session)
    lesson.save_revision(user=joy)
    sam = make_person("Sam Trainee")

    assert authors_of_changes(again(lesson)) == {tom.pk, joy.pk}
    assert [may_read_second(lesson, each) for each in (tom, joy, sam)] == [False, False, False]


def test_who_wrote_what_is_published_may_read_the_next_change(session, tom, joy):
    lesson = draft_by(tom, session)
    lesson.get_latest_revision().publish()
    again(lesson).save_revision(user=joy)

    assert authors_of_changes(again(lesson)) == {joy.pk}
    assert list(review.second_readers(again(lesson))) == [tom]


# --- Asking ------------------------------------------------------------------------------------


def test_asking_locks_the_draft_and_tells_the_others(
    session, tom, joy, django_capture_on_commit_callbacks
):
    lesson = draft_by(tom, session)

    with django_capture_on_commit_callbacks(execute=True):
        review.ask(page=lesson, by=tom, at=NOW)

    waiting = again(lesson)
    assert review.waiting(waiting).requested_by == tom
    assert [waiting.get_lock().for_user(each) for each in (tom, joy)] == [True, True]
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == ([joy.email], "Something for you to read")
    assert "Tom Price asks you to be the second reader of “Open questions”." in letter.body


def test_asking_twice_is_asking_once(session, tom, joy):
    lesson = draft_by(tom, session)

    first = review.ask(page=lesson, by=tom, at=NOW)

    assert review.ask(page=lesson, by=tom, at=NOW) == first


def test_what_is_read_is_kept_apart_from_any_open_editor(session, tom, joy):
    lesson = draft_by(tom, session)
    open_in_the_editor = lesson.latest_revision

    review.ask(page=lesson, by=tom, at=NOW)
    review.publish(page=lesson, by=joy, at=NOW)

    published = again(lesson)
    assert published.live_revision_id != open_in_the_editor.pk
    with pytest.raises(PermissionDenied):
        published.save_revision(user=tom, overwrite_revision=open_in_the_editor)


def test_a_draft_with_something_to_mend_is_not_asked_for(session, tom, joy):
    lesson = draft_by(tom, session, minutes=0)

    with pytest.raises(review.NotYet, match="something to mend"):
        review.ask(page=lesson, by=tom, at=NOW)

    assert review.waiting(again(lesson)) is None


def test_where_nobody_else_writes_it_says_who_can_give_the_role(session, tom):
    lesson = draft_by(tom, session)

    with pytest.raises(review.NotYet, match="An organiser can give someone the role"):
        review.ask(page=lesson, by=tom, at=NOW)

    assert Revision.objects.filter(object_id=str(lesson.pk)).count() == 1


def test_what_is_published_already_is_not_asked_for(session, tom, joy):
    lesson = draft_by(tom, session)
    lesson.get_latest_revision().publish()

    with pytest.raises(review.NotYet, match="published already"):
        review.ask(page=again(lesson), by=tom, at=NOW)


# --- Publishing and sending back ---------------------------------------------------------------


def test_the_second_reader_publishes(session, tom, joy):
    lesson = draft_by(tom, session)
    review.ask(page=lesson, by=tom, at=NOW)

    review.publish(page=lesson, by=joy, at=NOW)

    assert (again(lesson).live, again(lesson).has_unpublished_changes) == (True, False)
    assert again(lesson).get_lock() is None


def test_the_writer_cannot_publish_it_by_themselves(session, tom, joy):
    lesson = draft_by(tom, session)
    review.ask(page=lesson, by=tom, at=NOW)

    with pytest.raises(review.NotYet, match="somebody else reads it"):
        review.publish(page=lesson, by=tom, at=NOW)

    task_state = again(lesson).current_workflow_task_state
    with pytest.raises(PermissionDenied):
        task_state.task.specific.on_action(task_state, tom, GOOD)
    assert not again(lesson).live


def test_what_nobody_asked_for_cannot_be_published(session, tom, joy):
    with pytest.raises(review.NotYet, match="does not wait"):
        review.publish(page=draft_by(tom, session), by=joy, at=NOW)


def test_it_is_not_published_while_something_stops_it(session, tom, joy):
    lesson = draft_by(tom, session, sign_off_needed="A psychologist")
    review.sign_off(page=lesson, name="Dr Ama Boateng", by=tom, at=NOW)
    review.ask(page=lesson, by=tom, at=NOW)
    again(lesson).sign_offs.all().delete()

    with pytest.raises(review.NotYet, match="something to mend"):
        review.publish(page=lesson, by=joy, at=NOW)
    task_state = again(lesson).current_workflow_task_state
    with pytest.raises(PermissionDenied):
        task_state.task.specific.on_action(task_state, joy, GOOD)

    assert not again(lesson).live


def test_sending_back_says_why_to_the_writer(session, tom, joy):
    lesson = draft_by(tom, session)
    review.ask(page=lesson, by=tom, at=NOW)

    review.send_back(page=lesson, by=joy, why="I like the start. Step 2 needs a story.")

    back = review.sent_back(again(lesson))
    assert (back.finished_by, back.comment) == (joy, "I like the start. Step 2 needs a story.")
    assert again(lesson).get_lock() is None
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == ([tom.email], "Your draft came back, with a note")
    assert "I like the start. Step 2 needs a story." in letter.body


@pytest.mark.parametrize("why", ["", "   "])
def test_nothing_is_sent_back_without_a_reason(session, tom, joy, why):
    lesson = draft_by(tom, session)
    review.ask(page=lesson, by=tom, at=NOW)
    task_state = again(lesson).current_workflow_task_state

    with pytest.raises(PermissionDenied):
        task_state.task.specific.on_action(task_state, joy, SEND_BACK, comment=why)

    assert review.waiting(again(lesson))


def test_what_was_mended_is_asked_for_again_and_published(session, tom, joy):
    lesson = draft_by(tom, session)
    state = review.ask(page=lesson, by=tom, at=NOW)
    review.send_back(page=lesson, by=joy, why="Add a story.")
    mended = again(lesson)
    mended.body = lesson_body(steps=3)
    mended.save_revision(user=tom)

    assert review.ask(page=mended, by=tom, at=NOW).pk == state.pk
    review.publish(page=mended, by=joy, at=NOW)

    assert len(again(lesson).steps) == 3


# --- Alone -------------------------------------------------------------------------------------


def test_an_organiser_who_writes_may_publish_alone_with_a_reason_that_is_kept(session, place):
    both = educator(place, "Both Baako", RoleKind.ORGANISER)
    lesson = draft_by(both, session)

    review.publish_alone(page=lesson, by=both, why="The old one names a closed helpline.", at=NOW)

    assert again(lesson).live
    entry = PageLogEntry.objects.get(page=lesson.pk, action=review.ALONE)
    assert (entry.user, entry.data) == (both, {"why": "The old one names a closed helpline."})
    assert entry.formatter.format_message(entry) == (
        "Published without a second reader. Why: The old one names a closed helpline."
    )


def test_publishing_alone_ends_the_wait_for_a_second_reader(session, place, joy):
    both = educator(place, "Both Baako", RoleKind.ORGANISER)
    lesson = draft_by(both, session)
    review.ask(page=lesson, by=both, at=NOW)

    review.publish_alone(page=lesson, by=both, why="It is urgent.", at=NOW)

    assert (again(lesson).live, review.waiting(again(lesson))) == (True, None)


def test_others_may_not_publish_alone(session, tom):
    lesson = draft_by(tom, session)

    with pytest.raises(review.NotYet):
        review.publish_alone(page=lesson, by=tom, why="I want to.", at=NOW)

    assert not again(lesson).live


def test_what_needs_a_sign_off_is_never_published_by_one(session, place):
    both = educator(place, "Both Baako", RoleKind.ORGANISER)
    lesson = draft_by(both, session, sign_off_needed="A psychologist")
    review.sign_off(page=lesson, name="Dr Ama Boateng", by=both, at=NOW)

    with pytest.raises(review.NotYet, match="second reader has to"):
        review.publish_alone(page=lesson, by=both, why="It is urgent.", at=NOW)

    assert not again(lesson).live


def test_a_dose_stops_everybody(session, place):
    both = educator(place, "Both Baako", RoleKind.ORGANISER)
    lesson = draft_by(both, session, body=[step_block(), read_block("<p>Take 5 mg.</p>")])

    with pytest.raises(review.NotYet, match="something to mend"):
        review.publish_alone(page=lesson, by=both, why="It is urgent.", at=NOW)
