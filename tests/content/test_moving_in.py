"""Files of a site that was there before documents became private."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from wagtail.documents.models import Document

from content.models import CourseDocument
from courses.actions import editions
from courses.models import EditionFile
from tests.factories.courses import NOW, make_course, make_lesson, make_session, step_block
from tests.factories.files import make_document, make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.one_machine]
PUBLIC, PRIVATE = storages["default"], storages["private"]


def move_in():
    editor = SimpleNamespace(connection=connection, execute=lambda sql: None)
    import_module("content.migrations.0004_files_move_in").move_in(apps, editor)


def test_documents_keep_their_number_and_their_places():
    old = Document.objects.create(title="Old", file=ContentFile(b"Hello", name="moving.txt"))
    name = old.file.name

    move_in()

    moved = CourseDocument.objects.get()
    assert (moved.pk, moved.title, moved.file.name) == (old.pk, "Old", name)
    assert not Document.objects.exists()
    assert not PUBLIC.exists(name)
    with moved.open_file() as file:
        assert file.read() == b"Hello"


def test_pictures_as_they_were_uploaded_leave_the_public_folder():
    picture = make_picture("moving.png")
    with PRIVATE.open(picture.file.name) as file:
        PUBLIC.save(picture.file.name, file)
    PRIVATE.delete(picture.file.name)

    move_in()
    move_in()  # twice is once

    assert PRIVATE.exists(picture.file.name)
    assert not PUBLIC.exists(picture.file.name)


def test_editions_of_before_note_what_they_hold():
    film, captions, picture = make_document("a.mp4"), make_document("a.vtt"), make_picture()
    told = {"title": "A", "file": film.pk, "captions": captions.pk, "transcript": "<p>A.</p>"}
    image = {"image": picture.pk, "alt_text": "A", "decorative": False}
    body = [
        step_block(),
        {"type": "video", "value": told},
        {"type": "picture", "value": {"image": image}},
    ]
    course = make_course(sessions_required=1)
    make_lesson(make_session(course, 1), body=body)
    edition = editions.make_edition(course=course, by=None, at=NOW)
    noted = set(edition.files.values_list("document", "picture"))
    EditionFile.objects.all().delete()

    import_module("courses.migrations.0011_files_of_editions").note_files(apps, None)

    assert set(edition.files.values_list("document", "picture")) == noted
    assert len(noted) == 3
