"""What a trainee sends from a scenario."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms.progress import KeyForm


class ChoiceForm(KeyForm):
    """What they would say: one of the `ways` on from where they are, in the run they saw."""

    run = forms.UUIDField()
    choice = forms.ChoiceField(
        error_messages={
            "required": _("Choose what you would say, then go on."),
            "invalid_choice": _("That is not one of these. Please choose again."),
        }
    )

    def __init__(self, *args, ways, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [(way.choice.id, way.choice.say) for way in ways]

    @property
    def chosen(self):
        """The id of the choice that is marked, whether it holds or not."""
        return self["choice"].value()
