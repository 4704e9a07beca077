"""Any version goes out as an .h5p file again: whole, always the same, and with little memory."""

import os
import tracemalloc
from io import BytesIO
from tempfile import TemporaryFile
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from django.core.files.storage import storages

from content.actions import h5p
from content.h5p.writing import write
from content.models import H5PLibrary
from tests.content.h5p.validator import asked
from tests.factories.h5p import NOW, library_files, make_h5p, make_version
from tests.factories.samples import sample, sample_names

pytestmark = pytest.mark.django_db


@pytest.fixture(params=sample_names())
def packed(request):
    """The path of a package that somebody made."""
    return sample(request.param)


def taken_in(path):
    with path.open("rb") as file:
        return h5p.add_package(file=file, by=None, at=NOW)


def written(version):
    file = BytesIO()
    write(version, file)
    return file.getvalue()


def kept(path):
    with storages["private"].open(path) as file:
        return file.read()


def held(version):
    """All that a version is: what it says, its own files, and its libraries by their hashes."""
    return {
        "metadata": version.metadata,
        "content": version.content,
        "files": {name: kept(f"{version.folder}/{name}") for name in version.files},
        "libraries": sorted(version.libraries.values_list("sha256", flat=True)),
    }


# --- other people's packages -------------------------------------------------------------------


def test_a_sample_that_goes_out_comes_back_equal_and_adds_no_library(packed):
    version = taken_in(packed)
    known = H5PLibrary.objects.count()

    again = h5p.add_package(file=BytesIO(written(version)), by=None, at=NOW)

    assert held(again) == held(version)
    assert H5PLibrary.objects.count() == known
    assert written(again) == written(version)


def test_an_independent_h5p_server_says_of_what_went_out_what_it_said_before(tmp_path):
    samples = [sample(name) for name in sample_names()]
    versions = {path: taken_in(path) for path in samples}
    out = {path: tmp_path / path.name for path in versions}
    for path, version in versions.items():
        out[path].write_bytes(written(version))

    told = asked(*samples, *out.values())

    before = {path.stem: told[str(path)]["fault"] for path in samples}
    assert {path.stem: told[str(out[path])]["fault"] for path in samples} == before
    # It takes no SVG at all, and says so of that one.
    assert [name for name, fault in before.items() if fault] == ["hostile-svg"]


# --- what a file that went out is like ---------------------------------------------------------


def test_it_holds_the_version_its_files_and_its_libraries_and_nothing_else():
    make_version(
        title="Another", libraries=library_files("Alongside.Other"), name="Alongside.Other"
    )
    version = make_version(files={"images/cup.png": b"png"})

    names = ZipFile(BytesIO(written(version))).namelist()

    assert names == [
        "h5p.json",
        "content/content.json",
        "content/images/cup.png",
        "Alongside.Hello-1.0/hello.css",
        "Alongside.Hello-1.0/hello.js",
        "Alongside.Hello-1.0/language/es.json",
        "Alongside.Hello-1.0/library.json",
        "Alongside.Hello-1.0/semantics.json",
    ]


def test_what_people_wrote_stays_as_they_wrote_it():
    version = make_version(content={"greeting": "¡Hola! مرحبا", "b": 1, "a": [1.5, None, True]})

    again = h5p.add_package(file=BytesIO(written(version)), by=None, at=NOW)

    assert again.content == {"greeting": "¡Hola! مرحبا", "b": 1, "a": [1.5, None, True]}


def test_text_is_packed_and_pictures_are_not():
    version = make_version(files={"images/cup.png": b"png " * 100})

    packed = {
        each.filename: each.compress_type for each in ZipFile(BytesIO(written(version))).infolist()
    }

    assert packed["Alongside.Hello-1.0/hello.js"] == ZIP_DEFLATED
    assert packed["content/images/cup.png"] == ZIP_STORED


def test_what_would_shrink_like_a_trap_is_not_packed():
    script = "/* " + " " * 300_000 + " */"  # far more than a hundred times smaller when packed
    file = make_h5p(libraries=library_files(script=script))
    with ZipFile(file) as archive, ZipFile(plain := BytesIO(), "w", ZIP_STORED) as stored:
        for name in archive.namelist():
            stored.writestr(name, archive.read(name))
    version = make_version(file=plain)

    again = h5p.add_package(file=BytesIO(written(version)), by=None, at=NOW)

    assert held(again) == held(version)


def test_a_long_film_is_never_whole_in_memory():
    version = make_version(files={"videos/long.mp4": os.urandom(30_000_000)})

    with TemporaryFile() as file:
        tracemalloc.start()
        write(version, file)
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert most < 4 * 1024 * 1024
