"""The files that a site is run with: their programs understand them, and they fit the code."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError

from courses.models import CoursePage, Organisation, RoleKind
from lms.models import User
from lms.refusals import reasons

ROOT = Path(settings.BASE_DIR)
RUNNING = ROOT / "docs" / "running"
GUIDE = (ROOT / "docs" / "running.md").read_text()
UNITS = sorted(RUNNING.glob("alongside-*"))
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())


def needs(program):
    """Leave a test out where a program is not there. In CI nothing is left out."""
    is_here = shutil.which(program) or os.environ.get("CI")
    return pytest.mark.skipif(not is_here, reason=f"{program} is not here")


def run(*words, **more):
    return subprocess.run(words, capture_output=True, text=True, check=False, **more)  # noqa: S603


def commands_named(text):
    """Return every command of manage.py that a text names."""
    return set(re.findall(r"manage(?:\.py)? ([a-z_]+)", text))


def test_every_command_that_the_guide_and_the_files_name_is_there():
    texts = [GUIDE, (ROOT / "README.md").read_text(), (ROOT / ".ci/container").read_text()]
    texts += [path.read_text() for path in RUNNING.iterdir()]

    assert set().union(*map(commands_named, texts)) - set(get_commands()) == set()


def test_every_file_that_the_guide_names_is_there_and_every_file_is_named():
    named = set(re.findall(r"\[docs/running/([^\]]+)\]", GUIDE))

    assert named >= {path.name for path in RUNNING.iterdir() if path.name != "Caddyfile"}
    assert {name for name in named if not (RUNNING / name).exists()} == set()


def test_every_setting_that_the_code_reads_is_told_in_the_guide():
    code = (ROOT / "lms/settings.py").read_text()
    read = set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_0-9]+)"', code))

    assert {name for name in read if f"`{name}`" not in GUIDE} == set()


@needs("systemd-analyze")
def test_systemd_understands_the_units(tmp_path):
    for unit in UNITS:
        text = unit.read_text().replace("/srv/alongside/.venv/bin/", "/usr/bin/env ")
        (tmp_path / unit.name).write_text(text)

    done = run("systemd-analyze", "verify", *(str(tmp_path / unit.name) for unit in UNITS))

    said = [line for line in done.stderr.splitlines() if "alongside" in line]
    assert (done.returncode, said) == (0, [])


def test_every_timer_has_its_service():
    timers = {path.stem for path in UNITS if path.suffix == ".timer"}

    assert timers == {"alongside-tick", "alongside-backup"}
    assert timers <= {path.stem for path in UNITS if path.suffix == ".service"}


@needs("nginx")
def test_nginx_understands_its_file(tmp_path):
    made = run(
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
        *("-days", "2", "-subj", "/CN=learn.example.org"),
        *("-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem")),
    )
    assert made.returncode == 0, made.stderr
    text = (RUNNING / "nginx.conf").read_text()
    text = re.sub(r"ssl_certificate_key \S+;", f"ssl_certificate_key {tmp_path}/key.pem;", text)
    text = re.sub(r"ssl_certificate \S+;", f"ssl_certificate {tmp_path}/cert.pem;", text)
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ access_log off;\n"
        f"{text}\n}}"
    )

    done = run("nginx", "-t", "-c", str(whole), "-p", str(tmp_path))

    assert done.returncode == 0, done.stderr


def test_the_compose_file_names_nothing_that_it_does_not_have():
    services, volumes = COMPOSE["services"], COMPOSE["volumes"]
    waited_for = {name for each in services.values() for name in each.get("depends_on", ())}
    used = {
        volume.split(":")[0]
        for each in services.values()
        for volume in each.get("volumes", ())
        if not volume.startswith(".")
    }

    assert waited_for <= set(services)
    assert used == set(volumes)
    assert {"database", "prepare", "web", "worker", "clock", "front"} <= set(services)


def test_no_secret_stands_in_the_compose_file_and_every_image_has_its_tag():
    text = (ROOT / "compose.yaml").read_text() + (ROOT / "Dockerfile").read_text()
    images = [each["image"] for each in COMPOSE["services"].values()]
    images += re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.M)

    assert re.findall(r"(?:PASSWORD|SECRET_KEY)\s*[:=]\s*\S+", text) == []
    assert [image for image in images if not re.search(r":(?!latest)[\w.-]+$", image)] == []


def test_what_a_container_does_is_what_the_compose_file_asks_for():
    asked = {each["command"][0] for name, each in COMPOSE["services"].items() if "build" in each}
    script = (ROOT / ".ci/container").read_text()

    assert asked == {"prepare", "web", "work", "clock"}
    assert [word for word in sorted(asked) if f"\n{word})\n" not in script] == []
    assert run("bash", "-n", str(ROOT / ".ci/container")).returncode == 0


def test_a_new_environment_is_safe_to_start_with_and_never_the_same():
    script = str(ROOT / ".ci/new-environment")
    made = [run(script, "https://learn.example.org", "mail.example.org").stdout for _n in "12"]

    first, second = (
        dict(line.split("=", 1) for line in each.splitlines() if not line.startswith("#"))
        for each in made
    )
    assert reasons(first) == []
    assert first["SECRET_KEY"] != second["SECRET_KEY"]
    assert re.fullmatch(r"[\w-]{40}", first["POSTGRES_PASSWORD"])
    assert run(script).returncode == 1


def test_nobody_sends_the_settings_of_a_site_anywhere():
    ignored = (ROOT / ".gitignore").read_text().splitlines()

    assert "/environment" in ignored
    assert "environment" in (ROOT / ".dockerignore").read_text().splitlines()
    assert os.access(ROOT / ".ci/container", os.X_OK)


@pytest.mark.django_db
def test_a_new_site_begins_with_a_course_an_organisation_and_somebody_to_run_it(capsys, settings):
    settings.SITE_ADDRESS = "https://learn.example.org"

    for _twice in "12":
        call_command("begin", "Riverside Peers", "maria@example.org", "Maria Lopez")

    maria, place = User.objects.get(), Organisation.objects.get()
    held = [(role.organisation, role.kind) for role in maria.roles.all()]
    assert (maria.is_superuser, maria.has_usable_password()) == (True, False)
    assert (place.name, place.named_person) == ("Riverside Peers", "Maria Lopez")
    assert held == [(place, RoleKind.ORGANISER)]
    assert CoursePage.objects.filter(locale__language_code="en-gb").count() == 1
    assert capsys.readouterr().out.endswith(
        "Sign in at https://learn.example.org/account/sign-in/ as maria@example.org: "
        "a code comes by e-mail.\n"
    )


def test_what_is_no_address_is_not_begun_with():
    with pytest.raises(CommandError, match="is no e-mail address"):
        call_command("begin", "Riverside Peers", "maria", "Maria Lopez")
