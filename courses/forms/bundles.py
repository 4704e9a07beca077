"""Forms for bringing a course in."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from courses.bundle import archive


class BundleForm(forms.Form):
    """The zip to look at."""

    file = forms.FileField(
        label=_("The course, as one zip file"),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("There is nothing in this file."),
        },
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > archive.LIMITS.whole:
            raise ValidationError(
                _("This file is too large (%(size)s). We take %(most)s at most.")
                % {
                    "size": filesizeformat(file.size),
                    "most": filesizeformat(archive.LIMITS.whole),
                }
            )
        return file


class BringInForm(forms.Form):
    """How the course comes in."""

    how = forms.ChoiceField(
        label=_("How it comes in"),
        choices=[
            ("drafts", _("As drafts. Nobody sees them until you publish them.")),
            (
                "published",
                _(
                    "Published at once. What was a draft comes as a draft, and so does a lesson "
                    "that somebody has to sign off: here, nobody has yet."
                ),
            ),
        ],
        initial="drafts",
        widget=forms.RadioSelect,
    )
