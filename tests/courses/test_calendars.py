"""A person's own calendar: read back as a calendar program reads it."""

from datetime import timedelta

import icalendar
import pytest
from django.urls import reverse

from courses import calendars
from courses.actions import calendars as actions
from courses.actions import sessions
from courses.actions.joining import take_out
from courses.models import Practice, PracticeSlot
from tests.factories.courses import NOW, make_cohort, make_edition, make_enrolment, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    edition = make_edition(sessions=2, title="Living with diabetes")
    return make_enrolment(make_cohort(edition, place="The library, Mill Lane; 2nd floor"))


def events(person):
    calendar = icalendar.Calendar.from_ical(calendars.as_file(person))
    assert calendar.errors == []
    return calendar.walk("VEVENT")


def change(enrolment, **changes):
    run = enrolment.cohort.session_runs.first()
    details = {
        "starts_at": run.starts_at,
        "facilitator": run.facilitator,
        "co_facilitator": run.co_facilitator,
        "one_facilitator_reason": "",
    }
    sessions.change_session(
        session_run=run, by=run.facilitator, at=NOW - timedelta(days=1), **(details | changes)
    )


def test_it_is_a_calendar_that_other_programs_can_read(enrolment):
    calendar = icalendar.Calendar.from_ical(calendars.as_file(enrolment.trainee))

    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    assert calendar["prodid"].startswith("-//Alongside//")
    first, second = calendar.walk("VEVENT")
    for event in (first, second):
        assert event.errors == []
        assert {"UID", "DTSTAMP", "DTSTART"} <= set(event)
    assert (first["dtstart"].dt, first["dtend"].dt) == (NOW, NOW + timedelta(minutes=150))
    assert first["location"] == "The library, Mill Lane; 2nd floor"
    assert first["status"] == "CONFIRMED"
    assert first["uid"] != second["uid"]
    assert all(len(line) <= 75 for line in calendars.as_file(enrolment.trainee).split(b"\r\n"))


def test_it_names_the_group_and_neither_the_course_nor_people(enrolment):
    """E6: whoever looks over a shoulder at a calendar learns of no condition."""
    text = calendars.as_file(enrolment.trainee).decode()

    assert [event["summary"] for event in events(enrolment.trainee)] == [
        "Tuesday group, session 1",
        "Tuesday group, session 2",
    ]
    for told in ("diabetes", "Session 1", "Fatima", enrolment.trainee.name):
        assert told not in text


def test_a_session_that_moves_stays_the_same_event_with_a_higher_sequence(enrolment):
    before, _second = events(enrolment.trainee)

    change(enrolment, starts_at=NOW + timedelta(days=1))

    moved, second = events(enrolment.trainee)
    assert moved["uid"] == before["uid"]
    assert (before["sequence"], moved["sequence"], second["sequence"]) == (0, 1, 0)
    assert moved["dtstart"].dt == NOW + timedelta(days=1)
    assert moved["last-modified"].dt == NOW - timedelta(days=1)


def test_a_cancelled_session_is_cancelled_in_the_calendar(enrolment):
    run = enrolment.cohort.session_runs.first()

    sessions.cancel_session(session_run=run, reason="", by=run.facilitator, at=NOW)

    first, second = events(enrolment.trainee)
    assert (first["status"], first["sequence"], second["status"]) == ("CANCELLED", 1, "CONFIRMED")


def test_it_holds_ones_own_groups_and_those_one_leads_and_no_others(enrolment):
    make_enrolment()
    led = enrolment.cohort.session_runs.first().facilitator

    assert len(events(enrolment.trainee)) == 2
    assert [event["uid"] for event in events(led)] == [
        event["uid"] for event in events(enrolment.trainee)
    ]
    assert events(make_person()) == []


def test_who_has_left_the_group_has_its_days_no_longer(enrolment):
    take_out(enrolment=enrolment, at=NOW)

    assert events(enrolment.trainee) == []


def test_a_practice_that_was_booked_stands_in_it(enrolment):
    slot = PracticeSlot.objects.create(
        cohort=enrolment.cohort,
        number=1,
        starts_at=NOW + timedelta(days=2),
        by=enrolment.trainee,
        at=NOW,
        place="Room 4",
    )
    Practice.objects.create(
        enrolment=enrolment, number=1, slot=slot, booked_by=enrolment.trainee, booked_at=NOW
    )

    event = events(enrolment.trainee)[-1]

    assert (event["summary"], event["dtstart"].dt, event["location"]) == (
        "Tuesday group, practice",
        NOW + timedelta(days=2),
        "Room 4",
    )


@pytest.mark.parametrize("groups", [1, 3])
def test_a_calendar_takes_two_queries(groups, django_assert_num_queries):
    person, edition = make_person(), make_edition(sessions=2)
    for _n in range(groups):
        make_enrolment(make_cohort(edition), person)

    with django_assert_num_queries(2):
        calendars.as_file(person)


# --- Its address -------------------------------------------------------------------------------


def feed(person):
    token = actions.token_of(actions.address_of(person=person, at=NOW))
    return reverse("calendar_feed", args=[token])


def test_the_address_gives_the_calendar_to_a_program_that_cannot_sign_in(enrolment, client):
    answer = client.get(feed(enrolment.trainee))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.content == calendars.as_file(enrolment.trainee)
    assert not answer.cookies


def test_the_address_stays_the_same_until_a_new_one_is_made(enrolment, signed_in):
    client = signed_in(enrolment.trainee)
    first = feed(enrolment.trainee)
    client.get(reverse("calendar"))
    assert feed(enrolment.trainee) == first

    client.post(reverse("calendar"))

    assert feed(enrolment.trainee) != first
    assert client.get(first).status_code == 404
    assert client.get(feed(enrolment.trainee)).status_code == 200


@pytest.mark.parametrize(
    "token", ["x", "8f14e45f-ceea-467f-a8c5-0c8a2d1f7a11:x", "a:b:c", "%00", "ü"]
)
def test_an_address_that_nobody_has_is_not_found(token, client):
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_an_address_cannot_be_worked_out_from_what_is_kept(enrolment, client):
    address = actions.address_of(person=enrolment.trainee, at=NOW)

    assert client.get(f"/calendar/{address.key}.ics").status_code == 404


def test_the_page_shows_the_days_and_the_file(enrolment, signed_in):
    client = signed_in(enrolment.trainee)

    page = client.get(reverse("calendar")).text
    file = client.get(reverse("calendar_file"))

    assert f"http://127.0.0.1:8000{feed(enrolment.trainee)}" in page
    assert file.content == calendars.as_file(enrolment.trainee)


@pytest.mark.parametrize("name", ["calendar", "calendar_file"])
def test_ones_own_days_are_for_people_who_are_signed_in(name, client):
    assert client.get(reverse(name)).url == f"/account/sign-in/?next={reverse(name)}"
