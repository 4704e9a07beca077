"""Many at once: one certificate, one number, one successor. On both databases, real threads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certificates.actions import afterwards, issuing
from certificates.life import State
from certificates.models import Certificate, NameTurn, PauseTurn, Renewal
from courses.models import Milestone
from tests.certificates.make import (
    ISSUED_AT,
    make_certificate,
    make_ready_certificate,
    make_small_milestone,
)
from tests.courses.actions.test_races import at_once
from tests.factories.migrated import put_back_what_migrations_made

# Threads see only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)
MANY = 64


@pytest.fixture(autouse=True)
def _as_migrated(transactional_db):
    put_back_what_migrations_made()


def test_sixty_four_who_ask_at_once_get_one_certificate():
    pk = make_small_milestone().pk
    whole = Milestone.objects.select_related(
        "edition", "enrolment__trainee", "enrolment__cohort__organisation"
    )

    given = at_once(lambda n: issuing.issue(milestone=whole.get(pk=pk), at=ISSUED_AT), MANY)

    only = Certificate.objects.get()
    assert {each.serial for each in given} == {only.serial}
    assert {each.pdf_sha256 for each in given} == {only.pdf_sha256}


def test_of_many_new_names_one_is_printed():
    old = make_certificate()

    at_once(
        lambda n: issuing.reissue(
            certificate=old, because="name", name=f"Name {n}", by=old.holder, at=ISSUED_AT
        )
    )

    assert Certificate.objects.count() == 2
    assert Certificate.objects.current().count() == 1


def test_whoever_is_first_of_a_new_name_and_a_withdrawal_none_counts_afterwards():
    old = make_certificate()
    told = {"certificate": old, "by": old.holder, "at": ISSUED_AT}

    at_once(
        lambda n: (
            afterwards.withdraw(reason="mistake", note="Twice.", **told)
            if n % 2
            else issuing.reissue(because="name", name="Rhys", **told)
        )
    )

    states = {each.state for each in Certificate.objects.for_reading()}
    assert states in ({State.WITHDRAWN}, {State.WITHDRAWN, State.REPLACED})
    assert Certificate.objects.current().for_reading().get().state is State.WITHDRAWN


def test_one_form_that_is_sent_many_times_is_one_row():
    ready = make_ready_certificate()
    day = timezone.localdate() - timedelta(days=1)
    told = {"milestone": ready.milestone, "at": ISSUED_AT}
    by = {"by": ready.holder, "day": day}

    at_once(lambda n: afterwards.renew(kind="refresher", **told, **by))
    at_once(lambda n: afterwards.pause(reason="ill", **told, **by))
    at_once(lambda n: afterwards.show_name(is_hidden=True, **told))

    counts = [model.objects.count() for model in (Renewal, PauseTurn, NameTurn)]
    assert counts == [1, 1, 1]
