"""Who people turn to: changed by organisers, and shown as it is kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import Organisation
from tests.factories.courses import make_organisation, make_organiser

pytestmark = pytest.mark.django_db

CONTACTS = {
    "named_person": "Ngozi Eze",
    "named_person_phone": "020 7946 0001",
    "named_person_email": "ngozi@example.org",
    "emergency_number": "112",
    "other_help": "Samaritans 116 123",
}


def send(client, organisation, **changes):
    there = reverse("contacts", args=[organisation.pk])
    return client.post(there, CONTACTS | changes, follow=True)


def test_an_organiser_changes_the_contacts(signed_in):
    organisation = make_organisation("Riverside Peers")

    answer = send(signed_in(make_organiser(organisation)), organisation)

    assert Organisation.objects.values(*CONTACTS).get() == CONTACTS
    assert [str(message) for message in answer.context["messages"]] == [
        "Saved. Everyone in your groups sees these contacts now."
    ]


def test_the_name_of_the_organisation_stays(signed_in):
    organisation = make_organisation("Riverside Peers")

    send(signed_in(make_organiser(organisation)), organisation, name="Something else")

    assert Organisation.objects.get().name == "Riverside Peers"


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"named_person": ""}, {"named_person": ["Name the person people can turn to."]}),
        (
            {"named_person_email": "ngozi"},
            {"named_person_email": ["Write the whole address, like maria@example.org."]},
        ),
        (
            {"named_person_phone": "", "named_person_email": ""},
            {
                "named_person_phone": [
                    "Give a phone number or an e-mail address, so that people can reach them."
                ]
            },
        ),
        (
            {"emergency_number": "1" * 21},
            {"emergency_number": ["Please use 20 figures or fewer."]},
        ),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_lost(signed_in, changes, problems):
    organisation = make_organisation(named_person="Maria Lopez")

    answer = send(signed_in(make_organiser(organisation)), organisation, **changes)

    assert answer.status_code == 422
    assert answer.context["form"].errors == problems
    assert "Samaritans 116 123" in answer.text
    assert answer.context["organisation"].named_person == "Maria Lopez"


def test_somebody_elses_organisation_is_not_found(signed_in):
    organisation, stranger = make_organisation(), make_organiser(make_organisation())
    before = Organisation.objects.filter(pk=organisation.pk).values().get()

    answer = send(signed_in(stranger), organisation)

    assert answer.status_code == 404
    assert Organisation.objects.filter(pk=organisation.pk).values().get() == before


# --- Holidays, closed days, quiet hours --------------------------------------------------------


def settled(client, organisation, **sent):
    there = reverse("organisation_settings", args=[organisation.pk])
    return client.post(there, sent, follow=True)


def settings(**changes):
    filled_in = {
        "do": "settings",
        "holidays_of": "GB-SCT",
        "quiet_from": "21:30",
        "quiet_until": "08:00",
        "confidence_target": "6",
        "practices_until_talk": "2",
        "ready_for_months": "18",
        "invitation_days": "90",
        "asks_about_you": "on",
        "small_number": "7",
        "retention_months": "24",
        "certificate_years": "3",
    }
    return filled_in | changes


def test_an_organiser_changes_the_settings(signed_in):
    organisation = make_organisation()

    settled(signed_in(make_organiser(organisation)), organisation, **settings())

    kept = Organisation.objects.get(pk=organisation.pk)
    assert (kept.holidays_of, str(kept.quiet_from), str(kept.quiet_until)) == (
        "GB-SCT",
        "21:30:00",
        "08:00:00",
    )
    assert (kept.confidence_target, kept.practices_until_talk, kept.small_number) == (6, 2, 7)
    assert (kept.ready_for_months, kept.invitation_days, kept.asks_about_you) == (18, 90, True)
    assert (kept.retention_months, kept.certificate_years) == (24, 3)


def test_A8_an_organisation_begins_with_the_rules_of_the_field(db):
    kept = make_organisation()

    assert (kept.confidence_target, kept.practices_until_talk, kept.small_number) == (7, 3, 5)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"holidays_of": "MARS"}, "holidays_of", "That choice is no longer on the list."),
        ({"quiet_from": "late"}, "quiet_from", "We could not read that time."),
        ({"quiet_until": ""}, "quiet_until", "Choose the time."),
        ({"confidence_target": "0"}, "confidence_target", "Use 1 or more."),
        ({"confidence_target": "11"}, "confidence_target", "Use 10 or less."),
        ({"practices_until_talk": ""}, "practices_until_talk", "Write a number from 1 to 10."),
        ({"ready_for_months": "61"}, "ready_for_months", "Use 60 or less."),
        ({"invitation_days": "0"}, "invitation_days", "Use 1 or more."),
        ({"invitation_days": "366"}, "invitation_days", "Use 365 or less."),
        ({"practices_until_talk": "-1"}, "practices_until_talk", "Use 1 or more."),
        ({"retention_months": "11"}, "retention_months", "Use 12 or more"),
        ({"certificate_years": "51"}, "certificate_years", "Use 50 or less."),
        ({"small_number": "4"}, "small_number", "Use 5 or more"),
        ({"small_number": ""}, "small_number", "Write a number, 5 or more."),
        ({"small_number": "some"}, "small_number", "Write a number, 5 or more."),
        ({"small_number": "9" * 30}, "small_number", "Use 100 or less."),
    ],
)
def test_a_setting_that_cannot_be_is_named_and_nothing_is_kept(signed_in, changes, field, said):
    """E2: groups under five are never shown."""
    organisation = make_organisation()

    answer = settled(signed_in(make_organiser(organisation)), organisation, **settings(**changes))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"].errors[field][0].startswith(said)
    assert Organisation.objects.get(pk=organisation.pk).small_number == 5


def test_closed_days_are_added_once_and_taken_off_the_list(signed_in):
    organisation, soon = make_organisation(), timezone.localdate() + timedelta(days=9)
    client = signed_in(make_organiser(organisation))
    sent = {"do": "close", "closed-first_day": soon.isoformat(), "closed-name": "Painting"}

    settled(client, organisation, **sent)
    listed = settled(client, organisation, **sent)
    [closed] = organisation.closed_days.all()
    taken_off = settled(client, organisation, do=f"open-{closed.pk}")

    assert (closed.first_day, closed.last_day, closed.name) == (soon, soon, "Painting")
    assert "Painting" in listed.text
    assert "Painting" not in taken_off.text
    assert not organisation.closed_days.exists()


@pytest.mark.parametrize(
    ("first", "last", "field", "said"),
    [
        ("", "", "first_day", "Choose the day."),
        ("2027-05-03", "2027-05-02", "last_day", "This is before the first day."),
        ("2027-05-03", "2037-05-02", "last_day", "That is longer than a year."),
        ("soon", "", "first_day", "We could not read that day."),
    ],
)
def test_days_that_cannot_be_are_asked_about(signed_in, first, last, field, said):
    organisation = make_organisation()
    sent = {"do": "close", "closed-first_day": first, "closed-last_day": last}

    answer = settled(signed_in(make_organiser(organisation)), organisation, **sent)

    assert answer.status_code == 422
    assert answer.context["closing"].errors[field][0].startswith(said)
    assert not organisation.closed_days.exists()


def test_nobody_settles_anything_for_another_organisation(signed_in):
    organisation, other = make_organisation(), make_organisation()
    closed = organisation.closed_days.create(first_day="2027-01-01", last_day="2027-01-01")
    client = signed_in(make_organiser(other))

    answers = [
        settled(client, organisation, **settings()).status_code,
        settled(client, organisation, do=f"open-{closed.pk}").status_code,
        settled(client, other, do=f"open-{closed.pk}").status_code,
        settled(client, other, do="open-" + "9" * 30).status_code,
    ]

    assert answers == [404, 404, 200, 200]
    assert organisation.closed_days.count() == 1
