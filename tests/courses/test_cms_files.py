"""Documents and pictures in the CMS: what may be added, and what an edition keeps as it is.

ASVS 5.0: V5.2.1 (no file that is too large), V1.3.4 (no drawings that hold script).
"""

import gc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Collection

from content.files import KINDS
from content.models import CourseDocument, Picture
from courses.actions import catalogue, editions
from tests.factories.courses import (
    NOW,
    make_course,
    make_lesson,
    make_peer_educator,
    make_session,
    step_block,
)
from tests.factories.files import make_document, make_picture, picture_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    """A peer educator, signed in."""
    catalogue.set_up(title="Alongside", lead="Training for peers.", body="")
    author = make_peer_educator()
    client.force_login(author)
    return author


def hold(document=None, picture=None):
    """Make an edition that uses these."""
    body = [step_block()]
    if document:
        body.append({"type": "download", "value": {"title": "It", "file": document.pk}})
    if picture:
        image = {"image": picture.pk, "alt_text": "It", "decorative": False}
        body.append({"type": "picture", "value": {"image": image}})
    course = make_course(sessions_required=1)
    make_lesson(make_session(course, 1), body=body)
    return editions.make_edition(course=course, by=None, at=NOW)


def add(client, name, data=b"Hello"):
    sent = {
        "title": "A file",
        "collection": Collection.get_first_root_node().pk,
        "files[]": SimpleUploadedFile(name, data),
    }
    return client.post(reverse("wagtaildocs:add_multiple"), sent).json()


def replaced(client, what, held, name, data):
    address = reverse(f"wagtail{what}:edit", args=[held.pk])
    sent = {"title": "New", "file": SimpleUploadedFile(name, data)}
    return client.post(address, sent | {"collection": Collection.get_first_root_node().pk})


@pytest.mark.parametrize("kind", KINDS)
def test_the_usual_kinds_of_file_can_be_added(client, author, kind):
    assert add(client, f"file.{kind.upper()}")["success"]
    assert CourseDocument.objects.get().content_type == KINDS[kind]


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "run.js", "run.pdf.exe", "file"])
def test_a_file_that_could_do_something_is_turned_back(client, author, name):
    answer = add(client, name)

    assert not answer["success"]
    assert answer["error_message"].startswith("We cannot take this kind of file (")
    assert not CourseDocument.objects.exists()


def test_a_file_that_is_too_large_is_turned_back(client, author, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 4

    answer = add(client, "film.mp4")

    assert answer["error_message"].startswith("This file is too big")


def test_a_drawing_that_can_hold_script_is_no_picture(client, author):
    sent = {
        "title": "A drawing",
        "collection": Collection.get_first_root_node().pk,
        "files[]": SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    }

    assert not client.post(reverse("wagtailimages:add_multiple"), sent).json()["success"]
    assert not get_image_model().objects.exists()


# Wagtail leaves a temporary file to the garbage collector for each size of a picture.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_file_of_what_an_edition_uses_is_not_replaced(client, author):
    document = make_document(uploaded_by_user=author)
    picture = make_picture(uploaded_by_user=author)
    hold(document, picture)

    answers = [
        replaced(client, "docs", document, "new.txt", b"New"),
        replaced(client, "images", picture, "new.png", picture_bytes()),
    ]

    for answer in answers:
        assert "so it is kept as it is" in answer.content.decode()
    gc.collect()
    assert CourseDocument.objects.get().filename == document.filename
    assert Picture.objects.get().filename == picture.filename
    assert document.file.storage.exists(document.file.name)


def test_the_file_of_what_no_edition_uses_yet_may_be_replaced(client, author):
    document = make_document(uploaded_by_user=author)

    replaced(client, "docs", document, "new.txt", b"New")

    with CourseDocument.objects.get().open_file() as file:
        assert file.read() == b"New"


def test_what_an_edition_uses_may_have_another_title(client, author):
    document = make_document(uploaded_by_user=author)
    hold(document)
    sent = {"title": "Better", "collection": Collection.get_first_root_node().pk}

    client.post(reverse("wagtaildocs:edit", args=[document.pk]), sent)

    assert CourseDocument.objects.get().title == "Better"


DELETIONS = {
    "one": lambda model, pk: (reverse(f"wagtail{model}:delete", args=[pk]), {}),
    "just uploaded": lambda model, pk: (reverse(f"wagtail{model}:delete_multiple", args=[pk]), {}),
    "several": lambda model, pk: (
        reverse(
            "wagtail_bulk_action",
            args=["content", {"docs": "coursedocument", "images": "picture"}[model], "delete"],
        )
        + f"?id={pk}",
        {},
    ),
}


@pytest.mark.parametrize("way", DELETIONS)
@pytest.mark.parametrize("person", ["author", "superuser"])
def test_what_an_edition_uses_is_not_deleted(client, author, way, person):
    author.is_superuser = person == "superuser"
    author.save()
    document = make_document(uploaded_by_user=author)
    picture = make_picture(uploaded_by_user=author)
    hold(document, picture)

    for model, one in [("docs", document), ("images", picture)]:
        client.post(*DELETIONS[way](model, one.pk))

    assert CourseDocument.objects.filter(pk=document.pk).exists()
    assert Picture.objects.filter(pk=picture.pk).exists()


@pytest.mark.parametrize("way", DELETIONS)
def test_what_no_edition_uses_may_be_deleted(client, author, way):
    document = make_document(uploaded_by_user=author)
    hold(make_document())

    client.post(*DELETIONS[way]("docs", document.pk))

    assert not CourseDocument.objects.filter(pk=document.pk).exists()


def test_the_database_itself_keeps_what_an_edition_uses():
    document = make_document()
    hold(document)

    with pytest.raises(ProtectedError):
        document.delete()
