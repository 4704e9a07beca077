"""Where people are signed in, and signing out of there.

ASVS 5.0: V7.2.1 and V7.2.2 (a session is a row that the server looks up), V7.5.2 (people see
their sessions and end them).
"""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.devices import in_words, kind_of
from lms.models import Device, User
from tests.factories.courses import make_person
from tests.lms.test_signing_in import said, words

pytestmark = pytest.mark.django_db

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Mobile Safari/537.36"
)
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0"
)


@pytest.fixture
def amina():
    return make_person("Amina Yusuf", email="amina@example.org")


def signed_in_with(says, person):
    """A browser of this kind, used yesterday for the last time."""
    client = Client(headers={"user-agent": says})
    client.force_login(person)
    session = client.session
    session["seen_on"] = "2020-01-01"
    session.save()
    client.get(reverse("me"))
    return client


def shown(response):
    """The devices on the page, as they are called."""
    return re.findall(r"<li>\s*<strong>([^<]+)</strong>", words(response))


@pytest.mark.parametrize(
    ("says", "called"),
    [
        (PHONE, "Chrome on Android"),
        (LAPTOP, "Firefox on Linux"),
        (IPHONE, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        ("curl/8.5", "A device we do not know"),
        ("", "A device we do not know"),
    ],
)
def test_a_device_is_called_what_people_call_it(says, called, rf):
    request = rf.get("/", headers={"user-agent": says})

    assert in_words(*kind_of(request)) == called


def test_the_page_lists_where_somebody_is_signed_in_this_device_first(amina):
    signed_in_with(PHONE, amina)
    signed_in_with(IPHONE, make_person("Ben", email="ben@example.org"))
    laptop = signed_in_with(LAPTOP, amina)

    response = laptop.get(reverse("devices"))

    assert shown(response) == ["Firefox on Linux", "Chrome on Android"]
    assert words(response).count("this device") == 1


def test_no_network_address_and_no_more_of_the_browser_than_its_name_is_kept(amina):
    client = Client(headers={"user-agent": PHONE}, REMOTE_ADDR="203.0.113.9")
    client.force_login(amina)
    client.get(reverse("me"))

    kept = str(list(Device.objects.values())) + str(client.session.items())

    assert "203.0.113.9" not in kept
    assert "Pixel" not in kept


def test_a_device_is_signed_out_from_another(amina):
    phone, laptop = signed_in_with(PHONE, amina), signed_in_with(LAPTOP, amina)
    device = Device.objects.get(browser="Chrome")

    response = laptop.post(reverse("device_sign_out", args=[device.pk]), follow=True)

    assert said(response) == ["You are signed out there."]
    assert shown(response) == ["Firefox on Linux"]
    assert get_user(phone).is_anonymous
    assert get_user(laptop) == amina


def test_somebody_elses_device_is_not_found(amina):
    ben = signed_in_with(PHONE, make_person("Ben", email="ben@example.org"))
    device = Device.objects.get()

    response = signed_in_with(LAPTOP, amina).post(reverse("device_sign_out", args=[device.pk]))

    assert response.status_code == 404
    assert not get_user(ben).is_anonymous


def test_signing_out_everywhere_else_ends_every_other_session(amina):
    """ASVS 5.0: V7.4.3, V7.5.2."""
    others = [signed_in_with(PHONE, amina), signed_in_with(IPHONE, amina)]
    laptop = signed_in_with(LAPTOP, amina)

    response = laptop.post(reverse("devices_sign_out"), follow=True)

    assert said(response) == ["You are signed out everywhere but here."]
    assert shown(response) == ["Firefox on Linux"]
    assert [get_user(each).is_anonymous for each in others] == [True, True]
    assert get_user(laptop) == amina


def test_a_session_that_was_never_noted_is_ended_as_well(amina):
    """Sessions from before devices were noted, and any that slipped through."""
    unnoted = signed_in_with(PHONE, amina)
    Device.objects.all().delete()
    laptop = signed_in_with(LAPTOP, amina)

    laptop.post(reverse("devices_sign_out"))

    assert get_user(unnoted).is_anonymous


def test_signing_out_takes_the_device_off_the_list(amina):
    client = signed_in_with(PHONE, amina)

    client.post(reverse("account_logout"))

    assert not Device.objects.exists()


@pytest.mark.parametrize(
    "ends",
    [
        lambda client: client.post(reverse("account_logout")),
        lambda client: User.objects.update(is_active=False),
        lambda client: Session.objects.update(expire_date=timezone.now()),
    ],
    ids=["signed out", "account closed", "run out"],
)
def test_an_old_cookie_opens_nothing_once_its_session_has_ended(ends, amina):
    """ASVS 5.0: V7.4.1, V7.4.2."""
    client = signed_in_with(PHONE, amina)
    cookie = client.cookies["sessionid"].value
    ends(client)
    thief = Client()
    thief.cookies["sessionid"] = cookie

    response = thief.get(reverse("me"))

    assert (response.status_code, response.url.partition("?")[0]) == (302, "/account/sign-in/")


def test_a_session_that_has_run_out_is_not_on_the_list(amina):
    signed_in_with(PHONE, amina)
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))

    response = signed_in_with(LAPTOP, amina).get(reverse("devices"))

    assert shown(response) == ["Firefox on Linux"]


def test_a_device_is_noted_once_a_day_and_costs_nothing_after_that(
    amina, django_assert_num_queries
):
    client = signed_in_with(PHONE, amina)

    with django_assert_num_queries(5) as asked:
        client.get(reverse("me"))

    assert [each for each in asked.captured_queries if "lms_device" in each["sql"]] == []
