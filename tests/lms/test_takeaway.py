"""Everything about me, as a file that can be read without this site."""

import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import Enrolment, Observation, Reflection, SelfReview
from lms.privacy import takeaway
from tests.factories.courses import make_person
from tests.factories.everything import WORDS, make_everything, row

pytestmark = pytest.mark.django_db


def unpacked(person):
    with takeaway.packed(person) as file, zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_is_kept_about_somebody_is_in_it():
    person = make_everything(WORDS)

    files = unpacked(person)

    both = files["everything.html"].decode(), files["everything.json"].decode()
    words = {what: word for what, word in WORDS.items() if what not in {"agent", "file", "draft"}}
    assert [{what for what, word in words.items() if word not in text} for text in both] == [
        set(),
        set(),
    ]


def test_files_they_uploaded_are_in_it():
    person = make_everything(WORDS)

    names = sorted(unpacked(person))

    kinds = {name.split("/")[0] if "/" in name else name for name in names}
    assert kinds == {"everything.html", "everything.json", "files"}
    assert [WORDS["file"] in name for name in names].count(True) == 1  # the picture of themselves


def test_other_people_are_in_it_by_what_they_do():
    person = make_everything(WORDS)

    text = unpacked(person)["everything.json"].decode()

    assert "Oluchi" not in text
    assert "an observer" in text


def test_nothing_of_anybody_else_is_in_it():
    make_everything(WORDS)
    other = make_person("Ben Beside")

    text = unpacked(other)["everything.json"].decode()

    assert [what for what, word in WORDS.items() if word in text] == []


def test_what_was_seen_is_in_it_once_they_looked_back_themselves():
    person = make_everything(WORDS)
    seen = Observation.objects.get(practice__enrolment__trainee=person)
    SelfReview.objects.filter(practice=seen.practice).delete()

    text = unpacked(person)["everything.json"].decode()

    assert WORDS["evidence"] not in text


def test_it_opens_no_secrets():
    person = make_everything(WORDS)

    told = json.loads(unpacked(person)["everything.json"])["about"]

    columns = {column for rows in told.values() for each in rows for column in each}
    assert columns & {"password", "code_hash", "token", "key_hash", "session_data", "pdf"} == set()


def test_queries_do_not_grow_with_what_there_is():
    person = make_everything(WORDS)
    with CaptureQueriesContext(connection) as few:
        list(takeaway.sections(person))
    for _time in range(30):
        row("courses.Reflection", enrolment=Enrolment.objects.get(trainee=person), text="More.")

    with CaptureQueriesContext(connection) as many:
        list(takeaway.sections(person))

    assert len(many) == len(few)
    assert Reflection.objects.count() == 31


def test_everybody_gets_their_own(client, signed_in):
    person = make_everything(WORDS)
    signed_in(person)

    page, file = client.get(reverse("everything")), client.get(reverse("everything_zip"))
    first = b"".join(file.streaming_content)[:2]
    file.close()

    assert (page.status_code, first) == (200, b"PK")
    assert file["Content-Type"] == "application/zip"
    assert file["Content-Disposition"].startswith('attachment; filename="everything-about-me-')


@pytest.mark.parametrize("name", ["everything", "everything_zip", "who_looked", "erasure"])
def test_nobody_gets_anything_who_is_not_signed_in(client, name):
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
