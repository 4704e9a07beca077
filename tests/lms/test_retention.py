"""People who do not come back are asked twice, and then forgotten."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.actions import outbox
from courses.dates import after_months
from courses.models import Message, MessageKind, Organisation
from lms.actions import erasing, retention
from lms.privacy.retention import Due, Step, due, names_go_on
from tests.factories.courses import NOW, make_enrolment, make_person, make_role
from tests.factories.migrated import put_back_what_migrations_made

LAST = date(2023, 3, 1)
OVER = date(2026, 3, 1)
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


# --- The rule ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "first", "last", "step"),
    [
        (date(2025, 12, 30), None, None, Step.NOTHING),
        (date(2025, 12, 31), None, None, Step.WARN_FIRST),
        (date(2026, 2, 14), date(2025, 12, 31), None, Step.NOTHING),
        (date(2026, 2, 15), date(2025, 12, 31), None, Step.WARN_LAST),
        (date(2026, 2, 28), date(2025, 12, 31), date(2026, 2, 15), Step.NOTHING),
        (OVER, date(2025, 12, 31), date(2026, 2, 15), Step.FORGET),
    ],
)
def test_what_is_due_on_a_day(today, first, last, step):
    assert due(LAST, today, 36, first, last) == Due(step, OVER)


def test_whoever_was_warned_for_an_earlier_absence_is_warned_again():
    came_back = date(2026, 1, 20)

    found = due(came_back, date(2028, 12, 1), 36, date(2025, 12, 31), None)

    assert found.step is Step.WARN_FIRST


@given(days, days, st.integers(12, 120), st.none() | days, st.none() | days)
def test_nobody_is_forgotten_early_or_without_both_warnings(last_active, today, months, one, two):
    found = due(last_active, today, months, one, two)

    if found.step is Step.FORGET:
        assert today >= after_months(last_active, months)
        assert last_active <= one <= today - timedelta(days=60)
        assert one <= two <= today - timedelta(days=14)


@given(days, days, st.integers(12, 120), st.none() | days, st.none() | days)
def test_a_warning_leaves_the_days_it_names(last_active, today, months, one, two):
    found = due(last_active, today, months, one, two)

    left = (found.goes_on - today).days
    assert {Step.WARN_FIRST: left >= 60, Step.WARN_LAST: left >= 14}.get(found.step, True)


@given(days, days, st.integers(12, 120))
def test_whoever_is_left_alone_is_forgotten_in_the_end(last_active, today, months):
    """Going on day by day, with each warning given when it is due, there is an end."""
    today, first, last = max(today, last_active), None, None
    end = max(today, after_months(last_active, months)) + timedelta(days=61)
    while (found := due(last_active, today, months, first, last)).step is not Step.FORGET:
        first = today if found.step is Step.WARN_FIRST else first
        last = today if found.step is Step.WARN_LAST else last
        today += timedelta(days=1)
        assert today <= end


@pytest.mark.parametrize(
    ("issued", "expected"),
    [(None, None), (date(2024, 5, 1), date(2030, 5, 1)), (date(2019, 5, 1), None)],
)
def test_how_long_names_stay_on_certificates(issued, expected):
    assert names_go_on(issued, date(2026, 3, 1), 6) == expected


# --- The job -----------------------------------------------------------------------------------


@pytest.fixture
def quiet(db):
    """Somebody who took a course, and has not been here since; and their enrolment."""
    put_back_what_migrations_made()
    person = make_person("Quinn Quiet", date_joined=NOW)
    return person, make_enrolment(trainee=person)


def run(at):
    done = retention.keep_no_longer(at=at)
    outbox.send_due(at=at)
    return done


def later(months, days=0):
    return NOW + (after_months(NOW.date(), months) - NOW.date()) + timedelta(days=days)


@pytest.mark.django_db(transaction=True)
def test_somebody_quiet_is_warned_twice_and_then_forgotten(quiet):
    person, _enrolment = quiet

    came = [run(later(36, days)) for days in (-61, -60, -59, -14, -13, -1, 0, 1)]

    assert came == [(0, 0), (1, 0), (0, 0), (1, 0), (0, 0), (0, 0), (0, 1), (0, 0)]
    person.refresh_from_db()
    assert (person.name_as_kept, person.is_active) == ("", False)


def _warned(person):
    return Message.objects.filter(kind=MessageKind.NOT_HEARD, person=person).count()


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["came back", "has a role", "has no address", "asked already"])
def test_who_is_left_in_peace(quiet, why):
    person, enrolment = quiet
    if why == "came back":
        type(person).objects.filter(pk=person.pk).update(last_login=later(35))
    if why == "has a role":
        make_role(person, enrolment.cohort.organisation, "mentor")
    if why == "has no address":
        type(person).objects.filter(pk=person.pk).update(email=None)
    if why == "asked already":
        erasing.ask(person=person, by=person, at=later(35))

    came = retention.keep_no_longer(at=later(40))

    assert (came, _warned(person)) == ((0, 0), 0)


@pytest.mark.django_db
def test_a_warning_that_could_not_be_sent_yet_has_warned_nobody(quiet):
    person, _enrolment = quiet

    came = [retention.keep_no_longer(at=later(months)) for months in (36, 40, 44)]

    assert (came, _warned(person)) == ([(1, 0), (0, 0), (0, 0)], 1)


@pytest.mark.django_db
def test_an_organisation_says_for_how_long(quiet):
    Organisation.objects.update(retention_months=24)

    came = [retention.keep_no_longer(at=later(24, days)) for days in (-61, -60)]

    assert came == [(0, 0), (1, 0)]


@pytest.mark.django_db
def test_the_warning_names_no_course_and_says_what_to_do(quiet):
    person, enrolment = quiet
    retention.keep_no_longer(at=later(36, -60))

    message = Message.objects.get(person=person)

    assert message.subject == "Shall we keep your place?"
    assert "1 September 2029" in message.text
    assert enrolment.cohort.edition.title not in message.text
