"""The demo: its people, and links that let a visitor in once. Elsewhere there is none of it."""

import io
import json
import uuid
from importlib import reload

import pytest
from django.contrib.auth import get_user, get_user_model
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.urls import clear_url_caches, reverse
from django.utils import timezone

from courses import groups_led, reports
from courses.models import Cohort, DeliveredGroup, Enrolment, Milestone, MilestoneKind, RoleKind
from lms import urls
from lms.management.commands.seed_demo import (
    EDUCATOR,
    FACILITATOR,
    ORGANISER,
    SECOND_READER,
    TRAINEE,
)
from lms.models import User
from tests.factories.courses import make_person

pytestmark = pytest.mark.django_db


def read_urls_again():
    reload(urls)
    clear_url_caches()


@pytest.fixture
def demo(settings):
    """The site as ALONGSIDE_MODE=demo starts it: with one more address."""
    settings.DEMO = True
    settings.SITE_ADDRESS = "http://127.0.0.1:8000"
    read_urls_again()
    yield
    settings.DEMO = False
    read_urls_again()


@pytest.fixture
def people(demo):
    """The demo people whom the links are for, and nothing else of the demo."""
    everyone = (TRAINEE, EDUCATOR, SECOND_READER, FACILITATOR, ORGANISER)
    return {email: make_person(name, email) for name, email in everyone}


def told(command, *args):
    out = io.StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue()


def links():
    return json.loads(told("demo_links", "--json"))


def path(link):
    return link.removeprefix("http://127.0.0.1:8000")


# --- Links -------------------------------------------------------------------------------------


def test_a_program_is_told_the_address_and_a_link_for_each_person(people):
    found = links()

    assert list(found) == [
        "address",
        "trainee",
        "peer_educator",
        "second_reader",
        "facilitator",
        "organiser",
    ]
    assert found.pop("address") == "http://127.0.0.1:8000"
    assert {link.rsplit("/", 3)[0] for link in found.values()} == {"http://127.0.0.1:8000/demo"}


def test_a_person_is_told_whose_link_each_is(people):
    said = told("demo_links")

    assert [line.strip() for line in said.splitlines() if "http" not in line] == [
        "Each link signs you in once:",
        "Amina Yusuf, a trainee, most of the way through:",
        "Tom Price, a peer educator, who writes lessons:",
        "Joy Nwosu, a peer educator, who reads them before trainees do:",
        "Zofia Wójcik, a facilitator, who is ready and leads a group:",
        "Oluchi Adeyemi, an organiser, who runs the group:",
    ]


@pytest.mark.parametrize(
    ("role", "person"),
    [
        ("trainee", TRAINEE),
        ("peer_educator", EDUCATOR),
        ("facilitator", FACILITATOR),
        ("organiser", ORGANISER),
    ],
)
def test_a_link_shows_a_button_and_then_lets_its_person_in(role, person, people, client):
    link = path(links()[role])

    shown = client.get(link)
    before = get_user(client).is_authenticated
    response = client.post(link)

    assert (shown.status_code, before) == (200, False)
    assert f"Come in as {person[0]}" in shown.content.decode()
    assert (response.status_code, response.url) == (302, reverse("learning"))
    assert get_user(client) == people[person[1]]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_works_once(method, people, client):
    link = path(links()["trainee"])
    client.post(link)
    client.logout()

    response = getattr(client, method)(link)

    assert response.status_code == 410
    assert "This link has been used" in response.content.decode()
    assert not get_user(client).is_authenticated


def test_opening_a_link_does_not_use_it_up(people, client):
    link = path(links()["trainee"])

    opened = [client.get(link).status_code for _time in range(3)]

    assert opened == [200, 200, 200]


def test_new_links_can_be_asked_for(people, client):
    client.post(path(links()["trainee"]))
    client.logout()

    client.post(path(links()["trainee"]))

    assert get_user(client) == people[TRAINEE[1]]


@pytest.mark.parametrize("person", ["1", "999999", "9" * 40])
@pytest.mark.parametrize("token", ["abc", "c9z-0123456789abcdef0123456789abcdef", "%20"])
def test_a_link_that_was_made_up_lets_nobody_in(person, token, people, client):
    response = client.post(f"/demo/{person}/{token}/")

    assert response.status_code == 410
    assert not get_user(client).is_authenticated


def test_a_link_lets_in_nobody_but_its_own_person(people, client):
    ours, theirs = (path(links()[role]).split("/") for role in ("trainee", "organiser"))

    response = client.post("/".join([*ours[:2], theirs[2], *ours[3:]]))

    assert response.status_code == 410


def test_without_demo_people_the_command_says_what_to_run(demo):
    with pytest.raises(CommandError, match="There are no demo people yet"):
        links()


# --- Elsewhere ---------------------------------------------------------------------------------


def test_outside_the_demo_no_address_lets_anybody_in(client):
    assert client.get("/demo/1/abc/").status_code == 404


@pytest.mark.parametrize("command", ["seed_demo", "demo_links"])
def test_outside_the_demo_the_commands_refuse(command):
    make_person(*TRAINEE)

    with pytest.raises(CommandError, match="only where ALONGSIDE_MODE is “demo”"):
        call_command(command)

    assert User.objects.get().email == TRAINEE[1]


# --- People ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """What making the whole demo said. It takes a while, so it is done once for this module."""
    with override_settings(DEMO=True), django_db_blocker.unblock(), transaction.atomic():
        yield told("seed_demo")
        transaction.set_rollback(True)


@pytest.fixture
def seeded(demo, made):
    """The whole demo, and what its making said."""
    return made


def test_the_demo_has_a_group_and_its_people(seeded):
    cohort = Cohort.objects.get(name="Tuesday group")

    assert "Made 12 demo trainees" in seeded
    assert (cohort.name, cohort.enrolments.count()) == ("Tuesday group", 13)
    assert sorted(cohort.organisation.roles.values_list("kind", "person__name")) == [
        (RoleKind.FACILITATOR, "Fatima Rahman"),
        (RoleKind.FACILITATOR, "Ken Wallace"),
        (RoleKind.MENTOR, "Yusra Khan"),
        (RoleKind.OBSERVER, "Sunita Rao"),
        (RoleKind.ORGANISER, "Oluchi Adeyemi"),
        (RoleKind.PEER_EDUCATOR, "Joy Nwosu"),
        (RoleKind.PEER_EDUCATOR, "Tom Price"),
    ]


def test_seeding_the_demo_twice_is_once(seeded):
    again = told("seed_demo")

    assert ("Made" in again, Enrolment.objects.count()) == (False, 13 + 7)


def test_an_earlier_group_has_figures_to_look_at_and_somebody_who_is_ready(seeded):
    cohort = Cohort.objects.get(name="Spring group")
    report = reports.of_cohort(cohort, timezone.now())
    ready = Milestone.objects.filter(kind=MilestoneKind.READY).order_by("pk")

    assert {name: report.figures[name] for name in ("participants", "completers")} == {
        "participants": 7,
        "completers": 7,
    }
    assert [
        (change.people, change.before < change.after)
        for change in (report.knowledge, report.confidence)
    ] == [(7, True)] * 2
    assert [each.enrolment.trainee.name for each in ready] == ["Zofia Wójcik", "Kwame Boateng"]


def test_the_two_who_are_ready_have_led_a_whole_series_and_begun_another(seeded):
    zofia = get_user_model().objects.get(name="Zofia Wójcik")
    groups = DeliveredGroup.objects.led_by(zofia).order_by("label")

    found = groups_led.series_in(groups)

    assert [(each.label, found[each.pk].counts, len(found[each.pk].held)) for each in groups] == [
        ("Harbour group", False, 2),
        ("Library group", True, 6),
    ]


def test_two_steps_are_left_for_a_visitor_to_reach_the_certificate(seeded, client):
    amina = Enrolment.objects.get(trainee__email=TRAINEE[1])
    client.force_login(amina.trainee)

    led_to = []
    for _step in range(2):
        here = client.get(reverse("carry_on", args=[amina.pk])).url
        led_to.append(client.post(f"{here}finished/", {"key": uuid.uuid4()}).url)

    assert led_to[-1] == reverse("course", args=[amina.pk])
    assert Milestone.objects.filter(enrolment=amina).exists()


def test_every_demo_person_comes_in_to_their_own_page(seeded, client):
    doors = ["Carry on", "Open the writing desk", "Open the groups I lead", "Open my groups"]
    found = {}

    for role, link in links().items():
        if role != "address":
            page = client.post(path(link), follow=True).content.decode()
            found[role] = [door for door in doors if f">{door}<" in page]

    assert found == {
        "trainee": ["Carry on"],
        "peer_educator": ["Open the writing desk"],
        "second_reader": ["Open the writing desk"],
        "facilitator": ["Open the groups I lead"],
        "organiser": ["Open my groups"],
    }
