"""Taking a course out of the CMS as one zip, and bringing one in."""

import io
from contextlib import suppress
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from content.models import H5PPackage
from courses import bundle
from courses.actions import catalogue
from courses.affected import course_of
from courses.forms.bundles import BringInForm
from courses.models import CoursePage, RoleKind
from courses.views import bundles
from tests.courses.bundle.test_activities import bundled
from tests.courses.bundle.test_hostile import VALID, zip_of
from tests.factories.courses import (
    make_course,
    make_lesson,
    make_organisation,
    make_peer_educator,
    make_person,
    make_role,
    make_session,
)
from tests.factories.h5p import make_h5p
from tests.factories.languages import in_spanish, in_spanish_by_hand

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def front(db):
    """The front page of a site where nothing is waiting to come in."""
    with suppress(FileNotFoundError):
        for name in storages["private"].listdir(bundles.FOLDER)[1]:
            storages["private"].delete(f"{bundles.FOLDER}/{name}")
    return catalogue.set_up(title="Alongside", lead="Training for peers.", body="")


@pytest.fixture
def author(client):
    """A peer educator, signed in."""
    author = make_peer_educator()
    client.force_login(author)
    return author


@pytest.fixture
def admin(client, author):
    """A technical administrator, signed in: the only one who publishes alone."""
    author.is_superuser = True
    author.save()
    return author


@pytest.fixture
def course(front):
    course = make_course(slug="our-course", sessions_required=1)
    make_lesson(make_session(course, 1), "Leave room")
    draft = make_lesson(course.get_children()[0].specific, "Not yet")
    draft.unpublish()
    return course


def send(client, files=VALID, name="course.zip", data=None):
    sent = SimpleUploadedFile(name, data if data is not None else zip_of(files).getvalue())
    return client.post(reverse("import_course"), {"file": sent})


def bring_in(client, how):
    return client.post(reverse("look_at_course"), {"how": how})


@pytest.mark.parametrize(("asked", "lessons"), [("", 1), ("?drafts", 2)])
def test_a_course_goes_out_as_one_zip(client, author, course, asked, lessons):
    answer = client.get(reverse("exported_course", args=[course.pk]) + asked)
    data = b"".join(answer.streaming_content)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="our-course.zip"'
    found = bundle.read(bundle.Zipped(io.BytesIO(data)))
    assert (found.course.title, found.lessons, found.problems) == (course.title, lessons, [])


def test_a_course_says_how_it_goes_out(client, author, course):
    text = client.get(reverse("export_course", args=[course.pk])).content.decode()

    assert reverse("exported_course", args=[course.pk]) in text


def test_a_course_is_looked_at_before_it_comes_in(client, author):
    answer = send(client)
    text = client.get(answer.url).content.decode()

    assert answer.url == reverse("look_at_course")
    assert "1 session, 1 lesson, 1 picture" in text
    assert "Leave room" in text
    assert not CoursePage.objects.exists()


@pytest.mark.parametrize(("how", "live"), [("drafts", False), ("published", True)])
def test_a_course_comes_in_as_is_wished(client, admin, how, live):
    send(client)

    answer = bring_in(client, how)

    course = CoursePage.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[course.pk])
    assert {page.live for page in [course, *course.get_descendants()]} == {live}
    assert course.owner == admin
    assert client.get(answer.url).status_code == 200
    assert not storages["private"].listdir(bundles.FOLDER)[1]


def test_a_peer_educator_does_not_publish_what_comes_in(client, author):
    """Two people read first what trainees read."""
    send(client)

    assert bring_in(client, "published").url == reverse("wagtailadmin_home")  # turned away
    assert not CoursePage.objects.exists()


def test_a_lesson_that_needs_signing_off_comes_as_a_draft(client, admin):
    name = "session-1/1a-leave-room.md"
    asks = "minutes: 12\nsign_off_needed: A safeguarding lead\n"
    send(client, VALID | {name: VALID[name].replace("minutes: 12\n", asks)})

    bring_in(client, "published")

    [lesson] = CoursePage.objects.get().get_descendants().not_live().specific()
    assert lesson.sign_off_needed == "A safeguarding lead"


def test_what_cannot_be_read_is_told_and_left_out(client, author):
    files = VALID | {"session-1/1b-other.md": "Hello"}

    text = client.get(send(client, files).url).content.decode()
    bring_in(client, "drafts")

    assert "There is 1 thing in it that we cannot read. It will be left out:" in text
    assert "session-1/1b-other.md: The text has to begin with its title" in text
    assert CoursePage.objects.get().get_descendants().count() == 2


def test_a_course_that_is_here_comes_as_a_copy(client, author):
    for _ in range(2):
        text = client.get(send(client).url).content.decode()
        bring_in(client, "drafts")

    assert "This course is here already." in text
    assert [c.slug for c in CoursePage.objects.order_by("path")] == ["a-course", "a-course-2"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            b"Hello",
            "This is not a zip file that we can open. Choose one that “Export” made.",
        ),
        (b"", "There is nothing in this file."),
        (zip_of({"a.txt": "x"}).getvalue(), "There is no “course.yaml” in it"),
    ],
)
def test_what_is_no_course_is_turned_back_in_words(client, author, data, says):
    answer = send(client, data=data)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_nothing_chosen_is_told(client, author):
    answer = client.post(reverse("import_course"))

    assert answer.status_code == 422
    assert "Choose a file first." in answer.content.decode()


def test_looking_without_a_file_leads_back(client, author):
    for answer in (client.get(reverse("look_at_course")), bring_in(client, "drafts")):
        assert answer.url == reverse("import_course")


def test_what_was_sent_can_be_thrown_away(client, author):
    send(client)

    client.post(reverse("leave_course"))

    assert not storages["private"].listdir(bundles.FOLDER)[1]
    assert client.get(reverse("look_at_course")).url == reverse("import_course")


def test_an_odd_choice_is_shown_again(client, author):
    send(client)

    assert bring_in(client, "loudly").status_code == 200
    assert not CoursePage.objects.exists()


@pytest.mark.parametrize("role", [RoleKind.ORGANISER, RoleKind.FACILITATOR, None])
def test_those_who_do_not_write_cannot_take_or_bring_courses(client, course, role):
    person = make_person()
    if role:
        make_role(person, make_organisation(), role)
    client.force_login(person)

    answers = [
        client.get(reverse("export_course", args=[course.pk])),
        client.get(reverse("exported_course", args=[course.pk])),
        client.get(reverse("import_course")),
        client.get(reverse("look_at_course")),
        client.post(reverse("leave_course")),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5


@pytest.mark.parametrize("where", ["course", "front"])
def test_the_ways_in_and_out_are_where_one_looks(client, author, course, front, where):
    page, name = {
        "course": (course, reverse("export_course", args=[course.pk])),
        "front": (front, reverse("import_course")),
    }[where]

    for view in ("wagtailadmin_pages:edit", "wagtailadmin_explore"):
        assert name in client.get(reverse(view, args=[page.pk])).content.decode()


def test_a_translated_course_offers_no_way_out_that_leads_nowhere(client, author, course):
    spanish = in_spanish(course)
    home = reverse("wagtailadmin_home")

    for page in (
        reverse("wagtailadmin_pages:edit", args=[spanish.pk]),
        reverse("wagtailadmin_explore", args=[spanish.pk]),
        home,
    ):
        shown = client.get(page).content.decode()
        assert reverse("export_course", args=[spanish.pk]) not in shown
        assert reverse("make_edition", args=[spanish.pk]) not in shown
    assert reverse("export_course", args=[course.pk]) in client.get(home).content.decode()
    assert client.get(reverse("export_course", args=[spanish.pk])).status_code == 404


def test_a_translated_course_by_hand_says_where_editions_are_made(client, author, course):
    spanish = in_spanish_by_hand(course, lambda page: None)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[spanish.pk])).content.decode()

    assert "Editions are made of the course as it was first written." in page
    assert reverse("make_edition", args=[spanish.pk]) not in page


def test_who_is_affected_by_a_translation_are_those_who_follow_its_course(course):
    assert course_of(in_spanish(course)) == course


def test_the_choice_to_publish_says_what_comes_as_a_draft_all_the_same():
    labels = dict(BringInForm().fields["how"].choices)

    assert labels["published"] == (
        "Published at once. What was a draft comes as a draft, and so does a lesson that "
        "somebody has to sign off: here, nobody has yet."
    )


def test_a_zip_holds_nothing_about_people(client, author, course):
    with bundle.write(course, drafts=True) as file, ZipFile(file) as made:
        texts = b"".join(made.read(name) for name in made.namelist())

    assert author.name.encode() not in texts


@pytest.fixture
def may_add_activities(author):
    """The permission to upload activities, as peer educators have it or not."""
    return Permission.objects.get(content_type__app_label="content", codename="add_h5ppackage")


def test_whoever_may_upload_activities_brings_a_course_with_some(
    client, author, may_add_activities
):
    author.user_permissions.add(may_add_activities)
    send(client, bundled(make_h5p().getvalue()))
    looked = client.get(reverse("look_at_course"))

    bring_in(client, "drafts")

    assert "1 activity (" in looked.content.decode()
    assert H5PPackage.objects.get().title == "It"


def test_whoever_may_not_is_told_whom_to_ask(client, author, may_add_activities):
    for group in Group.objects.all():
        group.permissions.remove(may_add_activities)

    answer = send(client, bundled(make_h5p().getvalue()))

    assert answer.status_code == 422
    assert (
        "There are activities made with H5P in it. Ask somebody who may upload such activities "
        "to bring this course in." in answer.content.decode()
    )


def test_an_activity_that_cannot_come_in_is_told_and_nothing_comes(client, admin):
    send(client, bundled(make_h5p(libraries={}).getvalue()))

    answer = bring_in(client, "drafts")

    assert answer.status_code == 302
    told = client.get(answer.url).content.decode()
    assert "It needs the library “Alongside.Hello 1.0”" in told
    assert not CoursePage.objects.exists()
