"""A site of its own: its server, its data and its database, to be mistreated."""

import json
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
SERVER = "--interface wsgi --workers 2 --blocking-threads 4 --workers-kill-timeout 3"
ONE_WORKER = SERVER.replace("workers 2", "workers 1")
TOKEN = "r" * 32  # the same in the cookie and beside it


class Site:
    """A demo site in `folder`. With `database_url` it is on PostgreSQL, else on SQLite."""

    def __init__(self, folder, database_url=None, **environment):
        self.folder, self.database_url = folder, database_url
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "ALONGSIDE_MODE": "demo",
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "lms.settings",
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(folder),
            **({"DATABASE_URL": database_url} if database_url else {}),
            **environment,
        }
        self.server = None
        self.log_file = folder / "server.log"

    # --- its processes ---

    def run(self, *command, check=True, **options):
        """Run a Python program in the site's surroundings; return what it printed."""
        done = self.tried(*command, **options)
        if check and done.returncode:
            raise AssertionError(f"{command} ended with {done.returncode}:\n{done.stderr[-3000:]}")
        return done.stdout

    def tried(self, *command, **options):
        """Run a Python program in the site's surroundings; return how it ended."""
        return subprocess.run(
            [sys.executable, *command],
            env=self.environment,
            cwd=ROOT,
            check=False,
            text=True,
            capture_output=True,
            **options,
        )

    def manage(self, *command, **options):
        return self.run("manage.py", *command, **options)

    def people(self, how_many):
        """Make so many trainees, and an organiser; return what they need to act (world.py)."""
        return json.loads(self.run("-m", "tests.reliability.world", str(how_many)))

    def start(self, options=SERVER, up=200):
        """Start it, and wait until it says that it is up: 503 where it is up and not well."""
        log = self.log_file.open("ab")
        where = f"--host 127.0.0.1 --port {self.port} --log-level warning lms.wsgi:application"
        self.server = subprocess.Popen(
            [sys.executable, "-m", "granian", *options.split(), *where.split()],
            env=self.environment,
            cwd=ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        self.wait_until_up(up)

    def wait_until_up(self, up=200, patience=60):
        until = time.monotonic() + patience
        while time.monotonic() < until:
            try:
                if self.get("/healthz").status == up:
                    return
            except (OSError, HTTPException):
                time.sleep(0.1)
        raise AssertionError(f"The server did not come up:\n{self.log()[-3000:]}")

    def kill(self):
        """End the server and its workers as a power cut would."""
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()

    def stop(self):
        if self.server and self.server.poll() is None:
            self.server.terminate()
            try:
                self.server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()

    def log(self):
        return self.log_file.read_text(errors="replace")

    # --- what is asked of it ---

    def get(self, path, session=None, timeout=60):
        return self.ask("GET", path, session=session, timeout=timeout)

    def post(self, path, session=None, timeout=60, **fields):
        body = "&".join(f"{name}={quote(str(value))}" for name, value in fields.items())
        return self.ask("POST", path, session=session, body=body, timeout=timeout)

    def ask(self, method, path, *, session=None, body=None, timeout=60, kind=None):
        """Ask for a page, and return the answer with its `words` read."""
        cookies = f"csrftoken={TOKEN}" + (f"; sessionid={session}" if session else "")
        headers = {"Cookie": cookies, "X-CSRFToken": TOKEN}
        if body is not None:
            headers["Content-Type"] = kind or "application/x-www-form-urlencoded"
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=timeout)) as line:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            answer.words = answer.read().decode(errors="replace")
            return answer

    # --- what it keeps ---

    def rows(self, query):
        """Ask its database behind its back."""
        if self.database_url:
            with psycopg.connect(self.database_url) as line:
                return line.execute(query).fetchall()
        with closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=60)) as line:
            return line.execute(query).fetchall()

    def is_sound(self):
        """Whether the database file is whole. PostgreSQL looks after that itself."""
        if self.database_url:
            return True
        return self.rows("PRAGMA integrity_check") == [("ok",)] and not self.rows(
            "PRAGMA foreign_key_check"
        )


def a_database_like(address, name, template=None, tablespace=None):
    """Make a database beside that of `address` on the same PostgreSQL; return its address."""
    beside = address.rsplit("/", 1)[0]
    like = f' TEMPLATE "{template}"' if template else ""
    where = f' TABLESPACE "{tablespace}"' if tablespace else ""
    with psycopg.connect(address, autocommit=True) as line:
        line.execute(f'DROP DATABASE IF EXISTS "{name}"')
        line.execute(f'CREATE DATABASE "{name}"{like}{where}')
    return f"{beside}/{name}"


@contextmanager
def tablespace(address, folder):
    """Have PostgreSQL keep databases in `folder` too; yield how it calls that place."""
    name = f"place_{secrets.token_hex(4)}"
    (folder / name).mkdir(mode=0o777)
    shutil.chown(folder / name, "postgres")
    with psycopg.connect(address, autocommit=True) as line:
        line.execute(f"CREATE TABLESPACE {name} LOCATION '{folder / name}'")
        yield name
        held = line.execute(
            "SELECT datname FROM pg_database JOIN pg_tablespace t ON dattablespace = t.oid"
            " WHERE spcname = %s",
            [name],
        ).fetchall()
        for (database,) in held:
            line.execute(f'DROP DATABASE "{database}" WITH (FORCE)')
        line.execute(f"DROP TABLESPACE {name}")


def name_of(address):
    return urlsplit(address).path.removeprefix("/")
