"""Limits on guessing are counted together by all processes of the site.

ASVS 5.0: V6.1.1 and V6.3.1 (guessing is limited as docs/security.md says, whichever process
answers).
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.core import ratelimit
from django.contrib.auth import get_user
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from tests.factories.courses import make_person
from tests.factories.migrated import put_back_what_migrations_made
from tests.lms.guesser import LIMITS
from tests.lms.second_steps import give_app
from tests.lms.test_signing_in import ask, code_in
from tests.processes import this_database


@pytest.fixture
def start(tmp_path):
    """A function that starts another process of the site, which waits to be asked."""
    started = []

    def start_one():
        environment = {
            **os.environ,
            "DATABASE_URL": this_database(),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.lms.guesser"],
            env=environment,
            cwd=Path.cwd(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start_one
    for process in started:
        process.kill()
        process.communicate()  # and what leads to it is closed


def tries(process, times):
    """How many tries of each kind this process lets through."""
    process.stdin.write(f"{times}\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


@pytest.mark.django_db(transaction=True)
def test_what_one_process_has_counted_another_knows(start):
    put_back_what_migrations_made()
    cache.clear()
    give_app(make_person("Amina Yusuf", email="amina@example.org"))
    one, another = start(), start()
    assert [each.stdout.readline() for each in (one, another)] == ["ready\n"] * 2

    first = tries(one, -1)  # all but the last that are allowed
    second = tries(another, 3)

    cache.clear()
    assert first == {kind: limit - 1 for kind, limit in LIMITS.items()}
    assert second == dict.fromkeys(LIMITS, 1)


@pytest.mark.django_db
def test_after_many_tries_at_an_address_no_code_fits_wherever_it_is_typed(client, rf):
    amina = make_person("Amina Yusuf", email="amina@example.org")
    ask(client)
    for _n in range(30):  # from other browsers
        ratelimit.consume(rf.post("/"), action="try_login_code", key="amina@example.org")

    response = client.post(
        reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[-1])}
    )

    assert (response.status_code, response.url) == (302, reverse("account_login"))
    assert get_user(client) != amina


@pytest.mark.django_db
def test_behind_a_server_of_ours_each_visitor_is_counted_for_themselves(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def come(forwarded):
        request = rf.post("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="10.0.0.1")
        return ratelimit.consume(request, action="card")

    let_in = [come("203.0.113.1") for _n in range(31)]

    assert let_in == [True] * 30 + [False]
    assert come("203.0.113.2")
    # What a visitor says of themselves stands before what our own server noted.
    assert not come("203.0.113.9, 203.0.113.1")
