"""tick: what is due is done, once in each period, however often and wherever it is run."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from courses.actions import jobs, outbox
from courses.models import Job, Message, MessageKind, SessionRun
from tests.courses.actions.test_races import TOGETHER, at_once
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_edition,
    make_enrolment,
    make_organisation,
    make_person,
)
from tests.factories.migrated import put_back_what_migrations_made

# Threads see only what is committed.
threads = pytest.mark.django_db(transaction=True)

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def _as_migrated(transactional_db):
    put_back_what_migrations_made()


def tick(capsys):
    call_command("tick")
    return capsys.readouterr().out


def make_note(key="a"):
    return outbox.write(
        kind=MessageKind.NOTE,
        key=key,
        at=NOW,
        person=make_person(),
        by=make_person("Maria"),
        note="Hello",
    )


@pytest.mark.django_db
def test_it_says_in_one_line_what_it_did(capsys):
    make_note()

    assert [tick(capsys), tick(capsys)] == [
        "0 reminders taken back, 0 reminders written, 0 renewals by a series "
        "caught up with, 0 notices that a certificate ends, "
        "0 old texts taken out, 0 old tasks forgotten, 0 people forgotten who asked for it, "
        "0 asked whether to keep their place, 0 forgotten, "
        "0 names taken out of old certificates, "
        "1 messages sent, 0 put off, 0 for an organiser to see, 0 tasks done, 0 put off.\n",
        "0 reminders taken back, 0 messages sent, 0 put off, 0 for an organiser to see, "
        "0 tasks done, 0 put off.\n",
    ]


@pytest.mark.django_db
def test_a_reminder_is_written_and_sent_in_one_go_and_only_once(capsys):
    # Quiet hours from and until the same time are none, so this holds at any time of day.
    house = make_organisation(quiet_from="00:00", quiet_until="00:00")
    cohort = make_cohort(make_edition(sessions=1), house)
    SessionRun.objects.update(starts_at=timezone.now() + 3 * HOUR)
    trainee = make_enrolment(cohort).trainee

    for _n in range(3):
        tick(capsys)

    assert [sent.to for sent in mail.outbox] == [[trainee.email]]


@pytest.mark.django_db
def test_texts_are_taken_out_by_it(capsys):
    message = make_note()
    long_ago = timezone.now() - timedelta(days=31)
    Message.objects.update(claimed_at=long_ago, sent_at=long_ago)

    assert "1 old texts taken out" in tick(capsys)
    message.refresh_from_db()
    assert message.text == ""


@threads
def test_one_job_that_goes_wrong_stops_no_other_and_is_told_to_whoever_runs_it(capsys, caplog):
    make_note()
    with connection.cursor() as cursor:  # what the reminders read is not there
        cursor.execute("ALTER TABLE courses_sessionrun RENAME TO courses_sessionrun_away")
    try:
        with pytest.raises(CommandError, match=r"^Not done: remind\. The log says why\.$"):
            tick(capsys)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE courses_sessionrun_away RENAME TO courses_sessionrun")

    assert len(mail.outbox) == 1
    assert Job.objects.get(name="remind").ended_at is None
    assert "tick: remind" in caplog.text


@pytest.mark.django_db
def test_a_job_is_done_once_in_each_period():
    begun = [
        jobs.begin(name="remind", period=period, at=NOW)
        for period in ("2026-09-01T10", "2026-09-01T10", "2026-09-01T11", "2026-09-01T10")
    ]

    assert begun == [True, False, True, False]


@pytest.mark.django_db
def test_a_job_that_was_stopped_on_the_way_is_begun_again_after_a_while():
    def begin(at):
        return jobs.begin(name="remind", period="2026-09-01T10", at=at)

    assert [begin(NOW), begin(NOW + 14 * MINUTE), begin(NOW + 15 * MINUTE)] == [True, False, True]

    jobs.end(name="remind", at=NOW + 16 * MINUTE)

    assert begin(NOW + 50 * MINUTE) is False


@threads
def test_of_several_machines_at_once_one_does_the_job():
    results = at_once(lambda n: jobs.begin(name="remind", period="2026-09-01T10", at=NOW))

    assert sorted(results) == [False] * (TOGETHER - 1) + [True]


@threads
@pytest.mark.usefixtures("_as_migrated")
def test_ticks_at_once_send_and_write_everything_once(capsys):
    house = make_organisation(quiet_from="00:00", quiet_until="00:00")
    cohort = make_cohort(make_edition(sessions=1), house)
    SessionRun.objects.update(starts_at=timezone.now() + 3 * HOUR)
    people = sorted(make_enrolment(cohort).trainee.email for _n in range(3))

    results = at_once(lambda n: call_command("tick"), count=4)
    call_command("tick")

    assert results == [None] * 4
    assert sorted(sent.to[0] for sent in mail.outbox) == people
