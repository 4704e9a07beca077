"""The screens before publishing: what is found, who is asked, what comes of it."""

import html
import re

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from courses.actions import catalogue, editions, review
from courses.models import LessonPage, RoleKind
from tests.factories.courses import (
    NOW,
    finish_all_lessons,
    make_cohort,
    make_course,
    make_enrolment,
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
def course(place):
    catalogue.set_up(title="Learn", lead="Hello.", body="")
    return make_course(sessions_required=1)


@pytest.fixture
def session(course):
    return make_session(course, 1)


def educator(place, name, *more):
    person = make_person(name)
    for kind in (RoleKind.PEER_EDUCATOR, *more):
        make_role(person, place, kind)
    return person


@pytest.fixture
def tom(place, session):
    return educator(place, "Tom Price")


@pytest.fixture
def joy(place, session):
    return educator(place, "Joy Second")


@pytest.fixture
def draft(session, tom):
    return draft_of(tom, session)


def draft_of(person, session, **fields):
    lesson = make_lesson(session, live=False, owner=person, **fields)
    lesson.save_revision(user=person)
    return LessonPage.objects.get(pk=lesson.pk)


def to(name, page):
    return reverse(name, args=[page.pk])


def text(response):
    main = re.search(r'<div class="desk">.*?</main>', response.content.decode(), re.S)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def said(response):
    return [str(message).strip() for message in response.context["messages"]]


def written(title="Open questions", body=(), **more):
    """What the editor sends of a lesson."""
    return nested_form_data(
        {
            "title": title,
            "slug": "open-questions",
            "summary": "An open question asks for a story.",
            "minutes": "12",
            "required": "on",
            "body": streamfield(list(body)),
            "sources": streamfield([]),
            "comments": inline_formset([]),
            **more,
        }
    )


def again(lesson):
    return LessonPage.objects.get(pk=lesson.pk)


# --- The writer --------------------------------------------------------------------------------


def test_a_draft_with_nothing_to_mend_can_be_asked_for(signed_in, tom, joy, draft):
    client = signed_in(tom)

    before = client.get(to("before_publishing", draft))
    after = client.post(to("before_publishing", draft))

    assert "found nothing to mend" in text(before)
    assert (after.status_code, after.url) == (302, reverse("wagtailadmin_home"))
    assert review.waiting(again(draft)).requested_by == tom


def test_what_stops_it_is_told_and_nothing_is_asked(signed_in, session, tom, joy):
    body = [step_block("Pills"), read_block("<p>Take 5 mg.</p>")]
    draft = draft_of(tom, session, body=body)
    client = signed_in(tom)

    before = client.get(to("before_publishing", draft))
    after = client.post(to("before_publishing", draft))

    assert "This reads like a dose: “5 mg”. A lesson must not name doses." in text(before)
    assert "Write on" not in text(before)
    assert f"#block-{draft.body[1].id}-section" in before.content.decode()
    assert said(after) == ["There is something to mend first. It is listed here."]
    assert review.waiting(again(draft)) is None


def test_what_only_asks_for_a_look_does_not_stop_it(signed_in, session, tom, joy):
    body = [step_block(), read_block('<p><a href="/x">here</a></p>')]
    draft = draft_of(tom, session, body=body)

    response = signed_in(tom).get(to("before_publishing", draft))

    assert "The link “here” does not say where it leads." in text(response)
    assert "Ask a second reader" in text(response)


def test_the_only_writer_is_told_what_is_needed(signed_in, tom, draft):
    response = signed_in(tom).get(to("before_publishing", draft))

    assert (
        "A second reader is needed, and nobody else can write here yet. "
        "An organiser can give someone the role “peer educator”."
    ) in text(response)


def test_the_editor_goes_on_to_asking_when_the_draft_is_saved(signed_in, tom, joy, draft):
    client = signed_in(tom)
    page = client.get(to("wagtailadmin_pages:edit", draft)).content.decode()

    assert 'name="action-ask"' in page
    assert 'name="action-publish"' not in page
    assert 'name="action-submit"' not in page


def test_pressing_the_button_saves_the_draft_and_goes_on(signed_in, tom, joy, draft):
    body = [("step", {"title": "Five seconds"}), ("say", {"lead": "", "words": "Go on."})]
    sent = written("Leave room", body, **{"action-ask": "1"})

    response = signed_in(tom).post(to("wagtailadmin_pages:edit", draft), sent)

    assert (response.status_code, response.url) == (302, to("before_publishing", draft))
    assert again(draft).get_latest_revision_as_object().title == "Leave room"
    assert review.waiting(again(draft)) is None


def test_a_gap_is_told_at_its_place_when_a_reader_is_asked_for(signed_in, tom, joy, draft):
    body = [("step", {"title": "Five seconds"}), ("say", {"lead": "", "words": ""})]
    client = signed_in(tom)

    asked = client.post(
        to("wagtailadmin_pages:edit", draft), written(body=body, **{"action-ask": "1"})
    )
    saved = client.post(to("wagtailadmin_pages:edit", draft), written(body=body))

    assert (asked.status_code, saved.status_code) == (200, 302)
    assert "This field is required." in asked.content.decode()


def test_a_new_lesson_goes_on_to_asking_too(signed_in, session, tom, joy):
    body = [("step", {"title": "Five seconds"}), ("say", {"lead": "", "words": "Go on."})]
    address = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", session.pk])

    response = signed_in(tom).post(address, written(body=body, **{"action-ask": "1"}))

    made = LessonPage.objects.get()
    assert response.url == to("before_publishing", made)
    assert (made.live, made.owner) == (False, tom)


def test_a_sign_off_is_recorded_with_its_name(signed_in, session, tom, joy):
    draft = draft_of(tom, session, sign_off_needed="someone trained in suicide prevention")
    client = signed_in(tom)

    before = client.get(to("before_publishing", draft))
    nameless = client.post(to("sign_off", draft), {"name": " "})
    client.post(to("sign_off", draft), {"name": "Dr Ama Boateng, psychologist"})
    after = client.get(to("before_publishing", draft))

    assert "Has to agree to it first: someone trained in suicide prevention." in text(before)
    assert nameless.status_code == 422
    assert "Say who signed it off." in text(nameless)
    assert "Dr Ama Boateng, psychologist signed off these words." in text(after)
    assert [(each.name, each.by) for each in draft.sign_offs.all()] == [
        ("Dr Ama Boateng, psychologist", tom)
    ]


def test_most_lessons_have_nothing_to_sign_off(signed_in, tom, draft):
    assert signed_in(tom).post(to("sign_off", draft), {"name": "X"}).status_code == 404


# --- The second reader -------------------------------------------------------------------------


def test_the_second_reader_reads_it_and_publishes(signed_in, tom, joy, draft):
    review.ask(page=draft, by=tom, at=NOW)
    client = signed_in(joy)

    page = client.get(to("second_reading", draft))
    answer = client.post(to("second_reading", draft), {"good": "1"})

    assert "Tom Price asks you to read this." in text(page)
    assert "Text of step 2." in text(page)
    assert (answer.status_code, answer.url) == (302, to("published", draft))
    assert again(draft).live


def test_sending_back_without_a_reason_asks_for_one(signed_in, tom, joy, draft):
    review.ask(page=draft, by=tom, at=NOW)

    response = signed_in(joy).post(to("second_reading", draft), {"send-back": "1", "comment": ""})

    assert response.status_code == 422
    assert "Say what should change, so that the writer can mend it." in text(response)
    assert review.waiting(again(draft))


def test_the_reason_stands_above_the_lesson_in_its_editor(signed_in, tom, joy, draft):
    review.ask(page=draft, by=tom, at=NOW)
    why = "A good start. <b>Step 2</b> needs a story."

    signed_in(joy).post(to("second_reading", draft), {"send-back": "1", "comment": why})
    editor = signed_in(tom).get(to("wagtailadmin_pages:edit", draft)).content.decode()

    assert "Joy Second read this on" in editor
    assert "A good start. &lt;b&gt;Step 2&lt;/b&gt; needs a story." in editor


def test_the_writer_is_not_their_own_second_reader(signed_in, tom, joy, draft):
    review.ask(page=draft, by=tom, at=NOW)
    client = signed_in(tom)

    page = client.get(to("second_reading", draft))
    answer = client.post(to("second_reading", draft), {"good": "1"})

    assert "somebody else reads it before it is published" in text(page)
    assert said(answer) == [
        "You wrote some of this, so somebody else reads it before it is published."
    ]
    assert not again(draft).live


def test_two_second_readers_answer_and_the_later_is_told(signed_in, place, tom, joy, draft):
    sam = educator(place, "Sam Third")
    review.ask(page=draft, by=tom, at=NOW)
    signed_in(joy).post(to("second_reading", draft), {"good": "1"})

    late = signed_in(sam).post(
        to("second_reading", draft), {"send-back": "1", "comment": "Not yet."}
    )

    assert said(late) == ["This does not wait for a second reader now. Somebody has seen to it."]
    assert again(draft).live


@pytest.mark.parametrize("who", ["joy", "tom"])
def test_nobody_changes_what_is_being_read(signed_in, tom, joy, draft, who):
    review.ask(page=draft, by=tom, at=NOW)
    person = {"joy": joy, "tom": tom}[who]

    response = signed_in(person).post(to("wagtailadmin_pages:edit", draft), written(title="Mine"))

    assert response.status_code == 200
    assert again(draft).get_latest_revision_as_object().title == "Open questions"


def test_the_writer_may_take_it_back(signed_in, tom, joy, draft):
    review.ask(page=draft, by=tom, at=NOW)

    signed_in(tom).post(
        to("wagtailadmin_pages:edit", draft), written(**{"action-cancel-workflow": "1"})
    )

    assert review.waiting(again(draft)) is None


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_stands_first_in_the_cms(signed_in, session, tom, joy, count):
    for n in range(count):
        review.ask(page=draft_of(tom, session, title=f"Lesson {n}"), by=tom, at=NOW)

    mine = signed_in(tom).get(reverse("wagtailadmin_home")).content.decode()
    hers = signed_in(joy).get(reverse("wagtailadmin_home")).content.decode()

    assert mine.count("You asked.") == count
    assert hers.count("Tom Price asks for one.") == count


# --- Alone -------------------------------------------------------------------------------------


def test_an_organiser_who_writes_may_publish_with_a_reason(signed_in, place, session):
    both = educator(place, "Both Baako", RoleKind.ORGANISER)
    draft = draft_of(both, session)
    client = signed_in(both)

    offered = client.get(to("before_publishing", draft))
    nothing_said = client.post(to("publish_alone", draft), {"why": ""})
    done = client.post(to("publish_alone", draft), {"why": "A helpline has closed."})

    assert "Publish without a second reader" in text(offered)
    assert nothing_said.status_code == 422
    assert done.url == to("published", draft)
    assert again(draft).live


def test_a_writer_alone_is_not_let_in_there(signed_in, tom, draft):
    client = signed_in(tom)

    answers = [client.get(to("publish_alone", draft)), client.post(to("publish_alone", draft))]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert not again(draft).live


def test_even_an_administrator_does_not_publish_a_dose(signed_in, session, tom):
    tom.is_superuser = True
    tom.save()
    body = [step_block(), read_block("<p>Take 5 mg.</p>")]
    draft = draft_of(tom, session, body=body)

    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    signed_in(tom).post(f"{address}?id={draft.pk}")

    assert not again(draft).live


# --- The effect --------------------------------------------------------------------------------


def published_text(client, page):
    return text(client.get(to("published", page)))


def test_publishing_tells_who_is_part_way_and_keeps_their_edition(signed_in, course, session, tom):
    lesson = make_lesson(session)
    cohort = make_cohort(editions.make_edition(course=course, by=None, at=NOW))
    for _n in range(6):
        make_enrolment(cohort)

    said_then = published_text(signed_in(tom), lesson)

    assert (
        "6 people in 1 group are part-way. They keep edition 1, and nothing changes for them."
    ) in said_then
    assert "A new group takes the changes only after a new edition is made." in said_then


@pytest.mark.parametrize("people", [1, 3, 4])
def test_of_a_few_people_only_that_they_are_few(signed_in, course, session, tom, people):
    lesson = make_lesson(session)
    cohort = make_cohort(editions.make_edition(course=course, by=None, at=NOW))
    for _n in range(people):
        make_enrolment(cohort)

    assert (
        "Fewer than 5 people are part-way. They keep edition 1, and nothing changes for them."
    ) in published_text(signed_in(tom), lesson)


def test_who_has_completed_or_left_is_not_part_way(signed_in, course, session, tom):
    from tests.factories.courses import attend

    lesson = make_lesson(session)
    cohort = make_cohort(editions.make_edition(course=course, by=None, at=NOW))
    finished, left = make_enrolment(cohort), make_enrolment(cohort)
    attend(finished, 1)
    finish_all_lessons(finished)
    left.left_at = NOW
    left.save()

    assert "Nobody is part-way through this course now." in published_text(signed_in(tom), lesson)


# --- Who is let in -----------------------------------------------------------------------------

SCREENS = ["before_publishing", "second_reading", "published", "publish_alone", "try_lesson"]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("kind", [RoleKind.ORGANISER, RoleKind.FACILITATOR, RoleKind.OBSERVER])
def test_who_does_not_write_is_not_let_in(signed_in, place, draft, screen, kind):
    person = make_person()
    make_role(person, place, kind)

    assert signed_in(person).get(to(screen, draft)).status_code == 403


@pytest.mark.parametrize("screen", SCREENS)
def test_a_page_that_is_not_there_is_not_found(signed_in, tom, screen):
    assert signed_in(tom).get(reverse(screen, args=[999_999])).status_code == 404
