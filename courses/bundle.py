"""A whole course as a folder of readable files: YAML for lists, Markdown for what is read.

    course.yaml
    session-1/session.yaml
    session-1/1a-what-a-peer-facilitator-does.md
    question-bank.md
    handouts/seven-steps.md

`load` makes the pages from such a folder. Every page's key is made from the course's slug and its
own, so loading the same folder on two sites gives the same keys.
"""

import uuid

import yaml
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from content import lesson_text, prose
from content.blocks.question_bank import QUESTIONS
from courses.models import (
    CoursePage,
    ForWhom,
    HandoutPage,
    LessonPage,
    QuestionBankPage,
    SessionPage,
)

NAMESPACE = uuid.UUID("5f1c0f0e-54a5-4d26-9e0b-0c8a2d1f7a11")


def key_of(*parts):
    """Return the key of a page from the slugs on the way to it."""
    return uuid.uuid5(NAMESPACE, "/".join(parts))


@transaction.atomic
def load(folder, *, parent):
    """Make a course's pages from a folder, published, below `parent`. Return the CoursePage.

    A lesson that says `draft: true` is loaded and not published.
    Raises content.lesson_text.NotReadable when a file cannot be understood.
    """
    about = read_yaml(folder / "course.yaml")
    course = CoursePage(
        title=about["title"],
        slug=about["slug"],
        locale=Locale.get_default(),
        translation_key=key_of(about["slug"]),
        summary=about["summary"],
        introduction=prose.rich_text(about["introduction"]),
        hours_live=about["hours"]["live"],
        hours_online=about["hours"]["online"],
        hours_preparing=about["hours"].get("preparing", 0),
        sessions_required=next(
            item["at_least"]
            for item in about["requirements"]
            if item["kind"] == "sessions_attended"
        ),
        done=[{"type": "line", "value": line} for line in about["done"]],
        licence=about.get("licence", ""),
        sources=_sources(about),
    )
    _publish(course, parent)
    for session_folder in sorted(folder.glob("session-*")):
        _load_session(session_folder, course)
    if (folder / "question-bank.md").exists():
        _load_bank(folder / "question-bank.md", course)
    _load_handouts(folder / "handouts", course)
    return course


def read_yaml(path):
    """Return what a YAML file of the bundle says."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _sources(about):
    return [
        {"type": "source", "value": {"text": source["text"], "url": source.get("url", "")}}
        for source in about.get("sources") or []
    ]


def _publish(page, parent):
    parent.add_child(instance=page)
    page.save_revision(log_action=False).publish(log_action=False)
    page.refresh_from_db()
    return page


def _keep_as_draft(page, parent):
    page.live, page.has_unpublished_changes = False, True
    parent.add_child(instance=page)
    page.save_revision(log_action=False)


def _load_session(folder, course):
    about = read_yaml(folder / "session.yaml")
    session = SessionPage(
        title=about["title"],
        slug=about["slug"],
        locale=course.locale,
        translation_key=key_of(course.slug, about["slug"]),
        number=about["number"],
        counted=about.get("counted", True),
        summary=about["summary"],
        minutes=about["minutes"],
        aims=[{"type": "aim", "value": aim} for aim in about["aims"]],
        plan=[{"type": "activity", "value": activity} for activity in about["plan"]],
    )
    _publish(session, course)
    for path in sorted(folder.glob("*.md")):
        _load_lesson(path, session, course)


def _load_lesson(path, session, course):
    text = path.read_text(encoding="utf-8")
    slug = path.stem.split("-", 1)[1]
    key = key_of(course.slug, session.slug, slug)
    try:
        lesson = lesson_text.read(text, key=key)
    except lesson_text.NotReadable as fault:
        raise lesson_text.NotReadable(f"{path.name}: {fault}") from fault
    about = lesson.about
    page = LessonPage(
        title=about["title"],
        slug=about.get("slug", slug),
        locale=course.locale,
        translation_key=key,
        summary=about["summary"],
        minutes=about["minutes"],
        required=about.get("required", True),
        review_by=about.get("review_by"),
        sign_off_needed=about.get("sign_off_needed", ""),
        sources=_sources(about),
        body=lesson.body,
    )
    if about.get("draft"):
        _keep_as_draft(page, session)
    else:
        _publish(page, session)


def _load_bank(path, course):
    """Make the course's question bank: a heading for each top heading, and the questions."""
    key = key_of(course.slug, "question-bank")
    try:
        found = lesson_text.read(path.read_text(encoding="utf-8"), key=key)
        body = [_bank_block(block) for block in found.body]
    except lesson_text.NotReadable as fault:
        raise lesson_text.NotReadable(f"{path.name}: {fault}") from fault
    page = QuestionBankPage(
        title=found.about["title"],
        slug="question-bank",
        locale=course.locale,
        translation_key=key,
        body=body,
    )
    _publish(page, course)


def _bank_block(block):
    if block["type"] == "step":
        return {**block, "type": "heading", "value": block["value"]["title"]}
    if block["type"] not in QUESTIONS:
        raise lesson_text.NotReadable(
            _("A question bank holds headings and questions. This is neither: “%s”.")
            % block["type"]
        )
    return block


def _load_handouts(folder, course):
    """Make the course's handouts from their files, in the order that they give."""
    found = [(path, _read_handout(path, course)) for path in sorted(folder.glob("*.md"))]
    for path, handout in sorted(found, key=lambda each: each[1].about.get("order") or 0):
        about = handout.about
        page = HandoutPage(
            title=about["title"],
            slug=path.stem,
            locale=course.locale,
            translation_key=key_of(course.slug, "handouts", path.stem),
            summary=about["summary"],
            for_whom=about.get("for", ForWhom.EVERYONE),
            session_number=about.get("session"),
            body=handout.body,
        )
        _publish(page, course)


def _read_handout(path, course):
    key = key_of(course.slug, "handouts", path.stem)
    try:
        handout = lesson_text.read_handout(path.read_text(encoding="utf-8"), key=key)
        _check_handout(handout.about)
    except lesson_text.NotReadable as fault:
        raise lesson_text.NotReadable(f"{path.name}: {fault}") from fault
    return handout


def _check_handout(about):
    """Raise NotReadable unless the lines at the top say what a handout needs."""
    for name in ("title", "summary"):
        if not about.get(name):
            raise lesson_text.NotReadable(f"“{name}” is missing at the top.")
    if about.get("for", ForWhom.EVERYONE) not in ForWhom.values:
        raise lesson_text.NotReadable(f"“for” is {' or '.join(ForWhom.values)}.")
    for name in ("session", "order"):
        if not isinstance(about.get(name) or 0, int):
            raise lesson_text.NotReadable(f"“{name}” is a number.")
