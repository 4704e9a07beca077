"""The site as it starts for people: in production mode, in a process of its own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from lms import starting
from tests.lms.test_refusals import SAFE


def manage(tmp_path, *words, **environment):
    """Run a command in production mode on an empty folder. Return (exit code, all it said)."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *words],
        cwd=settings.BASE_DIR,
        env=kept | SAFE | {"DATA_DIR": str(tmp_path / "data")} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_it_refuses_in_plain_words_and_shows_no_code(tmp_path):
    code, said = manage(tmp_path, "check", SECRET_KEY="short", DEBUG="yes")

    assert (code, said) == (
        1,
        "The site does not start yet.\n"
        "- Set SECRET_KEY to a longer text, of 50 letters or more. "
        "python -c 'import secrets; print(secrets.token_urlsafe(60))' makes a good one.\n"
        "- Take DEBUG out of the settings: a site for people is not debugged.\n",
    )


def test_django_has_no_warning_about_how_it_is_deployed(tmp_path):
    manage(tmp_path, "badge_key", "new")

    assert manage(tmp_path, "check", "--deploy", "--fail-level", "INFO") == (
        0,
        "System check identified no issues (1 silenced).\n",
    )


def test_before_anything_is_done_each_missing_piece_is_named(tmp_path):
    code, said = manage(tmp_path, "ready_to_start")

    missing = [line for line in said.splitlines() if line.startswith("[missing]")]
    assert code == 1
    assert missing == [
        "[missing] Tables. Run: manage.py migrate. Some tables are not made yet.",
        "[missing] Shared cache. Run: manage.py createcachetable. "
        "Limits on guessing are counted in that table.",
        "[missing] Static files. Run: manage.py collectstatic --no-input. "
        "The pages have no colours without it.",
    ]
    assert "Not ready to start yet: Tables, Shared cache, Static files." in said


def test_a_database_that_does_not_answer_is_said_and_is_no_fault_in_code(tmp_path):
    nowhere = f"postgres://nobody@{str(tmp_path).replace('/', '%2F')}/none"

    code, said = manage(tmp_path, "ready_to_start", "--quiet", DATABASE_URL=nowhere)

    assert code == 1
    assert "[missing] Database. The database does not answer. Look at DATABASE_URL." in said
    assert "Traceback" not in said


@pytest.mark.django_db
def test_with_all_in_place_nothing_is_missing():
    missing = {look.what: look.missing() for look in starting.LOOKS if look.needed}

    assert missing == dict.fromkeys(missing, "")


def test_a_folder_that_cannot_be_written_is_named(settings):
    settings.DATA_DIR = settings.BASE_DIR / "nowhere"

    assert starting.data_folder() == (
        f"The site cannot write in {settings.DATA_DIR} (No such file or directory). Give that "
        "folder to the user that the site runs as, or set DATA_DIR to another one."
    )


def test_a_missing_library_is_named_as_debian_calls_it(monkeypatch):
    monkeypatch.setattr(starting, "LIBRARIES", {"libnowhere.so.0": "libnowhere0"})

    assert starting.pdf_libraries() == (
        "Certificates can be read as web pages, but not as PDF. Run: apt-get install libnowhere0"
    )


def test_fonts_that_npm_has_not_brought_are_named(settings, tmp_path):
    settings.NODE_MODULES = tmp_path

    assert starting.paper_fonts().startswith("Run: npm ci --ignore-scripts --omit=dev.")


def test_a_mail_server_that_is_not_there_is_named(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert starting.mail_server().startswith("The mail server does not let the site in.")
