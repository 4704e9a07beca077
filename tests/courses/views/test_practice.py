"""A trainee books, looks back first, and only then reads what was seen. Never a sum or a rank."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import Practice, SelfReview
from tests.factories.courses import make_organiser, make_person
from tests.factories.practice import (
    book,
    make_observer,
    make_practice_cohort,
    make_slot,
    make_trainee,
    observe,
    review_own,
    watched,
)

pytestmark = pytest.mark.django_db

SECRET = "She talked over Dev when he began to cry."


@pytest.fixture
def later():
    return timezone.now() + timedelta(days=3)


@pytest.fixture
def cohort():
    return make_practice_cohort()


@pytest.fixture
def amina(cohort):
    return make_trainee(cohort, "Amina")


@pytest.fixture
def observer(cohort):
    return make_observer(cohort.organisation)


def page_of(amina, name="practices", *more):
    return reverse(name, args=[amina.pk, *more])


def words(response):
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.text, flags=re.S)
    return " ".join(text.split())


# --- Booking -------------------------------------------------------------------------------------


def test_a_trainee_books_a_free_time_by_choosing_it(cohort, amina, later, signed_in):
    slot, dev = make_slot(cohort, starts_at=later), make_trainee(cohort, "Dev")
    sent = {"slot": slot.pk, "partner": dev.pk, "activity": "A listening round"}

    answer = signed_in(amina.trainee).post(page_of(amina), sent)

    assert (answer.status_code, answer.url) == (302, page_of(amina))
    booked = Practice.objects.get()
    assert (booked.slot, booked.partner, booked.activity) == (slot, dev, "A listening round")


def test_only_free_times_for_the_next_practice_of_the_group_are_offered(
    cohort, amina, later, signed_in
):
    free = make_slot(cohort, starts_at=later, place="Free room")
    full = make_slot(cohort, starts_at=later, place="Full room")
    book(make_trainee(cohort, "Dev"), full)
    make_slot(cohort, 2, later, place="Second room")
    make_slot(make_practice_cohort(), starts_at=later, place="Other room")
    make_slot(cohort, starts_at=timezone.now() - timedelta(days=1), place="Old room")

    page = signed_in(amina.trainee).get(page_of(amina))

    assert re.findall(r'name="slot" value="(\d+)"', page.text) == [str(free.pk)]


@pytest.mark.parametrize("sent", [{}, {"slot": "999999"}, {"slot": "x", "partner": "y"}])
def test_what_cannot_be_booked_is_said_and_nothing_is_lost(cohort, amina, later, signed_in, sent):
    make_slot(cohort, starts_at=later)

    answer = signed_in(amina.trainee).post(page_of(amina), {**sent, "activity": "My own round"})

    assert answer.status_code == 422
    assert 'value="My own round"' in answer.text
    assert not Practice.objects.exists()


def test_a_trainee_changes_what_they_lead_and_keeps_their_time(cohort, amina, later, signed_in):
    slot = make_slot(cohort, starts_at=later)
    book(amina, slot, at=timezone.now(), activity="A round")
    client = signed_in(amina.trainee)

    page = client.get(page_of(amina)).text
    client.post(page_of(amina), {"slot": slot.pk, "activity": "A sharing round"})

    assert re.findall(r'name="slot" value="(\d+)"[^>]* checked', page) == [str(slot.pk)]
    assert Practice.objects.booked().get().activity == "A sharing round"


def test_a_trainee_lets_a_time_go(cohort, amina, later, signed_in):
    booked = book(amina, make_slot(cohort, starts_at=later), at=timezone.now())

    signed_in(amina.trainee).post(page_of(amina, "practice_let_go", booked.pk))

    booked.refresh_from_db()
    assert booked.cancelled_at is not None


def test_partners_are_listed_in_the_order_of_the_alphabet(cohort, amina, later, signed_in):
    """E3: nobody stands above anybody."""
    for name in ("ruth", "Dev", "Zoë"):
        make_trainee(cohort, name)
    make_slot(cohort, starts_at=later)

    page = signed_in(amina.trainee).get(page_of(amina))

    partners = re.search(r'<select name="partner".*?</select>', page.text, re.S)[0]
    assert re.findall(r">(\w+)</option>", partners) == ["Dev", "ruth", "Zoë"]


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_costs_the_same_however_many_times_there_are(
    cohort, amina, later, observer, signed_in, django_assert_num_queries, times
):
    for n in range(times):
        make_slot(cohort, starts_at=later + timedelta(hours=n), observer=observer)
    client = signed_in(amina.trainee)
    client.get(page_of(amina))

    with django_assert_num_queries(9):
        client.get(page_of(amina))


# --- Looking back first --------------------------------------------------------------------------


def everything_a_trainee_can_ask(client, amina):
    """The answers of every address of a trainee that needs no more than their own places."""
    practice = amina.practices.get().pk
    addresses = [reverse("learning"), reverse("me"), page_of(amina, "practice", practice)]
    for name in ("course", "notebook", "practices", "shared_plans", "group_agreement"):
        addresses.append(page_of(amina, name))
    return {address: client.get(address) for address in addresses}


def test_C3_nothing_of_what_was_seen_is_on_any_page_before_the_self_review(
    cohort, amina, observer, signed_in
):
    observation = watched(amina, observer, reviewed=False, next_step=SECRET, PF5=1)
    observation.ratings.update(evidence=SECRET)
    client = signed_in(amina.trainee)

    answers = everything_a_trainee_can_ask(client, amina)

    assert {answer.status_code for answer in answers.values()} == {200}
    for address, answer in answers.items():
        assert SECRET not in answer.text, address
        assert "gets in the way" not in answer.text.lower(), address
        assert "talk with your mentor" not in answer.text.lower(), address
        assert "there is a talk" not in answer.text.lower(), address


def test_C3_the_self_review_opens_what_was_seen(cohort, amina, observer, signed_in):
    observation = watched(amina, observer, reviewed=False, next_step="Count to five.", PF7=None)
    client = signed_in(amina.trainee)
    address = page_of(amina, "practice", observation.practice_id)
    sent = {"key": uuid.uuid4(), "went_well": "They talked.", "next_time": "Wait longer."}

    answer = client.post(address, sent)
    page = words(client.get(address))

    assert (answer.status_code, answer.url) == (302, address)
    assert SelfReview.objects.get().went_well == "They talked."
    for expected in (
        "Criterion PF1 Ready PF1: ready. Saw PF1.",
        "Criterion PF7 Not seen It did not come up. That is fine.",
        "Count to five.",
        "They talked.",
    ):
        assert expected in page


def test_an_empty_self_review_is_asked_for_again(amina, observer, signed_in):
    observation = watched(amina, observer, reviewed=False)
    address = page_of(amina, "practice", observation.practice_id)

    answer = signed_in(amina.trainee).post(
        address, {"key": uuid.uuid4(), "went_well": " ", "next_time": "Wait longer."}
    )

    assert answer.status_code == 422
    assert "Write at least one thing that went well." in answer.text
    assert "Wait longer." in answer.text


def test_what_was_seen_is_words_with_no_total_and_no_average(amina, observer, signed_in):
    """C1, E3: levels as words; no number stands for a person anywhere."""
    watched(amina, observer)
    second = watched(amina, observer, number=2, days=1, PF3=2)
    address = page_of(amina, "practice", second.practice_id)

    page = words(signed_in(amina.trainee).get(address))

    seen = re.search(r"Line by line(.*?)Written by", page)[1]
    assert re.findall(r"(?<!PF)\b\d+\b", seen) == []
    assert re.findall(r"\b\d+([.,]\d+)? ?(/|of|%|out)", page) == []


def test_not_yet_says_what_is_still_to_come_and_a_talk_is_told_kindly(amina, observer, signed_in):
    watched(amina, observer, PF7=None)
    second = watched(amina, observer, number=2, days=1, PF9=1, PF5=2, PF7=None, PF2=2)

    page = words(signed_in(amina.trainee).get(page_of(amina, "practice", second.practice_id)))

    for expected in (
        "Not yet. You can practise again",
        "Something got in the way in: Criterion PF9 .",
        "have to be at “ready”: Criterion PF5 .",
        "Not seen until now: Criterion PF7 .",
        "Criterion PF2 .",
        "Your organiser will be in touch this week.",
        "not about who you are",
    ):
        assert expected in page


def test_a_time_to_come_has_nothing_to_look_back_on(cohort, amina, later, signed_in):
    booked = book(amina, make_slot(cohort, starts_at=later), at=timezone.now())

    answer = signed_in(amina.trainee).post(
        page_of(amina, "practice", booked.pk),
        {"key": uuid.uuid4(), "went_well": "All of it", "next_time": ""},
    )

    assert answer.status_code == 422
    assert not SelfReview.objects.exists()


# --- Whose it is ---------------------------------------------------------------------------------


def test_the_words_of_a_self_review_are_its_writers_alone(cohort, amina, observer, signed_in):
    observation = watched(amina, observer, reviewed=False)
    review_own(observation.practice, went_well=SECRET)
    organiser = make_organiser(cohort.organisation)
    pk = observation.practice_id
    asked = [
        (observer, reverse("observe")),
        (observer, reverse("observe_seen", args=[pk])),
        (organiser, reverse("practice_slots", args=[cohort.pk])),
        (organiser, reverse("practice_observed", args=[cohort.pk, pk])),
    ]

    for person, address in asked:
        answer = signed_in(person).get(address)
        assert answer.status_code == 200, address
        assert SECRET not in answer.text, address


def test_another_trainees_practice_is_not_found(cohort, amina, observer, signed_in):
    dev = make_trainee(cohort, "Dev")
    booked = book(amina, make_slot(cohort, observer=observer))
    observe(booked, observer)
    client = signed_in(dev.trainee)

    asked = [
        client.get(page_of(amina)),
        client.get(page_of(amina, "practice", booked.pk)),
        client.get(page_of(dev, "practice", booked.pk)),
        client.post(page_of(dev, "practice_let_go", booked.pk)),
        signed_in(make_person()).get(page_of(amina)),
    ]

    assert [each.status_code for each in asked] == [404] * 5
