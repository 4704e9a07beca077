import pytest
from openbadgeslib.ob3.status import decode_encoded_list, set_indices

from certificates import badges
from certificates.badges import statuses
from certificates.models import PauseTurn, ReplacedBecause
from certificates.status_bits import LENGTH
from tests.certificates.badges.make import make_badged, make_badged_ready, withdraw
from tests.certificates.make import ISSUED_AT

pytestmark = pytest.mark.django_db


def told(which=0):
    """The places that are set in a list."""
    subject = badges.status_list(which)["credentialSubject"]
    return set_indices(decode_encoded_list(subject["encodedList"]))


def pause(certificate):
    PauseTurn.objects.create(
        milestone=certificate.milestone,
        day=certificate.training_day,
        is_paused=True,
        reason="ill",
        by=certificate.holder,
        at=ISSUED_AT,
    )


def test_those_withdrawn_and_those_replaced_are_told_and_nobody_else():
    make_badged()
    gone = withdraw(make_badged())
    old = make_badged()
    make_badged(old.milestone, replaces=old, replaced_because=ReplacedBecause.NAME)
    make_badged_ready(training_day="2020-01-31")  # it has lapsed
    pause(make_badged_ready())

    assert told() == {gone.pk, old.pk}


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_the_database_once(count, django_assert_num_queries):
    for _n in range(count):
        withdraw(make_badged())

    with django_assert_num_queries(1):
        assert len(told()) == count


def test_each_list_has_its_own_numbers():
    gone = withdraw(make_badged(pk=LENGTH + 5))

    assert statuses.lists() == range(2)
    assert told(0) == set()
    assert told(1) == {5}
    assert badges.credential(gone)["credentialStatus"] == {
        "id": "http://127.0.0.1:8000/status/1.json#5",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "5",
        "statusListCredential": "http://127.0.0.1:8000/status/1.json",
    }
