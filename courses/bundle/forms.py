"""The one table of what a bundle holds: each type of page, where its file is, and what is in it.

A new type of page, or a new field, is a line here.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from django.utils.translation import gettext as _

from content import lesson_text
from content.lesson_text import Manner
from courses.blocks import AimsBody, LinesBody, PlanBody, SourcesBody
from courses.bundle.parts import (
    Part,
    choice,
    day,
    fault,
    hours,
    items,
    number,
    prose,
    text,
    truth,
)
from courses.models import (
    CoursePage,
    ForWhom,
    HandoutPage,
    LessonPage,
    QuestionBankPage,
    SessionPage,
)

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SLUG = r"[\w-]{1,200}"


class Form(NamedTuple):
    """How one type of page is written as a file.

    `pattern` matches the file's path; its group `folder` says below which session it belongs, its
    group `slug` how the page is called. `path` makes that path of (page, place among those of
    its type, folder). `body` is the field that is written as Markdown below the parts, if any, in
    a `manner` of its own. `way` stands in a page's usual key between those above and its own slug.
    Pages that are `ordered` say which comes when, as their files' names do not.
    """

    model: type
    pattern: re.Pattern
    path: Callable
    parts: tuple[Part, ...]
    below: type | None = None
    body: str = ""
    manner: Manner | None = None
    way: tuple[str, ...] = ()
    ordered: bool = False


def _requirements():
    """The sessions that a course asks for, among all that it asks."""

    def read(value, key):
        asked = value if isinstance(value, list) else []
        if not all(isinstance(one, dict) for one in asked):
            raise fault("requirements", _("has to be a list of names and what they stand for"))
        needed = {one.get("kind"): (one.get("at_least"), one.get("of"))[0] for one in asked}
        sessions = needed.pop("sessions_attended", None)
        if type(sessions) is not int or set(needed) - {"lessons_finished"}:
            raise fault("requirements", _("has to say how many sessions are needed"))
        return sessions

    def write(value, key):
        return [{"kind": "sessions_attended", "at_least": value}, {"kind": "lessons_finished"}]

    return Part("requirements", "sessions_required", read, write)


SOURCES = items("sources", "source", SourcesBody(), usual=[])
EVERY_PAGE = (
    text("title"),
    text("slug"),
    text("seo_title", usual=""),
    text("search_description", usual=""),
    truth("show_in_menus", usual=False),
)
COURSE = Form(
    CoursePage,
    re.compile("course.yaml"),
    lambda page, place, folder: "course.yaml",
    (
        *EVERY_PAGE,
        text("licence", usual=""),
        text("summary"),
        prose("introduction", usual=""),
        hours("hours.live", "hours_live"),
        hours("hours.online", "hours_online"),
        hours("hours.preparing", "hours_preparing", usual=0),
        _requirements(),
        truth("leads_to_ready", usual=False),
        items("done", "line", LinesBody()),
        SOURCES,
    ),
)
SESSION = Form(
    SessionPage,
    re.compile(r"(?P<folder>session-\d{1,3})/session\.yaml"),
    lambda page, place, folder: f"{folder}/session.yaml",
    (
        number("number"),
        *EVERY_PAGE,
        text("summary"),
        truth("counted", usual=True),
        truth("needed_for_ready", usual=False),
        number("minutes"),
        items("aims", "aim", AimsBody(), usual=[]),
        items("plan", "activity", PlanBody(), usual=[]),
    ),
    below=CoursePage,
)
LESSON = Form(
    LessonPage,
    re.compile(rf"(?P<folder>session-\d{{1,3}})/\w{{1,6}}-(?P<slug>{SLUG})\.md"),
    lambda page, place, folder: f"{folder}/{_number(folder)}{_letter(place)}-{page.slug}.md",
    (
        *EVERY_PAGE,
        number("minutes"),
        text("summary"),
        truth("required", usual=True),
        day("review_by"),
        text("sign_off_needed", usual=""),
        SOURCES,
    ),
    below=SessionPage,
    body="body",
    manner=lesson_text.LESSON,
)
BANK = Form(
    QuestionBankPage,
    re.compile(r"(?P<slug>question-bank)\.md"),
    lambda page, place, folder: "question-bank.md",
    EVERY_PAGE,
    below=CoursePage,
    body="body",
    manner=lesson_text.BANK,
)
HANDOUT = Form(
    HandoutPage,
    re.compile(rf"handouts/(?P<slug>{SLUG})\.md"),
    lambda page, place, folder: f"handouts/{page.slug}.md",
    (
        *EVERY_PAGE,
        text("summary"),
        choice("for", "for_whom", ForWhom, usual=ForWhom.EVERYONE.value),
        number("session", "session_number", usual=None),
    ),
    below=CoursePage,
    body="body",
    manner=lesson_text.HANDOUT,
    way=("handouts",),
    ordered=True,
)
# Parents before those below them.
FORMS = (COURSE, SESSION, LESSON, BANK, HANDOUT)


def form_of(page):
    """Return the Form of a page's type; None when a bundle does not hold such pages."""
    return next((form for form in FORMS if isinstance(page, form.model)), None)


def _number(folder):
    return folder.split("-")[1]


def _letter(place):
    """a, b … z, then za, zb …, so that they stay in order."""
    return "z" * ((place - 1) // 25) + LETTERS[(place - 1) % 25]
