"""Every change to people's records says who made it and when: in the record, or in the trail.

ASVS 5.0: V16.2.1 (who, what, when and where).
"""

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone

from courses import timeline, timeline_words
from courses.actions import cohorts, joining, organisation, people
from courses.models import Change, Changed, Enrolment, Why
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_enrolment,
    make_mentor,
    make_organisation,
    make_organiser,
    make_person,
)

pytestmark = pytest.mark.django_db

# --- Every record ------------------------------------------------------------------------------

# Who: the columns that say it. A record of what a person did themselves says so by whose it is.
WHO = {
    "by",
    "trainee",
    "enrolment",
    "milestone",
    "person",
    "observer",
    "plan",
    "responsible",
    "practice",
    "round",
    "run",
}
# Without one of them, or without a moment: why that is enough.
EXCEPTIONS = {
    "CalendarAddress": "its person's own, with moments",
    "Organisation": "its changes are in the trail",
    "SessionRun": "its changes are rows of their own: SessionChange",
    "ClosedDays": "its changes are in the trail",
}


def says_who(model):
    names = {column.name for column in model._meta.concrete_fields}
    return bool(
        names & WHO
        or {name for name in names if name.endswith("_by") or name in {"author", "held_by"}}
    )


def says_when(model):
    return any(
        isinstance(column, models.DateField) for column in model._meta.concrete_fields
    ) or any(
        isinstance(column, models.DateField)
        for relation in model._meta.concrete_fields
        if relation.is_relation and relation.name in WHO and relation.related_model != model
        for column in relation.related_model._meta.concrete_fields
    )


def records_of_people():
    """Records that lead to a person: by themselves, or by their enrolment or practice."""
    for label in ("courses", "certificates"):
        for model in apps.get_app_config(label).get_models():
            leads = {
                column.related_model.__name__
                for column in model._meta.concrete_fields
                if column.is_relation
            }
            if leads & {"User", "Enrolment", "Practice", "Milestone"} and not hasattr(
                model, "get_parent"
            ):
                yield model


def test_every_record_of_a_person_says_who_and_when():
    silent = {
        model.__name__
        for model in records_of_people()
        if not (says_who(model) and says_when(model))
    }

    assert silent - set(EXCEPTIONS) == set()


# --- What is written over ----------------------------------------------------------------------


def told():
    return list(Change.objects.values_list("what", "column", "before", "after", "by", "why"))


@pytest.fixture
def organiser():
    return make_organiser(make_organisation())


@pytest.fixture
def enrolment(organiser):
    return make_enrolment(make_cohort(organisation=organiser.roles.get().organisation))


def test_taking_somebody_out_says_who_did_it(enrolment, organiser):
    joining.take_out(enrolment=enrolment, by=organiser, at=NOW)
    joining.take_out(enrolment=enrolment, by=organiser, at=NOW)

    assert told() == [("left", "", "", "", organiser.pk, "organiser")]
    assert Change.objects.get().person == enrolment.trainee


def test_coming_back_leaves_the_trace_of_having_left(enrolment, organiser):
    joining.take_out(enrolment=enrolment, by=organiser, at=NOW)

    cohorts.take_in(cohort=enrolment.cohort, trainee=enrolment.trainee, at=NOW)

    assert [what for what, *_more in told()] == ["left", "came_back"]


def test_another_mentor_is_written_down_once(enrolment, organiser):
    mentor = make_mentor(enrolment)
    people.name_mentor(enrolment=enrolment, mentor=None, by=organiser, at=NOW)
    people.name_mentor(enrolment=enrolment, mentor=None, by=organiser, at=NOW)

    assert told() == [
        ("mentor", "mentor", "", str(mentor.pk), None, "site"),
        ("mentor", "mentor", str(mentor.pk), "", organiser.pk, "organiser"),
    ]


def test_settings_say_what_stood_there_and_contacts_only_that_they_changed(organiser):
    place = organiser.roles.get().organisation
    by = {"organisation": place, "by": organiser, "at": NOW}

    organisation.change_settings(**by, small_number=place.small_number + 1)
    organisation.change_contacts(**by, named_person="Jo Brand")

    before = place.small_number
    assert told() == [
        ("settings", "small_number", str(before), str(before + 1), organiser.pk, "organiser"),
        ("contacts", "named_person", "", "", organiser.pk, "organiser"),
    ]


def test_the_cms_writes_down_which_columns_of_an_account_were_changed(client):
    administrator = make_person("Ada", is_superuser=True)
    person = make_person("Ben Old", email="ben@example.org")
    client.force_login(administrator)

    client.post(
        reverse("wagtailusers_users:edit", args=[person.pk]),
        {"name": "Ben New", "email": "ben@example.org", "is_active": ""},
    )

    person.refresh_from_db()
    assert (person.name, person.is_active) == ("Ben New", False)
    assert sorted(told()) == [
        ("person", "is_active", "yes", "no", administrator.pk, "cms"),
        ("person", "name", "", "", administrator.pk, "cms"),
    ]


def test_the_timeline_says_who_took_somebody_out(enrolment, organiser):
    joining.take_out(enrolment=enrolment, by=organiser, at=NOW)

    lines = timeline.a_page(Enrolment.objects.get(), organised=True).lines
    said = [timeline_words.sentence(each) for each in lines]

    assert f"{organiser.name} took them out of the group." in said


# --- It stays ----------------------------------------------------------------------------------


def test_what_is_written_down_is_not_rewritten(enrolment, organiser):
    joining.take_out(enrolment=enrolment, by=organiser, at=NOW)

    with pytest.raises(DatabaseError, match="stays written down"), transaction.atomic():
        Change.objects.update(by=enrolment.trainee)

    assert Change.objects.get().by == organiser


@pytest.mark.parametrize(
    "wrong",
    [
        {"person": None, "organisation": None},
        {"by": None, "why": Why.ORGANISER},
    ],
)
def test_a_change_is_of_somebody_and_says_who_made_it(wrong, organiser):
    about = {"what": Changed.PERSON, "why": Why.OWN, "person": organiser, "by": organiser}

    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.create(**about | wrong, at=timezone.now())
