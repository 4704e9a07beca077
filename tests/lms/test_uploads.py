"""How much may be sent at once, and how often: nothing that is turned away touches the disk.

ASVS 5.0: V5.2.1 (no file that is too large), V5.2.4 (nobody fills the disk), V2.4.1 (not often).
"""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import RequestFactory

from courses.actions import catalogue
from lms import uploads
from tests.factories.courses import make_peer_educator, make_person

pytestmark = pytest.mark.django_db

LARGE = 3 * uploads.MB


@pytest.fixture(autouse=True)
def _nothing_was_sent():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def writer():
    catalogue.set_up(title="Learn", lead="Hello.", body="")
    return make_peer_educator()


def send(client, size, where="/join/", kind="multipart/form-data; boundary=x"):
    """Say that so much comes; whoever is turned away is so before any of it was read."""
    return client.generic("POST", where, b"", CONTENT_TYPE=kind, CONTENT_LENGTH=str(size))


@pytest.fixture
def kept(monkeypatch):
    """The files that were begun on the disk."""
    begun, usual = [], TemporaryUploadedFile.__init__

    def noted(self, *args, **kwargs):
        begun.append(args[0])
        usual(self, *args, **kwargs)

    monkeypatch.setattr(TemporaryUploadedFile, "__init__", noted)
    return begun


def test_a_large_file_of_somebody_signed_out_never_reaches_the_disk(client, kept):
    file = SimpleUploadedFile("flood.bin", b"x" * LARGE)

    answer = client.post("/join/", {"file": file})

    assert (answer.status_code, kept) == (413, [])
    assert "This is too much at once" in answer.content.decode()


def test_the_same_file_reaches_the_disk_where_nobody_asks(kept):
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("flood.bin", b"x" * LARGE)})

    assert request.FILES["file"].size == LARGE
    assert kept == ["flood.bin"]
    request.close()


def test_whoever_writes_nothing_here_has_no_large_file_to_send(client):
    client.force_login(make_person("Mallory"))

    assert send(client, LARGE).status_code == 413


def test_whoever_writes_sends_large_files_up_to_the_largest(client, writer):
    client.force_login(writer)

    assert uploads.refusal(asked_by(writer, uploads.LARGEST)) is None
    assert send(client, uploads.LARGEST + 1).status_code == 413


def asked_by(person, size):
    kind = "multipart/form-data; boundary=x"
    told = {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(size)}
    request = RequestFactory().generic("POST", "/", b"", **told)
    request.user = person
    return request


def test_so_many_files_in_an_hour_and_no_more(client, writer):
    for _n in range(uploads.FILES):
        assert uploads.refusal(asked_by(writer, LARGE)) is None

    client.force_login(writer)
    answer = send(client, LARGE, "/cms/activities/upload/")

    assert answer.status_code == 429
    assert "Please try again in five minutes." in answer.content.decode()


def test_so_much_in_an_hour_and_no_more(writer):
    most = uploads.BYTES // uploads.LARGEST

    came_in = [uploads.refusal(asked_by(writer, uploads.LARGEST)) for _n in range(most + 1)]

    assert came_in == [None] * most + [uploads.TOO_OFTEN]


def test_another_person_does_not_wait(writer):
    for _n in range(uploads.FILES + 1):
        uploads.refusal(asked_by(writer, LARGE))

    assert uploads.refusal(asked_by(make_peer_educator(name="Joy"), LARGE)) is None


@pytest.mark.parametrize("length", ["", "many", "-5"])
def test_a_length_that_is_none_is_left_to_django(length, writer):
    request = asked_by(writer, 0)
    request.META["CONTENT_LENGTH"] = length

    assert uploads.refusal(request) is None


def test_what_is_small_costs_no_look_at_who_sends_it(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert uploads.refusal(asked_by(None, 2 * uploads.MB)) is None
