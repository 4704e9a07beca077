"""Forms for documents and pictures in the CMS: what an edition uses stays as it is."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from courses.models import EditionFile

HELD = _(
    "Groups follow an edition of a course with this file in it, so it is kept as it is. "
    "Add the new file beside it, and choose that one in the lesson."
)


class _HeldFile:
    """A form that keeps the file of what an edition uses."""

    held_as = ""

    def clean_file(self):
        file = self.cleaned_data["file"]
        replaced = self.instance.pk and "file" in self.changed_data
        if replaced and EditionFile.objects.filter(**{self.held_as: self.instance}).exists():
            raise ValidationError(HELD)
        return file


class DocumentForm(_HeldFile, BaseDocumentForm):
    held_as = "document"


class PictureForm(_HeldFile, BaseImageForm):
    held_as = "picture"
