"""A course from a folder of files: its question bank."""

import pytest

from content.lesson_text import NotReadable
from courses import bundle
from courses.models import QuestionBankPage
from tests.factories.courses import make_catalogue

pytestmark = pytest.mark.django_db

COURSE = """
slug: short-course
title: A short course
summary: Learn to listen.
introduction: Hello.
hours: {live: 2, online: 1}
requirements: [{kind: sessions_attended, at_least: 1, of: 1}]
done: [took part]
"""
BANK = """---
title: Questions of the course
---
# Session 1

```check
id: cheer-up
question: What would you say?
options:
  - {text: Cheer up., feedback: You meant well.}
  - {text: You are tired of it., best: true, feedback: You said it back.}
```

# Session 5

```order
id: danger
question: Someone is in danger. What comes first?
safety: true
items: [Ring for help, Tell the named person, Write a note]
feedback: Help comes first.
feedback_other: Look at what cannot wait.
```

```sort
id: ours
question: Is it for us?
groups: [Us, Not us, Depends]
cards:
  - {text: A tablet, groups: [Not us], feedback: Ask a doctor.}
  - {text: A lift home, groups: [Us, Depends], feedback: Agree on it.}
```
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "course.yaml").write_text(COURSE)
    return tmp_path


def load(folder, bank):
    (folder / "question-bank.md").write_text(bank)
    bundle.load(folder, parent=make_catalogue())
    return QuestionBankPage.objects.get()


def test_a_question_bank_is_loaded_with_its_headings_and_questions(folder):
    bank = load(folder, BANK)

    assert (bank.title, bank.slug, bank.live) == (
        "Questions of the course",
        "question-bank",
        True,
    )
    assert [(heading, q.kind, q.safety) for heading, q in bank.questions.values()] == [
        ("Session 1", "check", False),
        ("Session 5", "order", True),
        ("Session 5", "sort", False),
    ]


def test_the_same_folder_gives_the_same_ids_on_another_site(folder):
    first = load(folder, BANK)
    ids = [list(first.questions), first.translation_key]
    first.get_parent().delete()

    second = load(folder, BANK)

    assert [list(second.questions), second.translation_key] == ids


def test_a_course_without_a_question_bank_has_none(folder):
    bundle.load(folder, parent=make_catalogue())

    assert QuestionBankPage.objects.count() == 0


def test_what_is_no_question_is_refused_and_the_file_is_named(folder):
    with pytest.raises(NotReadable) as why:
        load(folder, BANK + "\nJust some words.\n")

    assert str(why.value) == (
        "question-bank.md: A question bank holds headings and questions. This is neither: “read”."
    )
