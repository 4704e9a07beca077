"""A course from a folder: here only what is not told by the starter course itself."""

import pytest

from content.lesson_text import NotReadable
from courses import bundle
from courses.models import CoursePage, HandoutPage
from tests.factories.courses import make_catalogue

pytestmark = pytest.mark.django_db

COURSE = """
slug: small
title: A small course
summary: Small.
introduction: Hello.
hours: {live: 1, online: 1}
requirements: [{kind: sessions_attended, at_least: 1}]
done: [came]
"""
STEPS = """---
title: The seven steps
summary: On one page.
session: 3
order: 2
---
Read it aloud.

```lines
label: What will you try?
```
"""
FORM = """---
title: Observer form
summary: For practice.
for: facilitators
order: 1
---
```boxes
items: [Welcomes all]
```
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "course.yaml").write_text(COURSE)
    (tmp_path / "handouts").mkdir()
    return tmp_path


def load(folder, **files):
    for name, text in files.items():
        (folder / "handouts" / f"{name}.md").write_text(text)
    return bundle.load(folder, parent=make_catalogue())


def test_handouts_are_loaded_in_the_order_they_give(folder):
    load(folder, a_steps=STEPS, b_form=FORM)

    assert list(
        HandoutPage.objects.order_by("path").values_list(
            "title", "slug", "for_whom", "session_number", "live"
        )
    ) == [
        ("Observer form", "b_form", "facilitators", None, True),
        ("The seven steps", "a_steps", "everyone", 3, True),
    ]
    assert [block.block_type for block in HandoutPage.objects.last().body] == ["read", "lines"]


def test_the_same_folder_gives_the_same_keys(folder):
    load(folder, steps=STEPS)

    assert HandoutPage.objects.get().translation_key == bundle.key_of("small", "handouts", "steps")


def test_a_course_without_handouts_is_a_course(tmp_path):
    (tmp_path / "course.yaml").write_text(COURSE)

    bundle.load(tmp_path, parent=make_catalogue())

    assert (CoursePage.objects.count(), HandoutPage.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (STEPS.replace("summary: On one page.\n", ""), "steps.md: “summary” is missing"),
        (
            STEPS.replace("session: 3", "for: nobody"),
            "steps.md: “for” is everyone or",
        ),
        (
            STEPS.replace("session: 3", "session: three"),
            "“session” has to be a whole number",
        ),
        (STEPS.replace("```lines", "```check"), "steps.md: A “check” box belongs in a lesson"),
    ],
)
def test_a_handout_that_cannot_be_read_is_named_and_nothing_is_loaded(folder, text, says):
    with pytest.raises(NotReadable, match=says):
        load(folder, steps=text)

    assert CoursePage.objects.count() == 0
