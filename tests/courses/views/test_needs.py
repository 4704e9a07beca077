"""What helps somebody take part: its owner says it, chooses who may know, and takes it away."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from courses.actions import joining, needs
from courses.models import AccessNeeds, AccessNeedsChange
from tests.factories.courses import (
    make_cohort,
    make_enrolment,
    make_mentor,
    make_organisation,
    make_organiser,
    make_person,
)
from tests.factories.needs import keep_needs, share_needs
from tests.factories.practice import book, make_observer, make_practice_edition, make_slot

pytestmark = pytest.mark.django_db

WORDS = "I type better than I talk"


class Place:
    """A group, its organiser, its facilitator, an observer and a mentor, and Amina."""

    def __init__(self):
        self.organisation = make_organisation()
        self.facilitator = make_person("Fatima First")
        self.cohort = make_cohort(
            make_practice_edition(),
            self.organisation,
            facilitator=self.facilitator,
        )
        self.organiser = make_organiser(self.organisation)
        self.observer = make_observer(self.organisation)
        self.amina = make_enrolment(self.cohort, make_person("Amina Yusuf"))
        self.mentor = make_mentor(self.amina)
        self.run = self.cohort.session_runs.get()
        slot = make_slot(self.cohort, 1, timezone.now() + timedelta(days=1))
        self.practice = book(self.amina, slot, by=self.organiser, at=timezone.now())

    @property
    def pages(self):
        """Where it is arranged: {(who, page): its address}."""
        of_run = [self.cohort.pk, self.run.pk]
        return {
            ("organiser", "cohort"): (self.organiser, reverse("cohort", args=[self.cohort.pk])),
            ("organiser", "attendance"): (self.organiser, reverse("attendance", args=of_run)),
            ("organiser", "guide"): (self.organiser, reverse("session_guide", args=of_run)),
            ("facilitator", "cohort"): (
                self.facilitator,
                reverse("cohort", args=[self.cohort.pk]),
            ),
            ("facilitator", "attendance"): (self.facilitator, reverse("attendance", args=of_run)),
            ("facilitator", "guide"): (self.facilitator, reverse("session_guide", args=of_run)),
            ("observer", "practice"): (
                self.observer,
                reverse("observe_practice", args=[self.practice.pk]),
            ),
            ("observer", "to come"): (self.observer, reverse("observe")),
            ("mentor", "mentored"): (self.mentor, reverse("mentored", args=[self.amina.pk])),
        }


@pytest.fixture
def place():
    return Place()


def own_page(enrolment):
    return reverse("what_helps", args=[enrolment.pk])


def seen_by(signed_in, place):
    """Who comes across Amina's own words, and on which page."""
    return {
        place_of
        for place_of, (person, address) in place.pages.items()
        if WORDS in signed_in(person).get(address).text
    }


# --- Saying it ---------------------------------------------------------------------------------


def test_what_is_said_is_kept_and_shared_with_nobody_until_somebody_is_ticked(signed_in, place):
    client = signed_in(place.amina.trainee)

    answer = client.post(
        own_page(place.amina), {"do": "save", "needs": ["breaks"], "own_words": WORDS}
    )

    assert answer.status_code == 302
    kept = AccessNeeds.objects.get()
    assert (kept.needs, kept.own_words, kept.is_shared) == (["breaks"], WORDS, False)
    assert seen_by(signed_in, place) == set()


def test_a_form_in_which_nothing_was_ticked_before_has_no_reader_ticked(signed_in, place):
    page = signed_in(place.amina.trainee).get(own_page(place.amina)).text

    assert re.findall(r'name="with_(\w+)"( checked)?', page) == [
        ("organisers", ""),
        ("facilitators", ""),
        ("observers", ""),
        ("mentor", ""),
    ]


def test_who_has_no_mentor_is_not_asked_about_one(signed_in, place):
    ben = make_enrolment(place.cohort, make_person("Ben Companion"))

    page = signed_in(ben.trainee).get(own_page(ben)).text

    assert "with_mentor" not in page


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"needs": ["wings"]}, "One of these is no longer on the list."),
        ({"own_words": "a" * 201}, "Please use 200 letters or fewer."),
    ],
)
def test_what_cannot_be_kept_is_asked_for_again(signed_in, place, sent, problem):
    answer = signed_in(place.amina.trainee).post(own_page(place.amina), {"do": "save", **sent})

    assert (answer.status_code, problem in answer.text) == (422, True)
    assert AccessNeeds.objects.count() == 0


# --- Who sees it -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        (
            "organisers",
            {("organiser", "cohort"), ("organiser", "attendance"), ("organiser", "guide")},
        ),
        (
            "facilitators",
            {("facilitator", "cohort"), ("facilitator", "attendance"), ("facilitator", "guide")},
        ),
        ("observers", {("observer", "practice"), ("observer", "to come")}),
        ("mentor", {("mentor", "mentored")}),
    ],
)
def test_only_those_who_were_ticked_see_it(signed_in, place, reader, seen):
    share_needs(place.amina, reader, own_words=WORDS)

    assert seen_by(signed_in, place) == seen


def test_an_observer_who_may_not_watch_sees_nothing_of_it(signed_in, place):
    share_needs(place.amina, "observers", own_words=WORDS)
    place.observer = make_observer(place.organisation, "Omar Other", calibrated=False)

    assert seen_by(signed_in, place) == set()


def test_what_is_taken_away_is_gone_from_every_page_and_from_the_database(signed_in, place):
    share_needs(place.amina, own_words=WORDS)
    assert len(seen_by(signed_in, place)) == 9

    signed_in(place.amina.trainee).post(own_page(place.amina), {"do": "take_away"})

    assert seen_by(signed_in, place) == set()
    assert AccessNeeds.objects.count() == 0


def test_a_change_leaves_nothing_of_what_was_there_before(place):
    share_needs(place.amina, own_words=WORDS)

    keep_needs(place.amina, chosen=["quiet"])

    assert list(AccessNeeds.objects.values_list("needs", "own_words")) == [(["quiet"], "")]


def test_a_change_adds_a_row_that_says_only_that_something_changed(place):
    keep_needs(place.amina, own_words=WORDS)
    keep_needs(place.amina, own_words=WORDS)
    needs.take_away(enrolment=place.amina, at=timezone.now())
    needs.take_away(enrolment=place.amina, at=timezone.now())

    changes = AccessNeedsChange.objects.filter(enrolment=place.amina)
    assert [change.is_taken_away for change in changes] == [False, True]
    assert {field.name for field in AccessNeedsChange._meta.fields} == {
        "id",
        "enrolment",
        "is_taken_away",
        "at",
    }


def test_to_say_nothing_any_more_is_to_take_it_away(place):
    share_needs(place.amina, own_words=WORDS)

    share_needs(place.amina, chosen=[], own_words="")

    assert AccessNeeds.objects.count() == 0


def test_a_mentor_who_comes_later_sees_nothing_that_was_shared_with_another(signed_in, place):
    share_needs(place.amina, "mentor", own_words=WORDS)
    place.mentor = make_mentor(place.amina, "Nadia Next")

    assert seen_by(signed_in, place) == set()


def test_nobody_sees_what_helped_somebody_who_has_left(signed_in, place):
    share_needs(place.amina, "organisers", "facilitators", own_words=WORDS)

    joining.take_out(enrolment=place.amina, at=timezone.now())

    addresses = [reverse("cohort", args=[place.cohort.pk])]
    addresses += [reverse("attendance", args=[place.cohort.pk, place.run.pk])]
    assert [WORDS in signed_in(place.organiser).get(each).text for each in addresses] == [
        False,
        False,
    ]


def test_the_paper_of_a_session_says_what_helps_without_names_and_own_words(signed_in, place):
    share_needs(place.amina, chosen=["breaks", "quiet"], own_words=WORDS)
    ben = make_enrolment(place.cohort, make_person("Ben Companion"))
    share_needs(ben, chosen=["breaks"])

    page = signed_in(place.facilitator).get(place.pages["facilitator", "guide"][1])

    paper = page.text[page.text.index('<article class="paper') :]
    assert re.findall(r"<li>(For [^<]*)</li>", paper) == [
        "For 2 people: a break every 20 minutes.",
        "For 1 person: a quiet place to go to for a while.",
    ]
    assert [WORDS in paper, "Amina" in paper] == [False, False]


def test_people_stand_in_the_order_of_the_alphabet(signed_in, place):
    for name in ("zoe", "Ábel"):
        share_needs(make_enrolment(place.cohort, make_person(name)), chosen=["captions"])
    share_needs(place.amina)

    page = signed_in(place.organiser).get(reverse("cohort", args=[place.cohort.pk]))

    assert [each.enrolment.trainee.name for each in page.context["needs"]] == [
        "Ábel",
        "Amina Yusuf",
        "zoe",
    ]


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_one_query_whatever_the_size_of_the_group(place, django_assert_num_queries, many):
    for n in range(many):
        share_needs(make_enrolment(place.cohort, make_person(f"Person {n}")))

    with django_assert_num_queries(1):
        told = AccessNeeds.objects.told_in(place.cohort, place.organiser)
        assert len([(each.enrolment.trainee.name, each.lines) for each in told]) == many


# --- Never about conditions --------------------------------------------------------------------

ABOUT_HEALTH = re.compile(
    r"diagnos|disease|illness|symptom|medicat|medicine|prescri|disorder|clinic|health|condition",
    re.IGNORECASE,
)


def named_in_the_database():
    """Every field of our records, as “Model.field”, with the choices it may take."""
    for label in ("lms", "courses", "certificates", "content"):
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.get_fields():
                yield f"{model.__name__}.{field.name}"
                for value, words in getattr(field, "flatchoices", None) or ():
                    yield f"{model.__name__}.{field.name}: {value} {words}"


def test_no_field_and_no_choice_asks_what_anybody_lives_with():
    assert [said for said in named_in_the_database() if ABOUT_HEALTH.search(said)] == []
