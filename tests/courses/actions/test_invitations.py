"""Inviting a list of people: what would happen, what does, and doing it again."""

from datetime import timedelta

import pytest

from courses.actions import invitations, joining
from courses.actions.invitations import Fate
from courses.models import Enrolment, Invitation, Message, WaitingPlace
from courses.name_list import read
from lms.models import User
from tests.factories.courses import NOW, make_cohort, make_enrolment, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make_cohort(capacity=3)


@pytest.fixture
def oluchi():
    return make_person("Oluchi")


def invite(cohort, by, text):
    return invitations.invite(cohort=cohort, lines=read(text), by=by, at=NOW)


def fates(planned):
    return [each.fate for each in planned]


def test_a_dry_run_says_of_each_line_what_will_happen_and_keeps_nothing(cohort, oluchi):
    make_enrolment(cohort, make_person("Here", email="here@example.org"))
    invite(cohort, oluchi, "Before, before@example.org")
    people = User.objects.count()

    planned = invitations.look(
        cohort,
        read(
            "Amina, amina@example.org\n"
            "Here, HERE@example.org\n"
            "Before, before@example.org\n"
            "Amina again, amina@example.org\n"
            "Dev\n"
            "Wrong, wrong@example\n"
            "Two, a@example.org, b@example.org\n"
            "Late, late@example.org\n"
        ),
    )

    assert fates(planned) == [
        Fate.INVITED,
        Fate.IN_GROUP,
        Fate.INVITED_BEFORE,
        Fate.TWICE,
        Fate.CARD,
        Fate.NOT_AN_ADDRESS,
        Fate.TWO_ADDRESSES,
        Fate.INVITED_FULL,
    ]
    assert (Invitation.objects.count(), User.objects.count()) == (1, people)


def test_confirming_keeps_invitations_and_writes_to_those_with_an_address(cohort, oluchi):
    invite(cohort, oluchi, "Amina Yusuf, amina@example.org\nDev Patel")

    amina, dev = Invitation.objects.all()
    message = Message.objects.get()
    assert (amina.email, amina.person, amina.enrolment) == ("amina@example.org", None, None)
    assert (dev.person.name, dev.person.email) == ("Dev Patel", None)
    assert dev.enrolment == Enrolment.objects.get()
    assert (message.kind, message.address, message.subject) == (
        "invitation",
        "amina@example.org",
        "You are invited",
    )
    assert f"/join/i/{amina.token}/" in message.text
    assert "Hello Amina Yusuf," in message.text
    assert "Oluchi would like you to join a group." in message.text


def test_the_same_list_again_makes_no_doubles(cohort, oluchi):
    text = "Amina, amina@example.org\nDev"
    invite(cohort, oluchi, text)
    before = (Invitation.objects.count(), Message.objects.count(), User.objects.count())

    again = invite(cohort, oluchi, text)

    assert fates(again) == [Fate.INVITED_BEFORE, Fate.IN_GROUP]
    assert (Invitation.objects.count(), Message.objects.count(), User.objects.count()) == before


def test_nothing_tells_whether_somebody_elsewhere_has_an_account(cohort, oluchi):
    make_enrolment(make_cohort(), make_person("Known", email="known@example.org"))

    planned = invitations.look(cohort, read("K, known@example.org\nN, new@example.org"))

    assert fates(planned) == [Fate.INVITED, Fate.INVITED]


def test_people_without_an_address_wait_when_the_group_is_full(cohort, oluchi):
    planned = invite(cohort, oluchi, "One\nTwo\nThree\nFour")

    assert fates(planned) == [Fate.CARD, Fate.CARD, Fate.CARD, Fate.CARD_WAITS]
    assert Enrolment.objects.count() == 3
    assert [each.person.name for each in WaitingPlace.objects.waiting()] == ["Four"]
    assert fates(invitations.look(cohort, read("Four"))) == [Fate.WAITS]


def test_names_that_a_spreadsheet_or_a_browser_would_take_for_more_are_text(cohort, oluchi):
    invite(cohort, oluchi, "=1+1, a@example.org\n<b>Bo</b>\n{{ site }}")

    assert [each.name for each in Invitation.objects.all()] == ["=1+1", "<b>Bo</b>", "{{ site }}"]
    assert "Hello =1+1," in Message.objects.get().text


def test_an_invitation_taken_back_can_be_sent_anew(cohort, oluchi):
    invite(cohort, oluchi, "Amina, amina@example.org")
    first = Invitation.objects.get()

    invitations.withdraw(invitation=first, at=NOW)
    invitations.withdraw(invitation=first, at=NOW)
    again = invite(cohort, oluchi, "Amina, amina@example.org")

    assert fates(again) == [Fate.INVITED]
    assert [each.withdrawn_at for each in Invitation.objects.all()] == [NOW, None]
    assert Message.objects.count() == 2


def test_who_came_and_left_can_be_invited_again(cohort, oluchi):
    invite(cohort, oluchi, "Amina, amina@example.org\nDev")
    amina = make_person("Amina", email="amina@example.org")
    joining.join(cohort=cohort, person=amina, at=NOW, invitation=Invitation.objects.first())
    people = User.objects.count()
    for enrolment in Enrolment.objects.all():
        joining.take_out(enrolment=enrolment, at=NOW)

    again = invite(cohort, oluchi, "Amina, amina@example.org\nDev")

    assert fates(again) == [Fate.INVITED, Fate.CARD]
    assert User.objects.count() == people
    assert Enrolment.objects.filter(left_at=None).get().trainee.name == "Dev"


def test_who_was_invited_and_joins_with_the_code_has_answered(cohort, oluchi):
    invite(cohort, oluchi, "Amina, amina@example.org")
    amina = make_person("Amina", email="amina@example.org")

    enrolment = joining.join(cohort=cohort, person=amina, at=NOW)

    assert Invitation.objects.get().enrolment == enrolment
    assert not Invitation.objects.open().exists()


def test_an_invitation_works_as_long_as_the_organisation_says(cohort, oluchi):
    type(cohort.organisation).objects.update(invitation_days=7)
    cohort = type(cohort).objects.get()

    invite(cohort, oluchi, "ruth@example.org")

    invitation = cohort.invitations.get()
    assert [invitation.has_run_out(NOW + timedelta(days=days)) for days in (6, 7)] == [False, True]


def test_an_invitation_that_has_run_out_is_sent_anew_once_with_another_link(cohort, oluchi):
    invite(cohort, oluchi, "ruth@example.org")
    before = cohort.invitations.get()
    later = NOW + timedelta(days=61)
    renewals = [
        invitations.renew(invitation=before, by=oluchi, at=at) for at in (NOW, later, later)
    ]

    after = cohort.invitations.get()
    assert renewals == [False, True, False]
    assert after.token != before.token
    assert after.expires_at == later + timedelta(days=60)
    sent = Message.objects.filter(address="ruth@example.org").order_by("pk")
    assert [after.token in each.text for each in sent] == [False, True]


def test_an_answered_invitation_cannot_be_taken_back(cohort, oluchi):
    invite(cohort, oluchi, "Dev")

    invitations.withdraw(invitation=Invitation.objects.get(), at=NOW)

    assert Invitation.objects.get().withdrawn_at is None
    assert Enrolment.objects.get().left_at is None


def test_a_large_list_costs_few_queries_to_look_at(cohort, django_assert_num_queries):
    for many in (1, 3):
        lines = read("".join(f"P{n}, p{n}@example.org\n" for n in range(many)))
        with django_assert_num_queries(4):
            invitations.look(cohort, lines)
