"""A name under an agreement, and what a group agreed on."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from courses.forms.progress import KeyForm

LINES_AT_MOST, LETTERS_AT_MOST = 20, 300
STARTERS = [
    _("What we hear stays here, unless someone could be hurt"),
    _("One at a time"),
    _("Pass is fine"),
    _("Share, don’t tell"),
    _("Phones quiet, unless needed"),
    _("Come and go as your body needs"),
    _("We start and end on time"),
]


class SignForm(KeyForm):
    """A typed name and a tick. Both are needed: it is a promise, and it is signed on purpose."""

    agreed = forms.BooleanField(
        error_messages={"required": _("Tick this if you agree. If you don’t yet, ask first.")}
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("Type your name, as you would sign it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Type your name to sign."),
            "max_length": _("Please use a name of 120 letters or fewer."),
        },
    )

    def __init__(self, *args, statement="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = statement


class GroupAgreementForm(KeyForm):
    """What a group agreed on, a line for each."""

    lines = forms.CharField(
        label=_("What we agreed"),
        help_text=_("One line for each. Use the group’s own words."),
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={
            "required": _("Write at least one line, then save."),
            "max_length": _(
                "This is a little long: %(show_value)s letters, and there is room for "
                "%(limit_value)s. It is still here."
            ),
        },
    )

    def clean_lines(self):
        lines = [" ".join(line.split()) for line in self.cleaned_data["lines"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > LINES_AT_MOST:
            raise forms.ValidationError(
                _("There are %(n)s lines. %(most)s are as many as a group can keep in mind.")
                % {"n": len(lines), "most": LINES_AT_MOST}
            )
        long = [line for line in lines if len(line) > LETTERS_AT_MOST]
        if long:
            raise forms.ValidationError(
                ngettext_lazy(
                    "One line is longer than %(most)s letters. Please say it in fewer.",
                    "%(n)s lines are longer than %(most)s letters. Please say them in fewer.",
                    len(long),
                )
                % {"n": len(long), "most": LETTERS_AT_MOST}
            )
        return lines
