"""What every answer carries, and what every address that takes something asks for first.

ASVS 5.0: V3.3.1, V3.3.2 and V3.3.4 (cookies), V3.4.1 (https), V3.4.3 to V3.4.6 (headers of every
answer), V3.5.1 (requests from elsewhere are refused), V14.2.2 and V14.3.2 (nothing of a person's
is kept on the way).
"""

import json
import os
import subprocess
import sys

import pytest
from django.core.management.utils import get_random_secret_key
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from tests.factories.courses import make_person
from tests.security.addresses import every_address
from tests.security.who_may import WHO_MAY

pytestmark = pytest.mark.django_db

# Who may send something here without our token, and why.
WITHOUT_A_TOKEN = {
    "stop_reminders": "a mail program stops them at one press (RFC 8058): the link is the key",
    "csp_reports": "a browser tells by itself what it blocked; nothing of anybody's is changed",
}
# Pages that are the same for everyone, and may be kept by anyone.
FOR_EVERYONE = {
    "certificate_colour",  # and what anyone may ask about a certificate, as programs ask it
    "check_json",
    "badge_json",
    "badge_svg",
    "badge_png",
    "badge_status",
    "achievement",
    "did",
}


def administrator(**about):
    client = Client(**about)
    client.force_login(make_person("Ada", is_superuser=True))
    return client


# --- Requests from elsewhere -------------------------------------------------------------------


def test_what_is_sent_without_our_token_is_refused_everywhere():
    """The whole site, the CMS with it, as its most powerful person."""
    client = administrator(enforce_csrf_checks=True)

    taken = {
        each.name or each.route: client.post(each.path, {"a": "b"}).status_code
        for each in every_address()
    }

    assert {name for name, status in taken.items() if status != 403} == set(WITHOUT_A_TOKEN)


def test_nothing_of_ours_opts_out_of_it_but_what_is_named():
    exempt = {each.name for each in every_address() if each.is_ours and each.is_exempt}

    assert exempt == set(WITHOUT_A_TOKEN)


@csrf_exempt
def trusting(request):
    return HttpResponse("taken")


urlpatterns = [path("trusting/", trusting)]


@pytest.mark.urls("tests.security.test_headers")
def test_the_same_request_is_taken_where_nobody_asks_for_a_token():
    client = administrator(enforce_csrf_checks=True)

    assert client.post("/trusting/", {"a": "b"}).status_code == 200


# --- Headers -----------------------------------------------------------------------------------


def opened(client, where):
    """Open a page, and read all of it: a file that is sent in pieces is closed at its end."""
    response = client.get(where)
    response.getvalue()
    return response


def lacks(response):
    """What an answer should carry and does not."""
    headers, policy = response.headers, response.headers.get("Content-Security-Policy", "")
    wanted = {
        "nosniff": headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": headers.get("Referrer-Policy") == "same-origin",
        "frames": headers.get("X-Frame-Options") in {"SAMEORIGIN", "DENY"}
        and ("frame-ancestors 'none'" in policy or "frame-ancestors 'self'" in policy),
        "opener": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "policy": "default-src 'self'" in policy and "object-src 'none'" in policy,
        "reports": "report-uri /csp-reports/" in policy,
    }
    return {name for name, is_there in wanted.items() if not is_there}


def test_every_answer_carries_what_keeps_it_safe():
    client = administrator()

    # One of Wagtail's own breaks on purpose.
    paths = [each.path for each in every_address() if "failwhale" not in each.route]
    answers = {path: opened(client, path) for path in paths}

    bare = {where: missing for where, answer in answers.items() if (missing := lacks(answer))}
    assert bare == {}


@pytest.mark.parametrize("who", ["owner", "organiser", "observer", "mentor", "administrator"])
def test_nothing_that_is_somebodys_is_kept_on_the_way(who, town):
    """Neither by a proxy nor, without asking again, by a browser that others use as well."""
    client = Client()
    client.force_login(town.person(who))
    pages = {name for name, row in WHO_MAY.items() if who in row.get} - FOR_EVERYONE

    kept = {
        name: response.headers.get("Cache-Control", "")
        for name in pages
        if not is_private(response := opened(client, town.address(name)))
    }

    assert kept == {}


def is_private(response):
    said = response.headers.get("Cache-Control", "")
    return "private" in said and ("no-cache" in said or "no-store" in said or "max-age=0" in said)


def test_what_is_the_same_for_everyone_may_be_kept(client):
    assert "Cache-Control" not in client.get("/join/").headers


# --- In production -----------------------------------------------------------------------------

ASK = """
import json
from django.conf import settings
names = ["SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_SAMESITE", "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD", "SECURE_SSL_REDIRECT", "DEBUG"]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def test_in_production_cookies_are_ours_alone_and_go_by_https_only(tmp_path):
    """The token's cookie is read by our scripts, so it is the one that is not HttpOnly."""
    about = {
        "ALONGSIDE_MODE": "production",
        "DJANGO_SETTINGS_MODULE": "lms.settings",
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": get_random_secret_key(),
        "SITE_ADDRESS": "https://alongside.example.org",
        "EMAIL_HOST": "mail.example.org",
    }
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}}

    said = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", ASK], env=kept | about, capture_output=True, text=True, check=True
    )

    assert json.loads(said.stdout) == {
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True,
        "SECURE_SSL_REDIRECT": True,
        "DEBUG": False,
    }
