"""Sites to mistreat. Each test has its own, made from one that was migrated once."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.reliability.site import Site, a_database_like, name_of

RELIABILITY = os.environ.get("RELIABILITY", "")  # small, full, or nothing: then they are left out
POSTGRES = os.environ.get("DATABASE_URL")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")


def pytest_collection_modifyitems(config, items):
    here = Path(__file__).parent
    mine = [item for item in items if here in item.path.parents]
    for item in mine:
        item.add_marker("reliability")
        item.add_marker("django_db")  # one of their own, but they ask it
    left_out = [item for item in mine if not _is_wanted(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def _is_wanted(item):
    """In small, PostgreSQL is only killed at: the rest is the same for it."""
    if RELIABILITY == "small":
        return not POSTGRES or item.path.name == "test_kill.py"
    return bool(RELIABILITY)


@pytest.fixture(scope="session")
def amount():
    """A function that says how much of something: little where others wait, more at length."""
    return lambda small, full: full if RELIABILITY == "full" else small


BEGIN = """
import django
django.setup()
from django.core.cache import cache
from tests.factories.migrated import put_back_what_migrations_made
put_back_what_migrations_made()
cache.clear()
"""


@pytest.fixture(scope="session")
def migrated(django_db_setup, django_db_blocker, tmp_path_factory):
    """A site with its tables and nobody in it: a copy of the database that the tests have."""
    folder = tmp_path_factory.mktemp("migrated")
    address = None
    with django_db_blocker.unblock():
        connection.close()  # PostgreSQL copies only what nobody is at
        if POSTGRES:
            there = connection.settings_dict["NAME"]
            address = a_database_like(POSTGRES, f"reliability_{WORKER}", there)
        else:
            _copied(connection.settings_dict["NAME"], folder / "db.sqlite3")
    site = Site(folder, address)
    site.run("-c", BEGIN)
    return site


@pytest.fixture
def make_site(migrated, tmp_path):
    """A function that returns a new site, in `folder` if one is given; PostgreSQL keeps its
    database in the place `database_in`."""
    made = []

    def make(folder=None, database_in=None, **environment):
        folder = folder or tmp_path / f"site{len(made)}"
        folder.mkdir(exist_ok=True)
        address = None
        if migrated.database_url:
            template = name_of(migrated.database_url)
            name = f"reliability_{WORKER}_{len(made)}"
            address = a_database_like(POSTGRES, name, template, database_in)
        else:
            _copied(migrated.folder / "db.sqlite3", folder / "db.sqlite3")
        shutil.copy(migrated.folder / "secret_key", folder)
        site = Site(folder, address, **environment)
        # Beside the site, as its own disk may be full.
        site.log_file = tmp_path / f"server{len(made)}.log"
        made.append(site)
        return site

    yield make
    for site in made:
        site.stop()


def _copied(there, here):
    with closing(sqlite3.connect(there)) as one, closing(sqlite3.connect(here)) as other:
        one.backup(other)


@pytest.fixture
def site(make_site):
    return make_site()
