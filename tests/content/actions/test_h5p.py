"""A package comes in whole or not at all, its libraries once, whatever happens meanwhile."""

import hashlib
import os
import subprocess
import sys
import threading
import time
import tracemalloc
import zipfile
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, connections
from django.utils import timezone

from content.actions import h5p
from content.actions.h5p_folders import open_file
from content.h5p import notes
from content.h5p.package import NotAPackage
from content.models import H5PLibrary, H5PPackage, H5PVersion, H5PVersionLibrary
from tests.factories.courses import make_person
from tests.factories.files import use_storage
from tests.factories.h5p import (
    NAME,
    NOW,
    dependency,
    h5p_files,
    library_files,
    make_h5p,
    make_version,
    zip_of,
)

pytestmark = pytest.mark.django_db
add = partial(h5p.add_package, by=None, at=NOW)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    use_storage(settings, tmp_path / "private")


def kept():
    """Return all that lies in private storage, but for the lock."""
    root = Path(storages["private"].location)
    return {
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def folders():
    """Return the folders of packages, libraries and of what is being written."""
    root = Path(storages["private"].location) / "h5p"
    return {path.relative_to(root.parent).as_posix() for path in root.glob("*/*")}


def rows():
    models = (H5PLibrary, H5PPackage, H5PVersion, H5PVersionLibrary)
    return [model.objects.count() for model in models]


def refusal(file):
    with pytest.raises(NotAPackage) as refused:
        add(file=file)
    return str(refused.value)


def names(version):
    return {str(library) for library in version.libraries.all()}


# --- what comes in -------------------------------------------------------------------------------


def test_a_package_becomes_its_first_version():
    person = make_person()

    version = h5p.add_package(
        file=make_h5p(files={"images/a ü.png": b"abc"}, title="Hello"), by=person, at=NOW
    )

    assert (version.package.title, version.number) == ("Hello", 1)
    assert (version.made_by, version.made_at, version.package.made_by) == (person, NOW, person)
    assert version.metadata["mainLibrary"] == NAME
    assert version.content == {"greeting": "Hello"}
    assert version.files == {"images/a ü.png": 3}
    assert names(version) == {"Hello 1.0.0"}
    with open_file(f"{version.folder}/images/a ü.png") as file:
        assert file.read() == b"abc"


def test_an_upload_is_taken_as_it_comes_from_a_form():
    uploaded = SimpleUploadedFile("hello.h5p", make_h5p().getvalue())

    assert add(file=uploaded).package.title == "Say hello"


def test_files_lie_below_what_the_rows_name_and_nowhere_else():
    version = make_version(files={"a.png": b"abc"})

    [library] = version.libraries.all()
    assert kept() == {
        f"{version.folder}/a.png",
        *(f"h5p/libraries/{library.sha256}/{path}" for path in library.files),
    }
    assert sorted(library.files) == [
        "hello.css", "hello.js", "language/es.json", "library.json", "semantics.json",
    ]  # fmt: skip


def test_the_next_upload_is_the_next_version_and_the_first_stays():
    first = make_version(content={"greeting": "Hi"})

    second = make_version(first.package, content={"greeting": "Hello there"})

    first.refresh_from_db()
    assert (second.package, second.number) == (first.package, 2)
    assert (first.content, second.content) == ({"greeting": "Hi"}, {"greeting": "Hello there"})
    assert first.folder != second.folder


def test_packages_share_a_library():
    versions = [make_version(), make_version(title="Another")]

    [library] = H5PLibrary.objects.all()
    assert [[*version.libraries.all()] for version in versions] == [[library], [library]]


def test_another_build_of_the_same_version_is_another_library():
    first = make_version()
    second = make_version(libraries=library_files(script="// mended"))

    [one], [two] = first.libraries.all(), second.libraries.all()
    assert (one.directory, str(one)) == (two.directory, str(two))
    assert one.sha256 != two.sha256


def test_a_package_uses_the_build_it_came_with_and_says_that_a_newer_one_is_here():
    make_version(libraries=library_files(version=(1, 0, 7)))

    version = make_version(libraries=library_files(version=(1, 0, 2)))

    assert names(version) == {"Hello 1.0.2"}
    assert notes.told(version.notes) == [
        f"A newer build of these libraries is here already: {NAME} 1.0. The activity uses those "
        "that it came with."
    ]


def test_a_package_without_its_libraries_uses_the_newest_build_that_fits():
    for version in [(1, 0, 3), (1, 0, 12), (1, 0, 4), (1, 1, 0)]:
        make_version(libraries=library_files(version=version))

    version = make_version(libraries={})

    assert names(version) == {"Hello 1.0.12"}


def test_a_main_library_that_nobody_listed_is_found_among_those_installed():
    make_version()

    version = make_version(libraries={}, preloadedDependencies=[])

    assert names(version) == {"Hello 1.0.0"}
    assert version.metadata["preloadedDependencies"] == [dependency()]


def test_a_version_knows_all_that_it_needs_also_inside_and_for_its_form():
    inside = {"action": {"library": "Inside 1.0", "params": {}}}
    libraries = (
        library_files(needs=[("Below", 1, 0)], editorDependencies=[dependency("Form")])
        | library_files("Below", needs=[("Deeper", 1, 0)])
        | library_files("Deeper", needs=[("Below", 1, 0)])
        | library_files("Inside", dynamicDependencies=[dependency("Now")])
        | library_files("Now")
        | library_files("Form")
        | library_files("Unused")
    )

    version = make_version(libraries=libraries, content=inside)

    assert names(version) == {
        f"{name} 1.0.0" for name in ["Hello", "Below", "Deeper", "Inside", "Now", "Form"]
    }
    assert H5PLibrary.objects.count() == 7  # Unused is there to make something with


@pytest.mark.parametrize(
    ("fields", "lacks"),
    [
        ({"libraries": {}}, f"{NAME} 1.0"),
        ({"libraries": {}, "preloadedDependencies": []}, NAME),
        ({"preloadedDependencies": [dependency(), dependency("Gone", 2, 5)]}, "Gone 2.5"),
        ({"libraries": library_files(needs=[("Gone", 1, 0)])}, "Gone 1.0"),
        ({"libraries": library_files(version=(1, 1, 0))}, f"{NAME} 1.0"),
        ({"content": {"a": {"library": "Gone 1.0", "params": {}}}}, "Gone 1.0"),
    ],
)
def test_a_library_that_is_nowhere_is_named(fields, lacks):
    assert refusal(make_h5p(**fields)) == (
        f"It needs the library “{lacks}”, which is neither in the file nor installed here."
    )
    assert (rows(), kept()) == ([0, 0, 0, 0], set())


def test_what_is_inside_may_name_another_version_of_a_library_that_is_there():
    content = {"a": {"library": "Inside 1.1", "params": {}}}
    libraries = library_files(needs=[("Inside", 1, 2)]) | library_files("Inside", (1, 2, 0))

    version = make_version(content=content, libraries=libraries)

    assert names(version) == {"Hello 1.0.0", "Inside 1.2.0"}


def test_a_library_that_only_helps_to_edit_may_be_missing():
    libraries = library_files(editorDependencies=[dependency("Form")])

    version = make_version(libraries=libraries)

    assert version.notes == [{"code": "editor_missing", "names": ["Form 1.0"], "count": 1}]


def test_a_file_that_only_brings_libraries_installs_them():
    file = zip_of(library_files(needs=[("Below", 1, 0)]) | library_files("Below"))

    assert add(file=file) is None
    assert rows() == [2, 0, 0, 0]


def test_a_file_that_only_brings_libraries_has_to_bring_all_of_them():
    assert "“Below 1.0”" in refusal(zip_of(library_files(needs=[("Below", 1, 0)])))


def test_libraries_are_no_version_of_a_package():
    version = make_version()

    with pytest.raises(NotAPackage, match="There is no activity in this file, only libraries"):
        make_version(version.package, file=zip_of(library_files()))


def test_files_that_are_held_already_are_not_written_again(settings, tmp_path):
    make_version()
    use_storage(settings, tmp_path / "private", f"{__name__}.FullDisk")
    FullDisk.room = 1

    version = make_version(files={"a.png": b"abc"})

    assert version.number == 1


def test_a_library_whose_files_were_lost_gets_them_back():
    first = make_version()
    [library] = first.libraries.all()
    before = kept()
    for path in library.files:
        storages["private"].delete(f"{library.folder}/{path}")
    for folder in ("/language", ""):
        storages["private"].delete(library.folder + folder)

    make_version(first.package)

    assert kept() == before


# --- an edit made here ------------------------------------------------------------------------


def test_an_edit_becomes_the_next_version_with_files_of_its_own():
    first = make_version(files={"a.png": b"abc"})

    second = h5p.keep_version(
        package=first.package,
        metadata=first.metadata,
        content={"greeting": "Mended"},
        files={"a.png": partial(open_file, f"{first.folder}/a.png")},
        libraries=first.libraries.all(),
        by=None,
        at=NOW,
    )

    assert (second.number, second.content) == (2, {"greeting": "Mended"})
    assert (second.files, second.notes) == ({"a.png": 3}, [])
    assert names(second) == names(first)
    assert {f"{first.folder}/a.png", f"{second.folder}/a.png"} <= kept()


def test_an_edit_keeps_the_libraries_it_was_made_with():
    first = make_version()
    make_version(libraries=library_files(version=(1, 0, 9)))

    second = h5p.keep_version(
        package=first.package,
        metadata=first.metadata,
        content={},
        files={},
        libraries=first.libraries.all(),
        by=None,
        at=NOW,
    )

    assert names(second) == {"Hello 1.0.0"}


def test_what_is_made_here_becomes_a_package_of_its_own():
    library = make_version().libraries.get()
    metadata = {
        "title": "Made here",
        "mainLibrary": NAME,
        "preloadedDependencies": [dependency()],
    }

    version = h5p.keep_version(
        package=None,
        metadata=metadata,
        content={},
        files={},
        libraries=[library],
        by=None,
        at=NOW,
    )

    assert (version.package.title, version.number) == ("Made here", 1)


# --- when something goes wrong --------------------------------------------------------------


class FullDisk(FileSystemStorage):
    """A disk with room for so many files."""

    room = 0

    def _open(self, name, mode="rb"):
        if "w" in mode:
            if FullDisk.room <= 0:
                raise OSError(28, "No space left on device")
            FullDisk.room -= 1
        return super()._open(name, mode)


@pytest.mark.parametrize("room", range(7))
def test_a_full_disk_leaves_nothing_behind(settings, tmp_path, room):
    use_storage(settings, tmp_path / "private", f"{__name__}.FullDisk")
    FullDisk.room = room

    with pytest.raises(OSError, match="No space left"):
        make_version(files={"a.png": b"abc", "b.png": b"abc"})

    assert (rows(), kept(), folders()) == ([0, 0, 0, 0], set(), set())


@pytest.mark.parametrize("name", ["libraries", "content", "staging"])
def test_a_folder_that_cannot_be_made_leaves_nothing_behind(tmp_path, name):
    stone = tmp_path / "private" / "h5p" / name
    stone.parent.mkdir(parents=True)
    stone.write_text("A file where a folder should be.")

    with pytest.raises(OSError):
        make_version(files={"a.png": b"abc"})

    assert rows() == [0, 0, 0, 0]
    assert kept() == {f"h5p/{name}"}


def test_a_database_that_refuses_leaves_nothing_behind():
    version = make_version()
    before = (rows(), kept())

    with pytest.raises(IntegrityError):
        make_version(
            version.package,
            at=None,
            files={"a.png": b"abc"},
            libraries=library_files() | library_files("New"),
        )

    assert (rows(), kept()) == before


def test_a_file_that_is_broken_in_the_zip_leaves_nothing_behind():
    data = bytearray(make_h5p(files={"a.bin": Random(1).randbytes(5000)}).getvalue())
    place = data.find(b"content/a.bin") + 2000
    data[place : place + 4] = b"ouch"

    with pytest.raises(NotAPackage, match=r"“content/a.bin” is broken in the zip\."):
        add(file=file_of(data))

    assert (rows(), kept(), folders()) == ([0, 0, 0, 0], set(), set())


def file_of(data):
    made = make_h5p()
    made.seek(0)
    made.truncate()
    made.write(data)
    made.seek(0)
    return made


# --- what is swept -----------------------------------------------------------------------------


def test_litter_is_swept_after_a_day_and_what_a_row_names_never():
    version = make_version(files={"a.png": b"abc"})
    before = kept()
    for folder in ("h5p/staging/x", "h5p/content/x", "h5p/libraries/x"):
        place = Path(storages["private"].path(folder))
        place.mkdir(parents=True)
        (place / "a.js").write_text("litter")

    h5p.sweep(timezone.now() + timedelta(hours=23))
    assert len(kept()) == len(before) + 3

    h5p.sweep(timezone.now() + timedelta(hours=25))
    assert kept() == before
    assert {version.folder, version.libraries.get().folder} == folders()


def test_the_next_import_sweeps():
    litter = Path(storages["private"].path("h5p/staging/x"))
    litter.mkdir(parents=True)
    os.utime(litter, (0, 0))

    make_version()

    assert not litter.exists()


def test_the_next_import_sweeps_what_was_joined_long_ago():
    long_ago = Path(storages["private"].path("h5p/joined/x.js"))
    long_ago.parent.mkdir(parents=True)
    long_ago.write_text("play();")
    os.utime(long_ago, (0, 0))

    make_version()

    assert not long_ago.exists()


def test_litter_that_is_wanted_again_is_not_swept():
    version = make_version()
    folder = version.libraries.get().folder
    H5PVersion.objects.all().delete()
    H5PLibrary.objects.all().delete()
    place = Path(storages["private"].path(folder))
    os.utime(place, (0, 0))

    again = make_version()

    assert again.libraries.get().folder == folder
    assert time.time() - place.stat().st_mtime < 3600


# --- two at once -------------------------------------------------------------------------------


def at_once(*tasks):
    """Do all of these in threads of their own, begun at the same moment. Return what they gave."""
    begin = threading.Barrier(len(tasks))
    given = []

    def do(task):
        try:
            begin.wait()
            given.append(task())
        except Exception as fault:  # the test wants to see it
            given.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


@pytest.mark.django_db(transaction=True)
def test_imports_at_once_keep_a_library_once():
    given = at_once(
        *(partial(make_version, title=f"{n}", files={"a.png": b"abc"}) for n in range(4))
    )

    assert sorted(version.package.title for version in given) == ["0", "1", "2", "3"]
    assert rows() == [1, 4, 4, 4]
    assert len(folders()) == 5
    check_whole()


@pytest.mark.django_db(transaction=True)
def test_versions_added_at_once_have_numbers_of_their_own():
    package = make_version().package

    given = at_once(*(partial(make_version, package) for _ in range(2)))

    assert sorted(version.number for version in given) == [2, 3]


def check_whole():
    """Whether each file of each row is there, to the last byte."""
    for version in H5PVersion.objects.all():
        for path, size in version.files.items():
            with open_file(f"{version.folder}/{path}") as file:
                assert len(file.read()) == size
        assert version.libraries.exists()
    for library in H5PLibrary.objects.all():
        digest = hashlib.sha256()
        for path, size in sorted(library.files.items()):
            digest.update(f"{len(path.encode())} {path} {size} ".encode())
            with open_file(f"{library.folder}/{path}") as file:
                digest.update(file.read())
        assert digest.hexdigest() == library.sha256


# --- other processes --------------------------------------------------------------------------

PROCESS = """
import os, random, signal, sys, time, traceback
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.STORAGES["private"]["OPTIONS"]["location"] = sys.argv[2]
import django
django.setup()
"""
# Each of these is killed at some moment between its first write and its last.
KILLED = (
    PROCESS
    + """
from content.models import H5PPackage
from django.db import connections
from tests.factories.h5p import library_files, make_version

def add_until_killed(turn, says):
    package = H5PPackage.objects.get()
    for n in range(10_000):
        script = f"// {turn} {n} {random.Random(n).randbytes(150_000).hex()}"
        files = {f"{i}.png": bytes(1000) for i in range(20)}
        make_version(package, files=files, libraries=library_files(script=script))
        os.write(says, b".")

chance = random.Random(4)
for turn in range(12):
    hears, says = os.pipe()
    child = os.fork()
    if not child:
        try:
            add_until_killed(turn, says)
        finally:
            traceback.print_exc()
            os._exit(1)
    os.close(says)
    assert os.read(hears, 1), "It ended before it was killed."
    os.close(hears)
    time.sleep(chance.uniform(0, 0.2))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
"""
)


def run(program, *words):
    """Run a program beside this one, on the same database and storage. Return what it prints."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lms.settings",
        "ALONGSIDE_MODE": "test",
        "DATA_DIR": str(settings.DATA_DIR),
        "SECRET_KEY": settings.SECRET_KEY,
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    told = [str(connection.settings_dict["NAME"]), str(storages["private"].location), *words]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program, *told],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.one_machine
@pytest.mark.django_db(transaction=True)
def test_imports_that_are_killed_leave_every_row_whole_and_litter_that_is_swept():
    package = make_version(files={"a.png": b"abc"}).package

    run(KILLED)

    numbers = [*package.versions.values_list("number", flat=True)]
    assert len(numbers) > 1
    assert numbers == list(range(1, len(numbers) + 1))
    check_whole()
    named = {
        *H5PVersion.objects.values_list("folder", flat=True),
        *(library.folder for library in H5PLibrary.objects.all()),
    }
    h5p.sweep(timezone.now())
    assert len(folders()) > len(named)  # some were killed half-way
    h5p.sweep(timezone.now() + timedelta(days=2))
    assert folders() == named
    check_whole()


# What the system says that a process had in memory at most, since it was asked to forget.
MEASURED = (
    PROCESS
    + """
from datetime import UTC, datetime
from pathlib import Path
from content.actions import h5p
from tests.factories.h5p import make_version

def said(what):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what))

make_version()  # all that is loaded once is loaded
before = said("VmRSS")
Path("/proc/self/clear_refs").write_text("5")
with open(sys.argv[3], "rb") as file:
    h5p.add_package(file=file, by=None, at=datetime.now(UTC))
print(said("VmHWM") - before)
"""
)


@pytest.mark.one_machine
@pytest.mark.django_db(transaction=True)
def test_a_large_package_is_taken_in_by_pieces(tmp_path):
    chance = Random(1)
    large = tmp_path / "large.h5p"
    files = h5p_files(files={f"images/{n}.jpg": chance.randbytes(33_000) for n in range(850)})
    files["content/film.mp4"] = chance.randbytes(5_000_000)
    for n in range(10):
        files |= library_files(
            f"Large{n}", script="".join(map(chr, chance.choices(range(32, 120), k=60_000)))
        )
    large.write_bytes(zip_of(files).getvalue())
    assert large.stat().st_size > 30_000_000

    more = int(run(MEASURED, str(large)))  # kB

    assert H5PVersion.objects.get(package__title="Say hello", number=1, files__has_key="film.mp4")
    assert more < 32 * 1024


# --- a hundred broken archives -----------------------------------------------------------------


def entries_of(data):
    """Return where each entry of the zip's list begins."""
    places, place = [], data.find(b"PK\x01\x02")
    while place >= 0:
        places.append(place)
        place = data.find(b"PK\x01\x02", place + 1)
    return places


def cut_off(chance, files):
    data = zip_of(files).getvalue()
    return data[: chance.randrange(len(data) - 30)]


def wrong_sum(chance, files):
    data = bytearray(zip_of(files).getvalue())
    place = chance.choice(entries_of(data))
    at = place + 16 + chance.randrange(4)
    data[at] ^= chance.randint(1, 255)
    return data


def bomb(chance, files):
    name = chance.choice(["content/a.mp4", f"{NAME}-1.0/more.js", "content/more.json"])
    return zip_of(files | {name: b" " * chance.randint(1_000_000, 12_000_000)}).getvalue()


def lying_size(chance, files):
    data = bytearray(zip_of(files).getvalue())
    place = chance.choice(entries_of(data))
    size = int.from_bytes(data[place + 24 : place + 28], "little")
    told = chance.choice([0, 1, size - 1, size + 1, size * 50, 2**31, 2**32 - 2])
    data[place + 24 : place + 28] = told.to_bytes(4, "little")
    return data


def so_many(files):
    made = file_of(b"")
    with zipfile.ZipFile(made, "w") as archive:
        for n in range(files):
            archive.writestr(zipfile.ZipInfo(f"content/{n}.png"), b"")
    return made.getvalue()


def many(chance, files):
    return so_many(chance.choice([3_001, 20_000, 100_000]))


JSON = [
    "h5p.json",
    "content/content.json",
    f"{NAME}-1.0/library.json",
    f"{NAME}-1.0/semantics.json",
]


def wrong_json(chance, files):
    wrong = [b"", b"{", b"null", b"[1]", b"3", b'"x"', b"{} x", b'{"a": NaN}', b"[" * 5_000,
             b'{"a":' * 200 + b"1" + b"}" * 200, b"{'a': 1}", b'{"a": 1e999}', b"true",
             b'{"a": "\\u0000"}', b'{"mainLibrary": {}}']  # fmt: skip
    return zip_of(files | {chance.choice(JSON): chance.choice(wrong)}).getvalue()


def not_utf_8(chance, files):
    data = chance.choice([b"\xff\xfe{\0}\0", b'{"a": "\xe9"}', bytes(range(128, 256)), b"\0\0\0{"])
    return zip_of(files | {chance.choice(JSON): data}).getvalue()


def leading_out(chance, files):
    name = chance.choice(
        ["../../x.js", "content/../../x.js", "/etc/x.js", "C:\\x.js", "a:b.js", "./x.js",
         "content\\..\\x.js", "content//x.js", "content/.."]
    )  # fmt: skip
    return zip_of(files | {name: b"x"}).getvalue()


def link(chance, files):
    chosen = chance.choice(sorted(files))
    kind = chance.choice([0o120777, 0o010777, 0o020777])

    def change(about):
        if about.filename == chosen:
            about.external_attr = kind << 16

    return zip_of(files, change).getvalue()


def twice(chance, files):
    made = zip_of(files)
    name = chance.choice(sorted(files))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(chance.choice([name, name.upper(), f"{name}/x.js"]), "x")
    return made.getvalue()


FAULTS = [
    cut_off,
    wrong_sum,
    bomb,
    lying_size,
    many,
    wrong_json,
    not_utf_8,
    leading_out,
    link,
    twice,
]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("seed", range(10))
def test_a_broken_archive_gives_one_sentence_and_leaves_nothing(fault, seed):
    data = fault(Random(seed), h5p_files(files={"a.png": b"abc" * 500}))

    said = refusal(file_of(data))

    assert said.strip()
    assert said[-1] in ".”"
    assert "\n" not in said
    assert (rows(), kept(), folders()) == ([0, 0, 0, 0], set(), set())


def test_a_list_of_a_hundred_thousand_files_is_refused_before_it_is_in_memory():
    file = file_of(so_many(100_000))
    tracemalloc.start()
    try:
        said = refusal(file)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert said == "The zip has far too many files in it. We take 3000 at most."
    assert most < 4_000_000
