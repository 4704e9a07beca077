"""A person's page: the same standing as on the board, their way so far, and who sees what."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from courses import timeline
from courses.actions import ready
from courses.models import (
    AttendanceMark,
    Enrolment,
    Message,
    MessageKind,
    Observation,
    Practice,
    PracticeTalk,
    Rating,
    Reflection,
    Waiver,
)
from courses.timeline import What
from tests.courses.views.test_cohorts import place, with_role  # noqa: F401
from tests.factories.courses import (
    NOW,
    attend,
    finish_all_lessons,
    finish_lesson,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
    make_plan,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dev(place):  # noqa: F811
    """Dev, of whom there is something of everything."""
    dev = make_enrolment(place.cohort, make_person("Dev Patel"))
    attend(dev, 1, mark=AttendanceMark.ABSENT, by=place.maria)
    finish_lesson(dev, dev.cohort.edition.outline.lessons[0], at=NOW + timedelta(hours=1))
    make_plan(dev, what="Tell my sister about my illness")
    Reflection.objects.create(
        enrolment=dev,
        lesson=uuid.uuid4(),
        exercise=uuid.uuid4(),
        prompt="When were you heard?",
        text="At the clinic",
        key=uuid.uuid4(),
        at=NOW,
    )
    practice = Practice.objects.create(
        enrolment=dev, number=2, booked_by=dev.trainee, booked_at=NOW, observed_at=NOW
    )
    seen = Observation.objects.create(
        practice=practice, observer=place.fola, outcome="not_yet", at=NOW, key=uuid.uuid4()
    )
    Rating.objects.create(observation=seen, criterion="PF5", level=1, evidence="Laughed at Ruth")
    PracticeTalk.objects.create(enrolment=dev, observation=seen, why="safety", opened_at=NOW)
    Waiver.objects.create(
        enrolment=dev,
        kind="sessions_attended",
        reason="Cannot use the stairs",
        by=place.organiser,
        at=NOW,
        key=uuid.uuid4(),
    )
    Message.objects.create(
        kind=MessageKind.NOTE,
        key="note-1",
        person=dev.trainee,
        cohort=place.cohort,
        address="dev@example.org",
        language="en-gb",
        subject="A note",
        text="The words of the note",
        made_at=NOW,
        send_after=NOW,
    )
    return dev


def look(client, enrolment, **query):
    return client.get(reverse("person", args=[enrolment.cohort_id, enrolment.pk]), query)


def events(answer):
    return {event.what for event, _text in answer.context["events"]}


def test_an_organiser_sees_where_somebody_stands_and_their_way(signed_in, place, dev):  # noqa: F811
    answer = look(signed_in(place.organiser), dev)

    assert answer.status_code == 200
    assert answer.context["line"] == "Sessions 0 of 1 · Lessons 1 of 2 · can still complete"
    assert [text for _event, text in answer.context["events"]][-1] == "Joined the group."
    assert events(answer) == {
        What.JOINED,
        What.MARKED,
        What.LESSON,
        What.BOOKED,
        What.PRACTISED,
        What.TALK_OPENED,
        What.WAIVED,
        What.WRITTEN_TO,
    }


def test_those_who_lead_the_group_see_no_outcome_waiver_talk_or_message(signed_in, place, dev):  # noqa: F811
    answer = look(signed_in(place.maria), dev)

    assert events(answer) == {
        What.JOINED,
        What.MARKED,
        What.LESSON,
        What.BOOKED,
        What.PRACTISED,
    }
    assert [each.outcome for each in answer.context["practices"]] == [""]
    for word in ("not yet</span>", "stairs", "safety", "A note", dev.trainee.email):
        assert word not in answer.content.decode()


@pytest.mark.parametrize("who", ["organiser", "maria"])
def test_B4_nothing_that_somebody_wrote_is_on_their_page(signed_in, place, dev, who):  # noqa: F811
    html = look(signed_in(getattr(place, who)), dev).content.decode()

    for words in ("sister", "clinic", "When were you heard?", "The words of the note"):
        assert words not in html


@pytest.mark.parametrize("who", ["organiser", "maria"])
def test_ratings_and_their_evidence_are_not_on_the_page(signed_in, place, dev, who):  # noqa: F811
    html = look(signed_in(getattr(place, who)), dev).content.decode()

    assert "PF5" not in html and "Laughed" not in html


@pytest.mark.parametrize("kind", ["observer", "peer_educator", "mentor", "facilitator"])
def test_a_role_alone_does_not_open_the_page(signed_in, place, dev, kind):  # noqa: F811
    assert look(signed_in(with_role(place, kind)), dev).status_code == 404


def test_neither_trainees_nor_other_organisers_find_it(signed_in, place, dev):  # noqa: F811
    other = make_organiser(make_organisation())

    assert look(signed_in(dev.trainee), dev).status_code == 404
    assert look(signed_in(other), dev).status_code == 404


def test_a_person_of_another_group_or_who_left_is_not_found(signed_in, place, dev):  # noqa: F811
    elsewhere = make_enrolment()
    client = signed_in(place.organiser)
    address = reverse("person", args=[place.cohort.pk, elsewhere.pk])
    Enrolment.objects.filter(pk=dev.pk).update(left_at=NOW)

    assert client.get(address).status_code == 404
    assert look(client, dev).status_code == 404


def test_their_way_is_read_newest_first_fifty_at_a_time(place):  # noqa: F811
    amina = make_enrolment(place.cohort, make_person("Amina"))
    for n in range(60):
        mark = [AttendanceMark.PRESENT, AttendanceMark.LATE][n % 2]
        attend(amina, 1, mark=mark, at=NOW + timedelta(minutes=n))

    first = timeline.a_page(amina, organised=True)
    second = timeline.a_page(amina, organised=True, after=first.after)

    assert (len(first.lines), len(second.lines), second.after) == (50, 11, "")
    times = [event.at for event in (*first.lines, *second.lines)]
    assert times == sorted(times, reverse=True)
    assert second.lines[-1].what == What.JOINED


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_takes_as_many_queries_whatever_happened(
    signed_in,
    place,  # noqa: F811
    times,
    django_assert_num_queries,
):
    amina = make_enrolment(place.cohort, make_person("Amina"))
    for n in range(times):
        attend(amina, 1, mark=[AttendanceMark.PRESENT, AttendanceMark.LATE][n % 2])
    for _n in range(times):
        Practice.objects.create(
            enrolment=amina, number=1, booked_by=amina.trainee, booked_at=NOW, observed_at=NOW
        )
    finish_all_lessons(amina)
    client = signed_in(place.organiser)
    look(client, amina)

    with django_assert_num_queries(23):
        assert look(client, amina).status_code == 200


def test_E8_what_is_waived_is_said_beside_what_was_done(signed_in):
    amina = make_enrolment()
    organiser = make_organiser(amina.cohort.organisation)
    ready.waive(
        enrolment=amina,
        kind="sessions_attended",
        reason="No bus in winter",
        instead="",
        by=organiser,
        key=uuid.uuid4(),
        at=NOW,
    )

    page = signed_in(organiser).get(reverse("person", args=[amina.cohort_id, amina.pk]))

    assert page.context["asked"] == [
        (True, "Sessions: 0 of 4 (waived)"),
        (False, "Lessons: 0 of 6"),
    ]
