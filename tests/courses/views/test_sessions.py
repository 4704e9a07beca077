"""The screens on which a session is moved, cancelled and on again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.actions import sessions
from courses.models import Message, RoleKind, SessionChange, SessionRun
from tests.factories.courses import (
    attend,
    make_cohort,
    make_edition,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
    make_role,
)

pytestmark = pytest.mark.django_db


class Place:
    def __init__(self):
        self.organisation = make_organisation("Riverside Peers")
        self.organiser = make_organiser(self.organisation, "Oluchi")
        self.cohort = make_cohort(
            make_edition(sessions=2, sessions_required=1),
            self.organisation,
            first_session_at=timezone.now() + timedelta(days=1),
        )
        self.enrolment = make_enrolment(self.cohort, make_person("Amina"))
        self.run = self.cohort.session_runs.get(number=1)

    def there(self, name):
        return reverse(name, args=[self.cohort.pk, self.run.pk])

    def cancel(self):
        sessions.cancel_session(
            session_run=self.run, reason="", by=self.organiser, at=timezone.now()
        )


@pytest.fixture
def place():
    return Place()


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_another_place_for_one_session_is_told_and_shown_to_trainees(place, signed_in):
    run, day = place.run, timezone.localtime(place.run.starts_at)
    sent = {
        "day": day.strftime("%Y-%m-%d"),
        "time": day.strftime("%H:%M"),
        "way": "video",
        "place": "https://meet.example/room",
        "reason": "The heating is off",
        "one_facilitator_reason": "Sam is away",
    }

    answer = signed_in(place.organiser).post(place.there("session_run"), sent, follow=True)
    page = (
        signed_in(place.enrolment.trainee)
        .get(reverse("session", args=[place.enrolment.pk, "session-1"]))
        .text
    )

    run.refresh_from_db()
    assert (run.way, run.place) == ("video", "https://meet.example/room")
    assert said(answer) == [
        "Saved. Everybody in the group gets a message, if the session is still to come."
    ]
    assert "https://meet.example/room" in page
    assert SessionChange.objects.filter(reason="The heating is off").exists()


def test_saving_a_session_as_it_stands_says_that_nothing_was_changed(place, signed_in):
    day = timezone.localtime(place.run.starts_at).replace(second=0, microsecond=0)
    SessionRun.objects.filter(pk=place.run.pk).update(
        starts_at=day, facilitator=None, co_facilitator=None, one_facilitator_reason="Both away"
    )
    sent = {"day": day.strftime("%Y-%m-%d"), "time": day.strftime("%H:%M")}

    answer = signed_in(place.organiser).post(
        place.there("session_run"), sent | {"one_facilitator_reason": "Both away"}, follow=True
    )

    assert said(answer) == ["Nothing was changed."]
    assert not Message.objects.exists()


def test_cancelling_asks_first_then_everybody_sees_it(place, signed_in):
    client = signed_in(place.organiser)

    asked = client.get(place.there("session_cancel")).text
    kept = SessionRun.objects.get(pk=place.run.pk).cancelled_at
    done = client.post(place.there("session_cancel"), {"reason": ""}, follow=True)
    course = signed_in(place.enrolment.trainee).get(reverse("course", args=[place.enrolment.pk]))

    assert "1 person in the group and those who lead it get a message today." in asked
    assert kept is None
    assert said(done) == ["Session 1 is cancelled."]
    assert "Cancelled" in done.text
    assert reverse("attendance", args=[place.cohort.pk, place.run.pk]) not in done.text
    assert "<strong>Cancelled</strong>" in course.text
    second = place.cohort.session_runs.get(number=2)
    assert course.context["left"][0].next_run == second
    assert done.context["board"].next_run == second


def test_a_session_that_was_held_is_not_cancelled(place, signed_in):
    attend(place.enrolment, 1)
    client = signed_in(place.organiser)

    page = client.get(place.there("session_run")).text
    answer = client.post(place.there("session_cancel"), {"reason": ""}, follow=True)

    assert place.there("session_cancel") not in page
    assert said(answer) == ["People have been marked at this session, so it was held."]


def test_a_cancelled_session_can_be_on_again(place, signed_in):
    place.cancel()

    answer = signed_in(place.organiser).post(place.there("session_back"), follow=True)

    assert said(answer) == ["Session 1 is on again."]
    assert SessionRun.objects.get(pk=place.run.pk).cancelled_at is None


@pytest.mark.parametrize("who", ["pair", "trainee", "elsewhere"])
@pytest.mark.parametrize("name", ["session_run", "session_cancel", "session_back"])
def test_only_the_organiser_changes_sessions(who, name, place, signed_in):
    person = {
        "pair": place.run.facilitator,
        "trainee": place.enrolment.trainee,
        "elsewhere": make_organiser(make_organisation()),
    }[who]
    make_role(place.run.facilitator, place.organisation, RoleKind.FACILITATOR)
    if name == "session_back":
        place.cancel()
    before = list(SessionChange.objects.values_list("kind"))

    answer = signed_in(person).post(place.there(name), {"reason": "", "day": "2027-01-01"})

    assert answer.status_code == 404
    assert list(SessionChange.objects.values_list("kind")) == before
