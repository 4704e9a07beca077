"""Who is told that their certificate ends, when, and how often."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from certificates.actions import afterwards, issuing, notices
from courses.dates import after_months
from courses.models import Message
from tests.certificates.make import ISSUED_AT, make_ready_certificate, said, withdrawn
from tests.factories.courses import make_organisation, make_organiser, make_person

pytestmark = pytest.mark.django_db

TRAINED = datetime(2026, 7, 20, tzinfo=UTC).date()
ENDS = after_months(TRAINED, 12)


def morning(days_before):
    """Seven in the morning, so many days before it ends."""
    return datetime(ENDS.year, ENDS.month, ENDS.day, 7, tzinfo=UTC) - timedelta(days=days_before)


def one(name="Amina Yusuf", **more):
    return make_ready_certificate(TRAINED, trainee=make_person(name, **more))


def told_on(days):
    """On which of these days before the end a notice was written."""
    return [each for each in days if notices.write_due(morning(each))]


def test_C7_a_holder_is_told_90_30_and_7_days_before_and_once_each():
    one()

    assert told_on(range(100, -40, -1)) == [90, 30, 7]


def test_who_was_not_told_in_time_is_told_once_how_it_is():
    one()

    assert told_on([5, 4, 3, -3]) == [5]


def test_a_renewal_begins_anew():
    certificate = one()
    told_on([90, 30])
    day = morning(20).date()
    afterwards.renew(
        milestone=certificate.milestone,
        kind="refresher",
        day=day,
        by=certificate.holder,
        at=ISSUED_AT,
    )

    assert told_on([10, 5]) == []
    later = (after_months(day, 12) - ENDS).days
    assert told_on([-later + 90]) == [-later + 90]


@pytest.mark.parametrize("what", ["paused", "withdrawn"])
def test_whose_certificate_is_paused_or_withdrawn_is_left_in_peace(what):
    certificate = one()
    if what == "withdrawn":
        withdrawn(certificate)
    else:
        afterwards.pause(
            milestone=certificate.milestone,
            day=morning(100).date(),
            reason="ill",
            by=certificate.holder,
            at=ISSUED_AT,
        )

    assert told_on([90, 30, 7]) == []


def test_a_new_name_is_no_new_notice():
    certificate = one()
    told_on([90])
    issuing.reissue(
        certificate=certificate, because="name", name="Ada", by=certificate.holder, at=ISSUED_AT
    )

    assert told_on([80]) == []
    assert told_on([30]) == [30]


def test_it_waits_for_daylight_and_says_no_more_than_it_must(settings):
    settings.SITE_ADDRESS = "https://peers.example"
    certificate = one()

    notices.write_due(morning(90))

    message = Message.objects.get()
    assert timezone.localtime(message.send_after).hour == 12
    assert message.subject == "A certificate of yours counts until 20 July 2027"
    assert f"https://peers.example/certificates/{certificate.shown_serial}/life/" in message.text
    assert "co-facilitate" not in message.subject + message.text


def test_who_has_no_address_gets_none_and_is_named_to_organisers(signed_in):
    trained = after_months(timezone.localdate() + timedelta(days=20), -12)
    certificate = make_ready_certificate(
        trained,
        trainee=get_user_model().objects.create_user(name="Dev Patel"),
        organisation=make_organisation(),
    )
    notices.write_due(timezone.now())

    page = said(signed_in(make_organiser(certificate.organisation)).get(reverse("ending")))

    assert Message.objects.count() == 0
    assert "Dev Patel Counts until" in page
    assert "Has no e-mail address" in page


def test_organisers_see_who_ends_first_and_nobody_who_has_time(signed_in):
    organisation, today = make_organisation(), timezone.localdate()
    for name, days in [("Zoë", 10), ("Ben", -10), ("Amina", 200)]:
        trained = after_months(today + timedelta(days=days), -12)
        make_ready_certificate(trained, trainee=make_person(name), organisation=organisation)
    make_ready_certificate(after_months(today, -12), trainee=make_person("Elsewhere"))

    page = said(signed_in(make_organiser(organisation)).get(reverse("ending")))

    assert page.index("Ben Counted until") < page.index("Zoë Counts until")
    assert "Amina" not in page
    assert "Elsewhere" not in page


def test_nobody_else_sees_who_might_renew(signed_in):
    assert signed_in(make_person()).get(reverse("ending")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_four_queries(signed_in, count, django_assert_num_queries):
    organisation = make_organisation()
    for n in range(count):
        make_ready_certificate(
            after_months(timezone.localdate(), -12),
            trainee=make_person(f"Person {n}"),
            organisation=organisation,
        )
    client = signed_in(make_organiser(organisation))

    with django_assert_num_queries(4):
        client.get(reverse("ending"))
