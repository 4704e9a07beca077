"""The screens on which an organiser invites, lets in and takes out."""

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.actions import invitations, joining
from courses.models import Cohort, Enrolment, Invitation, Message, RoleKind, WaitingPlace
from courses.name_list import read
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
    make_role,
)

pytestmark = pytest.mark.django_db


class Place:
    """A cohort of three places with its organiser, an invitation, and somebody who waits."""

    def __init__(self):
        self.organisation = make_organisation("Riverside Peers")
        self.organiser = make_organiser(self.organisation, "Oluchi")
        self.cohort = make_cohort(organisation=self.organisation, capacity=3)
        self.amina = make_enrolment(self.cohort, make_person("Amina", email="a@example.org"))
        lines = read("Ruth, ruth@example.org")
        invitations.invite(cohort=self.cohort, lines=lines, by=self.organiser, at=NOW)
        Invitation.objects.update(expires_at=NOW + timedelta(days=1))  # over long ago
        self.invitation = Invitation.objects.get()
        self.waits = WaitingPlace.objects.create(
            cohort=self.cohort, person=make_person("Dev"), asked_at=NOW
        )

    @property
    def here(self):
        return reverse("invitations", args=[self.cohort.pk])

    @property
    def posts(self):
        """What the buttons of the page do: address, and what must be as it was afterwards."""
        cohort = self.cohort.pk
        return {
            reverse("invitations", args=[cohort]): {"list": "New, new@example.org", "invite": "1"},
            reverse("invitation_withdraw", args=[cohort, self.invitation.pk]): {},
            reverse("invitation_renew", args=[cohort, self.invitation.pk]): {},
            reverse("let_in", args=[cohort, self.waits.pk]): {},
            reverse("take_out", args=[cohort, self.amina.pk]): {},
            reverse("cohort_change", args=[cohort]): {
                "name": "Mine",
                "way": "video",
                "capacity": "9",
            },
        }

    def facts(self):
        return (
            list(Invitation.objects.values_list("email", "withdrawn_at", "token")),
            list(Enrolment.objects.values_list("pk", "left_at")),
            list(WaitingPlace.objects.values_list("pk", "let_in_at", "left_at")),
            list(Cohort.objects.values_list("name", "capacity")),
        )


@pytest.fixture
def place():
    return Place()


def words(response):
    return html.unescape(re.sub(r"\s+", " ", response.text))


def said(response):
    return [str(message) for message in response.context["messages"]]


# --- Who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["pair", "trainee", "elsewhere", "observer"])
def test_only_its_organiser_invites_lets_in_and_takes_out(who, place, signed_in):
    person = {
        "pair": lambda: place.cohort.session_runs.first().facilitator,
        "trainee": lambda: place.amina.trainee,
        "elsewhere": lambda: make_organiser(make_organisation()),
        "observer": lambda: make_person("Observer"),
    }[who]()
    if who == "observer":
        make_role(person, place.organisation, RoleKind.OBSERVER)
    before, client = place.facts(), signed_in(person)

    answers = {path: client.post(path, sent).status_code for path, sent in place.posts.items()}

    assert set(answers.values()) == {404}
    assert place.facts() == before


def test_nothing_of_another_group_is_found_under_this_one(place, signed_in):
    other = make_cohort(organisation=place.organisation)
    before, client = place.facts(), signed_in(place.organiser)

    for name, pk in [
        ("invitation_withdraw", place.invitation.pk),
        ("invitation_renew", place.invitation.pk),
        ("let_in", place.waits.pk),
        ("take_out", place.amina.pk),
    ]:
        assert client.post(reverse(name, args=[other.pk, pk])).status_code == 404
    assert place.facts() == before


# --- The list ----------------------------------------------------------------------------------


def test_the_list_is_looked_at_first_then_sent(place, signed_in):
    client = signed_in(place.organiser)
    text = "Ken Wallace, ken@example.org\nAmina, a@example.org\nKen, ken@example\nTom"

    looked = client.post(place.here, {"list": text})
    kept = Invitation.objects.count()
    hidden = html.unescape(re.search(r'name="list" value="([^"]*)"', looked.text)[1])
    done = client.post(place.here, {"list": hidden, "invite": "1"}, follow=True)

    for line in [
        "ken@example.org ✓ gets an invitation, and goes on the waiting list if the group is full",
        "a@example.org line 2 is in the group already",
        "Ken, ken@example line 3 this does not look like an e-mail address",
        "Tom ✓ has no address: is in at once, and needs a card to sign in",
    ]:
        assert line in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", words(looked))), line
    assert "Do this for 2 people" in words(looked)
    assert kept == 1
    assert said(done) == [
        "1 person gets an invitation. 1 person without an address is in: print a card for them."
    ]
    assert Message.objects.filter(address="ken@example.org").count() == 1


def test_sending_the_same_list_again_says_that_nothing_was_sent(place, signed_in):
    client = signed_in(place.organiser)
    sent = {"list": "Ken, ken@example.org", "invite": "1"}
    client.post(place.here, sent)

    again = client.post(place.here, sent, follow=True)

    assert said(again)[-1] == "Nobody on this list is new, so nothing was sent."
    assert Invitation.objects.count() == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_as_it_was_saved(encoding, place, signed_in):
    data = "Name;E-mail\r\nZoë Núñez;zoe@example.org\r\n".encode(encoding)
    file = SimpleUploadedFile("people.csv", data, "text/csv")

    looked = signed_in(place.organiser).post(place.here, {"list": "", "file": file})

    assert [each.line.name for each, _said in looked.context["planned"]] == ["Zoë Núñez"]


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"list": ""}, "Write at least one name or address."),
        ({"list": " \n , \n"}, "Write at least one name or address."),
        ({"list": "Amina\n" * 301}, "This list has more than 300 people."),
        ({"list": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_a_list_that_cannot_be_taken_says_why_and_is_not_lost(sent, problem, place, signed_in):
    answer = signed_in(place.organiser).post(place.here, sent)

    [found] = answer.context["form"].errors["list"]
    assert (answer.status_code, found[: len(problem)]) == (422, problem)
    assert answer.context["form"]["list"].value() == sent["list"]


def test_a_file_that_is_too_large_is_not_read(place, signed_in):
    file = SimpleUploadedFile("people.csv", b"x" * 200_001)

    answer = signed_in(place.organiser).post(place.here, {"file": file})

    assert answer.context["form"].errors["file"] == [
        "This file is too large for a list of names. Save only the names and addresses."
    ]


def test_names_are_text_and_never_markup(place, signed_in):
    client, text = signed_in(place.organiser), "<script>alert(1)</script>, s@example.org"

    looked = client.post(place.here, {"list": text})
    listed = client.post(place.here, {"list": text, "invite": "1"}, follow=True)

    for page in (looked, listed):
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text


def test_going_back_gives_the_list_back(place, signed_in):
    answer = signed_in(place.organiser).post(place.here, {"list": "Ken\nTom", "back": "1"})

    assert answer.status_code == 200
    assert answer.context["form"]["list"].value() == "Ken\nTom"


# --- Those who are invited, wait, and are in ---------------------------------------------------


def test_the_page_shows_who_waits_who_is_invited_and_who_is_in(place, signed_in):
    context = signed_in(place.organiser).get(place.here).context

    assert [each.person.name for each in context["waiting"]] == ["Dev"]
    assert [each.email for each in context["open"]] == ["ruth@example.org"]
    assert [each.trainee.name for each in context["people"]] == ["Amina"]


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_takes_seven_queries(more, place, signed_in, django_assert_num_queries):
    lines = read("".join(f"P{n}, p{n}@example.org\nQ{n}\n" for n in range(more)))
    invitations.invite(cohort=place.cohort, lines=lines, by=place.organiser, at=NOW)
    client = signed_in(place.organiser)
    client.get(place.here)

    with django_assert_num_queries(7):
        client.get(place.here)


def test_an_invitation_that_has_run_out_is_sent_once_more_with_one_button(place, signed_in):
    client = signed_in(place.organiser)
    there = reverse("invitation_renew", args=[place.cohort.pk, place.invitation.pk])
    before = words(client.get(place.here))

    first = client.post(there, follow=True)
    again = client.post(there, follow=True)

    assert ("ran out on 2 September 2026" in before, there in before) == (True, True)
    assert said(first) == ["Invited once more. They get a message with a new link."]
    assert (there in words(first), "works until" in words(first)) == (False, True)
    assert said(again) == ["This invitation still works, or was answered or taken back."]


def test_an_invitation_is_taken_back_once(place, signed_in):
    client = signed_in(place.organiser)
    there = reverse("invitation_withdraw", args=[place.cohort.pk, place.invitation.pk])

    first = client.post(there, follow=True)
    again = client.post(there, follow=True)

    assert said(first) == ["Taken back. The link in the message no longer works."]
    assert said(again) == ["This invitation was answered or taken back already."]


def test_who_waits_is_let_in_and_written_to(place, signed_in):
    there = reverse("let_in", args=[place.cohort.pk, place.waits.pk])

    answer = signed_in(place.organiser).post(there, follow=True)

    assert said(answer) == ["Dev is in, and gets a message."]
    assert Message.objects.filter(kind="place_free").count() == 1


def test_nobody_is_let_in_beyond_the_places(place, signed_in):
    Cohort.objects.update(capacity=1)
    there = reverse("let_in", args=[place.cohort.pk, place.waits.pk])

    answer = signed_in(place.organiser).post(there, follow=True)

    assert said(answer) == ["Every place is taken. Give the group more places first."]
    assert "Let Dev in" not in words(answer)
    assert Enrolment.objects.count() == 1


def test_taking_somebody_out_asks_first_and_keeps_everything(place, signed_in):
    client = signed_in(place.organiser)
    there = reverse("take_out", args=[place.cohort.pk, place.amina.pk])

    asked = client.get(there)
    kept = Enrolment.objects.get(pk=place.amina.pk).left_at
    done = client.post(there, follow=True)

    assert "Take Amina out of the group?" in words(asked)
    assert "1 person waits for one." in words(asked)
    assert kept is None
    assert Enrolment.objects.get(pk=place.amina.pk).left_at is not None
    assert said(done) == ["Amina is no longer in the group. What they did is kept."]
    assert client.get(there).status_code == 404


def test_a_group_gets_another_name_place_and_number_of_places(place, signed_in):
    answer = signed_in(place.organiser).post(
        reverse("cohort_change", args=[place.cohort.pk]),
        {"name": "Evening group", "way": "video", "place": "the usual link", "capacity": "20"},
    )

    cohort = Cohort.objects.get()
    assert answer.url == reverse("cohort", args=[cohort.pk])
    assert (cohort.name, cohort.way, cohort.place, cohort.capacity) == (
        "Evening group",
        "video",
        "the usual link",
        20,
    )


def test_fewer_places_than_people_is_explained(place, signed_in):
    joining.let_in(waiting_place=place.waits, at=NOW)

    answer = signed_in(place.organiser).post(
        reverse("cohort_change", args=[place.cohort.pk]),
        {"name": "Evening group", "way": "video", "capacity": "1"},
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "capacity": ["2 people are in this group. Give at least so many places."]
    }
    assert 'value="Evening group"' in answer.text
