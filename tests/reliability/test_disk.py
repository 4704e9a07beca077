"""A full disk stops the writing, not the site: nothing is half there, and with room it goes on."""

import secrets
import subprocess
import tempfile
import uuid
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.reliability import writing
from tests.reliability.conftest import POSTGRES
from tests.reliability.site import ONE_WORKER, tablespace

LARGE = 4_000_000
SIZE = "192m"  # a database of PostgreSQL with nobody in it has 40

FORGET = """
import django
django.setup()
from django.contrib.auth import get_user_model
from django.utils import timezone
from lms.actions import erasing, erasure_list
person = get_user_model().objects.get(pk={pk})
try:
    erasing.erase(person=person, at=timezone.now(), by=None)
except Exception as fault:
    print(type(fault).__name__)
person.refresh_from_db()
print(bool(person.name_as_kept), [each.person for each in erasure_list.read()])
"""

TAKE_IN = """
import random
import django
django.setup()
from content.models import H5PVersion
from tests.factories.h5p import make_version
try:
    make_version(files={{"images/large.jpg": random.randbytes({size})}})
except Exception as fault:
    print(type(fault).__name__)
print(H5PVersion.objects.count())
"""


@pytest.fixture
def small_disk():
    """A folder on a disk of its own with little room."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-small-"))
    # Also for the one whom PostgreSQL runs as.
    options = f"size={SIZE},mode=0777"
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False)
    if made.returncode:
        folder.rmdir()
        pytest.skip("Nobody may make a small disk here: this asks for root.")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)
    folder.rmdir()


@pytest.fixture
def resting(make_site, small_disk):
    """A site whose data, files and database are all on the small disk. It was not started yet."""
    if not POSTGRES:
        yield make_site(small_disk)
        return
    with tablespace(POSTGRES, small_disk) as place:
        site = make_site(small_disk, database_in=place)
        yield site
        site.stop()


@pytest.fixture
def people(resting):
    return resting.people(2)


@pytest.fixture
def trainee(people):
    return people["trainees"][0]


@pytest.fixture
def site(resting, trainee):
    """That site in use."""
    resting.start(ONE_WORKER)
    assert resting.get(trainee["step"], trainee["session"]).status == 200
    return resting


@contextmanager
def full(folder):
    """Nothing more goes onto the disk of this folder."""
    stone = folder / "stone"
    with stone.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    try:
        yield
    finally:
        stone.unlink()


def files_in(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def answer(site, trainee, words, key):
    return site.post(trainee["answer"], trainee["session"], text=words, key=key)


def test_answers_that_do_not_fit_are_told_of_and_can_be_sent_again(site, small_disk, people):
    trainee, another = people["trainees"]
    # Words that cannot be packed into less. PostgreSQL has room for some where others went.
    sent = [(secrets.token_hex(2_000), uuid.uuid4()) for _number in range(20)]

    with full(small_disk):
        answers = [answer(site, trainee, *each) for each in sent]
        # Of the day the first: that they are here cannot be noted, and they can read all the same.
        page = site.get(another["step"], another["session"])

    refused = [each for each in answers if each.status != 302]
    assert {each.status for each in refused} == {503}
    assert all("Nothing more can be kept here right now" in each.words for each in refused)
    assert [each.words for each in refused if "Traceback" in each.words] == []
    assert page.status == 200
    assert [answer(site, trainee, *each).status for each in sent] == [302] * len(sent)
    assert writing.kept(site) == sorted(words for words, _key in sent)
    assert site.is_sound()


def test_a_step_that_could_not_be_kept_is_finished_once_there_is_room(site, small_disk, trainee):
    key = uuid.uuid4()

    with full(small_disk):
        refused = site.post(trainee["finish"], trainee["session"], key=key)
        kept = site.rows("SELECT id FROM courses_stepevent")

    assert (refused.status, kept) == (503, [])
    assert site.post(trainee["finish"], trainee["session"], key=key).status == 302
    assert len(site.rows("SELECT id FROM courses_stepevent")) == 1


def test_marks_that_could_not_be_kept_are_on_the_page_to_be_sent_again(
    site, small_disk, people, trainee
):
    organiser = people["organiser"]
    marks = {f"mark_{trainee['enrolment']}": "present"}

    with full(small_disk):
        refused = site.post(organiser["attendance"], organiser["session"], **marks)
        kept = site.rows("SELECT id FROM courses_attendance")

    assert (refused.status, kept) == (503, [])
    assert f'name="mark_{trainee["enrolment"]}" value="present"' in refused.words
    assert site.post(organiser["attendance"], organiser["session"], **marks).status == 302
    assert site.rows("SELECT mark FROM courses_attendance") == [("present",)]


def test_everything_about_somebody_is_packed_once_there_is_room(site, small_disk, trainee):
    address = "/me/everything/file/"
    assert site.get(address, trainee["session"]).status == 200

    with full(small_disk):
        refused = site.get(address, trainee["session"])

    assert refused.status == 503
    assert "Please come back in a while." in refused.words
    assert site.get(address, trainee["session"]).status == 200


def test_a_backup_that_does_not_fit_says_so_and_leaves_no_half_of_one(site, small_disk):
    folder = small_disk / "backups"
    folder.mkdir()

    with full(small_disk):
        done = site.tried("manage.py", "backup", str(folder))
        left = files_in(folder)

    assert (done.returncode, left) == (1, [])
    assert "There is no new backup." in done.stderr
    assert "Traceback" not in done.stderr
    site.manage("backup", str(folder))
    assert len(list(folder.glob("alongside-*/manifest.json"))) == 1


def test_nobody_is_half_forgotten_and_the_list_of_the_forgotten_stays_whole(
    site, small_disk, people
):
    first, second = (each["pk"] for each in people["trainees"])

    with full(small_disk):
        refused = site.run("-c", FORGET.format(pk=first)).split("\n", 1)[1]

    assert refused == "True []\n"
    assert site.run("-c", FORGET.format(pk=first)) == f"False [{first}]\n"
    assert site.run("-c", FORGET.format(pk=second)) == f"False [{first}, {second}]\n"


def test_an_activity_that_does_not_fit_leaves_no_file_and_no_record(site, small_disk):
    with full(small_disk):
        refused = site.run("-c", TAKE_IN.format(size=LARGE)).split("\n", 1)[1]
        left = [path for path in files_in(small_disk / "private") if path.stat().st_size]

    assert (refused, left) == ("0\n", [])
    assert site.run("-c", TAKE_IN.format(size=LARGE)) == "1\n"
    (large,) = (each for each in files_in(small_disk / "private") if each.name == "large.jpg")
    assert large.stat().st_size == LARGE


def test_a_site_that_wakes_up_on_a_full_disk_says_so_and_is_back_once_there_is_room(
    resting, small_disk, trainee
):
    """SQLite can then not even be read. PostgreSQL can."""
    expected = 200 if resting.database_url else 503

    with full(small_disk):
        resting.start(ONE_WORKER, up=expected)
        page = resting.get(trainee["step"], trainee["session"])

    assert page.status == expected
    assert ("The disk of this site is full." in page.words) is (expected == 503)
    assert resting.get(trainee["step"], trainee["session"]).status == 200
