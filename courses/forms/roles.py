"""Who does what in an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import RoleKind

# What each role lets its holder do, in the words of the page.
MEANS = {
    RoleKind.ORGANISER: _("runs groups, sees who has done what, signs off, and gives out roles"),
    RoleKind.FACILITATOR: _("leads sessions as one of a pair, and marks who came"),
    RoleKind.OBSERVER: _("watches people practise, once they have rated a sample"),
    RoleKind.MENTOR: _("supports trainees who are given to them, and reads what they share"),
    RoleKind.SAFEGUARDING_LEAD: _("is told when somebody is worried about someone"),
    RoleKind.PEER_EDUCATOR: _("writes lessons; sees no records of people"),
}


class GiveRoleForm(forms.Form):
    """Somebody, and the roles to give them. `known` are the people who may be chosen by name."""

    person = forms.ModelChoiceField(
        label=_("Who"),
        queryset=None,
        required=False,
        empty_label=_("Somebody new, whom I name below"),
        error_messages={
            "invalid_choice": _("That person is no longer on the list. Choose another.")
        },
    )
    name = forms.CharField(
        label=_("Name of somebody new"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("Please use a name of 120 letters or fewer.")},
    )
    email = forms.EmailField(
        label=_("Their e-mail address"),
        required=False,
        help_text=_("They sign in with it. Nothing is sent to them now: tell them yourself."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Write the whole address, like maria@example.org.")},
    )
    kinds = forms.MultipleChoiceField(
        label=_("What they do here"),
        choices=[(kind, RoleKind(kind).label) for kind in MEANS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one."),
            "invalid_choice": _("We do not know that role. Tick one of those on the page."),
        },
    )

    def __init__(self, *args, known, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = known
        for name in ("person", "name", "email"):  # either somebody known, or somebody new
            self.fields[name].is_one_of_several = True

    def clean(self):
        super().clean()
        said = self.cleaned_data
        if said.get("person") or self.errors.keys() & {"person", "name", "email"}:
            return said
        if not said.get("name"):
            self.add_error("name", _("Choose somebody above, or write their name here."))
        if not said.get("email"):
            self.add_error("email", _("Write the address that they will sign in with."))
        return said
