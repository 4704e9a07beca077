"""Nobody gets to what is somebody else's by changing an address.

Every address of ours is asked, by everybody there is in a town, for the things of one trainee, and
who is let in is compared with one line of `who_may.py`. Then each place of each address is filled
with something of another organisation, one at a time, by those who may open the rest.

ASVS 5.0: V8.2.1 (who may do what), V8.2.2 (each record), V8.3.1 (asked on the server).
"""

from copy import copy

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from courses.models import Enrolment
from tests.factories.courses import make_enrolment, make_person
from tests.security.addresses import our_addresses
from tests.security.town import EVERYBODY, Town
from tests.security.who_may import WHO_MAY

pytestmark = pytest.mark.django_db

SIGN_IN = "/account/sign-in/"
METHODS = ("get", "post")
# What an answer means to somebody who wants in.
TURNED_AWAY = {401: "sign in", 403: "for others", 404: "not found", 405: "not this way"}


def outcome(response):
    """In one word: “in”, or how somebody was turned away."""
    if response.status_code == 302 and response.url.startswith(SIGN_IN):
        return "sign in"
    if response.status_code == 302 and response.url == "/cms/":
        return "sent home"  # after something that was done; or Wagtail's way of turning away
    return TURNED_AWAY.get(response.status_code, "in")


def signed_in(person):
    """What the browser of this person holds, or nobody's."""
    client = Client()
    if person:
        client.force_login(person)
    return client.cookies


def ask(cookies, method, where):
    """Ask with what a browser holds, and leave everything as it was before."""
    client = Client()
    client.cookies = copy(cookies)
    with transaction.atomic():
        response = getattr(client, method)(where)
        if response.streaming:
            response.getvalue()
        transaction.set_rollback(True)
    return outcome(response)


def expected(who, method, name, row):
    """What may come of it: more than one where the method is not there for anybody."""
    if who in getattr(row, method):
        return {"in", "sent home"}
    away = "sign in" if who == "nobody" else "for others" if is_in_the_cms(name) else "not found"
    if name.startswith("wagtailusers_"):
        return {away, "for others", "sent home"}
    return {away} if getattr(row, method) else {away, "not this way", "not found"}


def is_in_the_cms(name):
    return our_addresses()[name].is_in_the_cms


# --- The table ---------------------------------------------------------------------------------


def test_every_address_of_ours_has_its_line():
    """A new address comes into the table before anybody opens it."""
    assert sorted(our_addresses()) == sorted(WHO_MAY)


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_gets_in_where_the_table_says_and_nowhere_else(who, town):
    cookies = signed_in(town.person(who))

    answers = {
        (name, method): ask(cookies, method, town.address(name))
        for name in WHO_MAY
        for method in METHODS
    }

    assert {
        asked: answer
        for asked, answer in answers.items()
        if answer not in expected(who, asked[1], asked[0], WHO_MAY[asked[0]])
    } == {}


# --- One place filled with something of another organisation's ----------------------------------


def mixed(town, elsewhere):
    """Yield (name, place, path) for addresses of which one place is somebody else's."""
    for name, address in our_addresses().items():
        if not address.name or address.is_in_the_cms:
            continue
        ours, theirs = town.put(name), elsewhere.put(name)
        for place in address.parts:
            if ours[place] != theirs[place]:
                yield name, place, town.address(name, {place: theirs[place]})


# Whoever holds one of these gets in by it: that is what they are for.
IS_THE_KEY = {
    ("join_invited", "token"),
    ("join_cohort", "code"),
    ("calendar_feed", "token"),
    ("stop_reminders", "token"),
    ("card_code", "code"),
    # Certificates are there to be checked by anyone.
    *(
        (name, "serial")
        for name in ("check", "check_json", "badge_json", "badge_svg", "badge_png")
    ),
    # What a badge is given for: a course and an organisation, and nobody's name.
    ("achievement", "organisation"),
    ("achievement", "edition"),
}


def test_no_place_of_an_address_lets_in_what_is_somebody_elses(town):
    elsewhere = Town("Elsewhere Peers")
    asked = [each for each in mixed(town, elsewhere) if each[:2] not in IS_THE_KEY]

    everybody = ("owner", "facilitator", "organiser", "observer", "mentor")
    holds = {who: signed_in(town.person(who)) for who in everybody}

    let_in = {
        (who, name, place, method)
        for who in everybody
        for name, place, where in asked
        for method in METHODS
        if ask(holds[who], method, where) in {"in", "sent home"}
    }

    assert (let_in, len(asked) > 100) == (set(), True)


# --- The attack, against a view without the guard ----------------------------------------------


def open_to_all(request, pk):
    """A page that asks for a record by its number, and for nothing else."""
    return HttpResponse(Enrolment.objects.get(pk=pk).trainee.name)


def guarded(request, pk):
    """The same page as this house writes it."""
    return HttpResponse(Enrolment.objects.of(request.user).get(pk=pk).trainee.name)


urlpatterns = [path("open/<int:pk>/", open_to_all), path("guarded/<int:pk>/", guarded)]


@pytest.mark.urls("tests.security.test_idor")
def test_the_same_asking_gets_in_where_nobody_guards(client):
    enrolment = make_enrolment()
    client.force_login(make_person("Mallory"))

    assert client.get(f"/open/{enrolment.pk}/").content.decode() == enrolment.trainee.name
    with pytest.raises(Enrolment.DoesNotExist):
        client.get(f"/guarded/{enrolment.pk}/")
