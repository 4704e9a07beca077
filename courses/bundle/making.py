"""The pages of a bundle, made all together or not at all."""

import re
import uuid

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from content.fences.media import named
from courses.bundle.activities import make_from_talk
from courses.bundle.media import bring_in

LINK_BY_KEY = re.compile(r'<a href="page:([0-9a-fA-F-]{36})">(.*?)</a>', re.DOTALL)


def make(bundle, *, parent, publish, by=None):
    """Make a bundle's course below `parent`, and return the CoursePage.

    Pages keep their keys, so that a course is the same on two sites. Where one of them is here
    already, the whole course comes as a copy with keys of its own. With `publish`, what is no
    draft is published, except for a lesson that somebody has to sign off: here nobody has yet.
    Files that were written are taken back when anything stops us.
    """
    saved = []
    try:
        with transaction.atomic():
            return _Making(bundle, parent, by, saved).make(publish)
    except BaseException:
        for storage, name in saved:
            storage.delete(name)
        raise


def is_here(bundle):
    """Whether a page of this course is on this site already."""
    keys = [page.key for page in bundle.pages]
    return Page.objects.filter(translation_key__in=keys).exists()


class _Making:
    def __init__(self, bundle, parent, by, saved):
        self.bundle = bundle
        self.parent = parent
        self.by = by
        self.at = timezone.now()
        self.locale = _locale(bundle.course.language, parent)
        copy = uuid.uuid4() if is_here(bundle) else None
        self.keys = {
            page.key: uuid.uuid5(copy, str(page.key)) if copy else page.key
            for page in bundle.pages
        }
        self.files = {
            name: bring_in(media, bundle.source, by=by, at=self.at, saved=saved).pk
            for name, media in sorted(bundle.media.items())
        }

    def make(self, publish):
        slug = _free_slug(self.bundle.course.fields["slug"], self.parent)
        made = [*self.pages(self.bundle.course, self.parent, slug)]
        # Now that every page has its number, links between them can be made.
        numbers = {planned.key: page.pk for planned, page in made}
        for planned, page in made:
            for name, value in planned.fields.items():
                setattr(page, name, self.finished(value, numbers))
            page.slug = slug if planned is self.bundle.course else page.slug
            revision = page.save_revision(user=self.by, log_action=False)
            waits = planned.draft or getattr(page, "sign_off_needed", "")
            if publish and not waits:
                revision.publish(user=self.by, log_action=False)
            else:
                # A draft's own columns say the same, so that nothing of it is lost if its
                # revision ever is.
                page.save()
        course = made[0][1]
        course.refresh_from_db()
        return course

    def pages(self, planned, parent, slug=None):
        """Make a page, and all below it, as drafts; yield each with its plan."""
        fields = planned.fields | ({planned.form.body: []} if planned.form.body else {})
        page = planned.form.model(
            **fields,
            locale=self.locale,
            translation_key=self.keys[planned.key],
            live=False,
            owner=self.by,
        )
        page.slug = slug or page.slug
        parent.add_child(instance=page)
        yield planned, page
        for below in planned.below:
            yield from self.pages(below, page)

    def finished(self, value, numbers):
        """Return a field's value with numbers of this site for the files and pages it names."""
        if not isinstance(value, list):
            return self.linked(value, numbers)
        return [self.linked(self.with_files(block), numbers) for block in value]

    def with_files(self, block):
        title = block["value"].get("title", "") if block["type"] == "h5p" else ""
        return named(
            block,
            document=self.file,
            picture=self.file,
            package=lambda name: self.package(name, title),
        )

    def package(self, name, title):
        if not isinstance(name, dict):
            return self.file(name)
        language = self.locale.language_code
        return make_from_talk(name, title, language, by=self.by, at=self.at).pk

    def file(self, name):
        return self.files[name] if name is not None else None

    def linked(self, value, numbers):
        if isinstance(value, dict):
            return {name: self.linked(inner, numbers) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.linked(each, numbers) for each in value]
        if not isinstance(value, str):
            return value
        return LINK_BY_KEY.sub(lambda found: self.link(found, numbers), value)

    def link(self, found, numbers):
        """A link to a page of this site; only its words when we do not have that page."""
        key, words = uuid.UUID(found[1]), found[2]
        number = numbers.get(key) or (
            Page.objects.filter(translation_key=key, locale=self.locale)
            .values_list("pk", flat=True)
            .first()
        )
        return f'<a linktype="page" id="{number}">{words}</a>' if number else words


def _locale(language, parent):
    """Return the site's language for what a bundle says, like “en” or “en-gb”."""
    known = {locale.language_code: locale for locale in Locale.objects.all()}
    near = [code for code in known if language and code.startswith(language.split("-")[0])]
    return known.get(language) or (known[near[0]] if near else Locale.get_default())


def _free_slug(slug, parent):
    taken = set(parent.get_children().values_list("slug", flat=True))
    free, n = slug, 2
    while free in taken:
        free, n = f"{slug[:240]}-{n}", n + 1
    return free
