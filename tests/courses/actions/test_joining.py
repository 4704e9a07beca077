"""Coming in, waiting for a place, and leaving; never more people than places."""

from datetime import timedelta

import pytest

from courses.actions import cohorts, joining
from courses.actions.cohorts import CannotJoin
from courses.models import Cohort, Enrolment, Message, WaitingPlace
from tests.factories.courses import NOW, make_cohort, make_enrolment, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make_cohort(capacity=1, place="The library")


def names(waiting):
    return [each.person.name for each in waiting.waiting()]


def test_who_joins_is_welcomed_once_with_the_days_and_the_place(cohort):
    amina = make_person("Amina")
    at = NOW - timedelta(days=1)

    enrolment = joining.join(cohort=cohort, person=amina, at=at)
    again = joining.join(cohort=cohort, person=amina, at=at)

    message = Message.objects.get()
    assert again == enrolment
    assert (message.kind, message.person, message.subject) == (
        "welcome",
        amina,
        "Welcome to your group",
    )
    assert "- Tuesday 1 September, 11:00\n- Tuesday 8 September, 11:00\n" in message.text
    assert "Where: The library" in message.text
    assert f"/learning/{enrolment.pk}/" in message.text


def test_a_full_group_puts_people_on_a_list_in_the_order_in_which_they_asked(cohort):
    make_enrolment(cohort)
    dev, ruth = make_person("Dev"), make_person("Ruth")

    with pytest.raises(CannotJoin, match="This group is full"):
        joining.join(cohort=cohort, person=dev, at=NOW)
    joining.wait(cohort=cohort, person=ruth, at=NOW + timedelta(hours=1))
    joining.wait(cohort=cohort, person=dev, at=NOW)
    joining.wait(cohort=cohort, person=dev, at=NOW + timedelta(hours=2))

    assert names(WaitingPlace.objects) == ["Dev", "Ruth"]


def test_asking_to_wait_when_there_is_a_place_lets_in(cohort):
    assert isinstance(joining.wait(cohort=cohort, person=make_person(), at=NOW), Enrolment)
    assert not WaitingPlace.objects.exists()


def test_nobody_waits_for_a_group_that_takes_nobody(cohort):
    make_enrolment(cohort)
    cohorts.open_joining(cohort=cohort, is_open=False)

    with pytest.raises(CannotJoin, match="not taking new people"):
        joining.wait(cohort=cohort, person=make_person(), at=NOW)


def test_who_waits_is_let_in_when_there_is_a_place_and_is_told(cohort):
    first = make_enrolment(cohort)
    dev = make_person("Dev")
    waits = joining.wait(cohort=cohort, person=dev, at=NOW)
    with pytest.raises(CannotJoin, match="Every place is taken"):
        joining.let_in(waiting_place=waits, at=NOW)
    joining.take_out(enrolment=first, at=NOW)

    enrolment = joining.let_in(waiting_place=waits, at=NOW)
    again = joining.let_in(waiting_place=waits, at=NOW)

    assert again == enrolment
    assert names(WaitingPlace.objects) == []
    message = Message.objects.get()
    assert (message.kind, message.person, message.subject) == (
        "place_free",
        dev,
        "There is a place for you",
    )


def test_a_free_place_is_first_for_those_who_wait(cohort):
    first = make_enrolment(cohort)
    waits = joining.wait(cohort=cohort, person=make_person("Dev"), at=NOW)
    joining.take_out(enrolment=first, at=NOW)

    with pytest.raises(CannotJoin, match="This group is full"):
        joining.join(cohort=cohort, person=make_person("Ruth"), at=NOW)
    joining.let_in(waiting_place=waits, at=NOW)

    assert [each.trainee.name for each in Enrolment.objects.filter(left_at=None)] == ["Dev"]


def test_who_has_left_the_list_is_not_let_in(cohort):
    make_enrolment(cohort)
    dev = make_person("Dev")
    waits = joining.wait(cohort=cohort, person=dev, at=NOW)
    joining.stop_waiting(cohort=cohort, person=dev, at=NOW)
    Cohort.objects.update(capacity=2)

    with pytest.raises(CannotJoin, match="no longer on the waiting list"):
        joining.let_in(waiting_place=waits, at=NOW)


def test_who_was_taken_out_keeps_what_they_did_and_may_come_back(cohort):
    enrolment = make_enrolment(cohort)

    joining.take_out(enrolment=enrolment, at=NOW)
    gone = Enrolment.objects.get()
    back = joining.join(cohort=cohort, person=enrolment.trainee, at=NOW)

    assert (gone.left_at, gone.pk) == (NOW, back.pk)
    assert Enrolment.objects.get().left_at is None
