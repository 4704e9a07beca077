"""A real browser at the real site. Each test has a site of its own, with a database of its own.

pytest-django's `live_server` empties the database after every test, also of what migrations put
there, and on SQLite all threads would share one connection. Here each test begins with a copy of
the migrated database as a file, and throws it away: quick, and nobody else's database is touched.
"""

import copy
import os
import shutil
import sqlite3
import threading
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections
from django.test import Client, override_settings
from playwright.sync_api import expect, sync_playwright

from courses.actions import catalogue
from tests.factories.courses import make_course, make_peer_educator, make_session
from tests.factories.migrated import put_back_what_migrations_made
from tests.journeys.door import Door

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = 390, 1280
# Two browsers, two sites and a database share two cores: what comes late has still come.
PATIENCE = 15  # seconds
expect.set_options(timeout=PATIENCE * 1000)


def pytest_collection_modifyitems(items):
    """Everything in this folder drives Chromium, and needs the database to be there."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")
            item.add_marker("django_db")


# --- the site ----------------------------------------------------------------------------------


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="package")
def door():
    """What stands between the browsers and the site."""
    return Door(WSGIHandler())


@pytest.fixture(scope="package")
def server(door):
    """The site's address, served by threads of this process."""
    httpd = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    httpd.set_app(door)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()
    thread.join()


@pytest.fixture(scope="package")
def migrated(django_db_setup, django_db_blocker, tmp_path_factory):
    """A file with the database as migrations leave it."""
    if connections["default"].vendor != "sqlite":
        pytest.skip("The browser tests run on SQLite.")
    path = tmp_path_factory.mktemp("journeys") / "migrated.sqlite3"
    with django_db_blocker.unblock(), closing(sqlite3.connect(path)) as kept:
        connections["default"].ensure_connection()
        connections["default"].connection.backup(kept)
    with on_database(path, django_db_blocker):
        put_back_what_migrations_made()
        cache.clear()  # what tests of limits have counted is in the database, and no model's
    return path


@contextmanager
def on_database(path, blocker):
    """Have every thread that connects from now on use the database in this file."""
    usual_settings, usual = connections.settings["default"], connections["default"]
    here = copy.deepcopy(usual_settings) | {"NAME": str(path)}
    # Nothing here has to survive a power cut.
    here["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    connections.settings["default"] = here
    connections["default"] = connections.create_connection("default")
    try:
        with blocker.unblock():
            yield
    finally:
        connections["default"].close()
        connections.settings["default"] = usual_settings
        connections["default"] = usual


@pytest.fixture
def beginning(migrated):
    """The database that a test begins with. A module with much to set up gives its own."""
    return migrated


@pytest.fixture
def site(server, door, beginning, django_db_blocker, tmp_path):
    """The address of a site of one's own."""
    path = shutil.copy(beginning, tmp_path / "site.sqlite3")
    ours = override_settings(SITE_ADDRESS=server, WAGTAILADMIN_BASE_URL=server)
    with ours, on_database(path, django_db_blocker):
        door.open()
        yield server
        door.shut()


# --- those who write ---------------------------------------------------------------------------


@pytest.fixture
def front(site):
    """The front page, with no course below it yet."""
    return catalogue.set_up(title="Learn to lead a group", lead="Peers wrote it.", body="")


@pytest.fixture
def tom(front):
    """A peer educator."""
    return make_peer_educator(email="tom@example.org")


@pytest.fixture
def joy(tom):
    """Another one, who reads what Tom writes."""
    place = tom.roles.get().organisation
    return make_peer_educator(place, "Joy Nwosu", "joy@example.org")


@pytest.fixture
def session(front):
    """The only session of a course, with no lesson in it yet."""
    return make_session(make_course(sessions_required=1), 1, title="Listening")


# --- the browser -------------------------------------------------------------------------------


@pytest.fixture(scope="package")
def chromium():
    """Debian's Chromium, driven by playwright."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        missing = "There is no Chromium here:  sudo apt-get install chromium-headless-shell"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    # Playwright keeps an event loop in this thread, so Django believes that we are asynchronous
    # and would refuse to ask the database. We are not: playwright waits while a test goes on.
    usual = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
    if usual is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def allowed():
    """What a test means to see: statuses from 400 on, and words of what is said in the console.

    It adds them: `allowed.add(404)`, `allowed.add("is not defined")`.
    """
    return set()


@pytest.fixture
def open_browser(chromium, site, allowed):
    """A function that opens a browser for somebody, and returns its page.

    Whatever goes wrong in it behind the page's back fails the test: errors in the console,
    requests that were not answered or not answered well, and requests to anywhere else.
    """
    contexts, seen = [], []

    def open_one(person=None, *, script=True, width=PHONE, height=844, theme="light"):
        context = chromium.new_context(
            base_url=site,
            java_script_enabled=script,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            reduced_motion="reduce",
            locale="en-GB",
        )
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        if person:
            sign_in(context, person, site)
        page = context.new_page()
        _listen(page, site, seen)
        return page

    yield open_one
    for context in contexts:
        context.close()
    words = [each for each in allowed if isinstance(each, str)]
    assert [
        fault.text
        for fault in seen
        if fault.status not in allowed and not any(each in fault.text for each in words)
    ] == []


def sign_in(context, person, site, **remembered):
    """Give a browser the cookie of somebody who is signed in; their session holds the rest."""
    client = Client()
    client.force_login(person)
    session = client.session
    session.update(remembered)
    session.save()
    context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": site}])


def _listen(page, site, seen):
    def fault(text, status=None):
        seen.append(SimpleNamespace(text=text, status=status))

    def on_console(message):
        # What the server answered is told by its status, below.
        if message.type == "error" and "Failed to load resource" not in message.text:
            fault(f"console: {message.text}")

    def on_request(request):
        if not request.url.startswith((site, "data:", "blob:")):
            fault(f"left the site: {request.url}")

    def on_response(response):
        if response.status >= 400:
            fault(f"{response.status}: {response.url}", response.status)

    def on_failed(request):
        # ERR_ABORTED is a request that was overtaken, as when a link turns out to be a download.
        if request.failure != "net::ERR_ABORTED":
            fault(f"{request.failure}: {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: fault(f"script: {error}"))
    page.on("request", on_request)
    page.on("response", on_response)
    page.on("requestfailed", on_failed)


@pytest.fixture(params=[True, False], ids=["script on", "script off"])
def script(request):
    """Whether the browser runs scripts. A test that takes this runs both ways."""
    return request.param


@pytest.fixture
def pages_with_a_player():
    """Pages that hold an H5P player and little else are there: see `h5p_page`."""
    with override_settings(ROOT_URLCONF="tests.journeys.h5p_page"):
        yield
