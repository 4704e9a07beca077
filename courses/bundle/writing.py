"""A course as the files of a bundle."""

import re
import tempfile

from wagtail.models import Page

from content import lesson_text, yaml_text
from content.fences.media import named
from courses.bundle import archive
from courses.bundle.forms import form_of
from courses.bundle.media import Collected
from courses.bundle.parts import NEEDED
from courses.bundle.reading import key_of
from courses.models import CoursePage, SessionPage

LINK_TO_PAGE = re.compile(r'<a linktype="page" id="(\d+)">|<a id="(\d+)" linktype="page">')


def write(course, *, drafts=False):
    """Return a course as a temporary zip file, open at its beginning, to be closed.

    Only what is published goes in. With `drafts`, what is still being written goes in too, and is
    marked as such.
    """
    found = entries(course, drafts=drafts)
    file = tempfile.TemporaryFile()  # noqa: SIM115  (whoever asked closes it)
    archive.write(found, file)
    file.seek(0)
    return file


def entries(course, *, drafts=False):
    """Return (name, bytes or a function that opens a file) of everything in a course's bundle."""
    writing = _Writing(drafts)
    writing.page(course, below=None)
    return [*writing.files, *writing.media.all()]


class _Writing:
    def __init__(self, drafts):
        self.drafts = drafts
        self.media = Collected()
        self.files = []
        self.slugs = []  # on the way to where we are

    def page(self, page, *, below, place=1, folder=""):
        """Write a page and all below it."""
        form, shown = form_of(page), self.shown(page)
        self.slugs.append(shown.slug)
        key = shown.translation_key
        about = self.about(form, shown, key)
        if form.ordered:
            about["order"] = place
        if form.body:
            body = getattr(shown, form.body).get_prep_value()
            text = lesson_text.write(about, self.body(body), key=key, manner=form.manner)
        else:
            text = yaml_text.write(about)
        self.files.append((form.path(shown, place, folder), text.encode()))
        self.below(page, folder)
        self.slugs.pop()

    def shown(self, page):
        """The page as it goes in: as published, or as it is being written."""
        shown = page.get_latest_revision_as_object() if self.drafts else page
        shown.is_draft = not page.live or (self.drafts and page.has_unpublished_changes)
        return shown

    def about(self, form, page, key):
        about = {}
        for part in form.parts:
            value = part.write(_by_key(getattr(page, part.field)), key)
            if part.usual is NEEDED or value != part.usual:
                _put(about, part.name, value)
        if isinstance(page, CoursePage):
            about["language"] = page.locale.language_code
        if key != key_of(*self.slugs[:-1], *form.way, self.slugs[-1]):
            about["key"] = str(key)
        if page.is_draft:
            about["draft"] = True
        return about

    def body(self, body):
        names = {
            "document": self.media.document,
            "picture": self.media.picture,
            "package": self.media.package,
        }
        return [named(_by_key(block), **names) for block in body]

    def below(self, page, folder):
        children = [child for child in page.get_children().specific() if form_of(child)]
        if not self.drafts:
            children = [child for child in children if child.live]
        sessions = [child for child in children if isinstance(child, SessionPage)]
        folders = dict(zip(sessions, _folders(sessions), strict=True))
        places = {}
        for child in children:
            places[type(child)] = place = places.get(type(child), 0) + 1
            self.page(child, below=page, place=place, folder=folders.get(child, folder))


def _folders(sessions):
    """Return a folder for each session: by its number, where numbers are in order."""
    numbers = [session.number for session in sessions]
    if numbers != sorted(set(numbers)):
        numbers = range(1, len(numbers) + 1)
    return [f"session-{number}" for number in numbers]


def _put(about, name, value):
    *way, last = name.split(".")
    for part in way:
        about = about.setdefault(part, {})
    about[last] = value


def _by_key(value):
    """Return plain data with each link to a page by the page's key: numbers do not travel."""
    if isinstance(value, dict):
        return {name: _by_key(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_by_key(each) for each in value]
    return LINK_TO_PAGE.sub(_key_link, value) if isinstance(value, str) else value


def _key_link(found):
    page = Page.objects.filter(pk=found[1] or found[2]).values("translation_key").first()
    return f'<a href="page:{page["translation_key"]}">' if page else "<a>"
