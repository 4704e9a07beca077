"""The observer's form on a phone, what follows from it, and who else may read what was seen."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from content.samples import sample_called
from courses.models import Calibration, Observation, PracticeTalk, Rating
from courses.readiness import CRITERIA
from tests.factories.courses import (
    make_cohort,
    make_mentor,
    make_organiser,
    make_person,
    make_role,
)
from tests.factories.practice import (
    SAMPLE,
    book,
    make_observer,
    make_practice_cohort,
    make_slot,
    make_trainee,
    observe,
    watched,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make_practice_cohort()


@pytest.fixture
def amina(cohort):
    return make_trainee(cohort, "Amina")


@pytest.fixture
def observer(cohort):
    return make_observer(cohort.organisation)


@pytest.fixture
def booked(cohort, amina, observer):
    """A practice of today, booked yesterday."""
    now = timezone.now()
    slot = make_slot(cohort, starts_at=now - timedelta(minutes=1), observer=observer)
    return book(amina, slot, by=make_organiser(cohort.organisation), at=now)


def written(level="3", act="look", **others):
    """What a browser sends of the form; `others` by the criterion's code."""
    levels = dict.fromkeys(CRITERIA, level) | others
    sent = {f"level_{code}": value for code, value in levels.items()}
    sent |= {f"evidence_{c}": f"Saw {c}." for c, v in levels.items() if v != "none"}
    return {**sent, "next_step": "Wait.", "key": uuid.uuid4(), "act": act}


def form_of(practice, name="observe_practice"):
    return reverse(name, args=[practice.pk])


def hidden(page):
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


# --- The form ------------------------------------------------------------------------------------


def test_the_form_has_the_rubrics_own_words_and_room_for_evidence(booked, observer, signed_in):
    page = signed_in(observer).get(form_of(booked)).text

    assert page.count('type="radio"') == 10 * 5
    assert page.count("<textarea") == 10 + 1
    for level in ("gets in the way", "beginning", "ready", "strong"):
        assert f"PF4: {level}." in page


def test_an_observer_sees_what_follows_before_anything_is_sent(booked, observer, signed_in):
    client = signed_in(observer)

    page = client.post(form_of(booked), written(PF9="none"))

    assert page.status_code == 200
    assert "Nothing is decided by it." in page.text
    assert "What would you do if…?" in page.text
    assert not Observation.objects.exists()

    sent = client.post(form_of(booked), {**hidden(page), "act": "send", "wants_talk": ""})

    assert (sent.status_code, sent.url) == (302, form_of(booked, "observe_seen"))
    kept = Observation.objects.get()
    assert (kept.observer, kept.outcome, kept.next_step) == (observer, "carry_on", "Wait.")
    assert dict(kept.ratings.values_list("criterion", "level")) == {
        code: None if code == "PF9" else 3 for code in CRITERIA
    }


def test_an_observer_can_ask_for_a_talk_with_the_mentor(booked, observer, signed_in):
    signed_in(observer).post(form_of(booked), written(act="send") | {"wants_talk": "1"})

    assert Observation.objects.get().outcome == "talk"
    assert not PracticeTalk.objects.exists()


def test_something_at_the_first_level_says_that_a_talk_follows(booked, observer, signed_in):
    page = signed_in(observer).post(form_of(booked), written(PF9="1"))

    assert "A talk this week" in page.text
    assert "the next practice waits until they have talked" in page.text
    assert 'name="wants_talk"' not in page.text


def test_going_back_to_change_something_keeps_every_word(booked, observer, signed_in):
    page = signed_in(observer).post(form_of(booked), written(act="change", PF2="4"))

    assert page.status_code == 200
    assert page.text.count(" checked") == 10
    assert re.search(r'name="level_PF2" value="4" checked', page.text)
    assert "Saw PF10." in page.text
    assert "Please look at this again" not in page.text


def test_sent_twice_it_is_once(booked, observer, signed_in):
    client, sent = signed_in(observer), written(act="send")

    answers = [client.post(form_of(booked), sent) for _n in range(2)]

    assert [each.url for each in answers] == [form_of(booked, "observe_seen")] * 2
    assert Rating.objects.count() == 10


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"level_PF3": ""}, "Choose what you saw, or “Not seen”."),
        ({"level_PF3": "9"}, "Choose what you saw, or “Not seen”."),
        ({"evidence_PF3": ""}, "Write one thing that you saw or heard."),
        ({"evidence_PF3": "x" * 601}, "Please say it in 600 letters or fewer."),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_lost(booked, observer, signed_in, sent, said):
    page = signed_in(observer).post(form_of(booked), written(act="send") | sent)

    assert page.status_code == 422
    assert said in page.text
    assert "Saw PF4." in page.text
    assert not Observation.objects.exists()


def test_the_observer_learns_that_the_self_review_is_written_and_not_what(
    booked, observer, signed_in
):
    page = signed_in(observer).get(form_of(booked)).text

    assert "they have not written their own review yet" in page


def test_C4_who_is_not_calibrated_is_told_what_to_do_first(cohort, amina, signed_in):
    newcomer = make_observer(cohort.organisation, "Nia New", calibrated=False)
    slot = make_slot(cohort, starts_at=timezone.now() - timedelta(minutes=1))
    booked = book(amina, slot, by=make_organiser(cohort.organisation), at=timezone.now())
    client = signed_in(newcomer)

    page = client.get(form_of(booked))
    sent = client.post(form_of(booked), written(act="send"))

    assert "Nia New has that still to do." in page.text
    assert "Rate a sample practice" in page.text
    assert sent.status_code == 422
    assert not Observation.objects.exists()


def test_a_course_without_the_rubric_says_so(signed_in):
    cohort = make_cohort()
    observer = make_observer(cohort.organisation)
    slot = make_slot(cohort, starts_at=timezone.now() - timedelta(minutes=1), observer=observer)
    organiser = make_organiser(cohort.organisation)
    booked = book(make_trainee(cohort, "Amina"), slot, by=organiser, at=timezone.now())

    page = signed_in(observer).get(form_of(booked))

    assert "no page on what observers look for" in page.text


def test_what_was_sent_while_signed_out_waits_for_its_observer(booked, observer, client):
    answer = client.post(form_of(booked), written(act="send"))
    client.force_login(observer)

    kept = client.get(reverse("kept"))

    assert answer.status_code == 302
    assert "Saw PF4." in kept.text
    assert form_of(booked) in kept.text
    assert not Observation.objects.exists()


def test_what_an_observer_sent_while_signed_out_is_given_to_nobody_else(booked, amina, client):
    client.post(form_of(booked), written(act="send"))
    client.force_login(amina.trainee)

    assert client.get(reverse("kept")).url == reverse("learning")


# --- Home and corrections ------------------------------------------------------------------------


def test_home_shows_what_waits_what_comes_and_what_was_written(
    cohort, amina, booked, observer, signed_in
):
    later = make_slot(cohort, starts_at=timezone.now() + timedelta(days=2))
    book(make_trainee(cohort, "Dev"), later, at=timezone.now())
    watched(make_trainee(cohort, "Ruth"), observer)

    page = signed_in(observer).get(reverse("observe")).text

    places = [page.index(words) for words in ("To write down", "Amina, ", "Coming", "Dev, ")]
    assert places == sorted(places)
    assert page.index("What you wrote") < page.index("Ruth, ")
    assert "Nobody is named to watch this one yet." in page


@pytest.mark.parametrize("practices", [1, 3])
def test_home_costs_the_same_however_many_wait(
    cohort, observer, signed_in, django_assert_num_queries, practices
):
    organiser = make_organiser(cohort.organisation)
    for n in range(practices):
        slot = make_slot(cohort, starts_at=timezone.now() - timedelta(minutes=n + 1))
        book(make_trainee(cohort, f"Person {n}"), slot, by=organiser, at=timezone.now())
    client = signed_in(observer)
    client.get(reverse("observe"))

    with django_assert_num_queries(9):
        client.get(reverse("observe"))


def test_an_observer_corrects_with_a_reason(amina, observer, signed_in):
    first = watched(amina, observer, PF5=1)
    address = form_of(first.practice, "observe_correct")
    client = signed_in(observer)

    drawn = client.get(address).text
    refused = client.post(address, written(act="send"))
    kept = client.post(address, written(act="send") | {"reason": "It was somebody else."})

    assert re.search(r'name="level_PF5" value="1" checked', drawn)
    assert refused.status_code == 422
    assert "Say in a sentence why you correct it." in refused.text
    assert (kept.status_code, kept.url) == (302, form_of(first.practice, "observe_seen"))
    assert Observation.objects.get(corrects=first).correction_reason == "It was somebody else."


# --- Who sees what -------------------------------------------------------------------------------


def test_rubric_ratings_are_for_their_observer_the_mentor_and_the_organiser(
    cohort, amina, observer, signed_in
):
    """The row “Rubric ratings” of who sees what; the owner's side is C3's."""
    practice = watched(amina, observer, reviewed=False).practice
    here = cohort.organisation
    people = {
        "observer": observer,
        "another observer": make_observer(here, "Otto"),
        "mentor": make_mentor(amina),
        "another mentor": make_mentor(make_trainee(cohort, "Dev"), "Moses"),
        "organiser": make_organiser(here),
        "organiser elsewhere": make_organiser(make_practice_cohort().organisation),
        "facilitator": cohort.session_runs.first().facilitator,
        "trainee of the group": cohort.enrolments.last().trainee,
        "owner": amina.trainee,
        "administrator": make_person("Ada", is_superuser=True),
    }
    for kind in ("peer_educator", "safeguarding_lead", "facilitator"):
        people[kind] = make_person(kind)
        make_role(people[kind], here, kind)
    addresses = {
        "observe_seen": [practice.pk],
        "observe_correct": [practice.pk],
        "mentored_practice": [practice.pk],
        "practice_observed": [cohort.pk, practice.pk],
        "practice_correct": [cohort.pk, practice.pk],
        "practice_slots": [cohort.pk],
    }

    opened = {
        who: [
            name
            for name, args in addresses.items()
            if signed_in(person).get(reverse(name, args=args)).status_code == 200
        ]
        for who, person in people.items()
    }

    assert {who: names for who, names in opened.items() if names} == {
        "observer": ["observe_seen", "observe_correct"],
        "mentor": ["mentored_practice"],
        "organiser": ["practice_observed", "practice_correct", "practice_slots"],
    }


def test_an_organiser_who_takes_the_course_reads_their_own_as_everybody_does(
    cohort, amina, observer, signed_in
):
    """C3 again: no other door leads to what was seen of oneself."""
    practice = watched(amina, observer, reviewed=False).practice
    make_role(amina.trainee, cohort.organisation, "organiser")
    client = signed_in(amina.trainee)

    asked = ("practice_observed", "practice_correct")
    answers = [client.get(reverse(name, args=[cohort.pk, practice.pk])) for name in asked]

    assert [each.status_code for each in answers] == [404, 404]


def test_somebody_elses_practice_is_not_found(cohort, amina, booked, signed_in):
    other = make_observer(cohort.organisation, "Otto")
    elsewhere = make_observer(make_practice_cohort().organisation, "Ella")

    for person in (other, elsewhere, amina.trainee, make_person()):
        client = signed_in(person)
        assert client.get(form_of(booked)).status_code == 404
        assert client.post(form_of(booked), written(act="send")).status_code == 404
    assert not Observation.objects.exists()


def test_home_is_for_observers(signed_in, amina):
    assert signed_in(amina.trainee).get(reverse("observe")).status_code == 404


def test_an_observer_prints_the_rubric_and_no_other_sheet(cohort, booked, observer, signed_in):
    client = signed_in(observer)

    def sheet(slug):
        return client.get(reverse("observe_paper", args=[booked.pk, slug])).status_code

    assert (sheet("rubric"), sheet("no-such-sheet")) == (200, 404)


# --- Samples -------------------------------------------------------------------------------------


def rated_as(sample, **others):
    levels = {code: str(level or "none") for code, level in sample.levels.items()} | others
    sent = {f"level_{code}": level for code, level in levels.items()}
    return {**sent, "key": uuid.uuid4()}


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ({}, "You can observe"),
        ({"PF1": "4", "PF2": "1", "PF3": "none"}, "Have another look"),
    ],
)
def test_an_observer_rates_a_sample_and_sees_where_they_agree_and_why(
    cohort, signed_in, others, said
):
    observer = make_observer(cohort.organisation, calibrated=False)
    sample, client = sample_called(SAMPLE), signed_in(observer)
    args = [cohort.organisation_id, SAMPLE]

    answer = client.post(reverse("calibration_sample", args=args), rated_as(sample, **others))
    page = client.get(answer.url)

    kept = Calibration.objects.get()
    assert (kept.observer, kept.agreed) == (observer, 10 - len(others))
    assert f"<h1>{said}</h1>" in page.text
    assert sample.ratings["PF1"].why in page.text


def test_the_reasons_are_not_shown_before_the_sample_is_rated(cohort, signed_in):
    client = signed_in(make_observer(cohort.organisation, calibrated=False))
    sample = sample_called(SAMPLE)

    pages = [
        client.get(reverse("calibration", args=[cohort.organisation_id])),
        client.get(reverse("calibration_sample", args=[cohort.organisation_id, SAMPLE])),
    ]

    for page in pages:
        assert page.status_code == 200
        assert sample.ratings["PF1"].why not in page.text


def test_a_sample_that_is_not_rated_whole_is_asked_for_again(cohort, signed_in):
    client = signed_in(make_observer(cohort.organisation, calibrated=False))
    sent = rated_as(sample_called(SAMPLE), PF6="")

    page = client.post(reverse("calibration_sample", args=[cohort.organisation_id, SAMPLE]), sent)

    assert page.status_code == 422
    assert page.text.count(" checked") == 9
    assert not Calibration.objects.exists()


def test_tries_are_their_owners_and_samples_are_for_observers(cohort, observer, signed_in):
    kept = Calibration.objects.get(observer=observer)
    here = cohort.organisation_id
    asked = [
        reverse("calibration", args=[here]),
        reverse("calibration_sample", args=[here, SAMPLE]),
        reverse("calibration_try", args=[here, kept.pk]),
    ]

    other = make_observer(cohort.organisation, "Otto")
    assert [signed_in(other).get(each).status_code for each in asked] == [200, 200, 404]
    organiser = make_organiser(cohort.organisation)
    assert [signed_in(organiser).get(each).status_code for each in asked] == [404] * 3


def test_a_sample_that_is_not_there_is_not_found(cohort, observer, signed_in):
    address = reverse("calibration_sample", args=[cohort.organisation_id, "no-such-sample"])

    assert signed_in(observer).get(address).status_code == 404


def test_who_watched_a_practice_reads_it_even_when_the_time_was_long_ago(
    cohort, amina, observer, signed_in
):
    booked = book(amina, make_slot(cohort, observer=observer))
    observe(booked, observer)

    answer = signed_in(observer).get(form_of(booked))

    assert (answer.status_code, answer.url) == (302, form_of(booked, "observe_seen"))
