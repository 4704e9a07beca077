"""Many certificates at once: all of them, each once, whatever happens in between."""

import hashlib
import os
import signal
import subprocess
import sys
import time

import pytest

from certificates import letterheads
from certificates.actions import bulk
from certificates.models import Certificate
from courses.models import Milestone, MilestoneKind
from tests.certificates.make import ISSUED_AT
from tests.factories.courses import make_cohort, make_edition, make_enrolment, make_person
from tests.factories.migrated import put_back_what_migrations_made
from tests.processes import this_database

EVIDENCE = {"first_day": "2026-09-01", "last_day": "2026-10-06"}


def reached(how_many, name="Zoë Núñez"):
    """Milestones that nobody was told of, as after a copy from elsewhere."""
    edition = make_edition(sessions=1, steps=1, sessions_required=1)
    cohort = make_cohort(edition, capacity=100)
    return [
        Milestone.objects.create(
            enrolment=make_enrolment(cohort, make_person(name)),
            kind=MilestoneKind.COMPLETION,
            edition=cohort.edition,
            reached_at=ISSUED_AT,
            evidence=EVIDENCE,
        )
        for _n in range(how_many)
    ]


def issue_and_draw():
    issued = list(bulk.issue_missing(at=ISSUED_AT))
    return issued, list(bulk.draw_undrawn())


@pytest.mark.django_db
def test_each_milestone_gets_one_and_every_one_is_drawn(monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 2)
    milestones = reached(3)

    issued, drawn = issue_and_draw()

    done = [bulk.Done(done=2, left=0), bulk.Done(done=1, left=0)]
    assert (issued, drawn) == (done, done)
    found = Certificate.objects.order_by("milestone")
    assert [each.milestone for each in found] == milestones
    assert [hashlib.sha256(each.pdf).hexdigest() == each.pdf_sha256 for each in found] == [
        True
    ] * 3


@pytest.mark.django_db
def test_another_time_there_is_nothing_to_do():
    reached(2)
    issue_and_draw()
    before = list(Certificate.objects.values().order_by("pk"))

    assert issue_and_draw() == ([], [])
    assert list(Certificate.objects.values().order_by("pk")) == before


@pytest.mark.django_db
def test_who_has_no_name_waits_and_holds_up_nobody():
    reached(1, name=" ")
    reached(1)

    issued, _drawn = issue_and_draw()

    assert issued == [bulk.Done(done=1, left=1)]
    assert Certificate.objects.count() == 1


@pytest.mark.django_db
def test_what_cannot_be_drawn_holds_up_nobody():
    reached(1, name="Nefer \U00013000")
    reached(1)

    _issued, drawn = issue_and_draw()

    assert drawn == [bulk.Done(done=1, left=1)]


@pytest.mark.django_db
@pytest.mark.parametrize("people", [1, 3])
def test_a_chunk_takes_eight_statements_however_many_are_in_it(people, django_assert_num_queries):
    """Four to read, one to issue, one to draw, two that find no more."""
    milestone = reached(people)[0]
    assert milestone.edition.outline  # read once in a process
    letterheads.frozen(milestone.enrolment.cohort.organisation, milestone.edition.language)

    with django_assert_num_queries(8):
        issue_and_draw()


IN_THREES = """
import django
django.setup()
from django.core.management import call_command
from certificates.actions import bulk
bulk.CHUNK = 3
call_command("issue_missing_certificates")
"""


@pytest.fixture
def catch_up(transactional_db, tmp_path):
    """A function that starts a process which catches up, three at a time."""
    put_back_what_migrations_made()
    environment = {
        **os.environ,
        "DATABASE_URL": this_database(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TMPDIR": str(tmp_path),  # whoever is killed tidies nothing up
    }
    started = []

    def start():
        program = [sys.executable, "-c", IN_THREES]
        started.append(subprocess.Popen(program, env=environment))  # noqa: S603 - this very Python
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def how_far():
    return Certificate.objects.count(), Certificate.objects.undrawn().count()


def killed_as_soon_as_something_is_done(process):
    """Kill a process between two of its chunks; True when it was still at it."""
    before = how_far()
    while process.poll() is None and how_far() == before:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


@pytest.mark.django_db(transaction=True)
def test_who_is_killed_in_the_middle_goes_on_where_they_were(catch_up):
    milestones = reached(24)

    killed = [killed_as_soon_as_something_is_done(catch_up()) for _n in range(3)]
    at_once = [catch_up(), catch_up()]
    ended = [process.wait(timeout=120) for process in at_once]

    found = Certificate.objects.order_by("milestone")
    assert (killed, ended) == ([True] * 3, [0, 0])
    assert [each.milestone for each in found] == milestones
    assert [each.is_drawn for each in found] == [True] * len(milestones)
