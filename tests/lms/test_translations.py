"""The interface in its other languages: every sentence in the code has one in every .po file."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("lms", "certificates", "courses", "content")
PLACE = re.compile(r"%\(\w+\)[a-z]|%[sd%]|</?[a-z][^>]*>|&\w+;")


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """A copy of the project whose .po files were brought up to date, as `make messages` does."""
    if not shutil.which("xgettext"):
        missing = "There is no xgettext. To get it:  sudo apt-get install gettext"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    copy = tmp_path_factory.mktemp("copy")
    for app in APPS:
        shutil.copytree(
            ROOT / app, copy / app, ignore=shutil.ignore_patterns("static", "migrations", "*.mo")
        )
    subprocess.run([sys.executable, ROOT / ".ci/collect_messages.py", copy], check=True)  # noqa: S603 - ours
    return [path.relative_to(copy) for path in files(copy)], copy


def files(root):
    """All but en_GB, which is no translation: it says some of Wagtail's own sentences anew."""
    found = (path for app in APPS for path in root.glob(f"{app}/locale/*/*/django.po"))
    return sorted(path for path in found if "en_GB" not in path.parts)


def entries(path):
    return polib.pofile(str(path), wrapwidth=99)


def written(entry):
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_every_app_is_in_every_language(collected):
    paths, _copy = collected

    assert [str(path) for path in paths] == [
        "certificates/locale/es/LC_MESSAGES/django.po",
        "content/locale/es/LC_MESSAGES/django.po",
        "courses/locale/es/LC_MESSAGES/django.po",
        "lms/locale/es/LC_MESSAGES/django.po",
    ]


def test_every_sentence_has_its_translation(collected):
    paths, copy = collected

    wanting = [
        f"{path.parts[0]}: {entry.msgid}"
        for path in paths
        for entry in entries(copy / path)
        if not all(written(entry))
    ]

    assert wanting == []


def test_no_translation_waits_for_somebody_to_look_at_it(collected):
    paths, copy = collected

    unsure = [
        f"{path.parts[0]}: {entry.msgid}"
        for path in paths
        for entry in entries(copy / path)
        if entry.fuzzy
    ]

    assert unsure == []


def test_no_translation_is_of_what_nobody_says_any_more(collected):
    paths, copy = collected

    unsaid = {
        str(path): {entry.msgid for entry in entries(ROOT / path)}
        - {entry.msgid for entry in entries(copy / path)}
        for path in paths
    }

    assert unsaid == {str(path): set() for path in paths}


@pytest.mark.parametrize("path", files(ROOT), ids=lambda path: path.relative_to(ROOT).parts[0])
def test_a_translation_has_the_places_and_tags_of_its_sentence(path):
    differ = [
        (entry.msgid, text)
        for entry in entries(path)
        for text in filter(None, written(entry))
        if sorted(PLACE.findall(text))
        not in [sorted(PLACE.findall(said)) for said in (entry.msgid, entry.msgid_plural)]
    ]

    assert differ == []


@pytest.mark.parametrize("path", files(ROOT), ids=lambda path: path.relative_to(ROOT).parts[0])
def test_a_translation_keeps_the_spaces_at_the_ends(path):
    differ = [
        (entry.msgid, text)
        for entry in entries(path)
        for text in filter(None, written(entry))
        if ends(text) != ends(entry.msgid)
    ]

    assert differ == []


def ends(text):
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def test_sentences_are_marked_with_names_that_the_collector_knows():
    marked = re.compile(r"import (?:\w+, )*(n?p?gettext\w*) as (\w+)")

    unknown = {
        (str(path.relative_to(ROOT)), name)
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        for _function, name in marked.findall(path.read_text(encoding="utf-8"))
        if name != "_"
    }

    assert unknown == set()


def test_what_is_said_once_in_english_is_not_said_in_two_ways():
    # Django reads the files of all apps into one, where the last would win without a word.
    ways = {}
    for path in files(ROOT):
        for entry in entries(path):
            said = (path.parts[-3], entry.msgctxt, entry.msgid)
            ways.setdefault(said, set()).add(tuple(written(entry)))

    assert {said: texts for said, texts in ways.items() if len(texts) > 1} == {}
