"""H5P activities as authors look for them: what each is, and which lessons and groups have it."""

import json
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from content.models import H5PPackage, H5PVersion
from courses.models import Cohort, EditionFile, LessonPage

BLOCK = "h5p"  # what a lesson's body calls it


@dataclass(frozen=True)
class Listed:
    """A package with its newest version, and the lessons that have it, live or as a draft."""

    package: H5PPackage
    newest: H5PVersion
    lessons: tuple[LessonPage, ...]

    @property
    def type_title(self):
        return self.package.type_title or ""


@dataclass(frozen=True)
class Following:
    """How many groups follow an edition that holds this version."""

    number: int
    groups: int


def listed(packages):
    """Return a Listed for each package, as `with_type` gave them, in five queries at most."""
    packages = list(packages)
    versions = H5PVersion.objects.select_related("made_by").defer("metadata", "content", "files")
    newest = versions.in_bulk([package.newest for package in packages])
    lessons = lessons_with(packages)
    return [
        Listed(package, newest[package.newest], lessons[package.pk])
        for package in packages
        if package.newest
    ]


def lessons_with(packages):
    """Return {package's id: the lessons that have it}, live or in their newest draft."""
    wanted = {package.pk for package in packages}
    found = {pk: set() for pk in wanted}
    live = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(H5PPackage),
        to_object_id__in=[str(pk) for pk in wanted],
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    for package, page in live.values_list("to_object_id", "object_id"):
        found[int(package)].add(int(page))
    for page, package in _drafted():
        if package in wanted:
            found[package].add(page)
    # Where a lesson is not translated, the other language has a copy of it, which follows it.
    lessons = LessonPage.objects.filter(alias_of=None).in_bulk(set().union(*found.values()))
    return {
        package: tuple(
            sorted((lessons[pk] for pk in pages if pk in lessons), key=lambda each: each.path)
        )
        for package, pages in found.items()
    }


def _drafted():
    """Yield (lesson's id, package's id) for what drafts have: Wagtail notes only what is saved."""
    body = KeyTextTransform("body", "latest_revision__content")
    drafts = LessonPage.objects.filter(has_unpublished_changes=True).annotate(drafted=body)
    for page, drafted in drafts.filter(drafted__contains=f'"{BLOCK}"').values_list(
        "pk", "drafted"
    ):
        for block in json.loads(drafted):
            if block["type"] == BLOCK and block["value"].get("package"):
                yield page, block["value"]["package"]


def following(package):
    """Return a Following for each version that groups have, oldest first."""
    of = "edition__files__h5p_version__number"
    groups = Cohort.objects.filter(edition__files__h5p_version__package=package)
    rows = groups.values(of).annotate(groups=Count("pk", distinct=True)).order_by(of)
    return [Following(row[of], row["groups"]) for row in rows]


def why_kept(package):
    """Return why an activity cannot be deleted, as one sentence for authors; "" when it can."""
    if EditionFile.objects.filter(h5p_version__package=package).exists():
        return _("It is part of an edition of a course that groups follow, so it is kept.")
    lessons = lessons_with([package])[package.pk]
    if lessons:
        return _("It is kept while a lesson has it. Take it out of these first: %(lessons)s.") % {
            "lessons": ", ".join(lesson.title for lesson in lessons)
        }
    return ""
