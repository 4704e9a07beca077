"""The rubric as a form: for each criterion a level or “not seen”, and one thing that was seen."""

from dataclasses import dataclass

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.forms.progress import KeyForm
from courses.rubric import Criterion

NOT_SEEN = "none"
LONGEST = 600


@dataclass(frozen=True)
class Line:
    """One criterion on the form, with the fields that belong to it."""

    criterion: Criterion
    level: forms.BoundField
    evidence: forms.BoundField | None


class LevelsForm(KeyForm):
    """A level, or “not seen”, for each criterion of a rubric: what observers compare."""

    def __init__(self, *args, rubric, **kwargs):
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        for criterion in rubric.criteria:
            self.fields[f"level_{criterion.code}"] = forms.ChoiceField(
                label=criterion.title,
                choices=[(str(level.number), level.name) for level in criterion.levels]
                + [(NOT_SEEN, gettext_lazy("Not seen"))],
                widget=forms.RadioSelect,
                error_messages={
                    "required": gettext_lazy("Choose what you saw, or “Not seen”."),
                    "invalid_choice": gettext_lazy("Choose what you saw, or “Not seen”."),
                },
            )

    @property
    def lines(self):
        """The form, criterion by criterion."""
        return [
            Line(
                criterion,
                self[f"level_{criterion.code}"],
                self[name] if (name := f"evidence_{criterion.code}") in self.fields else None,
            )
            for criterion in self.rubric.criteria
        ]

    @property
    def levels(self):
        """What was chosen: {criterion: level or None}."""
        return {
            criterion.code: _level(self.cleaned_data[f"level_{criterion.code}"])
            for criterion in self.rubric.criteria
        }


class ObservationForm(LevelsForm):
    """What an observer saw in a practice."""

    next_step = forms.CharField(
        label=gettext_lazy("One thing to work on"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only one, in a sentence: something to do, and not to be."),
    )
    wants_talk = forms.BooleanField(required=False)

    def __init__(self, *args, rubric, **kwargs):
        super().__init__(*args, rubric=rubric, **kwargs)
        for criterion in rubric.criteria:
            self.fields[f"evidence_{criterion.code}"] = forms.CharField(
                label=format_lazy(
                    "{criterion}: {what}",
                    criterion=criterion.title,
                    what=gettext_lazy("what you saw or heard"),
                ),
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={
                    "max_length": gettext_lazy("Please say it in 600 letters or fewer.")
                },
            )

    def clean(self):
        super().clean()
        for criterion in self.rubric.criteria:
            level = self.cleaned_data.get(f"level_{criterion.code}")
            evidence = self.cleaned_data.get(f"evidence_{criterion.code}", "")
            name = f"evidence_{criterion.code}"
            if level and level != NOT_SEEN and not evidence and name not in self.errors:
                self.add_error(name, _("Write one thing that you saw or heard."))
        return self.cleaned_data

    @property
    def rated(self):
        """What was seen: {criterion: (level or None, evidence)}."""
        return {
            code: (level, self.cleaned_data[f"evidence_{code}"])
            for code, level in self.levels.items()
        }

    @property
    def sent(self):
        """Everything that was written, as (name, value): to carry it through the next page."""
        return [
            (name, value)
            for name in self.fields
            if name != "wants_talk" and (value := self[name].value())
        ]


class CorrectionForm(ObservationForm):
    """Another observation in the place of one, with the reason."""

    reason = forms.CharField(
        label=gettext_lazy("Why you correct it"),
        max_length=300,
        help_text=gettext_lazy("One sentence. It is kept beside what was written before."),
        error_messages={
            "required": gettext_lazy("Say in a sentence why you correct it."),
            "max_length": gettext_lazy("Please say it in 300 letters or fewer."),
        },
    )


def as_written(observation):
    """Return what a form begins with, to correct an observation."""
    begun = {"next_step": observation.next_step, "wants_talk": observation.outcome == "talk"}
    for rating in observation.ratings.all():
        begun[f"level_{rating.criterion}"] = str(rating.level or NOT_SEEN)
        begun[f"evidence_{rating.criterion}"] = rating.evidence
    return begun


def _level(value):
    return None if value == NOT_SEEN else int(value)
