"""A process of the site that somebody guesses at: `python -m tests.lms.guesser`, beside a test.

For each line it reads, a number, it lets that many tries of every kind be made, and answers with
how many of each were let through.
"""

import json
import sys

import django

UNKNOWN = "9X06-PSRW-67T2"
LIMITS = {
    "code requests": 3,
    "code tries": 30,
    "cards": 30,
    "numbers": 5,
    "check page": 40,
}


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def ask_for_code():
    return Client().post("/account/sign-in/", {"email": "amina@example.org"}).status_code == 302


def try_code():
    request = RequestFactory().post("/account/sign-in/code/")
    return ratelimit.consume(request, action="try_login_code", key="amina@example.org")


def try_card():
    return Client().post("/card/", {"code": "BCDF GHJK MNPQ"}).status_code == 422


def try_number():
    client = Client()
    client.force_login(User.objects.get(email="amina@example.org"))
    page = client.post("/account/second-step/again/", {"code": "000000"}).text
    return "This does not fit." in page


def try_serial():
    return Client().get(f"/v/{UNKNOWN}/").status_code == 404


if __name__ == "__main__":
    django.setup()
    from allauth.core import ratelimit
    from django.test import Client, RequestFactory
    from django.test.utils import setup_test_environment

    from lms.models import User

    setup_test_environment()
    TRIES = dict(
        zip(LIMITS, (ask_for_code, try_code, try_card, try_number, try_serial), strict=True)
    )
    say("ready")
    for line in sys.stdin:
        fewer = int(line)  # below 0: so many fewer than the limit; else so many
        times = {kind: limit + fewer if fewer < 0 else fewer for kind, limit in LIMITS.items()}
        through = {kind: sum(bool(TRIES[kind]()) for _n in range(times[kind])) for kind in LIMITS}
        say(json.dumps(through))
