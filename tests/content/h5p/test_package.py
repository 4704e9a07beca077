"""An .h5p from anywhere is understood, or one plain sentence says what is wrong with it.

ASVS 5.0: V5.2.2 (files are what they say), V5.2.3 (sizes before unpacking), V5.2.5 (no links).
"""

import io
import json
import stat
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.h5p import json_text, notes, package
from content.h5p.package import NotAPackage
from tests.factories.h5p import NAME, dependency, h5p_files, library_files, make_h5p, zip_of
from tests.factories.samples import sample

FOLDER = f"{NAME}-1.0"
VALID = [
    "H5P.Accordion", "H5P.Dialogcards", "H5P.Essay", "H5P.InteractiveVideo", "H5P.Summary",
    "H5P.TrueFalse", "greetingcard1", "greetingcard2", "hostile-svg", "long_content_file_name",
    "valid2",
]  # fmt: skip
REFUSED = {
    "2-invalid-libraries": (
        "“H5P.GreetingCard2-1.0/library.json” does not say “title” as it has to."
    ),
    "broken-content-json": "“content/content.json” is broken: look at line 11, letter 2.",
    "broken-h5p-json": "“h5p.json” is broken: look at line 16, letter 2.",
    "corrupt_archive": "This is not an H5P file that we can open. It may have been cut off.",
    "invalid-h5p-json-schema": "“h5p.json” does not say “mainLibrary”.",
    "invalid-library-directory-name": (
        "The folder “H5P.GreetingCard-1.0” and the “library.json” in it do not fit. "
        "That file says that it is “H5P.AnotherLibrary-1.0”."
    ),
    "invalid-library-json": (
        "“H5P.GreetingCard-1.0/library.json” does not say “majorVersion” as it has to."
    ),
    "malformed-library-directory": (
        "“library!” is not a name that the folder of a library may have."
    ),
    "missing-preloaded-js": (
        "The library “H5P.GreetingCard-1.0” lacks the file “greetingcard.js”."
    ),
}


def refusal(file):
    with pytest.raises(NotAPackage) as refused:
        package.read(file)
    return str(refused.value)


def codes(found):
    return [note["code"] for note in found.notes]


# --- the sample packages -------------------------------------------------------------------------


@pytest.mark.parametrize("name", VALID)
def test_a_sound_sample_is_read(name):
    with sample(name).open("rb") as file:
        found = package.read(file)

    assert found.title
    assert found.metadata["mainLibrary"] in {library.name[0] for library in found.libraries}


@pytest.mark.parametrize(("name", "says"), REFUSED.items(), ids=REFUSED)
def test_a_broken_sample_is_refused_with_what_is_wrong(name, says):
    with sample(name, "invalid").open("rb") as file:
        assert refusal(file) == says


def test_a_sample_with_broken_words_of_a_language_comes_in_without_them():
    with sample("invalid-language-file-json", "invalid").open("rb") as file:
        found = package.read(file)

    assert notes.told(found.notes) == [
        "We could not read the words of some languages and left them out: "
        "H5P.GreetingCard-1.0/language/fr.json."
    ]
    assert "language/fr.json" not in found.libraries[0].files
    assert "language/nb.json" in found.libraries[0].files


def test_a_film_from_elsewhere_is_noted():
    with sample("H5P.InteractiveVideo").open("rb") as file:
        found = package.read(file)

    assert found.notes[-1] == {
        "code": "outside",
        "names": ["https://h5p.org/sites/default/files/h5p/iv.mp4"],
        "count": 1,
    }


def test_every_sample_is_named_here():
    folder = sample("valid2").parent.parent
    there = {path.stem for path in folder.glob("*/*.h5p")}

    assert there == {*VALID, *REFUSED, "invalid-language-file-json"}


# --- a package of our own --------------------------------------------------------------------


def test_a_package_is_read():
    found = package.read(make_h5p(files={"images/a b ü.png": b"x"}, title="Q&amp;A  today"))

    [library] = found.libraries
    assert found.title == "Q&A today"
    assert found.content == {"greeting": "Hello"}
    assert found.files == {"images/a b ü.png": 1}
    assert (str(library.name), library.patch) == (f"{NAME} 1.0", 0)
    assert sorted(library.files) == [
        "hello.css", "hello.js", "language/es.json", "library.json", "semantics.json",
    ]  # fmt: skip
    assert library.semantics[0]["name"] == "greeting"
    assert codes(found) == ["unused"]


def test_what_older_programs_leave_out_of_h5p_json_is_made_good():
    files = h5p_files()
    files["h5p.json"] = {"mainLibrary": NAME}

    found = package.read(zip_of(files))

    assert found.metadata == {
        "mainLibrary": NAME,
        "title": "Hello",
        "language": "und",
        "embedTypes": ["div"],
        "preloadedDependencies": [dependency()],
    }


def test_versions_may_be_written_as_text():
    about = {"majorVersion": "1", "minorVersion": "0", "patchVersion": "3"}

    [library] = package.read(make_h5p(libraries=library_files(**about))).libraries

    assert (library.name, library.patch) == ((NAME, 1, 0), 3)


def test_a_folder_may_be_named_without_its_version():
    files = {name.replace(FOLDER, NAME): data for name, data in h5p_files().items()}

    [library] = package.read(zip_of(files)).libraries

    assert str(library.name) == f"{NAME} 1.0"


def test_folders_may_have_entries_of_their_own():
    files = h5p_files() | {"content/": b"", f"{FOLDER}/": b"", f"{FOLDER}/language/": b""}

    assert package.read(zip_of(files)).notes == []


def test_a_package_in_a_folder_in_the_zip_is_read_too():
    files = {f"hello/{name}": data for name, data in h5p_files().items()}

    assert package.read(zip_of(files)).title == "Say hello"


def test_a_mark_at_the_beginning_of_a_text_is_passed_over():
    text = b"\xef\xbb\xbf" + json.dumps({"greeting": "Hi"}).encode()

    assert package.read(make_h5p(content=text)).content == {"greeting": "Hi"}


def test_a_file_that_only_brings_libraries_has_no_content():
    found = package.read(zip_of(library_files()))

    assert (found.content, len(found.libraries)) == (None, 1)


def test_files_that_no_activity_needs_are_left_out():
    odd = ["a.exe", "notes.txt.php", ".hidden", "more/page.html"]
    files = h5p_files(files=dict.fromkeys(odd, b"x")) | {"README.md": b"x", "__MACOSX/a.js": b""}

    found = package.read(zip_of(files | {f"{FOLDER}/run.sh": b"x", "docs/a.md": b"x"}))

    assert found.files == {}
    assert "run.sh" not in found.libraries[0].files
    [note] = found.notes
    assert note["code"] == "left_out"
    assert sorted(note["names"]) == [
        "Alongside.Hello-1.0/run.sh", "README.md", "__MACOSX/a.js", "content/.hidden",
        "content/a.exe", "content/more/page.html", "content/notes.txt.php", "docs/a.md",
    ]  # fmt: skip


def test_a_licence_without_an_ending_is_kept():
    found = package.read(make_h5p(libraries=library_files() | {f"{FOLDER}/LICENSE": b"MIT"}))

    assert "LICENSE" in found.libraries[0].files


@pytest.mark.parametrize(
    "content",
    [
        {"film": {"files": [{"path": "https://films.example/a.mp4", "mime": "video/mp4"}]}},
        {"text": "<img alt='' src=\"https://films.example/a.mp4\">"},
        {"source": "https://films.example/a.mp4", "width": "10"},
    ],
)
def test_what_comes_from_another_site_is_noted(content):
    found = package.read(make_h5p(content=content))

    assert notes.told(found.notes) == [
        "It shows films, sounds or pictures from other sites: https://films.example/a.mp4. They "
        "may not play here. It is safer to put the files themselves into the activity."
    ]


def test_where_a_picture_was_found_is_no_address_it_is_taken_from():
    content = {"copyright": {"license": "U", "source": "https://pictures.example/a.jpg"}}

    assert package.read(make_h5p(content=content)).notes == []


@pytest.mark.parametrize(
    "path", ["images/a.png", "images/a.png#tmp", "./images/a.png", "images/a%2Epng"]
)
def test_a_picture_is_found_by_its_path(path):
    content = {"picture": {"path": path, "mime": "image/png"}}

    assert package.read(make_h5p(content=content, files={"images/a.png": b"x"})).notes == []


def test_a_form_that_pyh5p_does_not_know_is_noted():
    libraries = library_files() | {f"{FOLDER}/semantics.json": [{"type": "text"}]}

    found = package.read(make_h5p(libraries=libraries))

    assert codes(found) == ["odd_form"]


def test_the_same_files_give_the_same_hash_and_others_another():
    def sha256(**more):
        return package.read(make_h5p(libraries=library_files(**more))).libraries[0].sha256()

    assert sha256() == sha256()
    assert len({sha256(), sha256(script="1"), sha256(title="Other")}) == 3


def test_a_name_is_read_also_when_its_program_did_not_say_how_it_is_written():
    data = bytearray(make_h5p(files={"ü.png": b"x"}).getvalue())
    for mark, flags in ((b"PK\x01\x02", 9), (b"PK\x03\x04", 7)):
        place = data.find(mark)
        while place >= 0:
            data[place + flags] &= ~0x08
            place = data.find(mark, place + 1)

    assert package.read(io.BytesIO(data)).files == {"ü.png": 1}


# --- what is refused ---------------------------------------------------------------------------


NO_NUMBER = "“content/content.json” has a number in it that we cannot read."
BROKEN = [
    ("h5p.json", b"[]", "“h5p.json” has to be an object."),
    ("h5p.json", {"title": "x"}, "“h5p.json” does not say “mainLibrary”."),
    (
        "h5p.json",
        {"mainLibrary": "../x"},
        "“h5p.json” names “../x” as its main library, which is no name of a library.",
    ),
    (
        "h5p.json",
        {"mainLibrary": NAME, "preloadedDependencies": "x"},
        "What “h5p.json” says of “preloadedDependencies” is not what it has to be.",
    ),
    (
        "h5p.json",
        {"mainLibrary": NAME, "preloadedDependencies": [{"machineName": NAME}]},
        "“h5p.json” does not say “preloadedDependencies[0].majorVersion”.",
    ),
    (
        "h5p.json",
        {"mainLibrary": NAME, "editorDependencies": [dependency(major="one")]},
        "What “h5p.json” says of “editorDependencies” is not what it has to be.",
    ),
    ("content/content.json", b"[]", "“content/content.json” has to be an object."),
    ("content/content.json", b"", "“content/content.json” is broken: look at line 1, letter 1."),
    ("content/content.json", b"\xff\xfe{}", "“content/content.json” is not text in UTF-8."),
    ("content/content.json", b'{"a": NaN}', NO_NUMBER),
    ("content/content.json", b'{"a": 1e999}', NO_NUMBER),
    (
        "content/content.json",
        b'{"a": ' + b"9" * 5000 + b"}",
        NO_NUMBER,
    ),
    (
        "content/content.json",
        b'{"a": 1, "a": 2}',
        "“content/content.json” says “a” twice in one place. We cannot tell which counts.",
    ),
    (
        "content/content.json",
        b'{"a": "\\u0000"}',
        "“content/content.json” has a letter in it that is none.",
    ),
    (
        "content/content.json",
        b'{"a": "\\ud800"}',
        "“content/content.json” has a letter in it that is none.",
    ),
    (
        "content/content.json",
        b'{"a": ' + b"[" * 101 + b"]" * 101 + b"}",
        "“content/content.json” has too many things inside one another.",
    ),
    (
        "content/content.json",
        b"[" * 100_000,
        "“content/content.json” has too many things inside one another.",
    ),
    (
        "content/content.json",
        b"[%s]" % b",".join(b"%d" % n for n in range(300_002)),
        "“content/content.json” has far too much in it.",
    ),
    (
        "content/content.json",
        {"a": {"path": "images/a.png", "mime": "image/png"}},
        "The content uses “images/a.png”, which is not in the package.",
    ),
    (
        "content/content.json",
        {"a": {"path": "../../secret.png", "width": 1}},
        "The content uses “../../secret.png”, which is not in the package.",
    ),
    (
        f"{FOLDER}/library.json",
        b"{",
        f"“{FOLDER}/library.json” is broken: look at line 1, letter 2.",
    ),
    (f"{FOLDER}/library.json", b"[]", f"“{FOLDER}/library.json” has to be an object."),
    (f"{FOLDER}/semantics.json", b"{}", f"“{FOLDER}/semantics.json” has to be a list of fields."),
    (
        f"{FOLDER}/semantics.json",
        b"[",
        f"“{FOLDER}/semantics.json” is broken: look at line 1, letter 2.",
    ),
    ("Other-1.0/x.js", b"x", "The library in the folder “Other-1.0” lacks its “library.json”."),
    (
        "library!/library.json",
        b"{}",
        "“library!” is not a name that the folder of a library may have.",
    ),
]


@pytest.mark.parametrize(("path", "data", "says"), BROKEN)
def test_a_broken_part_is_named(path, data, says):
    assert refusal(zip_of(h5p_files() | {path: data})) == says


LIBRARIES = [
    ({"title": ""}, f"“{FOLDER}/library.json” does not say “title” as it has to."),
    ({"patchVersion": -1}, f"“{FOLDER}/library.json” does not say “patchVersion” as it has to."),
    ({"patchVersion": True}, f"“{FOLDER}/library.json” does not say “patchVersion” as it has to."),
    ({"minorVersion": "x"}, f"“{FOLDER}/library.json” does not say “minorVersion” as it has to."),
    (
        {"machineName": "a b"},
        f"“{FOLDER}/library.json” names the library “a b”, which is no name of a library.",
    ),
    (
        {"machineName": "Other"},
        f"The folder “{FOLDER}” and the “library.json” in it do not fit. "
        "That file says that it is “Other-1.0”.",
    ),
    ({"preloadedJs": [{"path": "no.js"}]}, f"The library “{FOLDER}” lacks the file “no.js”."),
    ({"preloadedCss": [{"path": "no.css"}]}, f"The library “{FOLDER}” lacks the file “no.css”."),
    (
        {"preloadedJs": "hello.js"},
        f"What “{FOLDER}/library.json” says of “preloadedJs” is not what it has to be.",
    ),
    (
        {"preloadedDependencies": [{}]},
        f"What “{FOLDER}/library.json” says of “preloadedDependencies” is not what it has to be.",
    ),
    (
        {"coreApi": {"majorVersion": 1, "minorVersion": 99}},
        f"The library “{FOLDER}” needs a newer H5P player (1.99) than ours (1.27).",
    ),
    (
        {"coreApi": "new"},
        f"What “{FOLDER}/library.json” says of “coreApi” is not what it has to be.",
    ),
]


@pytest.mark.parametrize(("about", "says"), LIBRARIES)
def test_a_library_that_is_not_as_it_has_to_be_is_named(about, says):
    files = library_files()
    files[f"{FOLDER}/library.json"] |= about

    assert refusal(make_h5p(libraries=files)) == says


def test_a_library_that_is_there_twice_is_refused():
    twice = {name.replace(FOLDER, NAME): data for name, data in library_files().items()}

    assert refusal(make_h5p(libraries=library_files() | twice)) == (
        f"The library “{NAME} 1.0” is in the package twice."
    )


@pytest.mark.parametrize(
    ("lacking", "says"),
    [
        ("h5p.json", "The package lacks its “h5p.json”."),
        ("content/content.json", "The package lacks its “content/content.json”."),
    ],
)
def test_a_missing_part_is_named(lacking, says):
    files = h5p_files()
    del files[lacking]

    assert refusal(zip_of(files)) == says


def test_an_empty_zip_is_no_package():
    assert refusal(zip_of({})) == "There is no “h5p.json” in it, so it is not an H5P file."


@pytest.mark.parametrize(
    "name", ["../x.js", "/etc/passwd", "C:/x.js", "a\\b.js", "a//b.js", "a\nb.js", "a" * 256]
)
def test_a_name_that_leads_elsewhere_is_refused(name):
    said = refusal(zip_of(h5p_files() | {name: b"x"}))

    assert said.startswith("The zip has a file with a name that we do not take: “")


def test_a_link_is_refused():
    def change(about):
        if about.filename.endswith("hello.js"):
            about.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert refusal(zip_of(h5p_files(), change)) == (
        f"“{FOLDER}/hello.js” in the zip is not a file but a link."
    )


def test_a_locked_package_is_refused():
    data = bytearray(make_h5p().getvalue())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 1)

    assert refusal(io.BytesIO(data)) == "The zip is locked with a password. Make one without."


def test_a_bomb_is_refused():
    files = {"films/a.mp4": b"\0" * 20_000_000}

    assert refusal(make_h5p(files=files)) == (
        "“content/films/a.mp4” grows too much when it is unpacked. We do not take such files."
    )


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        ({"whole": 1_000}, "Unpacked, the zip would take"),
        ({"one": 10}, f"“{FOLDER}/hello.js” takes 329\xa0bytes. We take 10\xa0bytes at most."),
        ({"text": 10}, "“h5p.json” takes"),
        ({"all_texts": 10}, "There is far more text in the zip than we ever need."),
        ({"files": 6}, "The zip has 7 files in it. We take 6 at most."),
    ],
)
def test_more_than_we_take_is_refused(monkeypatch, limits, says):
    monkeypatch.setattr(package, "LIMITS", replace(package.LIMITS, **limits))

    assert refusal(make_h5p()).startswith(says)


def test_what_an_activity_may_hold_is_decided():
    limits = package.LIMITS

    assert (limits.files, limits.whole, limits.one) == (3_000, 300 * 2**20, 200 * 2**20)
    assert limits.smaller == 120


def test_the_forms_of_all_libraries_have_a_limit_together():
    form = json.dumps([{"name": "x", "type": "text", "label": "é" * 1_000_000}]).encode()
    files = {}
    for name in "abc":
        files |= library_files(name) | {f"{name}-1.0/semantics.json": form}
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:  # not packed: it would grow too much
        for path, data in h5p_files(libraries=files).items():
            made.writestr(path, data if isinstance(data, bytes) else json.dumps(data))

    assert refusal(kept) == "“a-1.0/semantics.json” takes 5.7\xa0MB. We take 3.0\xa0MB at most."


# --- whatever comes -----------------------------------------------------------------------------

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    lambda below: st.lists(below, max_size=4)
    | st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_characters="\0")), below, max_size=4
    ),
    max_leaves=20,
)  # fmt: skip


@given(values)
def test_what_json_says_is_read_as_it_was_written(value):
    assert json_text.read(json.dumps(value), "it") == value


@given(st.text(st.sampled_from('[]{},:"\\u0d8 truefalsn1e9-NaI'), max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        read = json_text.read(text, "it")
    except json_text.NotReadable as why:
        assert str(why).startswith("“it” ")
    else:
        json.dumps(read, allow_nan=False).encode()
        assert "\\u0000" not in json.dumps(read)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=3)), min_size=1, max_size=4))
def test_any_change_to_a_package_is_read_or_refused(changes):
    data = bytearray(WHOLE)
    for place, new in changes:
        place %= len(data)
        data[place : place + len(new)] = new

    try:
        found = package.read(io.BytesIO(data))
        for library in found.libraries:
            library.sha256()
        for path in found.files:
            with found.open(path) as file:
                file.read()
    except NotAPackage as why:
        assert str(why)


WHOLE = make_h5p(files={"images/a.png": b"abc" * 50}).getvalue()


@given(
    st.sampled_from(["h5p.json", "content/content.json", f"{FOLDER}/library.json",
                     f"{FOLDER}/semantics.json", f"{FOLDER}/language/es.json"]),
    values,
)  # fmt: skip
def test_any_json_in_a_package_is_taken_or_refused(path, value):
    try:
        found = package.read(zip_of(h5p_files() | {path: json.dumps(value).encode()}))
    except NotAPackage as why:
        assert str(why)
    else:
        assert all(notes.told(found.notes))


@given(st.sampled_from(sorted(h5p_files()["h5p.json"])), values)
def test_any_value_in_h5p_json_is_taken_or_refused(key, value):
    files = h5p_files()
    files["h5p.json"][key] = value

    try:
        found = package.read(zip_of(files))
    except NotAPackage as why:
        assert str(why)
    else:
        assert found.title


@given(st.sampled_from([*sorted(library_files()[f"{FOLDER}/library.json"]), "coreApi"]), values)
def test_any_value_in_library_json_is_taken_or_refused(key, value):
    files = h5p_files()
    files[f"{FOLDER}/library.json"][key] = value

    try:
        found = package.read(zip_of(files))
    except NotAPackage as why:
        assert str(why)
    else:
        assert found.libraries
