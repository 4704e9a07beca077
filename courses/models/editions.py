"""A course as it was published on a day, numbered. A cohort follows one edition to its end."""

from functools import lru_cache

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses import outline
from courses.completion import requirements


class Edition(models.Model):
    """A numbered edition: what a course asked and held when it was made. It never changes.

    `requirements` and `ready_requirements` are read by `courses.completion.requirements`: what
    completing the course takes, and what it takes to be ready to co-facilitate; `contents` by
    `courses.outline.from_data`; `done` is what a certificate says was done, one line each.
    """

    course = models.ForeignKey(
        "courses.CoursePage", on_delete=models.PROTECT, related_name="editions"
    )
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=255)
    language = models.CharField(_("language"), max_length=10)
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1)
    requirements = models.JSONField()
    ready_requirements = models.JSONField(default=list)
    done = models.JSONField()
    contents = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["course", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="edition_number_used_once"),
        ]

    def __str__(self):
        return _("%(title)s, edition %(number)s") % {"title": self.title, "number": self.number}

    @property
    def outline(self):
        """What the edition holds, in the reader's language where it has words in it."""
        return outline_in(self.pk, get_language() or self.language)

    def asked(self):
        """The edition's requirements, ready for `courses.completion.standing`."""
        return requirements(self.requirements, self.outline.required_lessons)

    def ready_asked(self):
        """What the edition asks before somebody is ready to co-facilitate; often nothing."""
        return requirements(self.ready_requirements, self.outline.required_lessons)


@lru_cache(maxsize=256)
def outline_of(edition_id):
    """Return the outline of the edition with this id: no query when it was read before."""
    contents = Edition.objects.values_list("contents", flat=True).get(pk=edition_id)
    return outline.from_data(contents)


@lru_cache(maxsize=512)
def outline_in(edition_id, language):
    """Return the outline in a language: no query when the edition was read before."""
    return outline_of(edition_id).in_language(language)


class EditionPage(models.Model):
    """The exact revision of a page that an edition holds, kept from being deleted."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="pages")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "page"], name="page_held_once_by_edition"),
        ]

    def __str__(self):
        return f"{self.page_id} @ {self.revision_id}"


class EditionFile(models.Model):
    """A document, a picture or a version of an H5P package that is used in an edition.

    It is kept from being deleted, and its file from being replaced; and it says who may fetch a
    document: the people whose cohort follows such an edition.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    h5p_version = models.ForeignKey(
        "content.H5PVersion", on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "document"], name="document_held_once_by_edition"
            ),
            models.UniqueConstraint(
                fields=["edition", "picture"], name="picture_held_once_by_edition"
            ),
            models.UniqueConstraint(
                fields=["edition", "h5p_version"], name="h5p_version_held_once_by_edition"
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(document__isnull=False, picture=None, h5p_version=None)
                    | models.Q(document=None, picture__isnull=False, h5p_version=None)
                    | models.Q(document=None, picture=None, h5p_version__isnull=False)
                ),
                name="edition_file_is_one_thing",
            ),
        ]

    def __str__(self):
        return f"{self.edition_id}: {self.document_id or self.picture_id or self.h5p_version_id}"
