"""The list of people that an organiser wants to invite."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses import name_list

LARGEST_FILE = 200_000  # bytes: far more than 300 lines of names


class ListForm(forms.Form):
    """Names and addresses, pasted or in a file, one person to a line."""

    list = forms.CharField(
        label=_("Names and addresses"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("One person to a line, like: Amina Yusuf, amina@example.org"),
    )
    file = forms.FileField(
        label=_("Or a file with the same (CSV or text)"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("This file is too large for a list of names. Save only the names and addresses.")
            )
        return file

    def clean(self):
        super().clean()
        file = self.cleaned_data.get("file")
        parts = [self.cleaned_data.get("list", ""), name_list.decoded(file.read()) if file else ""]
        text = self.cleaned_data["text"] = "\n".join(part for part in parts if part.strip())
        if self.errors:
            return self.cleaned_data
        try:
            self.cleaned_data["lines"] = name_list.read(text)
        except name_list.TooManyLines:
            self.add_error(
                "list",
                _("This list has more than %(n)s people. Please send it in two or more parts.")
                % {"n": name_list.AT_MOST},
            )
        else:
            if not self.cleaned_data["lines"]:
                self.add_error("list", _("Write at least one name or address."))
        return self.cleaned_data
