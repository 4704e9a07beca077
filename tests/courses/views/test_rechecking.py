"""Looking again at what somebody reached: where an organiser finds it, and what they say."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from courses.models import AttendanceMark, MilestoneLook
from tests.certificates.make import said
from tests.factories.courses import (
    NOW,
    attend,
    make_cohort,
    make_edition,
    make_enrolment,
    make_milestone,
    make_organisation,
    make_organiser,
    make_person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    """Somebody who completed, and of whose four sessions one turned out to be another's."""
    edition = make_edition(sessions=6, steps=1, sessions_required=4)
    enrolment = make_enrolment(make_cohort(edition), make_person("Amina Yusuf"))
    make_milestone(enrolment)
    attend(enrolment, 4, 5, 6, mark=AttendanceMark.ABSENT, at=NOW + timedelta(days=60))
    return enrolment


@pytest.fixture
def organiser(enrolment):
    return make_organiser(enrolment.cohort.organisation, "Oluchi")


def look(enrolment):
    return reverse("person_look", args=[enrolment.cohort_id, enrolment.pk])


def test_C9_an_organiser_is_led_to_it_from_each_of_their_pages(signed_in, enrolment, organiser):
    client = signed_in(organiser)
    of_cohort = [enrolment.cohort_id]

    pages = [
        client.get(reverse("organise")),
        client.get(reverse("cohort", args=of_cohort)),
        client.get(reverse("person", args=[*of_cohort, enrolment.pk])),
    ]

    assert "1 certificate to look at again" in said(pages[0])
    assert [look(enrolment) in page.content.decode() for page in pages[1:]] == [True, True]


def test_who_only_leads_the_group_does_not_see_it(signed_in, enrolment):
    client = signed_in(enrolment.cohort.session_runs.first().facilitator)

    pages = [
        client.get(reverse("organise")),
        client.get(reverse("cohort", args=[enrolment.cohort_id])),
        client.get(reverse("person", args=[enrolment.cohort_id, enrolment.pk])),
    ]

    assert ["look at again" in said(page) for page in pages] == [False] * 3
    assert client.get(look(enrolment)).status_code == 404


def test_it_says_what_is_no_longer_met_and_keeps_what_was_found(signed_in, enrolment, organiser):
    client = signed_in(organiser)
    before = said(client.get(look(enrolment)))

    response = client.post(
        look(enrolment), {"key": uuid.uuid4(), "note": "The mark was a slip."}, follow=True
    )

    assert "Completed the course No longer met: Sessions." in before
    assert "Saved. What they reached stays as it was." in said(response)
    kept = MilestoneLook.objects.get()
    assert (kept.by, kept.note) == (organiser, "The mark was a slip.")
    after = said(client.get(look(enrolment)))
    assert "There is nothing to look at" in after
    assert "The mark was a slip. Oluchi" in after


def test_without_a_word_on_what_was_found_nothing_is_kept(signed_in, enrolment, organiser):
    response = signed_in(organiser).post(look(enrolment), {"key": uuid.uuid4(), "note": " "})

    assert response.status_code == 422
    assert "Write a few words, so that others understand it later." in said(response)
    assert MilestoneLook.objects.count() == 0


def test_an_organiser_of_elsewhere_finds_nothing(signed_in, enrolment):
    assert signed_in(make_organiser(make_organisation())).get(look(enrolment)).status_code == 404
