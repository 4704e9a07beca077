"""What peer educators meet in the CMS, and what it will not let anyone do by mistake."""

import html

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from courses.actions import catalogue
from courses.actions.editions import make_edition
from courses.models import EditionPage, LessonPage, QuestionBankPage, RoleKind
from tests.factories.courses import (
    NOW,
    course_check_block,
    make_bank,
    make_cohort,
    make_course,
    make_enrolment,
    make_handout,
    make_lesson,
    make_organisation,
    make_peer_educator,
    make_person,
    make_role,
    make_session,
    step_block,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def educator():
    return make_peer_educator()


@pytest.fixture
def lesson():
    """A lesson that an edition holds."""
    catalogue.set_up(title="Learn", lead="Hello.", body="")
    course = make_course(sessions_required=1)
    lesson = make_lesson(make_session(course, 1), "Open questions")
    make_edition(course=course, by=None, at=NOW)
    return lesson


def test_a_peer_educator_may_write_pages_and_sees_the_courses_first(signed_in, educator, lesson):
    response = signed_in(educator).get(reverse("wagtailadmin_home"))

    assert response.status_code == 200
    assert reverse("wagtailadmin_pages:edit", args=[lesson.pk]) in response.content.decode()


@pytest.mark.parametrize("screen", ["wagtailusers_users:index", "wagtailusers_groups:index"])
def test_a_peer_educator_sees_no_people(signed_in, educator, lesson, screen):
    response = signed_in(educator).get(reverse(screen))

    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))


@pytest.mark.parametrize("kind", [RoleKind.ORGANISER, RoleKind.OBSERVER, RoleKind.FACILITATOR])
def test_other_roles_are_not_let_into_the_cms(signed_in, lesson, kind):
    person = make_person()
    make_role(person, make_organisation(), kind)

    response = signed_in(person).get(reverse("wagtailadmin_home"))

    assert response.status_code == 403


@pytest.mark.parametrize("lessons", [1, 3])
def test_the_courses_come_in_few_queries(educator, lessons, rf, django_assert_num_queries):
    from courses.cms_home import CourseTree

    catalogue.set_up(title="Learn", lead="Hello.", body="")
    course = make_course()
    session = make_session(course, 1)
    for n in range(lessons):
        make_lesson(session, f"Lesson {n}")
        make_handout(course, f"Handout {n}")
    request = rf.get("/")
    request.user = educator

    make_bank(course)

    with django_assert_num_queries(7):
        courses = CourseTree(request).get_context_data({})["courses"]

    [tree] = courses
    [(_session, found)] = tree["sessions"]
    assert (len(found), len(tree["handouts"])) == (lessons, lessons)
    assert tree["bank"].title == "Question bank"


def test_the_first_page_leads_to_everything_that_is_written(signed_in, educator, bank):
    course = bank.get_parent()

    words = signed_in(educator).get(reverse("wagtailadmin_home")).content.decode()

    ways = {
        "how to write": reverse("how_to_write"),
        "a lesson": reverse("begin_lesson", args=[course.get_children().first().pk]),
        "a session": reverse("wagtailadmin_pages:add", args=["courses", "sessionpage", course.pk]),
        "a handout": reverse("wagtailadmin_pages:add", args=["courses", "handoutpage", course.pk]),
        "the questions": reverse("wagtailadmin_pages:edit", args=[bank.pk]),
    }
    assert [name for name, there in ways.items() if f'href="{there}"' not in words] == []


def test_it_is_told_how_a_lesson_is_written(signed_in, educator, lesson):
    response = signed_in(educator).get(reverse("how_to_write"))

    assert response.status_code == 200
    assert "Ask a second reader." in response.content.decode()


# --- Addresses ---------------------------------------------------------------------------------


def new_lesson(client, session, title, slug):
    """Begin a lesson as the editor does while somebody writes."""
    sent = {
        "title": title,
        "slug": slug,
        "summary": "",
        "minutes": 12,
        "body": streamfield([]),
        "sources": streamfield([]),
        "comments": inline_formset([]),
    }
    address = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", session.pk])
    return client.post(address, nested_form_data(sent))


def test_lessons_of_one_title_get_an_address_each(signed_in, educator, lesson):
    client = signed_in(educator)

    for _again in range(2):
        new_lesson(client, lesson.get_parent(), lesson.title, lesson.slug)

    lessons = LessonPage.objects.child_of(lesson.get_parent()).order_by("path")
    assert [each.title for each in lessons] == ["Open questions"] * 3
    assert [each.slug for each in lessons] == [
        "open-questions",
        "open-questions-2",
        "open-questions-3",
    ]


def test_a_draft_keeps_its_address_when_it_is_saved_again(signed_in, educator, lesson):
    """The editor that is open still holds the address that was taken."""
    client = signed_in(educator)
    new_lesson(client, lesson.get_parent(), lesson.title, lesson.slug)
    draft = LessonPage.objects.get(live=False)

    publish(client, draft, [("step", {"title": "1"})], slug=lesson.slug)

    assert draft.get_latest_revision_as_object().slug == "open-questions-2"


def test_the_longest_address_there_can_be_still_gets_one_of_its_own(signed_in, educator, lesson):
    client = signed_in(educator)
    for _again in range(2):
        new_lesson(client, lesson.get_parent(), "A long one", "a" * 255)

    slugs = LessonPage.objects.filter(title="A long one").order_by("path")
    assert [each.slug for each in slugs] == ["a" * 255, "a" * 253 + "-2"]


def test_a_published_lesson_that_is_given_a_taken_address_is_told_so(signed_in, educator, lesson):
    client = signed_in(educator)
    new_lesson(client, lesson.get_parent(), "Leave room", "leave-room")

    response = publish(client, lesson, [("step", {"title": "1"})], slug="leave-room")

    said = "Another page here has the address “leave-room”. Choose another one."
    assert said in html.unescape(response.content.decode())
    assert LessonPage.objects.get(pk=lesson.pk).slug == "open-questions"


def test_a_page_that_an_edition_holds_is_kept_and_the_author_told_why(signed_in, educator, lesson):
    address = reverse("wagtailadmin_pages:delete", args=[lesson.pk])

    response = signed_in(educator).post(address, follow=True)

    assert "is part of an edition that groups follow, so it is kept" in response.content.decode()
    assert LessonPage.objects.filter(pk=lesson.pk).exists()


def test_held_pages_are_kept_from_being_deleted_many_at_a_time(signed_in, educator, lesson):
    educator.is_superuser = True
    educator.save()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    signed_in(educator).post(f"{address}?id={lesson.pk}")

    assert EditionPage.objects.filter(page=lesson.page_ptr).exists()


def test_a_page_that_nothing_holds_may_be_deleted(signed_in, educator, lesson):
    spare = make_lesson(lesson.get_parent().specific, "Spare")

    signed_in(educator).post(reverse("wagtailadmin_pages:delete", args=[spare.pk]))

    assert not LessonPage.objects.filter(pk=spare.pk).exists()


def test_the_cms_may_frame_a_preview_and_nobody_else(signed_in, educator, lesson):
    client = signed_in(educator)
    preview = reverse("wagtailadmin_pages:view_draft", args=[lesson.pk])

    response = client.get(preview)

    assert response.status_code == 200
    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-inline" not in policy


def test_the_public_address_of_a_lesson_takes_a_trainee_to_their_own_copy(client, lesson):
    edition = EditionPage.objects.get(page=lesson.page_ptr).edition
    enrolment = make_enrolment(cohort=make_cohort(edition=edition))
    lesson.slug = "renamed"
    lesson.save()
    client.force_login(enrolment.trainee)

    response = client.get(lesson.get_url())

    assert response.status_code == 302
    assert response.url == reverse("lesson", args=[enrolment.pk, "session-1", "open-questions"])


def test_a_stranger_reads_what_a_lesson_is_about_and_no_more(client, lesson):
    response = client.get(lesson.get_url())

    assert response.status_code == 200
    assert "An open question asks for a story." in response.content.decode()
    assert "Text of step 1." not in response.content.decode()


# --- The question bank -------------------------------------------------------------------------


@pytest.fixture
def bank(lesson):
    return make_bank(lesson.get_parent().get_parent().specific)


def test_a_question_bank_has_no_page_for_anyone(client, signed_in, educator, bank):
    answers = [client.get(bank.get_url()).status_code]
    answers += [signed_in(educator).get(bank.get_url()).status_code]

    assert answers == [404, 404]


def test_an_author_sees_all_the_questions_in_a_preview(signed_in, educator, bank):
    response = signed_in(educator).get(reverse("wagtailadmin_pages:view_draft", args=[bank.pk]))

    words = response.content.decode()
    assert response.status_code == 200
    asked = ["Session 1", "What would you say?", "What comes first?", "Is this something for us?"]
    assert [each for each in asked if each not in words] == []


def test_a_course_has_one_question_bank_and_no_more(bank):
    course = bank.get_parent().specific

    assert not QuestionBankPage.can_create_at(course)


def test_a_question_bank_is_written_in_the_cms(signed_in, educator, lesson):
    course = lesson.get_parent().get_parent()

    response = signed_in(educator).get(
        reverse("wagtailadmin_pages:add", args=["courses", "questionbankpage", course.pk])
    )

    assert response.status_code == 200


def publish(client, page, body, slug=None):
    """Publish a page as the editor does, and follow to where it leads."""
    sent = {
        "title": page.title,
        "slug": slug or page.slug,
        "summary": "What it is about.",
        "minutes": 12,
        "body": streamfield(body),
        "sources": streamfield([]),
        "comments": inline_formset([]),
        "action-publish": "action-publish",
    }
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, nested_form_data(sent), follow=True)


NINE = ("course_check", {"title": "Now", "help": "", "purpose": "final", "draw": 9, "need": 5})


def test_publishing_says_when_the_bank_holds_fewer_questions_than_are_asked(
    signed_in, educator, lesson, bank
):
    client = signed_in(make_person(is_superuser=True))
    questions = [("heading", "Session 1")]

    answers = [
        publish(client, lesson, [("step", {"title": "Check"}), NINE]),
        publish(client, bank, questions),
    ]

    told = "“Open questions” asks 9 questions from the question bank, but only %s questions are"
    words = [html.unescape(answer.content.decode()) for answer in answers]
    assert [told % n in page for n, page in zip((4, 0), words, strict=True)] == [True, True]
    assert [page.count("questions from the question bank") for page in words] == [1, 1]


def test_publishing_says_nothing_when_it_fits(signed_in, educator, lesson, bank):
    four = ("course_check", {**NINE[1], "draw": 4, "need": 3})

    administrator = signed_in(make_person(is_superuser=True))

    answer = publish(administrator, lesson, [("step", {"title": "Check"}), four])

    assert "from the question bank" not in answer.content.decode()


def test_before_an_edition_is_made_it_says_what_the_bank_lacks(signed_in, educator, lesson, bank):
    lesson.body = [step_block("Check"), course_check_block(draw=9, need=5)]
    lesson.save_revision().publish()
    address = reverse("make_edition", args=[bank.get_parent().pk])

    answers = [signed_in(educator).get(address), signed_in(educator).post(address, follow=True)]

    words = [html.unescape(answer.content.decode()) for answer in answers]
    assert ["but only 4 questions are published there" in page for page in words] == [True, True]


def test_an_author_says_that_a_course_leads_to_ready_and_which_sessions_are_needed(
    signed_in, educator, lesson
):
    session = lesson.get_parent()
    client = signed_in(educator)

    pages = [
        client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        for page in (session.get_parent(), session)
    ]

    fields = ("leads_to_ready", "needed_for_ready")
    assert [f'name="{field}"' in page for page in pages for field in fields] == [
        True,
        False,
        False,
        True,
    ]


def test_before_an_edition_is_made_it_says_what_ready_lacks(signed_in, educator, lesson):
    course = lesson.get_parent().get_parent().specific
    course.leads_to_ready = True
    course.save_revision().publish()
    address = reverse("make_edition", args=[course.pk])

    answers = [signed_in(educator).get(address), signed_in(educator).post(address, follow=True)]

    words = [html.unescape(answer.content.decode()) for answer in answers]
    assert ["it needs a check at its end" in page for page in words] == [True, True]
    assert ["observers need a handout" in page for page in words] == [True, False]
    assert course.editions.count() == 1
