"""An hour of mixed visits: the server's memory does not grow."""

import os
import time
from pathlib import Path

from tests.reliability import writing
from tests.reliability.site import ONE_WORKER

PAGE = os.sysconf("SC_PAGE_SIZE")


def memory_of(pid):
    """Bytes that this process and those it started hold in memory."""
    held = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return held + sum(memory_of(int(child)) for child in children)


def visit(site, people):
    for trainee in people["trainees"]:
        for path in ("/", trainee["course"], trainee["step"], "/learning/", "/v/"):
            assert site.get(path, trainee["session"]).status == 200
    board = site.get(people["organiser"]["board"], people["organiser"]["session"])
    assert board.status == 200


def test_memory_does_not_grow(site, amount):
    minutes = amount(small=0.5, full=float(os.environ.get("SOAK_MINUTES", "60")))
    people = site.people(8)
    site.start(ONE_WORKER)
    # They rest, as people do: somebody with thousands of answers has larger pages, and a server
    # that draws larger pages holds more, which is not what is asked here.
    writers = writing.start(site, people["trainees"], rest=amount(small=2, full=30))
    rounds, warm_until = 0, time.monotonic() + amount(small=20, full=45)
    while time.monotonic() < warm_until or rounds < 10:  # what is remembered is remembered
        visit(site, people)
        rounds += 1
    before = memory_of(site.server.pid)

    until = time.monotonic() + minutes * 60
    while time.monotonic() < until:
        visit(site, people)
    grown = memory_of(site.server.pid) / before - 1
    writing.stop(writers)

    print(f"{before / 2**20:.0f} MiB, and {grown:+.1%} after {minutes:g} minutes")  # noqa: T201
    assert grown < 0.05
    assert [each for writer in writers for each in writer.odd] == []
