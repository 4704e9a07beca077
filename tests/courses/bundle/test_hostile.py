"""Whatever somebody sends as a bundle, it comes in as a course or is refused in plain words.

ASVS 5.0: V5.2.2 (files are what they say), V5.2.3 (sizes before unpacking), V5.2.5 (no links),
V5.2.6 (no floods of dots), V5.3.2 and V5.3.3 (no names that lead elsewhere).
"""

import hashlib
import io
import stat
import zipfile
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from django.core.files.storage import storages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.models import CourseDocument
from content.yaml_text import NotReadable
from courses import bundle
from courses.bundle import archive
from courses.models import CoursePage
from tests.factories.courses import make_catalogue
from tests.factories.files import picture_bytes

pytestmark = pytest.mark.django_db  # a page knows its type from there
COURSE = """title: A course
slug: a-course
summary: What it is.
hours: {live: 1, online: 1}
requirements: [{kind: sessions_attended, at_least: 1}]
done: [came]
"""
SESSION = """title: Listening
slug: listening
number: 1
summary: What it is for.
minutes: 150
"""
LESSON = """---
title: Leave room
slug: leave-room
summary: A pause.
minutes: 12
---
# A step

Wait.

```picture
file: arches.png
alt: Two arches
```
"""
PICTURE = picture_bytes()


def listed(name, data, **more):
    digest = hashlib.sha256(data).hexdigest()
    extra = "".join(f"  {key}: {value}\n" for key, value in more.items())
    return f"files:\n- file: {name}\n  title: It\n  sha256: {digest}\n{extra}"


VALID = {
    "course.yaml": COURSE,
    "session-1/session.yaml": SESSION,
    "session-1/1a-leave-room.md": LESSON,
    "media.yaml": listed("arches.png", PICTURE),
    "media/arches.png": PICTURE,
}


def zip_of(files, change=lambda about: None):
    kept = io.BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as made:
        for name, data in files.items():
            about = ZipInfo(name)
            about.compress_type = ZIP_DEFLATED
            change(about)
            made.writestr(about, data)
    kept.seek(0)
    return kept


def read(files, **how):
    return bundle.read(bundle.Zipped(zip_of(files, **how)))


def refusal(file):
    with pytest.raises(NotReadable) as refused:
        bundle.read(bundle.Zipped(file))
    return str(refused.value)


def test_a_small_course_is_read():
    found = read(VALID)

    assert found.problems == []
    assert (found.sessions, found.lessons, len(found.pictures)) == (1, 1, 1)


def test_a_course_in_a_folder_in_the_zip_is_read_too():
    found = read({f"my-course/{name}": data for name, data in VALID.items()})

    assert found.problems == []
    assert found.lessons == 1


@pytest.mark.parametrize("data", [b"", b"PK", b"Hello", b"PK\x05\x06" + b"\0" * 10, PICTURE])
def test_what_is_no_zip_is_named(data):
    assert (
        refusal(io.BytesIO(data))
        == "This is not a zip file that we can open. Choose one that “Export” made."
    )


@pytest.mark.parametrize(
    "name",
    [
        "../course.yaml",
        "session-1/../../x",
        "/etc/passwd",
        "C:/windows/x",
        "session-1\\1a-x.md",
        "a//b",
        "./course.yaml",
        "a\nb",
        "a" * 201,
        "..",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name):
    assert "a name that we do not take" in refusal(zip_of(VALID | {name: "x"}))


def test_a_name_with_nothing_in_it_is_refused():
    file = zip_of(VALID | {"course.yamlX": "x"})
    data = file.getvalue().replace(b"course.yamlX", b"course.yaml\0")

    assert refusal(io.BytesIO(data)) in {
        "The zip has a file with a name that we do not take: “course.yaml\\x00”.",
        "The zip has “course.yaml” in it twice.",
    }


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["course.yaml", "COURSE.yaml"])
def test_a_name_that_is_there_twice_is_refused(name):
    kept = zip_of(VALID)
    with ZipFile(kept, "a") as made:
        made.writestr(name, "x")

    assert "in it twice" in refusal(kept)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_is_refused(kind):
    def change(about):
        about.external_attr = (kind | 0o777) << 16

    assert "is not a file but a link" in refusal(zip_of(VALID, change))


def test_a_locked_zip_is_refused():
    data = bytearray(zip_of(VALID).getvalue())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 1)

    assert "locked with a password" in refusal(io.BytesIO(bytes(data)))


def test_a_rare_way_of_packing_is_refused():
    kept = io.BytesIO()
    with ZipFile(kept, "w", zipfile.ZIP_BZIP2) as made:
        made.writestr("course.yaml", COURSE)

    assert "packed in a way" in refusal(kept)


def test_a_file_that_grows_too_much_is_refused():
    assert "grows too much" in refusal(zip_of(VALID | {"media/a.mp4": b"\0" * 30_000_000}))


def test_too_many_files_are_refused():
    many = {f"media/{n}.txt": "x" for n in range(archive.LIMITS.files)}

    assert "files in it. We take 1000 at most" in refusal(zip_of(VALID | many))


def test_more_than_a_course_ever_holds_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "LIMITS", replace(archive.LIMITS, whole=1_000))

    assert "Unpacked, the zip would take" in refusal(zip_of(VALID))


def test_a_very_long_text_is_refused():
    long = "---\ntitle: x\n---\n" + "".join(f"word {n} " for n in range(200_000))

    assert "We take 1.0\xa0MB at most" in refusal(zip_of(VALID | {"session-1/1b-x.md": long}))


def test_a_size_that_lies_is_noticed():
    data = bytearray(zip_of(VALID).getvalue())
    place = data.find(b"PK\x01\x02")
    data[place + 24 : place + 28] = (5).to_bytes(4, "little")  # course.yaml says it is short

    assert refusal(io.BytesIO(bytes(data)))


ODD_MEDIA = {
    "is a kind of file that we cannot take": ("evil.svg", b"<svg/>"),
    "is not a picture that we can read": ("evil.png", b"<script>alert(1)</script>"),
    "is not there": ("../course.yaml", b"x"),
}


@pytest.mark.parametrize(("says", "media"), ODD_MEDIA.items(), ids=ODD_MEDIA)
def test_media_that_are_not_what_they_should_be_are_left_out_and_named(says, media):
    name, data = media
    files = VALID | {"media.yaml": listed(name, data)}
    if "/" not in name:
        files[f"media/{name}"] = data

    found = read(files)

    assert found.media == {}
    assert any(says in problem for problem in found.problems)
    assert "session-1/1a-leave-room.md: it uses “arches.png”, which is not in “media”." in (
        found.problems
    )
    assert found.lessons == 0


@pytest.mark.parametrize("name", ["evil.html", "evil.js", "evil.exe", "evil.PNG.svg"])
def test_a_kind_of_file_that_could_do_something_is_named(name):
    found = read(VALID | {"media.yaml": listed(name, b"x"), f"media/{name}": b"x"})

    assert f"“media/{name}” is a kind of file that we cannot take." in found.problems


def test_a_picture_of_too_many_dots_is_not_opened():
    huge = bytearray(PICTURE)
    huge[16:24] = (60_000).to_bytes(4, "big") * 2  # what its head says of its width and height

    found = read(
        VALID | {"media.yaml": listed("arches.png", bytes(huge)), "media/arches.png": bytes(huge)}
    )

    assert "“media/arches.png” is not a picture that we can read." in found.problems


def test_a_file_that_has_changed_since_is_named():
    found = read(VALID | {"media.yaml": listed("arches.png", b"another")})

    assert "“media/arches.png” is not the file that was packed: it has changed since." in (
        found.problems
    )


def test_what_nobody_listed_is_left_out():
    found = read(VALID | {"media/extra.pdf": b"x", "notes.txt": "x", ".DS_Store": "x"})

    assert found.problems == [
        "“media/extra.pdf” is not named in “media.yaml”.",
        "We do not know what “notes.txt” is.",
    ]


BAD_LINES = [
    ("course.yaml", "title: [a]", "“title” has to be text."),
    ("course.yaml", "title: 3", "“title” has to be text."),
    ("course.yaml", f"title: {'a' * 300}", "Ensure this value has at most 255 characters"),
    ("course.yaml", "slug: ../../etc", "“slug”"),
    ("course.yaml", "summary: {a: b}", "“summary” has to be text."),
    ("course.yaml", "hours: 3", "“hours.live” is missing."),
    ("course.yaml", "hours: {live: .inf, online: 1}", "is not a number of hours"),
    ("course.yaml", "done: came", "“done” has to be a list."),
    ("course.yaml", "done: [[came]]", "“done”"),
    ("course.yaml", "requirements: []", "has to say how many sessions"),
    ("course.yaml", "requirements: [{kind: sessions_attended, at_least: 0}]", "sessions"),
    ("course.yaml", "colour: red", "it says “colour”, which we do not know."),
    ("course.yaml", "key: 3", "“key” is not a key."),
    ("course.yaml", "draft: perhaps", "“draft” has to be true or false"),
    ("course.yaml", "title: !!python/object/apply:os.system [ls]", "look at line"),
    ("course.yaml", "title: &a [*a]", "look at line"),
    ("course.yaml", "title: A", "look at line"),  # a second time
]


@pytest.mark.parametrize(("name", "line", "says"), BAD_LINES)
def test_a_line_that_is_not_as_it_should_be_is_named(name, line, says):
    key = line.split(":")[0]
    kept = [told for told in VALID[name].splitlines() if not told.startswith(f"{key}:")]
    if line == "title: A":
        kept.append("title: B")

    said = refusal(zip_of(VALID | {name: "\n".join([*kept, line])}))

    assert said.startswith("course.yaml: ")
    assert says in said


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("session-1/session.yaml", "title: [", "We could not read it"),
        ("session-1/session.yaml", SESSION.replace("150", "-1"), "“minutes” has to be a whole"),
        ("session-1/session.yaml", SESSION + "plan: [3]\n", "“plan”"),
        ("session-1/session.yaml", SESSION + "plan: [{title: a}]\n", "“plan”"),
        ("session-1/session.yaml", b"\xff\xfe", "is not text in UTF-8"),
        ("session-1/1a-leave-room.md", "Hello", "has to begin with its title"),
        ("session-1/1a-leave-room.md", LESSON.replace("12", "twelve"), "whole number"),
        ("session-1/1a-leave-room.md", LESSON + "\n```dance\na: b\n```\n", "a “dance” box"),
        ("session-1/1a-leave-room.md", LESSON.replace("arches.png", "[a]"), "“media”"),
        ("session-1/1a-leave-room.md", LESSON + "\n```say\nwords: [a]\n```\n", "to be text"),
    ],
)
def test_a_page_that_cannot_be_read_is_left_out_and_named(name, data, says):
    found = read(VALID | {name: data})

    assert any(says in problem and name in problem for problem in found.problems)
    assert found.lessons == 0


def test_a_key_that_is_there_twice_is_named():
    key = "key: 6f1b24a4-7f0e-4f0d-8f9f-0c3f6c1a9e55"
    first = LESSON.replace("minutes: 12", f"minutes: 12\n{key}")
    second = first.replace("slug: leave-room", "slug: take-time")

    found = read(
        VALID | {"session-1/1a-leave-room.md": first, "session-1/1b-take-time.md": second}
    )

    assert found.problems == ["session-1/1b-take-time.md: its key is that of another page."]
    assert found.lessons == 1


def test_script_in_prose_does_not_come_in():
    text = LESSON.replace("Wait.", "<script>x()</script><p onclick='x()'>Wait.</p>")

    [lesson] = [
        p for p in read(VALID | {"session-1/1a-leave-room.md": text}).pages if p.below == []
    ]

    assert lesson.fields["body"][1]["value"] == "<p>Wait.</p>"


def kept_files():
    """What is kept privately, but for the empty file that a sweep is locked by."""
    found = Path(storages["private"].location).rglob("*")
    return {path for path in found if path.is_file() and path.name != ".lock"}


def stop(*args, **more):
    raise RuntimeError("The power is gone.")


def test_a_stop_half_way_leaves_nothing_behind(monkeypatch):
    front = make_catalogue()
    found = read(VALID | {"media.yaml": listed("arches.png", PICTURE)})
    before = kept_files()
    monkeypatch.setattr(CoursePage, "save_revision", stop)

    with pytest.raises(RuntimeError):
        bundle.make(found, parent=front, publish=True)

    assert not CoursePage.objects.exists()
    assert not CourseDocument.objects.exists()
    assert kept_files() == before


@given(st.data())
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_any_change_to_a_bundle_is_read_or_refused_in_words(data):
    whole = zip_of(VALID).getvalue()
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(changed) - 1))
        changed[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    _read_or_refused(bytes(changed))


MEAN = ["[", "{", "null", "- a", "a: {b: [c]}", "9" * 400, "1e400", "2020-99-99", "!!set {a}", "'"]


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_change_to_a_text_is_read_or_refused_in_words(data):
    name = data.draw(st.sampled_from([name for name in VALID if not name.endswith("png")]))
    lines = VALID[name].splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        key = lines[place].split(":")[0]
        said = data.draw(st.one_of(st.sampled_from(MEAN), st.text(max_size=20)))
        lines[place] = data.draw(st.sampled_from([said, f"{key}: {said}", "", lines[place] * 2]))
    _read_or_refused(zip_of(VALID | {name: "\n".join(lines).encode()}).getvalue())


def _read_or_refused(data):
    try:
        found = bundle.read(bundle.Zipped(io.BytesIO(data)))
    except NotReadable as why:
        assert str(why)
    else:
        assert all(found.problems)
