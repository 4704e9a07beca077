"""Clocks jump: ahead, back, over the night in which they are changed, in another time zone."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.actions import jobs
from courses.models import Job, Message, MessageKind, SessionRun
from lms.management.commands.tick import do_due
from tests.factories.courses import make_cohort, make_edition, make_enrolment, make_organisation

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
# Nights in which clocks change somewhere of these, and one in which none do.
DAYS = [(2026, 3, 8), (2026, 3, 29), (2026, 4, 5), (2026, 10, 4), (2026, 10, 25), (2026, 6, 9)]


@pytest.fixture
def group():
    """Three people in a group whose only session is moved about by the tests."""
    edition = make_edition(sessions=1, sessions_required=1)
    organisation = make_organisation(quiet_from="21:00", quiet_until="08:00")
    cohort = make_cohort(edition, organisation, capacity=10)
    for _n in range(3):
        make_enrolment(cohort)
    return cohort


def told():
    return Message.objects.filter(kind=MessageKind.SESSION_TOMORROW)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    zone=st.sampled_from(ZONES),
    day=st.sampled_from(DAYS),
    # Ticks in the daytime of these days, in any order: days ahead, then days back.
    ticks=st.lists(st.tuples(st.integers(-2, 1), st.integers(9, 20)), min_size=1, max_size=8),
)
def test_whatever_the_clock_does_each_is_reminded_once_and_nobody_is_forgotten(
    group, zone, day, ticks
):
    place = ZoneInfo(zone)
    starts = datetime(*day, 15, tzinfo=place)
    window = (datetime(*day, 12, tzinfo=place) - DAY, starts - HOUR)
    moments = [
        datetime(*day, hour, 5 * place_in_row % 60, tzinfo=place) + timedelta(days=days)
        for place_in_row, (days, hour) in enumerate(ticks)
    ]
    moments = _far_from_one_another(moments)

    Message.objects.all().delete()
    Job.objects.all().delete()
    mail.outbox.clear()
    with override_settings(TIME_ZONE=zone):
        SessionRun.objects.filter(cohort=group).update(starts_at=starts)
        faults = [do_due(at)[1] for at in moments]
    reminded = Counter(told().values_list("person", flat=True))
    sent = Counter(to for each in mail.outbox for to in each.to)

    was_due = any(window[0] <= at < window[1] for at in moments)
    once = set() if not was_due else {1}
    assert faults == [[]] * len(moments)
    assert (set(reminded.values()), len(reminded)) == (once, 3 * was_due)
    assert (set(sent.values()), len(sent)) == (once, 3 * was_due)


def _far_from_one_another(moments):
    """Leave out what comes within the hour before or after what is before it in the row: there
    the job was just done, or another machine's clock is a little behind."""
    kept = []
    for at in moments:
        if not kept or abs(at - kept[-1]) > 2 * HOUR:
            kept.append(at)
    return kept


@pytest.mark.django_db(transaction=True)
def test_a_clock_that_had_jumped_ahead_and_was_put_right_stops_nothing():
    now = datetime(2026, 6, 9, 10, tzinfo=ZoneInfo("UTC"))
    assert jobs.begin(name="remind", period="2026-07-09T10", at=now + 30 * DAY)

    assert jobs.begin(name="remind", period="2026-06-09T10", at=now)


@pytest.mark.django_db(transaction=True)
def test_a_machine_whose_clock_is_a_little_behind_does_nothing_twice():
    now = datetime(2026, 6, 9, 11, 2, tzinfo=ZoneInfo("UTC"))
    assert jobs.begin(name="remind", period="2026-06-09T11", at=now)

    behind = now - timedelta(minutes=5)
    assert not jobs.begin(name="remind", period="2026-06-09T10", at=behind)
