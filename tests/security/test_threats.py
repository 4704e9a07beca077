"""The table of threats is true: what it names is there, and it says which chapters are named."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text()
CHAPTERS = 17


def rows(heading):
    """The cells of the table below a heading, without its head."""
    part = PAGE.split(f"\n## {heading}", 1)[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def named_in(cell):
    return re.findall("`([^`]+)`", cell)


def is_there(test):
    """Whether a file of tests is there, and the test in it that is named."""
    path, _colons, name = test.partition("::")
    file = ROOT / path
    return file.is_file() and (not name or f"def {name}(" in file.read_text())


def rules_named():
    """The rules of the standard that tests name: {chapter: {rule}}."""
    named = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for said in re.findall(r"ASVS 5\.0: (.*?)(?:\n\n|\"\"\")", path.read_text(), re.S):
            for rule in re.findall(r"\bV(\d+(?:\.\d+)+)", said):
                named.setdefault(int(rule.split(".")[0]), set()).add(rule)
    return named


def test_every_threat_has_a_guard_a_place_and_a_test():
    assert [row for row in rows("1. The threats") if len(row) != 4 or not all(row)] == []
    assert [row[0] for row in rows("1. The threats") if not named_in(row[3])] == []


def test_every_test_that_the_table_names_is_there():
    tests = [test for row in rows("1. The threats") for test in named_in(row[3])]

    assert [test for test in tests if not is_there(test)] == []


def test_every_place_that_the_table_names_is_there():
    places = [place for row in rows("1. The threats") for place in named_in(row[2])]

    assert [place for place in places if not (ROOT / place).exists()] == []


def test_a_test_that_is_not_there_is_noticed():
    assert not is_there("tests/security/test_threats.py::test_that_nobody_wrote")
    assert not is_there("tests/security/test_nothing.py")
    assert is_there("tests/security/test_threats.py::test_a_test_that_is_not_there_is_noticed")


def test_the_page_says_for_each_chapter_of_the_standard_whether_tests_name_it():
    said = {
        int(re.match(r"V(\d+)", chapter)[1]): named == "yes"
        for chapter, named, _more in rows("3. ASVS")
    }

    named = rules_named()
    assert said == {chapter: chapter in named for chapter in range(1, CHAPTERS + 1)}
