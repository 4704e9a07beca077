"""Starting a cohort, joining it, and changing its sessions."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from courses import codes
from courses.actions import cohorts
from courses.actions import organisation as closing
from courses.actions.cohorts import CODE_LENGTH, CannotJoin
from courses.actions.sessions import PairNeeded
from courses.models import Cohort, Enrolment, Message, SessionChange, SessionRun
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
    code = codes.new(CODE_LENGTH)

    assert len(code) == 8
    assert set(code) <= set(codes.SYMBOLS)
    assert set("01OILAEUSY") & set(codes.SYMBOLS) == set()


@pytest.mark.parametrize("typed", ["k7rt4xwp", " K7RT-4XWP ", "K7RT 4XWP"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert codes.read(typed) == "K7RT4XWP"


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


# --- Its dates ---------------------------------------------------------------------------------


def days(cohort):
    return {
        run.number: timezone.localtime(run.starts_at).strftime("%Y-%m-%d %H:%M")
        for run in cohort.session_runs.all()
    }


def test_public_holidays_and_closed_days_are_left_out():
    """25 December 2026 is a Friday, and so is New Year's Day."""
    first = datetime(2026, 12, 11, 14, 0, tzinfo=UTC)
    organisation = make_organisation(holidays_of="GB-ENG")
    closing.add_closed_days(
        organisation=organisation,
        first_day=date(2026, 12, 17),
        last_day=date(2026, 12, 19),
        name="Stocktaking",
    )

    cohort = make_cohort(make_edition(sessions=2), organisation, first_session_at=first)

    assert days(cohort) == {1: "2026-12-11 14:00", 2: "2027-01-08 14:00"}
    _starts, skipped = cohorts.planned_starts(organisation, cohort.edition, first)
    assert [(each.day.isoformat(), each.what_for) for each in skipped] == [
        ("2026-12-18", "Stocktaking"),
        ("2026-12-25", "Christmas Day"),
        ("2027-01-01", "New Year's Day"),
    ]


def test_without_holidays_every_week_is_planned():
    first = datetime(2026, 12, 18, 14, 0, tzinfo=UTC)
    organisation = make_organisation(holidays_of="")

    cohort = make_cohort(make_edition(sessions=2), organisation, first_session_at=first)

    assert days(cohort) == {1: "2026-12-18 14:00", 2: "2026-12-25 14:00"}


def test_a_session_zero_skips_closed_weeks_as_well():
    first = datetime(2027, 1, 8, 14, 0, tzinfo=UTC)

    cohort = make_cohort(
        make_edition(sessions=1, session_zero=True), make_organisation(), first_session_at=first
    )

    assert days(cohort) == {0: "2026-12-18 14:00", 1: "2027-01-08 14:00"}


def test_days_that_the_organiser_chose_are_kept_as_chosen():
    chosen = {1: NOW, 2: NOW + timedelta(days=2)}

    cohort = make_cohort(make_edition(sessions=2), starts=chosen)

    assert {run.number: run.starts_at for run in cohort.session_runs.all()} == chosen


# --- Changing it -------------------------------------------------------------------------------


def test_places_are_never_fewer_than_people():
    cohort = make_cohort(capacity=3)
    make_enrolment(cohort)
    make_enrolment(cohort, make_person("Dev"))

    with pytest.raises(CannotJoin, match="2 people are in this group"):
        cohorts.change(cohort=cohort, by=make_person(), at=NOW, capacity=1)
    cohorts.change(cohort=cohort, by=make_person(), at=NOW, capacity=2)

    assert Cohort.objects.get().capacity == 2


def test_a_new_place_is_told_once_to_each_person_and_noted_with_each_session_to_come():
    cohort = make_cohort(make_edition(sessions=3), place="The library")
    amina = make_enrolment(cohort).trainee
    pair = cohort.session_runs.first()
    elsewhere = cohort.session_runs.get(number=3)
    SessionRun.objects.filter(pk=elsewhere.pk).update(place="The park")

    cohorts.change(
        cohort=cohort, by=pair.facilitator, at=NOW - timedelta(hours=1), place="The town hall"
    )

    assert [
        (change.session_run.number, change.before["place"], change.after["place"])
        for change in SessionChange.objects.all()
    ] == [(1, "The library", "The town hall"), (2, "The library", "The town hall")]
    told = Message.objects.values_list("person", flat=True)
    assert sorted(told) == sorted([amina.pk, pair.facilitator_id, pair.co_facilitator_id])
    assert "Where: The town hall" in Message.objects.first().text
