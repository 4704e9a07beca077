"""Figures of groups led: what is counted, and that nothing small can be read or worked out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses import report_words, reports
from courses.led_counting import Counted, LedByYear, led_by_year
from tests.courses.test_reports import came, complete, enrol
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_edition,
    make_organisation,
    make_organiser,
)
from tests.factories.delivered import (
    check,
    hold,
    hold_all,
    make_contact,
    make_group,
    make_ready,
)

READY_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def organisation(db):
    return make_organisation()


def rows(organisation, key, year=None):
    report = reports.of_organisation(organisation, NOW, year).report
    section = next(each for each in report_words.sections(report) if each.key == key)
    return dict(section.rows)


# --- What is counted ---------------------------------------------------------------------------


def test_groups_sessions_and_checklists_are_counted_and_shown(organisation):
    whole = make_group(organisation, label="Whole")
    hold_all(whole, came=8)
    check(whole)
    begun = make_group(organisation, whole.pair, label="Begun")
    hold(begun, 1, came=6)
    hold(begun, 2, came=6, pair=[begun.facilitator])

    assert rows(organisation, "led") == {
        "Groups led": "2",
        "Sessions held": "8",
        "Of these, led by one person alone": "1",
        "People who came to a session, on average": "7.5",
        "Groups with a checklist filled in": "1",
        "Whole series led, with a checklist": "1",
        "Facilitators who are active today": "not shown",
    }


def test_an_organisation_without_groups_says_so(organisation):
    report = reports.of_organisation(organisation, NOW).report
    led, calls = report_words.sections(report)[-2:]

    assert (led.sentence, led.rows) == ("No group has been led yet.", ())
    assert (calls.sentence, calls.rows) == ("No call has been due yet.", ())
    assert not report.hides


def test_a_group_that_has_not_met_has_no_average_and_hides_nothing(organisation):
    make_group(organisation)

    assert rows(organisation, "led")["People who came to a session, on average"] == "–"


def test_E2_a_group_of_fewer_than_five_is_in_no_average(organisation):
    large = make_group(organisation)
    hold_all(large, came=9)
    hold_all(make_group(organisation, large.pair, label="Small"), came=4)
    alone = make_organisation()
    hold_all(make_group(alone), came=4)

    with_others = rows(organisation, "led")["People who came to a session, on average"]
    by_itself = rows(alone, "led")["People who came to a session, on average"]

    assert (with_others, by_itself) == ("9.0", "not shown")


def test_groups_are_those_of_the_year_in_which_they_began(organisation):
    first = make_group(organisation)
    hold_all(first, first_day=date(2025, 11, 20))
    hold_all(make_group(organisation, first.pair))

    by_year = {
        year: rows(organisation, "led", year)["Sessions held"] for year in (2025, 2026, None)
    }

    assert by_year == {2025: "6", 2026: "6", None: "12"}
    assert "Facilitators who are active today" not in rows(organisation, "led", 2025)


def test_a_year_in_which_groups_were_led_can_be_chosen_without_any_course(organisation):
    hold_all(make_group(organisation), first_day=date(2025, 11, 20))

    assert reports.of_organisation(organisation, NOW, 2025).year == 2025


def test_groups_of_another_organisation_are_not_in_it(organisation):
    hold_all(make_group(make_organisation()))

    assert led_by_year(organisation, NOW).together == Counted()


def test_calls_are_due_once_their_time_is_over_or_they_were_made(organisation):
    by = make_organiser(organisation)
    for n in range(6):
        amina = make_ready(organisation, f"Person {n}", at=READY_AT)
        make_contact(amina, 1, date(2026, 4, 1), by)
        make_contact(amina, 6, date(2026, 8, 30), by)  # before its day, and made

    # After three months nobody called.
    assert rows(organisation, "calls") == {"Due so far": "18", "Made in time": "12"}


def test_a_call_that_was_late_is_due_and_not_in_time(organisation):
    by = make_organiser(organisation)
    for n in range(6):
        amina = make_ready(organisation, f"Person {n}", at=NOW - timedelta(days=70))
        make_contact(amina, 1, NOW.date() - timedelta(days=1), by)

    assert rows(organisation, "calls") == {"Due so far": "6", "Made in time": "0"}


def active_people(organisation, people, cohort=None):
    """So many who led a whole series this year, one by one."""
    for n in range(people):
        leader = make_ready(organisation, f"Person {n}", cohort=cohort).trainee
        group = make_group(organisation, [leader], planned=1)
        hold(group, 1)
        check(group)


def test_active_are_those_who_led_a_whole_series_within_twelve_months(organisation):
    active_people(organisation, 5)
    long_ago = make_group(organisation, planned=1)
    hold(long_ago, 1, day=date(2025, 8, 31))
    check(long_ago)

    assert led_by_year(organisation, NOW).active == 5


def test_E2_how_many_are_active_is_hidden_where_a_few_of_those_ready_are_not(organisation):
    edition = make_edition(sessions=1, sessions_required=1)
    edition.ready_requirements = [{"kind": "completion"}]
    edition.save()
    cohort = make_cohort(edition, organisation)
    people = enrol(cohort, 3)
    active_people(organisation, 5, cohort)
    everybody = list(cohort.enrolments.select_related("cohort__edition"))
    came(cohort, everybody, 1)
    complete(everybody)
    before = rows(organisation, "led")["Facilitators who are active today"]
    complete(people, "ready")

    # Eight came and completed, and five of them are ready and active: three are not.
    assert before == "not shown"
    assert rows(organisation, "led")["Facilitators who are active today"] == "not shown"


def test_how_many_are_active_is_shown_where_that_says_nothing_of_a_few(organisation):
    active_people(organisation, 5)

    assert rows(organisation, "led")["Facilitators who are active today"] == "5"


# --- What is hidden ----------------------------------------------------------------------------

SMALL = 5
calls = st.integers(0, 14).flatmap(
    lambda due: st.builds(Counted, due=st.just(due), on_time=st.integers(0, due))
)
several_years = st.dictionaries(st.sampled_from([2024, 2025, 2026]), calls)


def is_small(number):
    return number is not None and 0 < number < SMALL


@given(several_years)
def test_E2_no_small_number_of_calls_is_shown_or_left_over(years):
    led = LedByYear(years, active=0, small=SMALL)
    shown = {year: led.report(year, {}) for year in [*years, None]}

    for each in shown.values():
        assert not is_small(each.due)
        assert not is_small(each.on_time)
        assert None in (each.due, each.on_time) or not is_small(each.due - each.on_time)


@given(several_years)
def test_E2_what_is_hidden_of_one_year_does_not_follow_from_the_others(years):
    led = LedByYear(years, active=0, small=SMALL)

    for name in ("due", "on_time"):
        total = getattr(led.report(None, {}), name)
        of_years = {year: getattr(led.report(year, {}), name) for year in years}
        unseen = [year for year, number in of_years.items() if number is None]
        assert total is None or len(unseen) != 1


@given(st.integers(0, 20), st.dictionaries(st.sampled_from("abc"), st.integers(0, 30)))
def test_E2_how_many_are_active_leaves_no_few_of_any_group_that_is_shown(active, groups):
    shown = {name: (number, False) for name, number in groups.items()}

    report = LedByYear({}, active, SMALL).report(None, shown)

    assert not is_small(report.active)
    if report.active is not None:
        assert not any(is_small(number - active) for number in groups.values())
