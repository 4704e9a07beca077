"""A file of a package costs far less than one that asks who is there: a page may need twenty.

What is asserted is counted. To see times:  pytest -s tests/lms/test_sandbox_cost.py
"""

from time import process_time

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.h5p.capability import frame_address
from tests.courses.views.test_files import edition_with
from tests.factories.courses import make_cohort, make_enrolment
from tests.factories.files import make_document, sound_bytes
from tests.factories.h5p import make_version

pytestmark = pytest.mark.django_db

ROUNDS, EACH = 10, 30
SOUND = sound_bytes(1)


@pytest.fixture
def both():
    """Two ways to the same sound: a package's, and a document's of a course one is in."""
    document = make_document("a.wav", SOUND)
    trainee = make_enrolment(make_cohort(edition_with(document))).trainee
    client = Client()
    client.force_login(trainee)
    version = make_version(
        files={"audios/a.wav": SOUND},
        content={"greeting": "Hi", "sound": {"path": "audios/a.wav", "mime": "audio/wav"}},
    )
    frame = frame_address(version.pk, trainee.pk, timezone.now())
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    return {"package": (f"{frame}content/audios/a.wav", ""), "document": (document.url, cookie)}


@pytest.fixture(autouse=True)
def _one_connection():
    """Keep the test's connection to the database open from one request to the next."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask(application, address, cookie):
    """Ask the site as a server does, and read what comes."""
    environ = RequestFactory(headers={"Cookie": cookie} if cookie else {}).get(address).environ
    told = []
    answer = application(environ, lambda status, headers: told.append(status))
    data = b"".join(answer)
    answer.close()
    assert (told, data) == (["200 OK"], SOUND)


def test_a_package_s_file_asks_the_database_nothing(both):
    application = get_wsgi_application()
    queries = {}

    for name, asked in both.items():
        ask(application, *asked)  # the version is known from here on
        with CaptureQueriesContext(
            connection,
        ) as counted:
            ask(application, *asked)
        queries[name] = len(counted)

    assert queries["package"] == 0
    assert queries["document"] > 3


def test_what_each_costs(both, capsys):
    application = get_wsgi_application()
    spent = dict.fromkeys(both, 0.0)

    for _ in range(ROUNDS):
        for name, asked in both.items():
            ask(application, *asked)
            began = process_time()
            for _ in range(EACH):
                ask(application, *asked)
            spent[name] += process_time() - began

    each = {name: 1000 * seconds / (ROUNDS * EACH) for name, seconds in spent.items()}
    with capsys.disabled():
        told = ", ".join(f"{name} {cost:.2f} ms" for name, cost in each.items())
        print(f"\n{told}: {each['document'] / each['package']:.1f} to 1")  # noqa: T201
    assert spent["package"] > 0
