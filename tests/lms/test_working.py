"""Is everything working? The rule, what it is told, and the two pages that say it."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from content import fonts, paper
from courses.actions import durable, jobs, outbox
from courses.models import Message, MessageKind, Problem
from lms import working_facts, working_words
from lms.working import (
    BACKUP_OLD,
    LITTLE_DISK,
    MAIL_LATE,
    NO_DISK,
    TASK_LATE,
    TICK_LATE,
    Facts,
    Line,
    State,
    all_well,
    can_serve,
    judge,
)
from tests.courses.actions.tasks import note_it
from tests.factories.courses import NOW, make_organisation, make_organiser, make_person

AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
GOOD = Facts(
    database_writes=True,
    tables_made=True,
    disk_free=LITTLE_DISK,
    last_tick_at=AT - TICK_LATE,
    mail_due_since=AT - MAIL_LATE,
    mail_stuck=0,
    last_sent_at=None,
    task_due_since=AT - TASK_LATE,
    tasks_given_up=0,
    last_backup_at=AT - BACKUP_OLD,
    backups_elsewhere=False,
    can_draw=True,
    has_fonts=True,
)


def not_well(facts):
    return {each.line: each.state for each in judge(facts, AT) if each.state is not State.WELL}


# --- The rule ----------------------------------------------------------------------------------


def test_right_at_the_edge_all_is_well():
    assert not_well(GOOD) == {}
    assert all_well(judge(GOOD, AT))


@pytest.mark.parametrize(
    ("changed", "line", "state"),
    [
        ({"database_writes": False}, Line.DATABASE, State.BROKEN),
        ({"tables_made": False}, Line.TABLES, State.BROKEN),
        ({"disk_free": LITTLE_DISK - 1}, Line.DISK, State.LOOK),
        ({"disk_free": NO_DISK}, Line.DISK, State.LOOK),
        ({"disk_free": NO_DISK - 1}, Line.DISK, State.BROKEN),
        ({"last_tick_at": AT - TICK_LATE - SECOND}, Line.TICK, State.LOOK),
        ({"last_tick_at": None}, Line.TICK, State.LOOK),
        ({"mail_due_since": AT - MAIL_LATE - SECOND}, Line.MAIL, State.LOOK),
        ({"mail_stuck": 1}, Line.MAIL, State.LOOK),
        ({"task_due_since": AT - TASK_LATE - SECOND}, Line.TASKS, State.LOOK),
        ({"tasks_given_up": 1}, Line.TASKS, State.LOOK),
        ({"last_backup_at": AT - BACKUP_OLD - SECOND}, Line.BACKUP, State.LOOK),
        ({"last_backup_at": None}, Line.BACKUP, State.LOOK),
        ({"can_draw": False}, Line.CERTIFICATES, State.LOOK),
        ({"has_fonts": False}, Line.FONTS, State.LOOK),
    ],
)
def test_each_fact_is_told_by_its_own_line_alone(changed, line, state):
    facts = replace(GOOD, **changed)

    assert not_well(facts) == {line: state}
    assert can_serve(judge(facts, AT)) == (state is State.LOOK)


def test_where_others_make_the_backups_none_is_missed():
    facts = replace(GOOD, last_backup_at=None, backups_elsewhere=True)

    assert not_well(facts) == {}


moments = st.none() | st.integers(-(10**6), 10**8).map(lambda s: AT - s * SECOND)
any_facts = st.builds(
    Facts,
    database_writes=st.booleans(),
    tables_made=st.booleans(),
    disk_free=st.integers(0, 2**50),
    last_tick_at=moments,
    mail_due_since=moments,
    mail_stuck=st.integers(0, 10_000),
    last_sent_at=moments,
    task_due_since=moments,
    tasks_given_up=st.integers(0, 10_000),
    last_backup_at=moments,
    backups_elsewhere=st.booleans(),
    can_draw=st.booleans(),
    has_fonts=st.booleans(),
)


@given(any_facts)
def test_whatever_is_found_every_line_is_told_once_and_in_order(facts):
    verdicts = judge(facts, AT)

    assert [each.line for each in verdicts] == list(Line)
    assert all_well(verdicts) <= can_serve(verdicts)


@given(any_facts)
def test_whatever_is_found_is_said_in_words_and_what_is_not_well_says_what_to_do(facts):
    for verdict in judge(facts, AT):
        assert working_words.found(verdict).endswith(".")
        assert bool(working_words.to_do(verdict)) == (verdict.state is not State.WELL)


@given(any_facts, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_waiting_never_makes_anything_well(facts, more):
    now = {each.line: each.state for each in judge(facts, AT)}
    later = {each.line: each.state for each in judge(facts, AT + more)}
    order = [State.WELL, State.LOOK, State.BROKEN]

    assert all(order.index(now[line]) <= order.index(later[line]) for line in Line)


# --- What it is told ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_new_site_is_told_as_it_is():
    facts = working_facts.facts(NOW)

    assert facts == Facts(
        database_writes=True,
        tables_made=True,
        disk_free=facts.disk_free,
        last_tick_at=None,
        mail_due_since=None,
        mail_stuck=0,
        last_sent_at=None,
        task_due_since=None,
        tasks_given_up=0,
        last_backup_at=None,
        backups_elsewhere=False,
        can_draw=paper.can_draw(),
        has_fonts=bool(fonts.faces()),
    )
    assert abs(facts.disk_free - shutil.disk_usage("/tmp").free) < 2**30  # noqa: S108


@pytest.mark.django_db
def test_it_finds_since_when_mail_and_tasks_have_waited_and_what_was_done_last():
    hour = timedelta(hours=1)
    for key, sent in (("late", None), ("sent", NOW - hour), ("stuck", None)):
        row = outbox.write(kind=MessageKind.NOTE, key=key, at=NOW - 3 * hour, person=make_person())
        Message.objects.filter(pk=row.pk).update(
            send_after=NOW - 3 * hour, sent_at=sent, claimed_at=sent
        )
    Message.objects.filter(key="stuck").update(given_up_at=NOW, problem=Problem.NO_SUCH_ADDRESS)
    durable.later(note_it, 1, at=NOW - 2 * hour)
    durable.later(note_it, 2, at=NOW + hour)
    jobs.note(name=working_facts.TICK, at=NOW)
    jobs.note(name=working_facts.BACKUP, at=NOW - hour)

    facts = working_facts.facts(NOW)

    assert facts.mail_due_since == NOW - 3 * hour
    assert (facts.mail_stuck, facts.last_sent_at) == (1, NOW - hour)
    assert facts.task_due_since == NOW - 2 * hour
    assert (facts.last_tick_at, facts.last_backup_at) == (NOW, NOW - hour)


# --- The pages ---------------------------------------------------------------------------------


@pytest.fixture
def _full_disk(monkeypatch):
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=NO_DISK - 1))


@pytest.fixture
def _read_only(monkeypatch):
    def refuse(**_what):
        raise DatabaseError("attempt to write a readonly database")

    monkeypatch.setattr(jobs, "note", refuse)


@pytest.mark.django_db
def test_machines_get_names_and_states_and_nothing_else(client):
    jobs.note(name=working_facts.TICK, at=timezone.now())

    response = client.get("/readyz")

    assert response.status_code == 200
    assert set(response.json()) == {line.value for line in Line}
    assert set(response.json().values()) <= {state.value for state in State}
    assert response.json()["tick"] == "well"
    assert response.json()["backup"] == "look"


@pytest.mark.django_db
def test_who_watches_over_the_site_hears_of_everything(client):
    assert client.get("/readyz").status_code == 200
    assert client.get("/readyz?all").status_code == 503


@pytest.mark.django_db
@pytest.mark.usefixtures("_full_disk")
def test_nobody_is_sent_to_a_machine_whose_disk_is_full(client):
    response = client.get("/readyz")

    assert (response.status_code, response.json()["disk"]) == (503, "broken")


@pytest.mark.django_db
@pytest.mark.usefixtures("_read_only")
def test_nobody_is_sent_to_a_machine_that_can_write_nothing(client):
    response = client.get("/readyz")

    assert (response.status_code, response.json()["database"]) == (503, "broken")


@pytest.mark.django_db
def test_asking_again_at_once_costs_nothing(client, django_assert_num_queries):
    client.get("/readyz")

    with django_assert_num_queries(0):
        answers = {client.get("/readyz").status_code for _n in range(20)}

    assert answers == {200}


@pytest.mark.django_db
def test_organisers_read_it_in_words(signed_in):
    organiser = make_organiser(make_organisation())

    page = signed_in(organiser).get("/organise/working/").content.decode()

    assert "There has been no backup yet. If the disk breaks, all is lost." in page
    assert "What people write is kept." in page
    assert "The site works. Something needs a look before it becomes a worry." in page


@pytest.mark.django_db
def test_it_is_for_organisers_and_administrators():
    from django.test import Client
    from django.urls import reverse

    administrator = make_person("Ada Admin")
    administrator.is_superuser = True
    administrator.save()
    answers = []
    for person in (make_organiser(make_organisation()), administrator, make_person()):
        client = Client()
        client.force_login(person)
        answers.append(client.get(reverse("working")).status_code)

    assert [*answers, Client().get(reverse("working")).status_code] == [200, 200, 404, 302]
