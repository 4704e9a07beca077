"""Starting a cohort, joining it, and changing its sessions."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from courses.actions import cohorts
from courses.actions.cohorts import CODE_SYMBOLS, CannotJoin, PairNeeded
from courses.models import Cohort, Enrolment
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_edition,
    make_enrolment,
    make_organisation,
    make_person,
)

pytestmark = pytest.mark.django_db


def start(**details):
    details.setdefault("edition", make_edition(sessions=3))
    details.setdefault("facilitator", make_person("Fatima"))
    details.setdefault("co_facilitator", make_person("Sam"))
    return cohorts.start(
        organisation=make_organisation(),
        name="Tuesday group",
        first_session_at=details.pop("first_session_at", NOW),
        by=None,
        at=NOW,
        **details,
    )


def test_sessions_are_a_week_apart_and_session_zero_a_week_before():
    cohort = start(edition=make_edition(sessions=2, session_zero=True))

    assert list(cohort.session_runs.values_list("number", "starts_at", "counted")) == [
        (0, NOW - timedelta(weeks=1), False),
        (1, NOW, True),
        (2, NOW + timedelta(weeks=1), True),
    ]


def test_ten_o_clock_stays_ten_o_clock_when_the_clocks_change():
    cohort = start(first_session_at=datetime(2026, 10, 20, 9, 0, tzinfo=UTC))

    assert [
        timezone.localtime(run.starts_at).strftime("%d %b %H:%M")
        for run in cohort.session_runs.all()
    ] == ["20 Oct 10:00", "27 Oct 10:00", "03 Nov 10:00"]


def test_every_session_is_led_by_the_pair():
    fatima, sam = make_person("Fatima"), make_person("Sam")

    cohort = start(facilitator=fatima, co_facilitator=sam)

    assert {(run.facilitator, run.co_facilitator) for run in cohort.session_runs.all()} == {
        (fatima, sam)
    }


def test_one_facilitator_needs_a_reason():
    with pytest.raises(PairNeeded, match="Name two facilitators, or say why"):
        start(co_facilitator=None)

    cohort = start(co_facilitator=None, one_facilitator_reason="Sam is ill")
    assert {run.one_facilitator_reason for run in cohort.session_runs.all()} == {"Sam is ill"}


def test_a_pair_is_two_people():
    sam = make_person("Sam")

    with pytest.raises(PairNeeded, match="two different people"):
        start(facilitator=sam, co_facilitator=sam)


def test_codes_have_no_letters_that_look_alike():
    code = cohorts.new_join_code()

    assert len(code) == 8
    assert set(code) <= set(CODE_SYMBOLS)
    assert set("01OILAEUSY") & set(CODE_SYMBOLS) == set()


@pytest.mark.parametrize("typed", ["k7rt4xwp", " K7RT-4XWP ", "K7RT 4XWP"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert cohorts.read_join_code(typed) == "K7RT4XWP"


def test_joining_twice_is_once():
    cohort, amina = make_cohort(), make_person()

    first = cohorts.enrol(cohort=cohort, trainee=amina, at=NOW)
    again = cohorts.enrol(cohort=cohort, trainee=amina, at=NOW)

    assert first == again
    assert Enrolment.objects.count() == 1


def test_a_full_cohort_says_so():
    cohort = make_cohort(capacity=1)
    make_enrolment(cohort)

    with pytest.raises(CannotJoin, match="This group is full"):
        make_enrolment(cohort, make_person("Dev"))


def test_closing_joining_keeps_new_people_out_and_nobody_who_is_in():
    cohort = make_cohort()
    amina = make_enrolment(cohort)

    cohorts.open_joining(cohort=cohort, is_open=False)

    with pytest.raises(CannotJoin, match="not taking new people"):
        make_enrolment(cohort, make_person("Dev"))
    assert cohorts.enrol(cohort=cohort, trainee=amina.trainee, at=NOW) == amina


def test_opening_joining_again_lets_people_in():
    cohort = make_cohort()
    cohorts.open_joining(cohort=cohort, is_open=False)

    cohorts.open_joining(cohort=cohort, is_open=True)

    assert make_enrolment(Cohort.objects.get()).cohort == cohort


def test_changing_a_session_leaves_the_others_as_they_are():
    cohort = start()
    first, *others = cohort.session_runs.all()
    kept = [(run.starts_at, run.facilitator) for run in others]
    ruth = make_person("Ruth")

    cohorts.change_session(
        session_run=first,
        starts_at=NOW + timedelta(days=1),
        facilitator=ruth,
        co_facilitator=None,
        one_facilitator_reason="Sam is ill",
    )

    changed, *others = cohort.session_runs.all()
    assert (changed.starts_at, changed.facilitator, changed.co_facilitator) == (
        NOW + timedelta(days=1),
        ruth,
        None,
    )
    assert [(run.starts_at, run.facilitator) for run in others] == kept


def test_a_session_without_a_pair_or_a_reason_is_not_kept():
    cohort = start()
    first = cohort.session_runs.first()

    with pytest.raises(PairNeeded):
        cohorts.change_session(
            session_run=first,
            starts_at=NOW,
            facilitator=None,
            co_facilitator=None,
            one_facilitator_reason=" ",
        )
