"""The organiser plans times, books for people, and sees whom to talk with this week."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import Practice, PracticeSlot, PracticeTalk
from tests.factories.courses import make_mentor, make_organiser, make_role
from tests.factories.practice import (
    book,
    make_observer,
    make_practice_cohort,
    make_slot,
    make_trainee,
    try_sample,
    watched,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make_practice_cohort()


@pytest.fixture
def client(cohort, signed_in):
    return signed_in(make_organiser(cohort.organisation))


@pytest.fixture
def later():
    return timezone.now() + timedelta(days=3)


def address(cohort, name="practice_slots", *more):
    return reverse(name, args=[cohort.pk, *more])


def to_plan(**others):
    day = timezone.localdate() + timedelta(days=5)
    sent = {"number": "1", "day": day.isoformat(), "time": "11:00", "rounds": "4"}
    sent |= {"minutes": "16", "places": "1", "way": "in_person", "place": "Room 2"}
    return sent | others


def test_an_organiser_plans_a_round_in_one_step(cohort, client):
    observer = make_observer(cohort.organisation)
    run = cohort.session_runs.get()

    answer = client.post(
        address(cohort, "practice_plan"), to_plan(observer=observer.pk, session_run=run.pk)
    )

    assert (answer.status_code, answer.url) == (302, address(cohort))
    assert [
        (timezone.localtime(s.starts_at).strftime("%H:%M"), s.observer, s.session_run)
        for s in PracticeSlot.objects.all()
    ] == [(time, observer, run) for time in ("11:00", "11:16", "11:32", "11:48")]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"rounds": "0"}, "Choose a number from 1 on."),
        ({"rounds": "many"}, "Write it in figures."),
        ({"minutes": "9999"}, "Choose a number up to 480."),
        ({"day": ""}, "Choose the day."),
        ({"number": "3"}, "That choice is no longer on the list."),
        ({"observer": "999999"}, "That choice is no longer on the list."),
    ],
)
def test_what_cannot_be_planned_is_said_and_nothing_is_lost(cohort, client, sent, said):
    answer = client.post(address(cohort, "practice_plan"), to_plan(**sent))

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Room 2"' in answer.text
    assert not PracticeSlot.objects.exists()


def test_C4_naming_an_observer_who_is_not_calibrated_is_explained_at_the_field(cohort, client):
    newcomer = make_observer(cohort.organisation, "Nia New", calibrated=False)

    answer = client.post(address(cohort, "practice_plan"), to_plan(observer=newcomer.pk))

    assert answer.status_code == 422
    problem = re.search(r'id="id_observer_error">(.*?)</p>', answer.text)[1]
    assert problem.endswith("Nia New has that still to do.")


def test_C4_naming_somebodys_mentor_is_explained_at_the_field(cohort, client, later):
    slot, amina = make_slot(cohort, starts_at=later), make_trainee(cohort, "Amina")
    book(amina, slot, at=timezone.now())
    mentor = make_mentor(amina, "Maria")
    make_role(mentor, cohort.organisation, "observer")
    try_sample(mentor, cohort.organisation)

    answer = client.post(address(cohort, "practice_slot", slot.pk), to_plan(observer=mentor.pk))

    assert answer.status_code == 422
    assert "Maria is Amina’s mentor, so somebody else observes." in answer.text


def test_the_planner_says_how_many_hours_and_observers_it_takes(cohort, client, later):
    for n in range(5):
        make_trainee(cohort, f"Person {n}")
    make_slot(cohort, starts_at=later, places=4)

    page = client.get(address(cohort)).text

    assert "5 people who practise twice need about 3 hours" in page
    assert "2 observers watch at the same time" in page
    assert "Planned so far: 4 for the first practice, 0 for the second." in page


def test_an_organiser_moves_a_time_books_it_for_somebody_and_frees_it(cohort, client, later):
    slot, amina = make_slot(cohort, starts_at=later), make_trainee(cohort, "Amina")

    client.post(address(cohort, "practice_slot", slot.pk), to_plan(place="The hall"))
    client.post(address(cohort, "practice_book_for", slot.pk), {"enrolment": amina.pk})

    slot.refresh_from_db()
    booked = Practice.objects.get()
    assert (slot.place, booked.enrolment) == ("The hall", amina)

    client.post(address(cohort, "practice_let_go_for", booked.pk))

    booked.refresh_from_db()
    assert booked.cancelled_at is not None


def test_a_booking_that_cannot_be_made_is_explained(cohort, client, later):
    slot, amina = make_slot(cohort, 2, starts_at=later), make_trainee(cohort, "Amina")

    answer = client.post(
        address(cohort, "practice_book_for", slot.pk),
        {"enrolment": amina.pk, "activity": "The seven steps"},
    )

    assert answer.status_code == 422
    assert "The second practice comes after the first one." in answer.text
    assert 'value="The seven steps"' in answer.text


def test_a_time_is_called_off(cohort, client, later):
    slot = make_slot(cohort, starts_at=later)

    answer = client.post(address(cohort, "practice_call_off", slot.pk))

    assert answer.url == address(cohort)
    assert not PracticeSlot.objects.planned().exists()
    assert client.get(address(cohort, "practice_slot", slot.pk)).status_code == 404


def test_talks_are_shown_until_somebody_says_that_they_talked(cohort, client):
    amina = make_trainee(cohort, "Amina")
    watched(amina, make_observer(cohort.organisation), PF9=1)

    page = client.get(address(cohort)).text
    answer = client.post(
        address(cohort, "practice_talk", PracticeTalk.objects.get().pk), follow=True
    )

    assert "Talks this week" in page
    assert "The next practice waits until you have talked." in page
    assert "Amina can go on." in answer.text
    assert "Talks this week" not in answer.text


def test_another_observer_is_suggested_for_the_second_practice(cohort, client, later):
    amina, observer = make_trainee(cohort, "Amina"), make_observer(cohort.organisation)
    watched(amina, observer)
    slot = make_slot(cohort, 2, starts_at=later, observer=observer)
    book(amina, slot, at=timezone.now())

    page = client.get(address(cohort, "practice_slot", slot.pk)).text

    assert "Olive Observer watched the first practice of Amina as well." in page


def test_people_stand_in_the_order_of_the_alphabet_whatever_was_seen(cohort, client):
    """E3: no list ranks anybody."""
    observer = make_observer(cohort.organisation)
    for level, name in ((4, "ruth"), (2, "Amina"), (3, "Dev")):
        watched(make_trainee(cohort, name), observer, days=level, level=level)

    page = client.get(address(cohort)).text

    people = page[page.index("<h2>The people</h2>") :]
    assert re.findall(r"<li><strong>(.*?)</strong>", people) == ["Amina", "Dev", "ruth"]


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_costs_the_same_however_many_there_are(
    cohort, client, later, django_assert_num_queries, people
):
    observer = make_observer(cohort.organisation)
    for n in range(people):
        watched(make_trainee(cohort, f"Person {n}"), observer, days=n, PF5=1)
        make_slot(cohort, starts_at=later + timedelta(hours=n), observer=observer)
    client.get(address(cohort))

    with django_assert_num_queries(11):
        client.get(address(cohort))


def test_what_belongs_to_another_cohort_is_not_found(cohort, client, signed_in):
    other = make_practice_cohort()
    observer = make_observer(other.organisation)
    practice = watched(make_trainee(other, "Ruth"), observer, PF5=1).practice
    asked = {
        "practice_slots": ("get", []),
        "practice_plan": ("get", []),
        "practice_slot": ("get", [practice.slot_id]),
        "practice_book_for": ("post", [practice.slot_id]),
        "practice_call_off": ("post", [practice.slot_id]),
        "practice_let_go_for": ("post", [practice.pk]),
        "practice_observed": ("get", [practice.pk]),
        "practice_correct": ("get", [practice.pk]),
        "practice_talk": ("post", [PracticeTalk.objects.get().pk]),
    }
    facilitator = cohort.session_runs.get().facilitator

    def answers(client, where):
        return {
            name: getattr(client, how)(address(where, name, *more)).status_code
            for name, (how, more) in asked.items()
        }

    not_found = dict.fromkeys(asked, 404)
    assert answers(client, other) == not_found
    here = answers(client, cohort)
    assert (here.pop("practice_slots"), here.pop("practice_plan")) == (200, 200)
    assert set(here.values()) == {404}
    assert answers(signed_in(facilitator), other) == not_found
    assert signed_in(facilitator).get(address(cohort)).status_code == 404
