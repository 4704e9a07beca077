"""Pictures and files."""

from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Image,
    WagtailImageField,
    get_upload_to,
)

from content import files


def private_files():
    """Where files are kept that no address leads to: they are handed out by a view."""
    return storages["private"]


class Picture(AbstractImage):
    """A picture in the library. What it shows is described where it is used.

    The file as it was uploaded stays private: it may say where and when it was taken. People see
    it drawn anew, as a Rendition.
    """

    file = WagtailImageField(
        verbose_name=_("file"),
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
        storage=private_files,
    )

    admin_form_fields = tuple(name for name in Image.admin_form_fields if name != "tags")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def default_alt_text(self):
        """What it shows, in words. The name of a file says nothing to who cannot see it."""
        return self.description


class Rendition(AbstractRendition):
    """A picture at one size, made when first asked for."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_rendition_for_each_size",
            )
        ]


class CourseDocument(AbstractDocument):
    """A film, a sound, captions or a handout: for those whose course it belongs to."""

    file = models.FileField(_("file"), upload_to="documents", storage=private_files)

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    @property
    def content_type(self):
        return files.kind(self.filename)

    def clean(self):
        kind = files.extension(self.file.name or "")
        if kind not in files.KINDS:
            raise ValidationError(
                {
                    "file": _(
                        "We cannot take this kind of file (%(kind)s). These kinds are fine: "
                        "%(known)s."
                    )
                    % {"kind": kind or "?", "known": ", ".join(sorted(files.KINDS))}
                }
            )
