"""The check pages as files: every printed link works with the program off."""

import hashlib
import json
import re
import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.html import strip_tags

from certificates import registry
from certificates.actions import afterwards, issuing
from tests.certificates.make import (
    ISSUED_AT,
    make_certificate,
    make_ready_certificate,
    withdrawn,
)
from tests.factories.courses import make_person

pytestmark = pytest.mark.django_db


def written(folder, **more):
    """The whole registry: {path: text}."""
    assert list(registry.write(folder, **more)) is not None
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def words(page):
    main = page[page.index("<main") : page.index("</main>")]
    main = re.sub(r"<section[^>]* hidden>.*?</section>", "", main, flags=re.DOTALL)
    return " ".join(strip_tags(re.sub("<(h1|p|dt|dd|li|div)", r" <\1", main)).split())


def test_every_printed_address_has_its_file_and_the_capitals_of_the_qr_code_too(tmp_path):
    certificates = [make_certificate(), make_ready_certificate()]

    files = written(tmp_path)

    for certificate in certificates:
        serial = certificate.shown_serial
        assert files[f"v/{serial}/index.html"] == files[f"V/{serial}/index.html"]
        assert json.loads(files[f"v/{serial}/check.json"])["number"] == serial


def test_a_file_says_what_the_check_page_says_and_of_which_day(tmp_path, client):
    certificate = make_certificate(trainee=make_person("Zoë Núñez"))
    serial = certificate.shown_serial

    said = words(written(tmp_path)[f"v/{serial}/index.html"])

    today = timezone.localdate()
    asked = words(client.get(f"/v/{serial}/").content.decode())
    assert said.startswith(f"{asked} This page says how it was on {today.day} ")


def test_what_ended_says_so_and_no_name(tmp_path):
    gone = withdrawn(make_certificate(trainee=make_person("Zoë Núñez")))
    old = make_certificate(trainee=make_person("Rhiannon Prŷs"))
    issuing.reissue(certificate=old, because="name", name="Rhys", by=old.holder, at=ISSUED_AT)

    files = written(tmp_path)

    assert "was withdrawn" in files[f"v/{gone.shown_serial}/index.html"]
    assert "There is a newer one in its place" in files[f"v/{old.shown_serial}/index.html"]
    assert [path for path, text in files.items() if "Zoë" in text or "Rhiannon" in text] == []


def test_a_name_that_its_holder_keeps_is_in_no_file(tmp_path):
    certificate = make_certificate(trainee=make_person("Zoë Núñez"))
    afterwards.show_name(milestone=certificate.milestone, is_hidden=True, at=ISSUED_AT)

    files = written(tmp_path)

    assert [path for path, text in files.items() if "Núñez" in text] == []
    assert "keeps the name off this page" in files[f"v/{certificate.shown_serial}/index.html"]


def test_it_asks_for_nothing_from_anywhere_and_for_nobody_to_sign_in(tmp_path):
    make_certificate()

    pages = [text for path, text in written(tmp_path).items() if path.endswith(".html")]

    addresses = {
        each for page in pages for each in re.findall(r'(?:href|src|action)="([^"]+)"', page)
    }
    assert addresses == {
        "/v/",
        *(f"/static/{name}" for name in registry.STATIC),
    }
    assert {each for each in addresses if each.startswith("/static/")} == {
        f"/static/{path.relative_to(tmp_path / 'static')}"
        for path in (tmp_path / "static").rglob("*")
        if path.is_file()
    }


def test_again_brings_it_up_to_date(tmp_path):
    certificate = make_ready_certificate()
    before = written(tmp_path)
    later = timezone.localdate() + timedelta(days=800)

    after = written(tmp_path, day=later)

    path = f"v/{certificate.shown_serial}/check.json"
    assert [json.loads(files[path])["state"] for files in (before, after)] == ["valid", "lapsed"]
    assert sorted(before) == sorted(after)


def test_the_same_day_gives_the_same_bytes(tmp_path):
    make_certificate()

    def digest(files):
        return hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()

    before = digest(written(tmp_path))
    time.sleep(1.1)  # a signature says in which second it was made

    assert digest(written(tmp_path)) == before


def test_the_command_says_how_many_and_what_is_in_the_way(tmp_path, capsys):
    make_certificate()
    (tmp_path / "file").write_text("")

    call_command("export_registry", str(tmp_path / "site"))
    with pytest.raises(CommandError, match="Not a directory"):
        call_command("export_registry", str(tmp_path / "file"))

    assert capsys.readouterr().out.endswith("site: 1 certificates.\n")


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_three_queries(tmp_path, count, django_assert_num_queries):
    for _n in range(count):
        make_certificate()

    with django_assert_num_queries(3):
        serials = list(registry.write(tmp_path))

    assert len(serials) == count
