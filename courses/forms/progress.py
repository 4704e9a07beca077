"""What a trainee sends from a lesson."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _


class KeyInput(forms.HiddenInput):
    """Carries a key. One that cannot be read is not handed out again: the next try has another."""

    def format_value(self, value):
        try:
            return str(uuid.UUID(str(value)))
        except ValueError:
            return str(uuid.uuid4())


class KeyForm(forms.Form):
    """The key of one act, made when the page was drawn: sent again, it is still one act."""

    key = forms.UUIDField(widget=KeyInput)


class KeysField(forms.UUIDField):
    """One key or more."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        if not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(KeysField, self).clean(each) for each in value]


class UndoForm(KeyForm):
    """Takes back the acts with the keys `undoes`."""

    undoes = KeysField()


class CheckForm(KeyForm):
    """An answer to one question of a knowledge check."""

    def __init__(self, *args, check, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(option.id, option.text) for option in check.options]
        if check.choose == "several":
            self.fields["answers"] = forms.MultipleChoiceField(
                choices=choices,
                error_messages={
                    "required": _("Choose every answer that fits, then save."),
                    "invalid_choice": _("That answer is not one of these. Please choose again."),
                },
            )
        else:
            self.fields["answers"] = forms.ChoiceField(
                choices=choices,
                error_messages={
                    "required": _("Choose one answer, then save."),
                    "invalid_choice": _("That answer is not one of these. Please choose again."),
                },
            )

    @property
    def chosen(self):
        """The ids of the options that are chosen, whether they hold or not."""
        answers = self["answers"].value() or []
        return answers if isinstance(answers, list) else [answers]
