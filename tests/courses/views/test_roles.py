"""Who does what: organisers give roles and end them."""

import html
import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.models import RoleKind
from tests.factories.courses import (
    make_cohort,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
    make_role,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def riverside():
    return make_organisation("Riverside Peers")


@pytest.fixture
def desk(signed_in, riverside):
    """The organiser's browser."""
    return signed_in(make_organiser(riverside))


def where(organisation):
    return reverse("roles", args=[organisation.pk])


def give(client, organisation, *kinds, **said):
    return client.post(where(organisation), {"kinds": kinds, **said})


def held(person):
    return sorted(person.roles.in_force().values_list("kind", flat=True))


def said(response):
    return [str(each) for each in get_messages(response.wsgi_request)]


def test_somebody_who_takes_part_can_be_given_roles(desk, riverside):
    amina = make_enrolment(make_cohort(organisation=riverside)).trainee

    response = give(desk, riverside, "mentor", "observer", person=amina.pk)

    assert (response.status_code, response.url) == (302, where(riverside))
    assert held(amina) == ["mentor", "observer"]
    assert said(response) == ["Saved. Amina Yusuf is on the list."]


def test_somebody_new_is_asked_first(desk, riverside, django_user_model):
    give(desk, riverside, "facilitator", name="Fola Ade", email="fola@example.org")

    fola = django_user_model.objects.get(email="fola@example.org")
    assert held(fola) == []
    assert [role.kind for role in fola.roles.asked()] == ["facilitator"]


def seen(response):
    """The page as it is for everyone: without the token against forged forms, and keys."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", response.text)
    return re.sub(r"/roles/\d+/\d+/end/", "/roles/", text)


def test_a_typed_address_does_not_tell_whether_it_has_an_account_or_whose_it_is(
    desk, riverside, django_user_model
):
    """ASVS 5.0: V6.3.8."""
    make_person("Zenobia Zed", email="zed@example.org")
    pages = []
    for address in ("zed@example.org", "nobody@example.org"):
        response = give(desk, riverside, "observer", name="Somebody", email=address)
        page = desk.get(where(riverside))
        pages.append(
            [
                text.replace(address, "")
                for text in (str(response.status_code), response.url, *said(response), seen(page))
            ]
        )
        assert "Zenobia Zed" not in seen(page)
        desk.post(reverse("role_end", args=[riverside.pk, riverside.roles.asked().get().pk]))
        desk.get(where(riverside))  # what was said is read

    assert pages[0] == pages[1]


def test_who_is_asked_says_yes_and_holds_the_role(desk, riverside):
    zed = make_person("Zenobia Zed", email="zed@example.org")
    give(desk, riverside, "peer_educator", name="M", email="zed@example.org")
    client = Client()
    client.force_login(zed)
    page = client.get(reverse("learning")).text

    response = client.post(reverse("role_answer", args=[zed.roles.get().pk]), {"yes": "1"})

    assert "You are asked: peer educator" in page
    assert (response.status_code, response.url) == (302, reverse("learning"))
    assert held(zed) == ["peer_educator"]
    assert [group.name for group in zed.groups.all()] == ["Peer educators"]
    assert "Zenobia Zed" in desk.get(where(riverside)).text


def test_who_says_no_holds_nothing_and_is_not_asked_again(desk, riverside):
    zed = make_person("Zenobia Zed", email="zed@example.org")
    give(desk, riverside, "organiser", name="M", email="zed@example.org")
    client = Client()
    client.force_login(zed)

    client.post(reverse("role_answer", args=[zed.roles.get().pk]), {"no": "1"})

    desk.get(where(riverside))  # what was said is read
    assert held(zed) == []
    assert "You are asked" not in client.get(reverse("learning")).text
    assert "zed@example.org" not in desk.get(where(riverside)).text


def test_nobody_answers_for_somebody_else(desk, riverside):
    zed = make_person("Zenobia Zed", email="zed@example.org")
    give(desk, riverside, "organiser", name="M", email="zed@example.org")

    response = desk.post(reverse("role_answer", args=[zed.roles.get().pk]), {"yes": "1"})

    assert response.status_code == 404
    assert held(zed) == []


def test_a_question_is_taken_back_without_telling_who_was_asked(desk, riverside):
    zed = make_person("Zenobia Zed", email="zed@example.org")
    give(desk, riverside, "organiser", name="M", email="zed@example.org")
    end = reverse("role_end", args=[riverside.pk, zed.roles.get().pk])

    page = desk.get(end).text
    response = desk.post(end)

    assert "Zenobia Zed" not in page + " ".join(said(response))
    assert list(zed.roles.asked()) == []


def test_the_list_is_in_the_order_of_the_alphabet_with_each_role(desk, riverside):
    for name in ("Ábel", "zoe"):
        make_role(make_person(name), riverside, RoleKind.MENTOR)

    response = desk.get(where(riverside))

    assert [
        (person.name, [role.kind for role in roles])
        for person, roles in response.context["people"]
    ] == [("Ábel", ["mentor"]), ("Oluchi Organiser", ["organiser"]), ("zoe", ["mentor"])]


def test_no_field_is_called_optional_where_one_of_them_is_needed(desk, riverside):
    assert "(if you like)" not in desk.get(where(riverside)).text


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_costs_the_same_for_1_and_for_3(desk, riverside, more, django_assert_num_queries):
    for n in range(more):
        make_role(make_person(f"Person {n}"), riverside, RoleKind.MENTOR)

    with django_assert_num_queries(5):
        desk.get(where(riverside))


@pytest.mark.parametrize(
    ("sent", "problems"),
    [
        ({"name": "Fola", "email": "fola@example.org"}, {"kinds": ["Tick at least one."]}),
        (
            {"kinds": ["mentor"]},
            {
                "name": ["Choose somebody above, or write their name here."],
                "email": ["Write the address that they will sign in with."],
            },
        ),
        (
            {"kinds": ["mentor"], "name": "Fola", "email": "fola at example"},
            {"email": ["Write the whole address, like maria@example.org."]},
        ),
        (
            {"kinds": ["queen"], "name": "Fola", "email": "fola@example.org"},
            {"kinds": ["We do not know that role. Tick one of those on the page."]},
        ),
        (
            {"kinds": ["mentor"], "person": "999999"},
            {"person": ["That person is no longer on the list. Choose another."]},
        ),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_lost(desk, riverside, sent, problems):
    response = desk.post(where(riverside), sent)

    assert response.status_code == 422
    assert response.context["form"].errors == problems
    assert html.escape(sent.get("name", "")) in response.text


def test_people_of_other_organisations_are_not_on_the_list_to_choose_from(desk, riverside):
    stranger = make_enrolment(make_cohort(organisation=make_organisation())).trainee

    response = give(desk, riverside, "mentor", person=stranger.pk)

    assert response.status_code == 422
    assert held(stranger) == []


def test_a_role_is_ended_after_a_question(desk, riverside):
    maria = make_person("Maria")
    role = make_role(maria, riverside, RoleKind.MENTOR)
    address = reverse("role_end", args=[riverside.pk, role.pk])

    asked = desk.get(address)
    before = held(maria)
    response = desk.post(address)

    assert "Maria: end the role of peer mentor?" in html.unescape(asked.text)
    assert (before, held(maria)) == (["mentor"], [])
    assert said(response) == ["Saved. Maria is not peer mentor here any more."]


def test_who_is_still_to_lead_is_named_before_their_role_ends(desk, riverside):
    sam = make_person("Sam")
    role = make_role(sam, riverside, RoleKind.FACILITATOR)
    cohort = make_cohort(
        organisation=riverside, first_session_at=timezone.now(), co_facilitator=sam
    )
    cohort.session_runs.filter(number=6).update(cancelled_at=timezone.now())

    asked = desk.get(reverse("role_end", args=[riverside.pk, role.pk]))

    assert [run.number for run in asked.context["still_to_lead"]] == [2, 3, 4, 5]


def test_the_only_organiser_is_told_what_to_do_first(desk, riverside):
    me = riverside.roles.get()

    response = desk.post(reverse("role_end", args=[riverside.pk, me.pk]))

    assert said(response) == [
        "Oluchi Organiser is the only organiser. Make somebody else an organiser first."
    ]
    assert held(me.person) == ["organiser"]


def test_who_ends_their_own_role_is_taken_to_their_learning(desk, riverside):
    me = riverside.roles.get()
    make_organiser(riverside, "Ben")

    response = desk.post(reverse("role_end", args=[riverside.pk, me.pk]))

    assert response.url == reverse("learning")
    assert desk.get(where(riverside)).status_code == 404


def test_a_role_of_another_organisation_is_not_found(desk, riverside):
    theirs = make_role(make_person("Maria"), make_organisation(), RoleKind.MENTOR)

    response = desk.post(reverse("role_end", args=[riverside.pk, theirs.pk]))

    assert response.status_code == 404
    assert held(theirs.person) == ["mentor"]
