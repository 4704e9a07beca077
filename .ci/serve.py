"""Start the demo site: bring its data up to date, serve it, and say where it is and how to get in.

The address is http://HOST:PORT, the data lives in DATA_DIR. Ctrl-C stops everything.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = os.environ.get("PORT", "8000")
STOPS = signal.SIGINT, signal.SIGTERM, signal.SIGHUP  # Ctrl-C, kill, a closed window
MINUTE = 60  # seconds
NEAR = "127.0.0.1" if HOST == "0.0.0.0" else HOST  # noqa: S104  (asked for by whoever set HOST)


def main():
    refuse_a_port_that_is_taken()
    refuse_a_folder_that_cannot_be_written()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("ALONGSIDE_MODE", "demo")
    os.environ.setdefault("SITE_ADDRESS", f"http://{NEAR}:{PORT}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")

    bring_data_up_to_date()
    note_the_address()
    server = start_server()

    def stop(*_):
        for reason in STOPS:
            signal.signal(reason, signal.SIG_IGN)
        server.terminate()

    for reason in STOPS:
        signal.signal(reason, stop)
    if answers(server):
        say_how_to_get_in()
    sys.exit(max(tend(server), 0))  # stopped by a signal is no failure


def refuse_a_port_that_is_taken():
    if not PORT.isdigit() or not 0 < int(PORT) < 65536:
        sys.exit(f"PORT is “{PORT}”. It has to be a number from 1 to 65535.")
    try:
        with socket.create_server((HOST, int(PORT))):
            pass
    except PermissionError:
        sys.exit(f"Port {PORT} is not for everyone to use. Choose another:  make run PORT=8765")
    except OSError as problem:
        sys.exit(
            f"The site cannot use port {PORT} on {HOST} ({os.strerror(problem.errno)}).\n"
            "Choose another by naming it:  make run PORT=8765"
        )


def refuse_a_folder_that_cannot_be_written():
    folder = Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as problem:
        sys.exit(
            f"The site cannot write in {folder} ({problem.strerror}).\n"
            "Choose another folder for its data:  make run DATA_DIR=/some/folder"
        )


def bring_data_up_to_date():
    """Migrate and fill the database in one process: starting Django takes longer than the work."""
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    if not connections["default"].introspection.table_names():
        print("Making the database. This usually takes half a minute.", flush=True)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("seed_demo")
    connections.close_all()


def note_the_address():
    """For `manage.py demo_links`, which does not know how this was started."""
    from django.conf import settings

    (settings.DATA_DIR / "address").write_text(settings.SITE_ADDRESS)


def start_server():
    options = "--interface wsgi --workers 2 --blocking-threads 4 --workers-kill-timeout 3"
    where = ["--host", HOST, "--port", PORT, "--log-level", "error"]
    return subprocess.Popen(
        [sys.executable, "-m", "granian", *options.split(), *where, "lms.wsgi:application"],
        # Out of Ctrl-C's reach: told twice to stop, granian may wait for ever. It is told once.
        start_new_session=True,
    )


def answers(server):
    """Wait until the site is up; False when the server has ended instead."""
    while server.poll() is None:
        try:
            with urlopen(f"http://{NEAR}:{PORT}/healthz", timeout=5) as answer:
                return answer.status == 200
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def tend(server):
    """Do each minute what is due, until the server has ended; return how it ended.

    On a real site cron does this. What is sent is printed here.
    """
    from django.core.management import CommandError, call_command
    from django.db import connections

    while True:
        try:
            return server.wait(timeout=MINUTE)
        except subprocess.TimeoutExpired:
            with suppress(CommandError), Path(os.devnull).open("w") as quiet:  # its log says why
                call_command("tick", stdout=quiet)
            connections.close_all()


def say_how_to_get_in():
    from django.core.management import call_command

    print(flush=True)
    call_command("demo_links")  # begins with the address
    print("\nCtrl-C stops the site. What was done there is kept.", flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped.")
