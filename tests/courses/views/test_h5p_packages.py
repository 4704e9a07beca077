"""Activities at the author's desk: the list, and all about one."""

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.users.forms import GroupForm

from content.models import H5PPackage
from courses.actions.languages import open_language
from courses.models import LessonPage, RoleKind
from tests.courses.views.test_h5p_uploads import an_edition_with, take_back
from tests.factories.courses import (
    NOW,
    h5p_block,
    make_course,
    make_lesson,
    make_organisation,
    make_person,
    make_role,
    make_session,
    step_block,
)
from tests.factories.h5p import make_version

pytestmark = pytest.mark.django_db


def words(answer):
    return " ".join(answer.content.decode().split())


def listed(client, **asked):
    shown = client.get(reverse("activities"), asked).context["activities"]
    return [each.package.title for each in shown]


# --- The list ----------------------------------------------------------------------------------


def test_an_empty_list_says_what_an_activity_is_and_where_to_get_one(client, author):
    page = words(client.get(reverse("activities")))

    assert "An activity is something to do in a lesson" in page
    assert "a file that ends in “.h5p”: from Lumi" in page
    assert reverse("upload_activity") in page


def test_the_list_tells_title_type_version_day_and_by_whom(client, author):
    version = make_version(title="Cards about listening", by=author, at=NOW)

    page = words(client.get(reverse("activities")))

    type_title = H5PPackage.objects.with_type().get().type_title
    assert ">Cards about listening</a>" in page
    assert f"<p>{type_title} · version 1, 1 September 2026 · Tom Price</p>" in page
    assert reverse("activity", args=[version.package_id]) in page
    assert "In no lesson yet" in page


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    client, author, django_assert_num_queries, how_many
):
    for number in range(how_many):
        make_version(title=f"Cards {number}")
    client.get(reverse("activities"))  # what is asked once and kept

    with django_assert_num_queries(14):
        answer = client.get(reverse("activities"))

    assert len(answer.context["activities"]) == how_many


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("", ["Cards about secrets", "Questions"]),
        ("secrets cards", ["Cards about secrets"]),
        ("SECRETS", ["Cards about secrets"]),
        ("film", []),
    ],
)
def test_activities_are_found_by_the_words_of_their_title(client, author, sought, found):
    make_version(title="Cards about secrets")
    make_version(title="Questions")

    assert listed(client, q=sought) == found


def test_activities_are_found_by_their_type(client, author):
    make_version(title="Cards about secrets")

    type_title = H5PPackage.objects.with_type().get().type_title
    assert listed(client, q=type_title) == ["Cards about secrets"]


# --- One of them -------------------------------------------------------------------------------


def test_an_activity_shows_its_versions_newest_first(client, author):
    version = make_version()
    make_version(package=version.package)

    answer = client.get(reverse("activity", args=[version.package_id]))

    assert [version.number for version, _ in answer.context["versions"]] == [2, 1]
    assert reverse("play_activity", args=[version.package_id, 2]) in words(answer)


def test_its_title_is_changed_without_a_new_version(client, author):
    package = make_version(title="Cards").package

    answer = client.post(reverse("activity", args=[package.pk]), {"title": "Cards for week 2"})

    assert answer.url == reverse("activity", args=[package.pk])
    assert H5PPackage.objects.get().title == "Cards for week 2"
    assert package.versions.count() == 1


def test_an_empty_title_is_asked_for_again(client, author):
    package = make_version(title="Cards").package

    answer = client.post(reverse("activity", args=[package.pk]), {"title": " "})

    assert answer.status_code == 422
    assert '<h2 class="w-h2">Cards</h2>' in words(answer)
    assert H5PPackage.objects.get().title == "Cards"


def test_an_activity_that_is_not_there_is_not_found(client, author):
    assert client.get(reverse("activity", args=[99])).status_code == 404


def test_the_way_back_leads_to_the_activity_whatever_it_is_called(client, author):
    package = make_version(title="Delete it").package

    page = client.get(reverse("delete_activity", args=[package.pk]))

    assert page.context["back"] == reverse("activity", args=[package.pk])


def test_who_may_add_finds_all_that_can_be_done(client, author):
    version = make_version()

    page = words(client.get(reverse("activity", args=[version.package_id])))

    for way in ("replace_activity", "delete_activity"):
        assert reverse(way, args=[version.package_id]) in page
    assert reverse("export_activity", args=[version.package_id, 1]) in page


def test_what_was_let_through_is_told_beside_its_version(client, author):
    files = {"unused.png": b"x"}
    version = make_version(files=files)

    page = words(client.get(reverse("activity", args=[version.package_id])))

    assert "<li>Some files are not used by the activity: unused.png.</li>" in page


def test_a_version_goes_out_as_a_file_that_can_come_in_again(client, author):
    version = make_version(title="Cards: a “first” one", content={"greeting": "Good morning"})
    make_version(package=version.package)

    answer = client.get(reverse("export_activity", args=[version.package_id, 1]))
    file = SimpleUploadedFile("again.h5p", b"".join(answer.streaming_content))

    name = 'attachment; filename="cards-a-first-one-1.h5p"'
    assert answer.headers["Content-Disposition"] == name
    again = make_version(file=file)
    assert (again.content, again.metadata) == (version.content, version.metadata)


def test_it_plays_as_a_trainee_meets_it_and_keeps_nothing(client, author):
    version = make_version(title="Cards")

    answer = client.get(reverse("play_activity", args=[version.package_id, 1]))

    shown = answer.context["h5p"]
    assert (shown["title"], shown["version"]) == ("Cards", version.pk)
    assert (shown["said_url"], shown["state_url"], shown["on_url"]) == ("", "", "")
    assert client.get(shown["frame"]).status_code == 200


# --- In lessons --------------------------------------------------------------------------------


def test_lessons_that_have_it_are_named_live_or_drafted(client, author):
    package = make_version().package
    session = make_session(make_course(), 1)
    live = make_lesson(session, "Leave room", body=[step_block(), h5p_block(package)])
    draft = make_lesson(session, "Say it back", body=[step_block()])
    make_lesson(session, "No cards here", body=[step_block()])
    draft.body = [*draft.body.raw_data, h5p_block(package)]
    draft.save_revision()

    there = client.get(reverse("activity", args=[package.pk]))
    [listed] = client.get(reverse("activities")).context["activities"]

    assert there.context["lessons"] == listed.lessons == (live, draft)


def test_a_lesson_that_is_not_translated_is_named_once(client, author):
    package = make_version().package
    lesson = make_lesson(make_session(make_course(), 1), body=[step_block(), h5p_block(package)])
    open_language("es")

    [listed] = client.get(reverse("activities")).context["activities"]

    assert LessonPage.objects.filter(alias_of=lesson).count() == 1
    assert listed.lessons == (lesson,)


@pytest.mark.parametrize("state", ["live", "draft"])
def test_what_a_lesson_has_is_kept(client, author, state):
    package = make_version().package
    lesson = make_lesson(make_session(make_course(), 1), "Leave room", body=[step_block()])
    lesson.body = [*lesson.body.raw_data, h5p_block(package)]
    revision = lesson.save_revision()
    if state == "live":
        revision.publish()

    answer = client.post(reverse("delete_activity", args=[package.pk]))

    assert "Take it out of these first: Leave room." in words(client.get(answer.url))
    assert H5PPackage.objects.get() == package


# --- Deleting ----------------------------------------------------------------------------------


def below(folder):
    """The folders and files in a folder of the store, whether or not there is one."""
    try:
        return storages["private"].listdir(folder)
    except FileNotFoundError:
        return [], []


def test_what_nobody_uses_is_deleted_with_its_files(
    client, author, django_capture_on_commit_callbacks
):
    version = make_version(files={"picture.png": b"abc"})
    there = reverse("delete_activity", args=[version.package_id])
    assert below(version.folder) != ([], [])
    asked = words(client.get(there))

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(there)

    assert "It has 1 version. It goes, and cannot be brought back from here." in asked
    assert answer.url == reverse("activities")
    assert not H5PPackage.objects.exists()
    assert below(version.folder) == ([], [])


def test_what_an_edition_holds_is_kept(client, author):
    version = make_version()
    an_edition_with(version)

    answer = client.post(reverse("delete_activity", args=[version.package_id]))

    assert answer.url == reverse("activity", args=[version.package_id])
    assert ("It is part of an edition of a course that groups follow, so it is kept.") in words(
        client.get(answer.url)
    )
    assert H5PPackage.objects.get() == version.package


# --- Who may -----------------------------------------------------------------------------------


def test_who_may_not_add_sees_and_plays_but_changes_nothing(client, author):
    package = make_version(title="Cards").package
    take_back()
    one = reverse("activity", args=[package.pk])

    pages = [
        client.get(reverse("activities")),
        client.get(one),
        client.get(reverse("play_activity", args=[package.pk, 1])),
        client.get(reverse("export_activity", args=[package.pk, 1])),
    ]
    changes = [
        client.post(one, {"title": "Mine"}),
        client.post(reverse("delete_activity", args=[package.pk])),
    ]

    assert b"".join(pages[3].streaming_content)
    assert [page.status_code for page in pages] == [200] * 4
    assert {answer.status_code for answer in changes} <= {302, 403}
    assert H5PPackage.objects.get().title == "Cards"
    for page in pages[:2]:
        for way in ("upload_activity", "replace_activity", "delete_activity"):
            args = [] if way == "upload_activity" else [package.pk]
            assert reverse(way, args=args) not in words(page)


def test_the_permission_stands_in_the_groups_of_the_cms():
    offered = GroupForm().fields["permissions"].queryset

    assert (
        offered.filter(content_type__app_label="content").values_list("codename", flat=True).get()
        == "add_h5ppackage"
    )


@pytest.mark.parametrize("role", [RoleKind.ORGANISER, RoleKind.FACILITATOR, None])
def test_those_who_do_not_write_do_not_come_to_activities(client, role):
    package = make_version().package
    person = make_person()
    if role:
        make_role(person, make_organisation(), role)
    client.force_login(person)

    answers = [
        client.get(reverse("activities")),
        client.get(reverse("activity", args=[package.pk])),
        client.get(reverse("upload_activity")),
        client.get(reverse("play_activity", args=[package.pk, 1])),
        client.get(reverse("export_activity", args=[package.pk, 1])),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
