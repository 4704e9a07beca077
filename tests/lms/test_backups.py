"""A backup holds everything, is whole or not there, and comes back on an empty machine."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from certificates.badges import keys
from courses.actions import jobs
from courses.models import Job
from lms import backups, restoring
from lms.working_facts import BACKUP
from tests.factories.courses import make_cohort, make_edition, make_enrolment, make_person
from tests.factories.migrated import put_back_what_migrations_made
from tests.processes import this_database

pytestmark = pytest.mark.django_db(transaction=True)

# Every table of a database, as one number each: the same rows, the same number.
TABLES = """
import hashlib, json
from django.db import connection
def digests():
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[table] = [len(rows), hashlib.sha256("".join(rows).encode()).hexdigest()]
    return found
"""
PRINT_TABLES = f"import django; django.setup()\n{TABLES}\nprint(json.dumps(digests()))"


def tables_here():
    found = {}
    exec(TABLES, found)  # noqa: S102 - the very program that runs on the other machine
    return found["digests"]()


def files_below(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in Path(folder).rglob("*")
        if path.is_file()
    }


def forgotten(*numbers):
    """The list of who was forgotten, with these people on it."""
    told = {"at": "2026-09-01T10:00:00+00:00", "keeps_certificates": False}
    return "".join(json.dumps({"person": number, **told}) + "\n" for number in numbers)


@pytest.fixture
def data(transactional_db, settings, tmp_path):
    """A site with people, files and keys, in a folder of its own."""
    put_back_what_migrations_made()
    settings.DATA_DIR = tmp_path / "data"
    settings.MEDIA_ROOT = settings.DATA_DIR / "media"
    settings.BADGE_KEYS_FILE = settings.DATA_DIR / "badge_keys"
    settings.ERASURE_LIST = settings.DATA_DIR / "erased.jsonl"
    for alias, name in (("default", "media"), ("private", "private")):
        settings.STORAGES = settings.STORAGES | {
            alias: {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": settings.DATA_DIR / name},
            }
        }
    make_enrolment(make_cohort(make_edition(sessions=1)), make_person("Zoë Núñez"))
    storages["default"].save("images/a.png", ContentFile(b"a picture"))
    storages["private"].save("documents/b.mp4", ContentFile(b"a film" * 100_000))
    storages["private"].save("h5p/content/x/c.json", ContentFile(b"{}"))
    storages["private"].save("h5p/joined/y.js", ContentFile(b"made again"))
    storages["private"].save("h5p/staging/z/d", ContentFile(b"half of it"))
    keys.known()  # a test site makes its own
    (settings.DATA_DIR / "erased.jsonl").write_text(forgotten(900_001))
    return settings.DATA_DIR


class Machine:
    """Another machine: a folder and a database of its own, and commands run on it."""

    def __init__(self, folder, database):
        self.data, self.database = folder, database

    def run(self, *words):
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "lms.settings",
            "ALONGSIDE_MODE": "test",
            "DATA_DIR": str(self.data),
            "DATABASE_URL": self.database,
        }
        environment.pop("SECRET_KEY", None)
        done = subprocess.run(  # noqa: S603
            [sys.executable, *words],
            env=environment,
            cwd=site.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def tables(self):
        code, said = self.run("-c", PRINT_TABLES)
        assert code == 0, said
        return json.loads(said.splitlines()[-1])


@pytest.fixture
def machine(tmp_path):
    """An empty one, with an empty database of the same kind as the test's."""
    if connection.vendor == "sqlite":
        yield Machine(tmp_path / "other", f"sqlite:///{tmp_path / 'other.sqlite3'}")
        return
    name = f"other_{uuid.uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield Machine(tmp_path / "other", this_database().rpartition("/")[0] + f"/{name}")
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.one_machine
def test_a_backup_comes_back_on_an_empty_machine_to_the_last_row_and_byte(data, machine, tmp_path):
    tables = tables_here()

    done = backups.make(tmp_path / "backups")
    code, said = machine.run("manage.py", "restore", str(done))

    assert (code, said) == (
        0,
        "Forgotten again: 0.\nAll of it is back. Start the site, and sign in to look around.\n",
    )
    assert machine.tables() == tables
    assert tables["lms_user"][0] > 0
    whole = files_below(data)
    del whole["private/h5p/joined/y.js"], whole["private/h5p/staging/z/d"]
    restored = files_below(machine.data)
    assert (machine.data / "secret_key").read_text() == site.SECRET_KEY
    assert restored.items() >= whole.items()
    assert restored.keys() - whole.keys() == {"secret_key"}


def test_it_is_noted_so_that_a_missing_one_is_seen(data, tmp_path):
    call_command("backup", str(tmp_path / "backups"))

    assert timezone.now() - Job.objects.get(name=BACKUP).ended_at < timedelta(minutes=1)


def test_only_its_owner_reads_it(data, tmp_path):
    done = backups.make(tmp_path / "backups")

    assert done.stat().st_mode & 0o077 == 0


def test_as_many_stay_as_were_asked_for_and_what_was_left_half_made_goes(data, tmp_path):
    folder = tmp_path / "backups"
    for day in ("01", "02", "03"):
        older = folder / f"alongside-2026-09-{day}T030000Z"
        older.mkdir(parents=True)
        (older / "manifest.json").write_text('{"files": {}}')
    for name, age in ((".being-made-old", 2), (".being-made-new", 0)):
        (folder / name).mkdir()
        then = (timezone.now() - timedelta(days=age)).timestamp()
        os.utime(folder / name, (then, then))
    (folder / "somebody-elses").mkdir()

    done = backups.make(folder, keep=2)

    assert {path.name for path in folder.iterdir()} == {
        "alongside-2026-09-03T030000Z",
        done.name,
        ".being-made-new",
        "somebody-elses",
    }


def test_what_did_not_change_takes_no_room_twice(data, tmp_path):
    folder = tmp_path / "backups"
    first = backups.make(folder)
    first = first.rename(folder / "alongside-2026-09-01T030000Z")
    film = Path("files/private/documents/b.mp4")
    (data / "media/images/a.png").write_bytes(b"another one")

    second = backups.make(folder)

    assert (second / film).stat().st_ino == (first / film).stat().st_ino
    assert (second / "files/media/images/a.png").read_bytes() == b"another one"
    assert (first / "files/media/images/a.png").read_bytes() == b"a picture"
    restoring.check(second)


def test_a_backup_that_could_not_be_made_leaves_nothing_that_looks_like_one(
    data, tmp_path, monkeypatch
):
    def full(*_about):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "copy_keys", full)

    with pytest.raises(CommandError, match="There is no new backup"):
        call_command("backup", str(tmp_path / "backups"))
    assert list((tmp_path / "backups").iterdir()) == []
    assert not Job.objects.filter(name=BACKUP).exists()


def test_a_site_with_people_in_it_is_not_written_over_by_mistake(data, tmp_path):
    done = backups.make(tmp_path / "backups")
    before = tables_here()

    with pytest.raises(CommandError, match=r"^This site is not empty, so nothing was touched\."):
        call_command("restore", str(done))

    assert tables_here() == before


@pytest.mark.parametrize("harm", ["changed", "gone", "no manifest"])
def test_of_a_damaged_backup_nothing_is_put_back(harm, data, machine, tmp_path):
    done = backups.make(tmp_path / "backups")
    film = done / "files/private/documents/b.mp4"
    if harm == "changed":
        film.write_bytes(b"x" + film.read_bytes()[1:])
    elif harm == "gone":
        film.unlink()
    else:
        (done / "manifest.json").unlink()

    code, said = machine.run("manage.py", "restore", str(done))

    expected = "There is no backup at" if harm == "no manifest" else "This backup is damaged"
    assert (code, expected in said) == (1, True)
    assert "Traceback" not in said
    assert files_below(machine.data).keys() <= {"secret_key"}


def test_a_backup_of_another_kind_of_database_is_refused_in_words(data, tmp_path):
    done = backups.make(tmp_path / "backups")
    told = backups.read_manifest(done)
    (done / "manifest.json").write_text(json.dumps(told | {"database": "mysql"}))

    with pytest.raises(restoring.CannotRestore, match="This backup is of a site on mysql"):
        restoring.check(done)


@pytest.mark.one_machine
def test_over_what_is_there_the_backup_is_what_counts_and_files_are_set_aside(
    data, machine, tmp_path
):
    tables = tables_here()
    done = backups.make(tmp_path / "backups")
    machine.run("manage.py", "restore", str(done))
    (machine.data / "private/documents/later.mp4").write_bytes(b"later")
    machine.run("manage.py", "createcachetable")
    machine.run(
        "-c",
        "import django; django.setup()\nfrom lms.models import User\n"
        "User.objects.create(name='Somebody Later', email='later@example.org')",
    )
    (machine.data / "erased.jsonl").write_text(forgotten(900_001, 900_002))

    code, said = machine.run("manage.py", "restore", str(done), "--over")

    assert code == 0, said
    assert machine.tables() == tables
    aside = [path for path in machine.data.iterdir() if path.name.startswith("before-restore-")]
    assert [(each / "private/documents/later.mp4").read_bytes() for each in aside] == [b"later"]
    assert not (machine.data / "private/documents/later.mp4").exists()
    # Whoever asked to be erased after the backup was made is still on the list.
    assert (machine.data / "erased.jsonl").read_text() == forgotten(900_001, 900_002)


def test_what_was_set_aside_stays_as_long_as_people_can_change_their_mind(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    set_aside = tmp_path / "before-restore-2026-09-01T030000"
    (set_aside / "private").mkdir(parents=True)
    (set_aside / "private/plan.txt").write_text("Amina walks")
    (tmp_path / "media").mkdir()
    now = timezone.now()

    early = restoring.forget_set_aside(at=now + timedelta(days=settings.ERASE_AFTER_DAYS - 1))
    there = set_aside.exists()
    late = restoring.forget_set_aside(at=now + timedelta(days=settings.ERASE_AFTER_DAYS + 1))

    assert (early, there, late) == (0, True, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["media"]


def test_a_copy_that_is_made_while_others_write_is_of_one_moment(data, tmp_path):
    """Two rows are always written together; in no copy is one without the other."""
    stop, faults = threading.Event(), []

    def write():
        from django.db import transaction

        number = 0
        while not stop.is_set():
            number += 1
            try:
                with transaction.atomic():
                    for name in ("one", "two"):
                        jobs.note(name=name, at=timezone.now())
                        Job.objects.filter(name=name).update(period=str(number))
                time.sleep(0.01)  # SQLite keeps no queue: who never pauses lets nobody in
            except Exception as fault:
                faults.append(fault)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [backups.make(tmp_path / str(n)) for n in range(5)]
    finally:
        stop.set()
        writer.join()

    assert faults == []
    assert [_periods(copy) for copy in copies if len(set(_periods(copy))) > 1] == []


def _periods(copy):
    """Return what the copy says of the two rows."""
    asked = "SELECT period FROM courses_job WHERE name IN ('one', 'two')"
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(copy / backups.SQLITE)) as found:
            return [period for (period,) in found.execute(asked)]
    said = subprocess.run(  # noqa: S603
        [
            shutil.which("pg_restore"),
            "--data-only",
            "--table=courses_job",
            "--file=-",
            str(copy / backups.POSTGRESQL),
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rows = [line.split("\t") for line in said.splitlines() if line.count("\t") >= 4]
    return [row[2] for row in rows if row[1] in {"one", "two"}]
