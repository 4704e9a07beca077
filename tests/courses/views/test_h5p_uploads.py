"""A peer educator uploads an activity, and gives one that is here another file."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from content.forms.h5p import FileForm
from content.models import H5PLibrary, H5PPackage
from courses.actions import editions
from courses.actions.people import PEER_EDUCATORS
from courses.models import EditionFile
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_course,
    make_lesson,
    make_session,
)
from tests.factories.h5p import library_files, make_h5p, make_version, zip_of

pytestmark = pytest.mark.django_db
SCRIPT = {"Accept": "application/json"}
NO_ZIP = b"Hello"


def a_file(data=None, **what):
    return SimpleUploadedFile("cards.h5p", make_h5p(**what).getvalue() if data is None else data)


def upload(client, file, headers=None, **typed):
    return client.post(reverse("upload_activity"), typed | {"file": file}, headers=headers)


def replace(client, package, file, headers=None):
    there = reverse("replace_activity", args=[package.pk])
    return client.post(there, {"file": file}, headers=headers)


# --- A new one ---------------------------------------------------------------------------------


def test_a_file_becomes_an_activity_that_one_looks_at_next(client, author):
    answer = upload(client, a_file(title="Cards about listening"))

    package = H5PPackage.objects.get()
    assert answer.url == reverse("activity", args=[package.pk])
    assert (package.title, package.made_by) == ("Cards about listening", author)
    said = client.get(answer.url).content.decode()
    assert "“Cards about listening” is here. Try it below." in said


def test_what_one_types_is_its_title(client, author):
    upload(client, a_file(title="Cards"), title="Cards for week 2")

    assert H5PPackage.objects.get().title == "Cards for week 2"


def test_what_is_wrong_stands_beside_the_file_and_the_title_stays(client, author):
    answer = upload(client, a_file(NO_ZIP), title="Cards for week 2")

    assert answer.status_code == 422
    form = answer.context["form"]
    page = answer.content.decode()
    assert [len(form.errors["file"]), list(form.errors)] == [1, ["file"]]
    assert f'id="id_file_error" role="alert">{form.errors["file"][0]}</p>' in page
    assert 'value="Cards for week 2"' in page
    assert not H5PPackage.objects.exists()


@pytest.mark.parametrize(
    ("sent", "says"),
    [({}, "Choose a file first."), ({"file": a_file(b"")}, "There is nothing in this file.")],
    ids=["nothing", "an empty file"],
)
def test_a_file_is_needed(client, author, sent, says):
    answer = client.post(reverse("upload_activity"), sent)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_how_large_it_may_be_is_said_before(client, author):
    page = client.get(reverse("upload_activity")).content.decode()

    assert "It ends in “.h5p”, and has 300.0\xa0MB at most." in page


def test_a_file_that_is_too_large_is_not_looked_into(author):
    file = SimpleUploadedFile("cards.h5p", b"x")
    file.size = 300 * 1024 * 1024 + 1

    form = FileForm(QueryDict(), MultiValueDict({"file": [file]}))

    assert form.errors == {"file": ["This file is too large. We take 300.0\xa0MB at most."]}


def test_a_large_file_waits_on_the_disk(author):
    """What comes in is never whole in memory: only small files are."""
    sent = SimpleUploadedFile("cards.h5p", b"x" * (3 * 1024 * 1024))

    request = RequestFactory().post("/", {"file": sent})

    assert type(request.FILES["file"]) is TemporaryUploadedFile
    request.close()


def test_a_file_with_types_only_says_what_can_be_used_now(client, author):
    answer = upload(client, a_file(zip_of(library_files()).getvalue()))

    assert answer.url == reverse("activities")
    assert "These types can be used now: Hello." in client.get(answer.url).content.decode()
    assert H5PLibrary.objects.get().title == "Hello"
    assert not H5PPackage.objects.exists()


# --- With script: the answer is read without leaving the page -----------------------------------


def test_a_script_is_told_where_to_go(client, author):
    answer = upload(client, a_file(), SCRIPT)

    assert answer.json() == {"go": reverse("activity", args=[H5PPackage.objects.get().pk])}


def test_a_script_is_told_what_is_wrong(client, author):
    answer = upload(client, a_file(NO_ZIP), SCRIPT)

    as_page = upload(client, a_file(NO_ZIP))
    assert answer.status_code == 422
    assert answer.json() == {"problem": as_page.context["form"].errors["file"][0]}


# --- Another file ------------------------------------------------------------------------------


def test_another_file_is_a_new_version(client, author):
    package = make_version().package

    answer = replace(client, package, a_file(title="Other words"))

    assert answer.url == reverse("activity", args=[package.pk])
    assert [each.number for each in package.versions.order_by("number")] == [1, 2]
    assert H5PPackage.objects.get().title == package.title
    assert "Version 2 is here. Try it below." in client.get(answer.url).content.decode()


def test_a_file_that_is_none_leaves_the_version_that_is_there(client, author):
    package = make_version().package

    answer = replace(client, package, a_file(NO_ZIP))

    assert answer.status_code == 422
    assert [each.number for each in package.versions.all()] == [1]


def test_what_another_file_means_for_groups_is_said_before(client, author):
    version = make_version()
    edition = an_edition_with(version)
    for _ in range(2):
        make_cohort(edition)

    page = client.get(reverse("replace_activity", args=[version.package_id])).content.decode()

    assert "It becomes version 2. Version 1 is kept as it is." in page
    assert (
        "2 groups are using version 1. They keep it. A new edition of the course takes the "
        "newest one."
    ) in " ".join(page.split())


def test_without_groups_that_is_said(client, author):
    version = make_version()

    page = client.get(reverse("replace_activity", args=[version.package_id])).content.decode()

    assert "No group is using it yet." in page


def an_edition_with(version):
    course = make_course(sessions_required=1)
    make_lesson(make_session(course, 1))
    edition = editions.make_edition(course=course, by=None, at=NOW)
    EditionFile.objects.create(edition=edition, h5p_version=version)
    return edition


# --- Who may -----------------------------------------------------------------------------------


def test_uploading_is_given_with_the_role_of_peer_educator():
    group = Group.objects.get(name=PEER_EDUCATORS)

    assert group.permissions.filter(codename="add_h5ppackage").count() == 1


def test_who_may_not_upload_neither_uploads_nor_replaces(client, author):
    package = make_version().package
    take_back()

    answers = [
        client.get(reverse("upload_activity")),
        upload(client, a_file()),
        client.get(reverse("replace_activity", args=[package.pk])),
        replace(client, package, a_file()),
    ]

    assert {answer.status_code for answer in answers} <= {302, 403}
    assert {answer.url for answer in answers if answer.status_code == 302} <= {"/cms/"}
    assert H5PPackage.objects.count() == 1
    assert package.versions.count() == 1


def take_back():
    """What an administrator does in the CMS's groups."""
    group = Group.objects.get(name=PEER_EDUCATORS)
    group.permissions.remove(group.permissions.get(codename="add_h5ppackage"))
