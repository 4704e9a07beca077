"""The second step: who is asked for it, who needs one, and what to do when the phone is lost.

ASVS 5.0: V6.4.3 and V6.4.4 (a lost step does not become no step), V7.4.3 (a change of it ends
other sessions), V7.4.5 (an administrator can end sessions), V7.5.1 (it is asked for before it
is changed).
"""

import re
from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from courses import urls as learner_urls
from courses.actions import people
from courses.models import RoleKind
from lms import cards, second_step, urls_accounts
from lms.models import SecondStepReset, User
from tests.factories.courses import (
    make_organisation,
    make_organiser,
    make_peer_educator,
    make_person,
    make_role,
)
from tests.lms.second_steps import give_app, give_spare_codes, number, set_up_app
from tests.lms.test_signing_in import ask, code_in, problems
from tests.security.addresses import every_address

pytestmark = pytest.mark.django_db

ADDRESS = "amina@example.org"
CODE = reverse("account_confirm_login_code")
PASS = reverse("mfa_authenticate")


@pytest.fixture
def amina():
    return make_person("Amina Yusuf", email=ADDRESS)


@pytest.fixture
def required(settings):
    settings.SECOND_STEP_REQUIRED = True


def come_half_way(client):
    """Ask for a code and type it: the first of two steps."""
    ask(client)
    return client.post(CODE, {"code": code_in(mail.outbox[-1])})


# --- Setting it up -----------------------------------------------------------------------------


def test_an_app_is_set_up_with_the_number_that_it_shows(amina, signed_in):
    client = signed_in(amina)

    key = set_up_app(client)

    kept = Authenticator.objects.get(user=amina, type=Authenticator.Type.TOTP)
    assert key not in str(kept.data)
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200


def test_the_page_for_an_app_has_the_key_as_a_picture_and_as_text(amina, signed_in):
    response = signed_in(amina).get(reverse("mfa_activate_totp"))

    page = response.content.decode()
    assert re.findall(r'<img class="qr" src="(data:image/svg\+xml;base64),', page)
    assert len(re.findall(r'<code class="key">((?:[A-Z2-7]{4} ?){8})<', page)) == 1
    assert response.headers["Cache-Control"] == (
        "max-age=0, no-cache, no-store, must-revalidate, private"
    )


def test_a_number_that_does_not_fit_sets_nothing_up_and_says_what_to_do(amina, signed_in):
    client = signed_in(amina)
    client.get(reverse("mfa_activate_totp"))

    response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert problems(response) == [
        "This does not fit. Wait for the next number in your app, and type that one."
    ]
    assert not Authenticator.objects.exists()


def test_spare_codes_come_with_the_first_second_step(amina, signed_in):
    client = signed_in(amina)

    set_up_app(client)

    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert len(set(re.findall(r"<code>(\d{4} \d{4})</code>", page))) == 10
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert len(re.findall(r"^\d{4} \d{4}$", file.content.decode(), re.M)) == 10


def test_a_change_of_the_second_step_is_told_by_e_mail(amina, signed_in):
    client = signed_in(amina)

    set_up_app(client)
    client.post(reverse("mfa_deactivate_totp"))

    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        ([ADDRESS], "How you sign in has changed")
    ] * 2
    assert "An app that shows numbers was added as your second step." in mail.outbox[0].body
    assert "The app that shows numbers was taken off your account." in mail.outbox[1].body


# --- Being asked for it ------------------------------------------------------------------------


def test_after_the_code_the_second_step_is_asked_for(amina, client):
    give_app(amina)

    response = come_half_way(client)

    assert (response.status_code, response.url) == (302, PASS)
    assert get_user(client).is_anonymous
    response = client.post(PASS, {"code": number()})
    assert (response.status_code, response.url) == (302, reverse("learning"))
    assert get_user(client) == amina


def test_a_number_works_once(amina, client):
    """ASVS 5.0: V6.5.1."""
    give_app(amina)
    typed = number()
    come_half_way(client)
    client.post(PASS, {"code": typed})
    other = Client()
    come_half_way(other)

    response = other.post(PASS, {"code": typed})

    assert response.status_code == 200
    assert get_user(other).is_anonymous


def test_a_spare_code_works_once(amina, client):
    give_app(amina)
    spare = give_spare_codes(amina)[0]
    come_half_way(client)
    client.post(PASS, {"code": f"{spare[:4]} {spare[4:]}"})
    other = Client()
    come_half_way(other)

    other.post(PASS, {"code": spare})

    assert get_user(client) == amina
    assert get_user(other).is_anonymous


def test_after_five_wrong_numbers_nobody_gets_in_for_a_while(amina, client):
    """ASVS 5.0: V6.3.1."""
    give_app(amina)
    come_half_way(client)
    for _n in range(5):
        client.post(PASS, {"code": "000000"})

    response = client.post(PASS, {"code": number()})

    assert response.status_code == 200
    assert get_user(client).is_anonymous


def test_a_card_is_only_the_first_of_two_steps_as_well(client):
    person = User.objects.create_user(name="Carl Card")
    give_app(person)
    made = cards.make(people=[person], by=None, at=timezone.now())

    response = client.post(reverse("card"), {"code": made[0].code})

    assert (response.status_code, response.url) == (302, PASS)
    assert get_user(client).is_anonymous


def test_with_another_secret_key_no_number_fits_and_nothing_breaks(amina, client, settings):
    give_app(amina)
    settings.SECRET_KEY = "another key, and at least fifty characters long, as it was"
    come_half_way(client)

    response = client.post(PASS, {"code": number()})

    assert response.status_code == 200
    assert get_user(client).is_anonymous


def test_before_it_is_changed_the_second_step_is_asked_for_once_more(amina, signed_in):
    give_app(amina)
    client = signed_in(amina)  # as in a session that somebody left open

    response = client.post(reverse("mfa_deactivate_totp"))

    where = reverse("mfa_deactivate_totp")
    again = reverse("mfa_reauthenticate")
    assert (response.status_code, response.url) == (
        302,
        f"{again}?next={where.replace('/', '%2F')}",
    )
    assert Authenticator.objects.count() == 1


def test_taking_a_second_step_off_signs_out_everywhere_else(amina, signed_in):
    client, elsewhere = signed_in(amina), Client()
    set_up_app(client)
    elsewhere.force_login(amina)

    client.post(reverse("mfa_deactivate_totp"))

    assert get_user(client) == amina
    assert get_user(elsewhere).is_anonymous


# --- Those who need one ------------------------------------------------------------------------


def reached(client):
    """The addresses that are open; the rest are closed, or lead to the second step."""
    steps = {reverse(name) for name in ("mfa_index", "mfa_reauthenticate")}
    found = set()
    for each in every_address():
        path, name = each.path, each.name
        asked = resolve(path).route  # where patterns meet, it leaves out what begins the second
        assert asked.replace("^", "") == each.route.replace("^", ""), "another address was asked"
        response = client.get(path)
        to = getattr(response, "url", "").split("?")[0]
        if response.status_code != 403 and (to not in steps or path in steps):
            found.add((path, name))
    return found


OWN = {page.name for page in learner_urls.urlpatterns}
ACCOUNT = {page.name for page in urls_accounts.urlpatterns}
FOR_EVERYBODY = {
    *("readyz", "csp_reports"),
    *("healthz", "account_signup", "join", "join_invited", "stop_waiting", "join_cohort"),
    *("card", "card_code", "display", "language", "feedback_door", "calendar_feed"),
    *("stop_reminders", "check_form", "check", "check_json", "badge_json", "badge_svg"),
    *("badge_png", "badge_status", "did", "achievement", "certificate_colour"),
    *("wagtail_serve", "wagtaildocs_serve"),
}
OF_ONES_OWN = {
    *(
        "role_answer",
        "kept",
        "learning",
        "me",
        "devices",
        "device_sign_out",
        "devices_sign_out",
        "calendar",
    ),
    *("calendar_file", "reminder_choices", "record", "record_zip"),
    *("certificate", "certificate_pdf", "large_print"),
}


def an_organiser():
    return make_organiser(make_organisation("Riverside Peers"))


def a_safeguarding_lead():
    person = make_person("Sam Safe", email="sam@example.org")
    make_role(person, make_organisation("Riverside Peers"), RoleKind.SAFEGUARDING_LEAD)
    return person


def an_author():
    from courses.actions import catalogue

    catalogue.set_up(title="Learn", lead="Hello.", body="")
    return make_peer_educator(email="tom@example.org")


def an_administrator():
    person = make_person("Ada Admin", email="ada@example.org")
    type(person).objects.filter(pk=person.pk).update(is_superuser=True)
    return person


@pytest.mark.parametrize("who", [an_organiser, an_author, an_administrator])
def test_without_a_second_step_they_reach_their_own_pages_and_nothing_else(
    who, signed_in, required
):
    """ASVS 5.0: V6.3.3 (those with power use more than one factor), V6.3.4 (at every door).

    Every address of the site is asked for, so one that is made tomorrow is asked for as well.
    """
    client = signed_in(who())

    found = reached(client)

    assert {name for _path, name in found if name} <= OWN | ACCOUNT | FOR_EVERYBODY | OF_ONES_OWN
    assert [path for path, _name in found if path.startswith(("/cms/", "/organise/"))] == []


def test_a_safeguarding_lead_needs_one_as_well(signed_in, required):
    response = signed_in(a_safeguarding_lead()).get(reverse("mentoring"))

    assert response.url == f"{reverse('mfa_index')}?next=%2Fmentoring%2F"


def test_with_the_second_step_passed_an_organiser_reaches_their_pages(signed_in, required):
    client = signed_in(an_organiser())
    before = client.get(reverse("organise"))

    set_up_app(client)

    assert (before.status_code, before.url) == (
        302,
        f"{reverse('mfa_index')}?next=%2Forganise%2F",
    )
    assert client.get(reverse("organise")).status_code == 200


@pytest.mark.parametrize("who", [an_author, an_administrator])
def test_with_the_second_step_passed_those_who_write_reach_the_cms(who, signed_in, required):
    client = signed_in(who())

    set_up_app(client)

    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_who_has_a_second_step_but_has_not_passed_it_here_is_asked_for_it(signed_in, required):
    organiser = an_organiser()
    give_app(organiser)
    client = signed_in(organiser)  # as in a session from before it was set up

    response = client.get(reverse("organise"))

    assert response.url == f"{reverse('mfa_reauthenticate')}?next=%2Forganise%2F"
    response = client.post(response.url, {"code": number()})
    assert (response.status_code, response.url) == (302, reverse("organise"))
    assert client.get(reverse("organise")).status_code == 200


def passed(client, ago):
    """As if the second step had been passed so long ago."""
    session = client.session
    session[second_step.PASSED] |= {"at": (timezone.now() - ago).isoformat()}
    session.save()


@pytest.mark.parametrize(
    ("days", "reached"),
    [
        (6, {"get": 200, "post": 200}),
        (7, {"get": 302, "post": 200}),
        (8, {"get": 302, "post": 302}),
    ],
)
def test_a_second_step_counts_for_a_week_and_what_was_written_in_it_can_still_be_sent(
    days, reached, signed_in, required
):
    """ASVS 5.0: V7.3.1, V7.3.2."""
    client = signed_in(an_organiser())
    set_up_app(client)
    passed(client, timedelta(days=days))

    found = {
        "get": client.get(reverse("organise")).status_code,
        "post": client.post(reverse("cohort_new"), {}).status_code,
    }

    assert found == reached


def test_a_session_from_before_moments_were_kept_is_asked_for_the_second_step(signed_in, required):
    client = signed_in(organiser := an_organiser())
    set_up_app(client)
    session = client.session
    session[second_step.PASSED] = organiser.pk
    session.save()

    assert client.get(reverse("organise")).status_code == 302


def test_who_takes_their_only_second_step_off_is_outside_again(signed_in, required):
    client = signed_in(an_organiser())
    set_up_app(client)

    client.post(reverse("mfa_deactivate_totp"))

    assert client.get(reverse("organise")).url.startswith(reverse("mfa_index"))


def test_who_is_made_an_organiser_while_signed_in_needs_one_at_once(signed_in, required):
    place = make_organisation("Riverside Peers")
    person = make_person("Fatima First", email="fatima@example.org")
    make_role(person, place, RoleKind.FACILITATOR)
    client = signed_in(person)
    before = client.get(reverse("organise")).status_code

    people.give_role(
        person=person, organisation=place, kind=RoleKind.ORGANISER, by=None, at=timezone.now()
    )

    assert before == 200
    assert client.get(reverse("organise")).url.startswith(reverse("mfa_index"))


@pytest.mark.parametrize("kind", [RoleKind.FACILITATOR, RoleKind.OBSERVER, RoleKind.MENTOR])
def test_who_leads_watches_or_mentors_is_not_made_to_have_one(kind, signed_in, required):
    person = make_person("Mo Mentor", email="mo@example.org")
    make_role(person, make_organisation("Riverside Peers"), kind)
    client = signed_in(person)

    answers = [client.get(reverse(name)) for name in ("organise", "observe", "mentoring")]

    assert [answer for answer in answers if answer.status_code == 302] == []


def test_the_page_says_why_it_is_needed_to_those_who_need_it(amina, signed_in, required):
    needed = "It takes about two minutes."

    pages = {
        person: signed_in(person).get(reverse("mfa_index")).content.decode()
        for person in (amina, an_organiser())
    }

    assert [needed in page for page in pages.values()] == [False, True]


def test_a_trainee_is_not_asked_who_they_are_once_more(
    amina, signed_in, required, settings, django_assert_num_queries
):
    """The door costs a trainee nothing, and an organiser who has passed nothing either."""
    client = signed_in(amina)
    client.get(reverse("me"))
    with django_assert_num_queries(5):  # session, person, choices, their organisation twice
        client.get(reverse("me"))
    settings.SECOND_STEP_REQUIRED = False
    with django_assert_num_queries(5):
        client.get(reverse("me"))


# --- The phone is lost -------------------------------------------------------------------------


def test_an_administrator_can_let_somebody_begin_anew(client):
    organiser, ada = an_organiser(), an_administrator()
    type(organiser).objects.filter(pk=organiser.pk).update(email="maria@example.org")
    give_app(organiser)
    client.force_login(organiser)

    call_command(
        "reset_second_step",
        "Maria@example.org",
        by="ada@example.org",
        why="Phone lost; rang back on the known number.",
        stdout=StringIO(),
    )

    assert not Authenticator.objects.exists()
    assert get_user(client).is_anonymous
    reset = SecondStepReset.objects.get()
    assert (reset.person, reset.by, reset.why) == (
        organiser,
        ada,
        "Phone lost; rang back on the known number.",
    )
    assert [sent.to for sent in mail.outbox] == [["maria@example.org"]]
    assert "Ada Admin took your second step away" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("email", "by", "why"),
    [
        ("nobody@example.org", "ada@example.org", "Lost."),
        ("ada@example.org", "nobody@example.org", "Lost."),
        ("ada@example.org", "ada@example.org", " "),
    ],
)
def test_nothing_is_reset_without_a_person_somebody_who_does_it_and_a_reason(email, by, why):
    give_app(an_administrator())

    with pytest.raises(CommandError):
        call_command("reset_second_step", email, by=by, why=why)

    assert Authenticator.objects.count() == 1
    assert not SecondStepReset.objects.exists()
