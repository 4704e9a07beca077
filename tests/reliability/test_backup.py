"""A backup that is made while people write is one moment of the site, and can be put back."""

import time

from tests.reliability import writing
from tests.reliability.site import Site, a_database_like, name_of


def test_every_backup_under_load_is_whole(make_site, tmp_path, amount):
    site = make_site()
    people = site.people(8)
    site.start()
    writers = writing.start(site, people["trainees"])
    backups = tmp_path / "backups"
    known = []

    for _copy in range(amount(small=2, full=25)):
        time.sleep(0.5)
        known.append(len(writing.acknowledged(writers)))
        site.manage("backup", str(backups))
        time.sleep(1)  # the next has a name of its own
    writing.stop(writers)

    made = sorted(backups.iterdir())
    assert len(made) == len(known)
    last = _empty(tmp_path, site)
    last.manage("restore", str(made[-1]))
    there = writing.kept(last)
    assert set(there) <= set(writing.acknowledged(writers))
    assert len(there) == len(set(there)) >= known[-1]
    assert last.is_sound()
    _whoever_was_signed_in_still_is(last, people["trainees"][0])


def _whoever_was_signed_in_still_is(site, trainee):
    """They open their lesson there, and find what they wrote last."""
    theirs = "SELECT text FROM courses_shortanswer WHERE text LIKE 'answer 0-%' ORDER BY id DESC"
    [(words,)] = site.rows(f"{theirs} LIMIT 1")
    site.start()
    try:
        page = site.get(trainee["step"], trainee["session"])
    finally:
        site.stop()
    assert (page.status, words in page.words) == (200, True)


def _empty(tmp_path, site):
    """A machine with nothing on it."""
    folder = tmp_path / "another"
    folder.mkdir()
    address = site.database_url and a_database_like(
        site.database_url, f"{name_of(site.database_url)}_restored"
    )
    return Site(folder, address)
