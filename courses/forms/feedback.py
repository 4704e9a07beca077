"""How a session was for somebody: three numbers, each of which may be left out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.feedback import HIGHEST, LOWEST, QUESTIONS
from courses.held_words import FEEDBACK_QUESTIONS

NUMBERS = [(str(n), str(n)) for n in range(LOWEST, HIGHEST + 1)]


class FeedbackForm(forms.Form):
    """It carries no key: what is said once is once, whatever sends it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for question, words in FEEDBACK_QUESTIONS.items():
            self.fields[question] = forms.TypedChoiceField(
                label=words,
                choices=NUMBERS,
                coerce=int,
                empty_value=None,
                required=False,
                error_messages={"invalid_choice": _("Choose one of the numbers from 0 to 10.")},
            )

    @property
    def rows(self):
        return [self[question] for question in FEEDBACK_QUESTIONS]

    def clean(self):
        if not self.errors and all(number is None for number in self.cleaned_data.values()):
            nothing = _("Nothing is chosen yet. Choose a number, or go back: both are fine.")
            self.add_error(QUESTIONS[0], nothing)
