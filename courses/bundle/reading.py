"""The files of a bundle as a course: first what would come, then, if that is wanted, the pages."""

import re
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from content import lesson_text, yaml_text
from content.fences.media import named
from content.fences.told import Told
from content.models import CourseDocument, H5PPackage, Picture
from content.yaml_text import NotReadable
from courses.bundle import activities
from courses.bundle import media as media_files
from courses.bundle.forms import COURSE, FORMS, Form
from courses.bundle.media import Media
from courses.bundle.parts import NEEDED
from courses.models import CoursePage, LessonPage, SessionPage

NAMESPACE = uuid.UUID("5f1c0f0e-54a5-4d26-9e0b-0c8a2d1f7a11")
# What may lie beside a course without being part of it: what systems leave, a licence, and the
# course's translations, which are loaded apart.
NOT_OURS = re.compile(
    r"(.*/)?(\.[^/]*|__MACOSX/.*|Thumbs\.db|LICENSE(\.\w+)?|README(\.\w+)?)"
    r"|translations/.*\.po"
)
PROBLEMS_AT_MOST = 50


def key_of(*parts):
    """Return the usual key of a page, from the slugs on the way to it."""
    return uuid.uuid5(NAMESPACE, "/".join(parts))


@dataclass
class Planned:
    """A page that would come: what its file says, and the pages below it."""

    path: str
    form: Form
    key: uuid.UUID
    fields: dict[str, Any]
    draft: bool
    language: str = ""
    order: int = 0
    below: list["Planned"] = field(default_factory=list)

    @property
    def title(self):
        return self.fields["title"]

    def everything(self):
        """Yield this page and all below it."""
        yield self
        for page in self.below:
            yield from page.everything()


@dataclass
class Bundle:
    """What a bundle holds, and in plain words what of it we could not read."""

    source: Any
    course: Planned
    media: dict[str, Media]
    problems: list[str]

    @property
    def pages(self):
        return list(self.course.everything())

    def count(self, model):
        return Counter(page.form.model for page in self.pages)[model]

    @property
    def sessions(self):
        return self.count(SessionPage)

    @property
    def lessons(self):
        return self.count(LessonPage)

    @property
    def pictures(self):
        return self.of_kind(Picture)

    @property
    def documents(self):
        return self.of_kind(CourseDocument)

    @property
    def activities(self):
        return self.of_kind(H5PPackage)

    def of_kind(self, model):
        return [media for media in self.media.values() if media.kind is model]


def read(source):
    """Return the Bundle that `source` holds (an archive.Folder or archive.Zipped).

    A file that cannot be read is left out, with what is below it, and named in `problems`. Raises
    NotReadable when there is no course to be found.
    """
    if "course.yaml" not in source.names():
        raise NotReadable(_("There is no “course.yaml” in it, so it is not one of our courses."))
    problems = []
    media = media_files.read(source, problems)
    reading = _Reading(source, media, problems)
    course = reading.course()
    reading.below(course)
    reading.rest()
    if len(problems) > PROBLEMS_AT_MOST:
        raise NotReadable(_("There is too much in it that we cannot read."))
    return Bundle(source, course, media, problems)


class _Reading:
    def __init__(self, source, media, problems):
        self.source = source
        self.media = media
        self.problems = problems
        self.keys = set()
        self.left = [
            name
            for name in source.names()
            if not name.startswith(media_files.FOLDER) and name != media_files.LIST
        ]

    def course(self):
        self.left.remove("course.yaml")
        try:
            course = self.page(COURSE, "course.yaml", None, ())
        except NotReadable as fault:
            raise NotReadable(f"course.yaml: {fault}") from fault
        self.keys.add(course.key)
        return course

    def below(self, course):
        """Read all that is below the course, sessions before their lessons."""
        above = {CoursePage: {None: (course, (course.fields["slug"],))}}
        for form in FORMS:
            if form.below is None:
                continue
            for path in sorted(self.matching(form), key=_in_order):
                found = form.pattern.fullmatch(path).groupdict()
                folder = found.get("folder")
                self.left.remove(path)
                parents = above.get(form.below, {})
                parent, slugs = parents.get(
                    folder if form.below is not CoursePage else None, (None, ())
                )
                if parent is None:
                    self.problems.append(
                        _("“%s” belongs to a session that we could not read.") % path[:80]
                    )
                    continue
                self.one(form, path, parent, slugs, found, above)

    def one(self, form, path, parent, slugs, found, above):
        try:
            page = self.page(form, path, found.get("slug"), slugs)
            if page.fields["slug"] in {other.fields["slug"] for other in parent.below}:
                raise NotReadable(_("its slug is that of another page."))
            if page.key in self.keys:
                raise NotReadable(_("its key is that of another page."))
        except NotReadable as fault:
            self.problems.append(f"{path[:80]}: {fault}")
            return
        self.keys.add(page.key)
        parent.below.append(page)
        parent.below.sort(key=lambda page: (FORMS.index(page.form), page.order))
        here = (page, (*slugs, page.fields["slug"]))
        above.setdefault(form.model, {})[found.get("folder")] = here

    def matching(self, form):
        return [name for name in self.left if form.pattern.fullmatch(name)]

    def rest(self):
        """Name what is no part of a course as we know it."""
        self.problems += [
            _("We do not know what “%s” is.") % name[:80]
            for name in self.left
            if not NOT_OURS.fullmatch(name)
        ]

    def page(self, form, path, called, slugs):
        """Read one page; `called` is its slug as the file's name says it, if it does."""
        text = self.source.text(path)
        about = Told(
            lesson_text.top(text, form.manner) if form.body else yaml_text.read(text, _("it"))
        )
        slug = about.get("slug", called)
        if not isinstance(slug, str):
            raise NotReadable(_("“slug” has to be text."))
        key = _key(about.get("key"), key_of(*slugs, *form.way, called or slug))
        fields = {}
        for part in form.parts:
            told = slug if part.name == "slug" else _get(about, part.name)
            if told is not NEEDED:
                fields[part.field] = part.read(told, key)
            elif part.usual is NEEDED:
                raise NotReadable(_("“%s” is missing.") % part.name)
            else:
                fields[part.field] = part.usual
        if form.body:
            lesson = lesson_text.read(text, key=key, manner=form.manner)
            fields[form.body] = [self.found(block) for block in lesson.body]
        order = about.get("order", 0) if form.ordered else 0
        if type(order) is not int:
            raise NotReadable(_("“order” has to be a whole number."))
        draft, language = about.get("draft", False), about.get("language", "")
        if not isinstance(draft, bool) or not isinstance(language, str):
            raise NotReadable(_("“draft” has to be true or false, and “language” a text."))
        for unknown in about.unheard():
            raise NotReadable(_("it says “%s”, which we do not know.") % unknown[:40])
        page = Planned(path, form, key, fields, draft, language, order)
        _fits(page)
        return page

    def found(self, block):
        """Return a block once each file that it names is found to be there."""
        return named(block, document=self.document, picture=self.picture, package=self.package)

    def document(self, name):
        return self.file(name, CourseDocument)

    def picture(self, name):
        return self.file(name, Picture)

    def package(self, name):
        if isinstance(name, dict):
            activities.look_at_talk(name)
            return name
        return self.file(name, H5PPackage)

    def file(self, name, kind):
        if name is None:
            return None
        media = self.media.get(name) if isinstance(name, str) else None
        if media is None or media.kind is not kind:
            raise NotReadable(_("it uses “%s”, which is not in “media”.") % str(name)[:80])
        return name


def _in_order(path):
    """session-2 before session-10."""
    return [int(piece) if piece.isdigit() else piece for piece in re.split(r"(\d+)", path)]


def _key(told, usual):
    if told is None:
        return usual
    try:
        return uuid.UUID(told)
    except (ValueError, TypeError, AttributeError) as fault:
        raise NotReadable(_("“key” is not a key.")) from fault


def _get(about, name):
    """Return what is said under a name, where a dot leads inside; NEEDED when nothing is."""
    for part in name.split("."):
        if not isinstance(about, dict) or part not in about:
            return NEEDED
        about = about[part]
    return about


def _fits(page):
    """Raise NotReadable unless the fields are what the database and the editor would take."""
    made = page.form.model(**{**page.fields, **({page.form.body: []} if page.form.body else {})})
    ours = {part.field for part in page.form.parts}
    others = [each.name for each in made._meta.get_fields() if each.name not in ours]
    try:
        made.clean_fields(exclude=others)
    except ValidationError as fault:
        for name, said in fault.message_dict.items():
            raise NotReadable(f"“{name}”: {said[0]}") from fault
