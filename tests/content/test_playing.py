"""A version knows what it loads and where its files lie; what is joined is made once and whole."""

import gzip
import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from content.h5p import joined, on_disk
from content.models import H5PVersion
from content.playing import playable
from tests.factories.files import use_storage
from tests.factories.h5p import dependency, h5p_files, library_files, make_version, zip_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    use_storage(settings, tmp_path / "private")


def two_libraries(style=b"a { background: url(arches.svg) }", **fields):
    """A version of a package whose library needs another."""
    files = h5p_files(
        libraries={
            **library_files("Demo.Main", needs=[("Demo.Help",)], script="main();"),
            **library_files("Demo.Help", script="help(); // the end"),
            "Demo.Help-1.0/hello.css": style,
            "Demo.Help-1.0/arches.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        },
        name="Demo.Main",
        files={"images/a.png": b"png"},
        content={"greeting": "Hi", "picture": {"path": "images/a.png", "mime": "image/png"}},
        **fields,
    )
    return make_version(file=zip_of(files))


def test_its_scripts_and_styles_come_joined_in_order():
    found = playable(two_libraries().pk)

    script, style = found.joined_script(), found.joined_style()

    assert script.read_text() == "\n;help(); // the end\n;main();"
    assert style.read_text().split("\n") == [
        'a { background: url("../libraries/Demo.Help-1.0/arches.svg") }',
        "p { color: #0d5c5b }",
        "",
    ]
    for path in (script, style):
        assert gzip.decompress(joined.compressed(path).read_bytes()) == path.read_bytes()


def test_what_was_joined_once_is_not_joined_again():
    found = playable(two_libraries().pk)
    path = found.joined_script()
    made_at = path.stat().st_mtime_ns

    assert found.joined_script().stat().st_mtime_ns == made_at
    assert playable(two_libraries(title="Another").pk).joined_script() == path


def lie_there(days, *paths):
    """Have these files lie there since so many days."""
    then = (timezone.now() - timedelta(days=days)).timestamp()
    for path in paths:
        os.utime(path, (then, then))


def test_what_nobody_asked_for_in_a_month_is_taken_away():
    found, now = playable(two_libraries().pk), timezone.now()
    folder = found.joined_script().parent
    (folder / ".being-made-x").write_text("A kill left this.")
    names = {found.joined_style().name, found.joined_script().name}
    both = names | {f"{name}.gz" for name in names}

    joined.sweep(now + timedelta(days=29))
    assert {path.name for path in folder.iterdir()} == both | {".being-made-x"}

    joined.sweep(now + timedelta(days=31))
    assert list(folder.iterdir()) == []


def test_what_is_asked_for_stays_for_another_month():
    found = playable(two_libraries().pk)
    path = found.joined_script()
    small = joined.compressed(path)
    before = path.stat().st_ino, small.stat().st_ino
    lie_there(40, path, small)

    found.joined_script()
    joined.sweep(timezone.now() + timedelta(days=28))

    assert (path.stat().st_ino, small.stat().st_ino) == before


def test_what_is_swept_while_somebody_asks_for_it_is_made_again():
    found = playable(two_libraries().pk)
    path = found.joined_script()
    text, small = path.read_text(), joined.compressed(path)
    lie_there(40, path, small)
    asking = threading.Thread(target=found.joined_script)

    with on_disk.sweeping():
        asking.start()
        asking.join(0.3)
        path.unlink()
        small.unlink()
    asking.join()

    assert (path.read_text(), gzip.decompress(small.read_bytes()).decode()) == (text, text)


def test_what_cannot_be_joined_leaves_nothing_behind():
    found = playable(two_libraries(style=b"a { b: c } /* another */").pk)
    lost = Path(storages["private"].path(found.libraries["Demo.Main-1.0"].at)) / "hello.js"
    kept = lost.read_bytes()
    folder = Path(storages["private"].path(joined.FOLDER))
    name = Path(storages["private"].path(f"{joined.FOLDER}/{found.script_key}.js"))
    for path in (name, joined.compressed(name)):
        path.unlink(missing_ok=True)
    before = set(folder.iterdir()) if folder.exists() else set()

    lost.unlink()
    try:
        with pytest.raises(FileNotFoundError):
            found.joined_script()
        assert set(folder.iterdir()) - before == set()
    finally:
        lost.write_bytes(kept)


def test_a_style_sheet_longer_than_anybody_writes_stands_as_it_is():
    much = os.urandom(joined.LONGEST_STYLE // 2).hex()  # it may not be squeezed too well
    long = b"a { background: url(arches.svg) } /* " + much.encode()

    style = playable(two_libraries(style=long).pk).joined_style()

    assert style.read_bytes().startswith(b"\n" + long[:40])


def test_a_file_is_found_by_its_name_and_nothing_else_is():
    found = playable(two_libraries().pk)

    assert found.own_file("images/a.png").size == 3
    assert found.library_file("Demo.Help-1.0", "arches.svg").size == 41
    nothing = [
        found.own_file("../../../secret_key"),
        found.own_file("images"),
        found.own_file("/etc/passwd"),
        found.library_file("Demo.Help-1.0", "../Demo.Main-1.0/hello.js"),
        found.library_file("Demo.Nobody-1.0", "hello.js"),
    ]
    assert nothing == [None] * 5


def test_it_says_which_library_plays_it():
    assert playable(two_libraries().pk).main_library == "Demo.Main 1.0"


def test_a_version_is_read_once(django_assert_num_queries):
    pk = two_libraries().pk

    with django_assert_num_queries(2):
        playable(pk)
    with django_assert_num_queries(0):
        playable(pk)


def test_a_version_that_is_not_there_is_asked_for_again():
    with pytest.raises(H5PVersion.DoesNotExist):
        playable(1)
    version = two_libraries(preloadedDependencies=[dependency("Demo.Main")])

    assert playable(version.pk).pk == version.pk
