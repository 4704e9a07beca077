"""A full disk stops the writing, not the site: nothing is half there, and with room it goes on."""

import subprocess
import uuid
from contextlib import contextmanager

import pytest

from tests.reliability import writing


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of its own with little room."""
    folder = tmp_path / "small"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", folder], check=False)
    if made.returncode:
        pytest.skip("Nobody may make a small disk here: this asks for root.")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


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


def answer(site, trainee, words, key=None):
    return site.post(trainee["answer"], trainee["session"], text=words, key=key or uuid.uuid4())


def test_answers_that_do_not_fit_are_told_of_and_can_be_sent_again(make_site, small_disk):
    site = make_site(small_disk)
    (trainee,) = site.people(1)["trainees"]
    site.start()
    assert answer(site, trainee, "with room").status == 302
    key = uuid.uuid4()

    with full(small_disk):
        refused = answer(site, trainee, "without room" * 300, key)
        page = site.get(trainee["step"], trainee["session"])

    assert refused.status == 503
    assert "Nothing more can be kept here right now" in refused.words
    assert "Traceback" not in refused.words
    assert page.status == 200
    assert answer(site, trainee, "without room" * 300, key).status == 302
    assert writing.kept(site) == ["with room", "without room" * 300]
    assert site.is_sound()
