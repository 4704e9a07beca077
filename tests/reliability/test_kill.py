"""A server that is killed in the middle of writing loses nothing that it acknowledged."""

import random
import time

from tests.reliability import writing


def test_what_was_acknowledged_is_there_once_however_often_the_server_is_killed(site, amount):
    chance = random.Random(7)
    people = site.people(12)
    site.start()
    writers = writing.start(site, people["trainees"])

    for _kill in range(amount(small=3, full=15)):
        time.sleep(chance.uniform(0.5, 3))
        site.kill()
        site.start()
    time.sleep(1)
    writing.stop(writers)

    said = writing.acknowledged(writers)
    assert len(said) > 12
    assert writing.kept(site) == said
    assert site.is_sound()


def test_thirty_two_who_write_at_once_all_get_through(site, amount):
    people = site.people(32)
    site.start()

    writers = writing.start(site, people["trainees"])
    time.sleep(amount(small=10, full=180))
    writing.stop(writers)

    assert [each for writer in writers for each in writer.odd] == []
    assert min(len(writer.acknowledged) for writer in writers) >= 1
    assert writing.kept(site) == writing.acknowledged(writers)
    assert "locked" not in site.log()
