"""What every test shares: no network but this machine, and nothing remembered."""

import os
import socket

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation

_connect = socket.socket.connect


def _only_this_machine(self, address):
    host = address[0] if isinstance(address, tuple) else ""
    if host in {"", "127.0.0.1", "::1", "localhost"}:
        return _connect(self, address)
    raise OSError(f"A test tried to reach {host}. Tests stay on this machine.")


# What walks all pages, or reads long texts in and out: each query behind it has its own test.
ANY_DATABASE = (
    "tests/content/h5p/test_writing.py::test_an_independent_h5p_server",
    "tests/content/views/",
    "tests/courses/bundle/",
    "tests/courses/test_starter_course_in_spanish.py",
    "tests/courses/views/test_lessons.py::test_every_page_of_the_starter_course",
    "tests/lms/test_demo.py",
    "tests/lms/test_looking.py",
    "tests/lms/test_sandbox_cost.py",
    "tests/lms/test_second_step.py",
    "tests/lms/test_who_sees_what.py",
    "tests/security/",
)


def pytest_collection_modifyitems(config, items):
    """What asks no database is the same on every one: on PostgreSQL it is not asked again.

    Of a test with many cases the first is asked there: its queries are those of the others. All
    of them are with EVERY_CASE=yes.
    """
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return
    asks = {"db", "transactional_db", "django_db_setup"}
    kept, left_out, seen = [], [], set()
    is_every_case = os.environ.get("EVERY_CASE") == "yes"
    for item in items:
        is_asked = item.get_closest_marker("django_db") or asks & set(item.fixturenames)
        is_asked = is_asked and not item.nodeid.startswith(ANY_DATABASE)
        if settings.FILES_BUCKET and item.get_closest_marker("one_machine"):
            is_asked = False
        test = item.nodeid.split("[")[0]
        is_first = is_every_case or test not in seen
        seen.add(test)
        (kept if is_asked and is_first else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    socket.socket.connect = _only_this_machine
    yield
    socket.socket.connect = _connect


@pytest.fixture(autouse=True)
def _nothing_is_remembered():
    """What a process keeps by its id belongs to one test: the next has the same ids again."""
    from content.playing import playable
    from content.views.h5p_frame import kept_page
    from courses.agreements import wordings
    from courses.guide import plan_of
    from courses.handouts import sheet_of
    from courses.models.editions import outline_in, outline_of
    from courses.reading import reading_of
    from courses.round_reading import bank_questions
    from courses.views.paper import drawn
    from lms import working_facts

    yield
    if settings.CACHE_URL:  # in the database its counts go with all else that a test writes
        cache.clear()
    working_facts.forget()
    translation.deactivate()  # a page that was asked for in Spanish leaves its thread speaking it
    for kept in (
        outline_of,
        outline_in,
        reading_of,
        wordings,
        bank_questions,
        plan_of,
        sheet_of,
        drawn,
        playable,
        kept_page,
    ):
        kept.cache_clear()


@pytest.fixture
def signed_in(client):
    """A function that signs a person in and returns the client."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def author(signed_in):
    """A peer educator, signed in."""
    from courses.actions import catalogue
    from tests.factories.courses import make_peer_educator

    catalogue.set_up(title="Learn", lead="Hello.", body="")
    author = make_peer_educator()
    signed_in(author)
    return author
