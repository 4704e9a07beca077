"""Who people turn to: changed by organisers, and shown as it is kept."""

import pytest
from django.urls import reverse

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
