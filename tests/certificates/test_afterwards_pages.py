"""What holders and organisers do with a certificate after it was issued, by their own pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates.actions import afterwards
from certificates.life import State
from certificates.models import Certificate, PauseTurn, Renewal
from courses.dates import after_months
from tests.certificates.make import (
    ISSUED_AT,
    make_certificate,
    make_ready_certificate,
    said,
    withdrawn,
)
from tests.factories.courses import make_organisation, make_organiser, make_person, make_role

pytestmark = pytest.mark.django_db

BY_ORGANISERS = ["certificate_correct", "certificate_renew"]
BY_HOLDERS = ["certificate_name", "certificate_shown"]
BY_BOTH = ["certificate_life", "certificate_pause", "certificate_go_on"]


def at(name, certificate):
    return reverse(name, args=[certificate.shown_serial])


def anew(certificate):
    return Certificate.objects.current().for_reading().get(milestone=certificate.milestone)


def printed(certificate, **changed):
    """What the form of a correction holds when it is opened, and what is changed in it."""
    return {
        "name": certificate.name,
        "hours": certificate.hours,
        "first_day": certificate.first_day.isoformat(),
        "last_day": certificate.last_day.isoformat(),
        "note": "Typed in haste.",
    } | changed


# --- whose it is -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*BY_ORGANISERS, *BY_HOLDERS, *BY_BOTH])
def test_only_its_holder_and_organisers_reach_what_is_theirs(client, name):
    certificate = make_ready_certificate()
    observer = make_person()
    make_role(observer, certificate.organisation, "observer")
    strangers = [make_organiser(make_organisation()), observer, make_person()]
    if name in BY_ORGANISERS:
        strangers.append(certificate.holder)
    if name in BY_HOLDERS:
        strangers.append(make_organiser(certificate.organisation))

    answers = set()
    for person in strangers:
        client.force_login(person)
        answers.add(client.get(at(name, certificate)).status_code)
        answers.add(client.post(at(name, certificate)).status_code)

    assert answers <= {404, 405}
    assert 404 in answers


@pytest.mark.parametrize("name", BY_ORGANISERS)
def test_nobody_renews_or_corrects_their_own(signed_in, name):
    certificate = make_ready_certificate()
    make_role(certificate.holder, certificate.organisation, "organiser")

    assert signed_in(certificate.holder).post(at(name, certificate)).status_code == 404


@pytest.mark.parametrize("name", BY_BOTH)
def test_a_completion_has_no_end_to_look_after(signed_in, name):
    certificate = make_certificate()
    client = signed_in(certificate.holder)

    assert {client.get(at(name, certificate)).status_code} <= {404, 405}
    assert {client.post(at(name, certificate)).status_code} <= {404, 405}


# --- another name ------------------------------------------------------------------------------


def test_who_has_a_new_name_is_offered_a_certificate_with_it(signed_in):
    certificate = make_certificate(trainee=make_person("Rhiannon Prŷs"))
    client = signed_in(certificate.holder)
    before = said(client.get(certificate.get_absolute_url()))

    certificate.holder.name = "Rhys Prŷs"
    certificate.holder.save()
    after = said(client.get(certificate.get_absolute_url()))

    offer = "You are called Rhys Prŷs now. Get it with this name"
    assert (offer in before, offer in after) == (False, True)


def test_the_holder_gets_it_with_the_new_name_and_the_old_address_leads_there(signed_in):
    old = make_certificate(trainee=make_person("Rhiannon Prŷs"))
    old.holder.certificate_name = "Rhys Prŷs"
    old.holder.save()
    client = signed_in(old.holder)
    asked = said(client.get(at("certificate_name", old)))

    response = client.post(at("certificate_name", old))

    new = anew(old)
    assert "The new one says Rhys Prŷs" in asked
    assert (response.status_code, response.url) == (302, new.get_absolute_url())
    assert (new.name, new.is_drawn, new.issued_by) == ("Rhys Prŷs", True, old.holder)
    for name in ["certificate", "certificate_pdf", "withdraw"]:
        client.force_login(make_organiser(old.organisation))
        led_on = client.get(at(name, old))
        assert (led_on.status_code, led_on.url) == (302, new.get_absolute_url())


def test_an_old_name_is_in_no_list(client):
    old = make_certificate(trainee=make_person("Rhiannon Prŷs"))
    old.holder.name = "Rhys Jones"
    old.holder.save()
    client.force_login(old.holder)
    client.post(at("certificate_name", old))

    pages = [client.get(reverse("learning")).content.decode()]
    client.force_login(make_organiser(old.organisation))
    pages.append(client.get(reverse("issued")).content.decode())
    pages.append(client.get(reverse("issued"), {"name": "Rhiannon"}).content.decode())

    assert [page for page in pages if "Rhiannon Prŷs" in page] == []
    assert "Rhys Jones" in pages[1]


def test_who_has_no_new_name_gets_no_new_certificate(signed_in):
    certificate = make_certificate()

    response = signed_in(certificate.holder).post(at("certificate_name", certificate))

    assert (response.status_code, response.url) == (302, certificate.get_absolute_url())
    assert Certificate.objects.count() == 1


def test_a_withdrawn_one_gets_no_new_name(signed_in):
    certificate = withdrawn(make_certificate())
    certificate.holder.name = "Rhys"
    certificate.holder.save()

    signed_in(certificate.holder).post(at("certificate_name", certificate))

    assert Certificate.objects.count() == 1


# --- the name on the check page ----------------------------------------------------------------


def test_the_holder_keeps_their_name_off_the_check_page_and_shows_it_again(signed_in):
    certificate = make_certificate(trainee=make_person("Zoë Núñez"))
    client = signed_in(certificate.holder)
    seen = []

    for hide in ["yes", "no"]:
        response = client.post(at("certificate_shown", certificate), {"hide": hide})
        assert (response.status_code, response.url) == (302, certificate.get_absolute_url())
        seen.append("Zoë Núñez" in said(client.get(at("check", certificate))))

    assert seen == [False, True]


# --- putting something right -------------------------------------------------------------------


def test_the_form_of_a_correction_begins_with_what_is_printed(signed_in):
    certificate = make_certificate(trainee=make_person("Zoë Núñez"))
    client = signed_in(make_organiser(certificate.organisation))

    page = client.get(at("certificate_correct", certificate)).content.decode()

    for value in ["Zoë Núñez", "20.0", "2026-09-01"]:
        assert f'value="{value}"' in page


def test_an_organiser_puts_a_day_right_and_the_number_is_a_new_one(signed_in):
    old = make_certificate()
    organiser = make_organiser(old.organisation)
    client = signed_in(organiser)
    assert client.get(at("certificate_correct", old)).status_code == 200

    response = client.post(at("certificate_correct", old), printed(old, last_day="2026-09-30"))

    new = anew(old)
    assert (response.status_code, response.url) == (302, new.get_absolute_url())
    assert (new.last_day.isoformat(), new.replaced_note) == ("2026-09-30", "Typed in haste.")
    assert (new.issued_by, new.replaced_because) == (organiser, "correction")


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({}, "Nothing is different yet."),
        ({"name": " "}, "A certificate needs a name on it."),
        ({"name": "Nefer \U00013000"}, "We cannot print the character"),
        ({"hours": "many"}, "Write the hours as a number, like 21.5."),
        ({"last_day": "2026-08-01"}, "The last day is before the first."),
        ({"last_day": "tomorrow"}, "We could not read that day. Write it like 2026-11-03."),
        ({"hours": "12", "note": ""}, "Say in a few words what was wrong."),
    ],
)
def test_a_correction_that_cannot_be_is_explained_and_kept(signed_in, changed, problem):
    certificate = make_certificate()
    client = signed_in(make_organiser(certificate.organisation))

    response = client.post(at("certificate_correct", certificate), printed(certificate, **changed))

    assert response.status_code == 422
    assert problem in said(response)
    assert Certificate.objects.count() == 1


def test_a_completion_is_withdrawn_only_where_it_never_was_or_its_holder_asks(signed_in):
    completion, ready = make_certificate(), make_ready_certificate()
    answers = {}

    for certificate in [completion, ready]:
        client = signed_in(make_organiser(certificate.organisation))
        page = client.get(at("withdraw", certificate)).content.decode()
        answers[certificate] = [
            reason
            for reason in ["mistake", "holder_asked", "safety", "other"]
            if f'value="{reason}"' in page
        ]
        response = client.post(at("withdraw", certificate), {"reason": "safety", "note": "x"})
        answers[certificate].append(response.status_code)

    assert answers == {
        completion: ["mistake", "holder_asked", 422],
        ready: ["mistake", "holder_asked", "safety", "other", 302],
    }


# --- how long it counts ------------------------------------------------------------------------


def test_C7_an_organiser_writes_down_a_renewal(signed_in):
    certificate = make_ready_certificate()
    organiser = make_organiser(certificate.organisation)
    day = timezone.localdate() - timedelta(days=3)

    response = signed_in(organiser).post(
        at("certificate_renew", certificate),
        {"renew-day": day.isoformat(), "renew-sure": "on", "renew-note": "With Sam."},
    )

    assert (response.status_code, response.url) == (302, at("certificate_life", certificate))
    assert anew(certificate).standing().valid_until == after_months(day, 12)
    renewal = Renewal.objects.get()
    assert (renewal.kind, renewal.by, renewal.note) == ("refresher", organiser, "With Sam.")


@pytest.mark.parametrize(
    ("days_ago", "sure", "problem"),
    [
        (-1, "on", "This day is still to come."),
        (101, "on", "This day is before the end of the training."),
        (3, "", "Tick this first, if both were done."),
    ],
)
def test_a_renewal_that_cannot_be_is_explained(signed_in, days_ago, sure, problem):
    certificate = make_ready_certificate()
    client = signed_in(make_organiser(certificate.organisation))
    day = timezone.localdate() - timedelta(days=days_ago)

    response = client.post(
        at("certificate_renew", certificate), {"renew-day": day.isoformat(), "renew-sure": sure}
    )

    assert response.status_code == 422
    assert problem in said(response)
    assert Renewal.objects.count() == 0


def test_C7_the_holder_pauses_from_today_and_comes_back(signed_in):
    certificate = make_ready_certificate()
    client = signed_in(certificate.holder)
    long_ago = timezone.localdate() - timedelta(days=50)

    client.post(
        at("certificate_pause", certificate),
        {"pause-reason": "caring", "pause-day": long_ago.isoformat()},
    )
    paused, page = anew(certificate).state, said(client.get(at("certificate_life", certificate)))
    client.post(at("certificate_go_on", certificate))

    assert paused is State.PAUSED
    assert "No time runs out, however long it takes." in page
    assert anew(certificate).state is State.VALID
    assert PauseTurn.objects.first().day == timezone.localdate()


def test_an_organiser_may_name_an_earlier_day_of_a_pause(signed_in):
    certificate = make_ready_certificate()
    day = timezone.localdate() - timedelta(days=50)

    signed_in(make_organiser(certificate.organisation)).post(
        at("certificate_pause", certificate),
        {"pause-reason": "ill", "pause-day": day.isoformat()},
    )

    assert PauseTurn.objects.get().day == day


def test_a_pause_without_a_reason_is_asked_for_one(signed_in):
    certificate = make_ready_certificate()

    response = signed_in(certificate.holder).post(at("certificate_pause", certificate))

    assert response.status_code == 422
    assert "Choose a reason." in said(response)


def test_going_on_where_nothing_is_paused_changes_nothing(signed_in):
    certificate = make_ready_certificate()

    signed_in(certificate.holder).post(at("certificate_go_on", certificate))

    assert PauseTurn.objects.count() == 0


def test_one_that_lapsed_is_told_kindly_how_to_come_back(signed_in):
    certificate = make_ready_certificate(timezone.localdate() - timedelta(days=800))

    page = said(signed_in(certificate.holder).get(certificate.get_absolute_url()))

    assert "All you did stays true, and you can come back on any day." in page


def test_what_was_noted_at_a_renewal_is_for_organisers(signed_in):
    certificate = make_ready_certificate()
    afterwards.renew(
        milestone=certificate.milestone,
        kind="refresher",
        day=timezone.localdate(),
        note="With Sam.",
        by=certificate.holder,
        at=ISSUED_AT,
    )

    pages = [
        said(signed_in(person).get(at("certificate_life", certificate)))
        for person in [certificate.holder, make_organiser(certificate.organisation)]
    ]

    assert ["With Sam." in page for page in pages] == [False, True]
