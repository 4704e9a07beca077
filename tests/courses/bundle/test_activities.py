"""Activities go from site to site with their course: whole, once, and looked at as uploads are."""

import io
import json
from zipfile import ZipFile

import pytest

from content import yaml_text
from content.actions import h5p
from content.models import H5PLibrary, H5PPackage, H5PVersion
from content.yaml_text import NotReadable
from courses import bundle
from courses.models import LessonPage
from tests.courses.bundle.test_hostile import LESSON, VALID, kept_files, listed, read
from tests.courses.bundle.test_round_trip import bring, elsewhere, packed, zipped
from tests.factories import courses
from tests.factories.courses import (
    h5p_block,
    make_catalogue,
    make_course,
    make_lesson,
    make_session,
    step_block,
)
from tests.factories.h5p import NOW, h5p_files, library_files, make_h5p, make_version, zip_of

pytestmark = pytest.mark.django_db
TALK = {name: told for name, told in courses.TALK.items() if name != "id"}
FENCE = """```h5p
id: hello
title: Hello
file: hello.h5p
words: Say *hello*.
asked: true
```
"""
BARE = {name: data for name, data in VALID.items() if "media" not in name}
WITH_FENCE = LESSON.split("```")[0] + FENCE


@pytest.fixture
def with_activity():
    version = make_version(title="Say hello", files={"images/cup.png": b"png"})
    course = make_course(sessions_required=1)
    body = [step_block(), h5p_block(version.package, asked=True)]
    make_lesson(make_session(course, 1), body=body)
    return course


def bundled(data, text=WITH_FENCE):
    return BARE | {
        "session-1/1a-leave-room.md": text,
        "media.yaml": listed("hello.h5p", data),
        "media/hello.h5p": data,
    }


def bundled_talk(talk, title="Hello"):
    told = yaml_text.write({"id": "hello", "title": title, "scenario": talk})
    return {**BARE, "session-1/1a-leave-room.md": LESSON.split("```")[0] + f"```h5p\n{told}```\n"}


def forget_activities():
    H5PVersion.objects.all().delete()
    H5PPackage.objects.all().delete()
    H5PLibrary.objects.all().delete()


def the_activity():
    [block] = [block for block in LessonPage.objects.get().body if block.block_type == "h5p"]
    return block.value


# --- out and in --------------------------------------------------------------------------------


def test_an_activity_comes_along_with_its_libraries_and_its_own_files(with_activity):
    first, file = packed(with_activity), zipped(with_activity)
    elsewhere()
    forget_activities()

    again = bring(file)

    assert packed(again) == first
    [name] = [name for name in first if name.endswith(".h5p")]
    assert name.startswith("media/say-hello-")
    assert ZipFile(io.BytesIO(first[name])).read("content/images/cup.png") == b"png"
    version = the_activity()["package"].latest
    assert (version.number, version.files) == (1, {"images/cup.png": 3})
    assert [library.directory for library in version.libraries.all()] == ["Alongside.Hello-1.0"]


def test_an_activity_that_is_here_already_is_not_kept_twice(with_activity):
    file = zipped(with_activity)

    for _time in range(2):
        file.seek(0)
        bring(file)

    assert (H5PPackage.objects.count(), H5PVersion.objects.count()) == (1, 1)


def test_another_activity_of_the_same_title_is_an_activity_of_its_own(with_activity):
    file = zipped(with_activity)
    package = H5PPackage.objects.get()
    make_version(package, content={"greeting": "Good evening"})

    bring(file)

    ours = the_activity()["package"]
    assert ours != package
    assert ours.latest.content == {"greeting": "Hello"}


def test_an_activity_that_somebody_named_anew_keeps_that_name(with_activity):
    H5PPackage.objects.update(title="A greeting")
    file = zipped(with_activity)
    elsewhere()
    forget_activities()

    bring(file)

    assert H5PPackage.objects.get().title == "A greeting"


# --- made from a talk --------------------------------------------------------------------------


def test_an_activity_is_made_from_a_talk_in_the_text():
    found = read(bundled_talk(TALK, "Amina at tea"))
    assert found.problems == []

    bundle.make(found, parent=make_catalogue(), publish=True)

    package = the_activity()["package"]
    assert package.title == "Amina at tea"
    assert package.latest.metadata["mainLibrary"] == "Alongside.Talk"
    assert package.latest.content["steps"][0]["name"] == TALK["steps"][0]["name"]
    assert package.latest.notes == []


def test_the_same_talk_makes_one_activity_however_often_it_comes():
    for _time in range(2):
        bundle.make(read(bundled_talk(TALK)), parent=make_catalogue(), publish=True)

    assert (H5PPackage.objects.count(), H5PVersion.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("talk", "says"),
    [
        ("no talk", "something in it is not what belongs there"),
        ({**TALK, "steps": []}, "Write the first step"),
        ({**TALK, "setting": {"a": 1}}, ""),
        ({**TALK, "steps": [{**TALK["steps"][0], "choices": ["say"]}]}, "box"),
        ({**TALK, "onclick": "x"}, "“onclick”, which we do not know"),
        ({**TALK, "endings": TALK["endings"] * 2}, "is the name of something above"),
    ],
)
def test_a_talk_that_is_none_is_named(talk, says):
    found = read(bundled_talk(talk))

    if found.problems:
        [problem] = found.problems
        assert problem.startswith("session-1/1a-leave-room.md: ")
        assert says in problem
    else:  # what was told was taken as plain words, and nothing else
        bundle.make(found, parent=make_catalogue(), publish=True)
        assert the_activity()["package"].latest.content["setting"] == "{'a': 1}"


# --- up to something ---------------------------------------------------------------------------


def packed_oddly(**change):
    files = {**h5p_files(), **change}
    return zip_of({name: data for name, data in files.items() if data is not None}).getvalue()


def bomb():
    return packed_oddly(**{"content/big.json": b" " * 3_000_000})


HOSTILE = {
    "no zip": (b"no zip at all", "This is not an H5P file that we can open."),
    "cut off": (make_h5p().getvalue()[:-40], "This is not an H5P file that we can open."),
    "no content": (
        packed_oddly(**{"content/content.json": None}),
        "The package lacks its “content/content.json”.",
    ),
    "leads elsewhere": (
        packed_oddly(**{"content/../../evil.js": b"x"}),
        "The zip has a file with a name that we do not take: “content/../../evil.js”.",
    ),
    "grows": (bomb(), "grows too much"),
    "only libraries": (
        zip_of(library_files()).getvalue(),
        "holds no activity, only libraries.",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_an_activity_that_is_up_to_something_is_left_out_and_named(case):
    data, says = HOSTILE[case]
    before = kept_files()

    found = read(bundled(data))

    said = [problem for problem in found.problems if "media/hello.h5p" in problem]
    assert len(said) == 1
    assert says in said[0]
    assert found.activities == []
    assert kept_files() == before


def test_an_activity_whose_library_is_nowhere_brings_nothing_in():
    data = make_h5p(libraries={}).getvalue()
    found = read(bundled(data))
    front = make_catalogue()

    with pytest.raises(NotReadable) as said:
        bundle.make(found, parent=front, publish=True)

    assert str(said.value) == (
        "“It”: It needs the library “Alongside.Hello 1.0”, "
        "which is neither in the file nor installed here."
    )
    assert not LessonPage.objects.exists()
    assert not H5PPackage.objects.exists()


@pytest.mark.parametrize("package", [7, ["hello.h5p"], {"scenario": "x"}, {"package": 7}, True])
def test_what_is_no_file_and_no_talk_is_named(package):
    block = {
        "type": "h5p",
        "id": "0b0e6ac7-8e5c-4d4c-9a62-5b0f4d8c8f01",
        "value": {"title": "Hello", "package": package, "words": "", "asked": False},
    }
    text = LESSON.split("```")[0] + f"```block\n{json.dumps(block)}\n```\n"

    found = read(bundled(make_h5p().getvalue(), text))

    assert len(found.problems) == 1
    assert found.problems[0].startswith("session-1/1a-leave-room.md: ")


def test_a_picture_is_no_activity():
    found = read(
        VALID | {"session-1/1a-leave-room.md": WITH_FENCE.replace("hello.h5p", "arches.png")}
    )

    assert found.problems == [
        "session-1/1a-leave-room.md: it uses “arches.png”, which is not in “media”."
    ]


def test_a_stop_half_way_leaves_only_what_is_swept_after_a_day(monkeypatch):
    found = read(bundled(make_h5p().getvalue()))
    front, before = make_catalogue(), kept_files()

    def stop(*args, **more):
        raise RuntimeError("The power is gone.")

    with monkeypatch.context() as broken:
        broken.setattr(LessonPage, "save_revision", stop)
        with pytest.raises(RuntimeError):
            bundle.make(found, parent=front, publish=True)

    assert not H5PPackage.objects.exists()
    h5p.sweep(NOW.replace(year=NOW.year + 100))
    assert kept_files() - before == set()
