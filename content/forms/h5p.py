"""Forms for activities that come as an H5P file."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from content.actions.h5p_packages import rename
from content.h5p import package as packages
from content.h5p.package import LIMITS, NotAPackage
from content.models import H5PPackage


class FileForm(forms.Form):
    """The file of an activity."""

    file = forms.FileField(
        label=_("The H5P file"),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("There is nothing in this file."),
        },
        # Phones know no such kind of file, and would offer none if they were told it.
        widget=forms.FileInput(attrs={"accept": ".h5p,.zip,application/zip"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("It ends in “.h5p”, and has %(most)s at most.") % {
            "most": filesizeformat(LIMITS.whole)
        }

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LIMITS.whole:
            raise ValidationError(too_large())
        return file

    def keep(self, add, **how):
        """Have the action `add` take the file, and keep its answer as `version`.

        Returns whether it did; if not, why stands beside the file.
        """
        try:
            self.version = add(file=self.cleaned_data["file"], **how)
        except NotAPackage as why:
            self.add_error("file", str(why))
            return False
        return True

    def types_said(self):
        """Say which types came, of a file without an activity of its own."""
        brought = packages.read(self.cleaned_data["file"]).libraries
        titles = [each.metadata["title"] for each in brought if each.metadata.get("runnable")]
        if not titles:
            return _("What is in this file helps other activities. There is no type in it to use.")
        return _("These types can be used now: %(types)s.") % {"types": ", ".join(sorted(titles))}


class UploadForm(FileForm):
    """A new activity: its file, and what it is to be called here."""

    title = forms.CharField(
        label=_("Title"),
        max_length=255,
        required=False,
        help_text=_("Leave it empty to take the title that is in the file."),
    )

    def keep(self, add, **how):
        kept = super().keep(add, **how)
        if kept and self.version and self.cleaned_data["title"]:
            rename(package=self.version.package, title=self.cleaned_data["title"])
        return kept


class TitleForm(forms.ModelForm):
    """What an activity is called here."""

    class Meta:
        model = H5PPackage
        fields = ("title",)


def too_large():
    """Say that a file is larger than we take."""
    return _("This file is too large. We take %(most)s at most.") % {
        "most": filesizeformat(LIMITS.whole)
    }
