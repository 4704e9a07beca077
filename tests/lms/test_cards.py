"""Printed cards: made by an organiser, used once by somebody who has no e-mail address.

ASVS 5.0: V6.3.1 (few tries), V6.4.1 (a code is drawn at random, ends, and is used once), V6.5.1.
"""

import html
import io
import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from content import paper
from courses.models import RoleKind
from lms import cards
from lms.models import SignInCard, User
from tests.factories.courses import (
    make_cohort,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
    make_role,
)

pytestmark = pytest.mark.django_db
CARD = "/card/"
NOT_GOOD = (
    "This code does not work, or no longer. Look at it once more, or ask your organiser for a "
    "new card."
)


@pytest.fixture(autouse=True)
def _nobody_has_tried():
    cache.clear()


@pytest.fixture
def organiser():
    return make_organiser(make_organisation("Riverside Peers"))


@pytest.fixture
def cohort(organiser):
    return make_cohort(organisation=organiser.roles.get().organisation, place="The library")


@pytest.fixture
def dev(cohort):
    person = User.objects.create_user(name="Dev Patel")
    make_enrolment(cohort, person)
    return person


def make(*people, at=None):
    return cards.make(people=people, by=None, at=at or timezone.now())


def words(response):
    return html.unescape(response.content.decode())


def problems(response):
    return re.findall(r'class="problem"[^>]*>([^<]+)<', words(response))


def printed(client, cohort, *people, **more):
    sent = {"people": [person.pk for person in people], **(more or {"page": "1"})}
    return client.post(reverse("cards", args=[cohort.pk]), sent)


def codes(response):
    return re.findall(r"\b([0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4})\b", words(response))


# --- Coming in ---------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["{}", " {} ", "in fours", "small"])
def test_a_card_signs_its_person_in_however_the_code_is_typed(typed, dev, client):
    [card] = make(dev)
    typed = {"in fours": card.in_fours, "small": card.code.lower()}.get(
        typed, typed.format(card.code)
    )

    response = client.post(CARD, {"code": typed})

    assert (response.status_code, response.url) == (302, "/learning/")
    assert get_user(client) == dev


def test_opening_the_link_of_a_card_uses_nothing_up(dev, client):
    """Programs that look into messages and pictures open links as well."""
    [card] = make(dev)

    shown = client.get(f"{CARD}{card.code}/")

    assert "Press the button, and you are in." in words(shown)
    assert "Dev" not in words(shown)
    assert get_user(client).is_anonymous
    assert SignInCard.objects.get().used_at is None
    assert client.post(CARD, {"code": card.code}).status_code == 302


def answer_without_tokens(client, code):
    response = client.post(CARD, {"code": code})
    page = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", words(response))
    return response.status_code, page.replace(code, "CODE")


def test_a_wrong_a_used_an_old_and_a_cancelled_code_get_the_same_answer(cohort, client):
    people = [User.objects.create_user(name=f"Person {n}") for n in range(3)]
    now = timezone.now()
    [used], [cancelled] = make(people[0]), make(people[1])
    [old] = make(people[2], at=now - timedelta(days=31))
    make(people[1])
    client.post(CARD, {"code": used.code})
    client.logout()

    answers = [
        answer_without_tokens(client, code)
        for code in ("ZZZZZZZZZZZZ", used.code, old.code, cancelled.code)
    ]

    assert [status for status, _page in answers] == [422] * 4
    assert {page for _status, page in answers} == {answers[0][1]}
    assert NOT_GOOD in answers[0][1]
    assert get_user(client).is_anonymous


def test_a_card_is_good_for_thirty_days(dev, client):
    [card] = make(dev, at=timezone.now() - timedelta(days=29, hours=23))

    assert client.post(CARD, {"code": card.code}).status_code == 302


def test_what_is_kept_is_not_the_code(dev):
    [card] = make(dev)

    kept = SignInCard.objects.get()
    assert card.code not in str(vars(kept))
    assert kept.code_hash == cards.hashed(card.code)


def with_role(person, kind):
    make_role(person, make_organisation(), kind)


@pytest.mark.parametrize(
    "become",
    [
        lambda person: User.objects.filter(pk=person.pk).update(is_staff=True),
        lambda person: User.objects.filter(pk=person.pk).update(is_superuser=True),
        lambda person: User.objects.filter(pk=person.pk).update(is_active=False),
        lambda person: User.objects.filter(pk=person.pk).update(email="dev@example.org"),
        lambda person: with_role(person, RoleKind.ORGANISER),
        lambda person: with_role(person, RoleKind.SAFEGUARDING_LEAD),
    ],
)
def test_nobody_who_looks_after_others_comes_in_by_card(become, dev, client):
    [card] = make(dev)
    become(dev)

    response = client.post(CARD, {"code": card.code})

    assert problems(response) == [NOT_GOOD]
    assert get_user(client).is_anonymous


def test_guessing_is_stopped_after_thirty_tries(dev, client):
    [card] = make(dev)

    answers = [client.post(CARD, {"code": "ZZZZ"}).status_code for _n in range(31)]

    assert answers == [422] * 30 + [429]
    assert client.post(CARD, {"code": card.code}).status_code == 429


@pytest.mark.parametrize("typed", ["", "x" * 61, "\0", "ß" * 60])
def test_what_cannot_be_a_code_is_asked_for_again(typed, client):
    assert client.post(CARD, {"code": typed}).status_code == 422


# --- Printing ----------------------------------------------------------------------------------


def test_a_sheet_holds_a_card_for_each_person_with_a_code_that_works(
    cohort, dev, organiser, signed_in, client
):
    response = printed(signed_in(organiser), cohort, dev)

    page = words(response)
    [code] = codes(response)
    assert "Dev Patel" in page
    assert "Tuesday group" in page
    assert "data:image/svg+xml" in page
    assert response["Cache-Control"].startswith("max-age=0")
    client.logout()
    client.post(CARD, {"code": code})
    assert get_user(client) == dev


def test_printing_again_makes_new_codes_and_ends_the_old_ones(cohort, dev, organiser, signed_in):
    client = signed_in(organiser)
    printed(client, cohort, dev)
    shown = words(client.get(reverse("cards", args=[cohort.pk])))

    printed(client, cohort, dev)

    old, new = SignInCard.objects.order_by("pk")
    assert "The cards that these people have then no longer work." in shown
    assert "has a card that works until" in shown
    assert (old.cancelled_at is None, new.cancelled_at) == (False, None)
    assert new.made_by == organiser


@pytest.mark.skipif(not paper.can_draw(), reason="the PDF library is not here")
def test_the_sheet_is_a_pdf_with_eight_cards_to_a_page(cohort, organiser, signed_in):
    people = [User.objects.create_user(name=f"Person {n}") for n in range(9)]
    cohort.capacity = 20
    cohort.save()
    for person in people:
        make_enrolment(cohort, person)

    response = printed(signed_in(organiser), cohort, *people, pdf="1")

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages]
    assert response["Content-Type"] == "application/pdf"
    assert [len(re.findall(r"Person \d", page)) for page in pages] == [8, 1]


def test_people_with_an_address_and_of_other_groups_get_no_card(cohort, dev, organiser, signed_in):
    """Else whoever prints a card could come in as them."""
    amina = make_enrolment(cohort, make_person("Amina")).trainee
    stranger = User.objects.create_user(name="Stranger")

    for person in (amina, stranger):
        response = printed(signed_in(organiser), cohort, person)
        assert response.status_code == 422
    assert make(amina) == []
    assert not SignInCard.objects.exists()


def test_cards_are_for_the_organiser_of_the_group(cohort, dev, signed_in):
    other = make_organiser(make_organisation())
    pair = cohort.session_runs.first().facilitator

    for person in (other, pair, dev):
        assert printed(signed_in(person), cohort, dev).status_code == 404
    assert not SignInCard.objects.exists()


def test_where_everybody_has_an_address_the_page_says_so(cohort, organiser, signed_in):
    page = words(signed_in(organiser).get(reverse("cards", args=[cohort.pk])))

    assert "Everybody in this group has an e-mail address" in page


# --- Living without an address -----------------------------------------------------------------


def test_every_page_of_theirs_and_about_them_is_there(cohort, dev, organiser, signed_in):
    enrolment = dev.enrolments.get()
    client = signed_in(dev)
    own = ["/learning/", "/me/", "/calendar/", f"/learning/{enrolment.pk}/"]
    shown = {path: client.get(path) for path in own}
    client = signed_in(organiser)
    about = [
        reverse(name, args=[cohort.pk])
        for name in ("cohort", "cohort_people", "cohort_csv", "invitations", "cards")
    ]
    shown |= {path: client.get(path) for path in about}

    for path, response in shown.items():
        assert response.status_code == 200, path
        text = b"".join(response) if response.streaming else response.content
        assert b"None" not in text, path
        assert b'href="mailto:"' not in text, path
    assert "You sign in with a printed card." in words(shown["/me/"])


def test_two_people_without_an_address_are_two_people(cohort):
    first, second = (User.objects.create_user(name="Dev Patel") for _n in range(2))

    assert first.pk != second.pk
    assert (first.email, second.email) == (None, None)


def test_people_without_an_address_change_their_names_and_still_have_none(cohort, signed_in):
    people = [User.objects.create_user(name=f"Person {n}") for n in range(2)]

    for person in people:
        sent = {"name": f"{person.name} Jones", "certificate_name": ""}
        assert signed_in(person).post("/me/", sent).status_code == 302

    kept = User.objects.filter(pk__in=[person.pk for person in people])
    assert sorted(kept.values_list("name", "email")) == [
        ("Person 0 Jones", None),
        ("Person 1 Jones", None),
    ]


def test_signing_in_by_code_with_nothing_finds_nobody(dev, client):
    response = client.post("/account/sign-in/", {"email": ""})

    assert problems(response) == ["Type your e-mail address, so that we can send your code."]
