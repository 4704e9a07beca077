"""Measures: the questions as people answer them, what an organisation asks, and its totals."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses import measures
from courses.actions.measures import AS_ANSWERED
from courses.forms.days import DayField
from courses.models import Instrument, MeasureTotal

MOST_STEPS = 20
NUMBER = {
    "required": _("Write a whole number."),
    "invalid": _("Write a whole number."),
    "min_value": _("Use 0 or more."),
    "max_value": _("Use 100 or less."),
}


def _too_long(letters):
    return {"max_length": _("Please use %(n)s letters or fewer.") % {"n": letters}}


class NumbersField(forms.TypedMultipleChoiceField):
    """The numbers that were chosen for one question. “Left out” is sent as nothing."""

    def to_python(self, value):
        return [each for each in super().to_python(value) if each]


class AnswersForm(forms.Form):
    """The questions of a measure, each with its numbers. Any of them may be left out."""

    def __init__(self, *args, instrument, **kwargs):
        super().__init__(*args, **kwargs)
        self.scale = instrument.scale
        numbers = range(instrument.lowest, instrument.highest + 1)
        for place, words in enumerate(instrument.questions):
            self.fields[f"q{place}"] = NumbersField(
                label=words,
                choices=[(str(n), str(n)) for n in numbers],
                coerce=int,
                required=False,
                error_messages={"invalid_choice": _("Choose one of the numbers.")},
            )

    @property
    def rows(self):
        return [
            (self[name], [str(each) for each in self[name].value() or []]) for name in self.fields
        ]

    @property
    def numbers(self):
        """What counts: of several numbers for one question, what would count on paper."""
        return [measures.as_marked(self.cleaned_data[name]) for name in self.fields]

    def clean(self):
        super().clean()
        if not self.errors and all(number is None for number in self.numbers):
            nothing = _("Nothing is chosen yet. Choose a number, or leave it all out below.")
            self.add_error("q0", nothing)


class InstrumentForm(forms.ModelForm):
    """A measure as an organisation uses it. Its wording is typed in as its owner published it."""

    questions = forms.CharField(
        label=_("Questions"),
        help_text=_("One to a line, word for word as they were published."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages=_too_long(3000),
    )
    lower_is_better = forms.CharField(
        label=_("Questions for which a lower number is better"),
        help_text=_("Their places in the list, like 4. Leave it empty if there are none."),
        max_length=60,
        required=False,
        error_messages=_too_long(60),
    )
    takes_responsibility = forms.BooleanField(
        label=_("I answer for it that we may use this measure"),
        help_text=_(
            "Your name and the day are kept. Measures of your own and free ones need no licence."
        ),
        required=False,
    )
    cohorts = forms.ModelMultipleChoiceField(
        label=_("For these groups only"),
        help_text=_("Tick none to ask in every group."),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("One of these groups is no longer there.")},
    )
    is_on = forms.BooleanField(
        label=_("Ask people about this"),
        help_text=_("Before the course and after it. Everybody can skip it."),
        required=False,
    )

    class Meta:
        model = Instrument
        fields = [
            "title",
            "version",
            "language",
            "lead",
            "questions",
            "lowest",
            "highest",
            "lowest_words",
            "highest_words",
            "lower_is_better",
            "scoring",
            "missing_at_most",
            "source",
            "licence_status",
            "licence_reference",
            "takes_responsibility",
            "cohorts",
            "is_on",
        ]
        labels = {
            "title": _("Name"),
            "version": _("Version"),
            "language": _("Language"),
            "lead": _("What stands above the questions"),
            "lowest": _("Lowest number"),
            "highest": _("Highest number"),
            "lowest_words": _("What the lowest number means"),
            "highest_words": _("What the highest number means"),
            "scoring": _("What reports show"),
            "missing_at_most": _("How many questions may be left out of a mean"),
            "source": _("Where it comes from"),
            "licence_status": _("On what terms you use it"),
            "licence_reference": _("The licence or registration"),
        }
        help_texts = {
            "source": _("This is named wherever the measure is shown."),
            "licence_reference": _("Its number, or who gave it to you and when."),
            "language": _("Two letters, like en or es."),
        }
        error_messages = {
            "title": {"required": _("Give the measure a name."), **_too_long(120)},
            "version": _too_long(40),
            "language": {"required": _("Say in which language it is, like en."), **_too_long(12)},
            "lead": _too_long(300),
            "lowest_words": _too_long(80),
            "highest_words": _too_long(80),
            "source": _too_long(400),
            "licence_reference": _too_long(200),
            "lowest": NUMBER,
            "highest": NUMBER,
            "missing_at_most": NUMBER,
            "scoring": {"required": _("Choose what reports show.")},
            "licence_status": {"required": _("Choose on what terms you use it.")},
        }

    def __init__(self, *args, instance, is_answered=False, **kwargs):
        begun = {
            "questions": "\n".join(instance.questions),
            "lower_is_better": ", ".join(map(str, instance.lower_is_better)),
            "takes_responsibility": instance.responsible_id is not None,
        }
        super().__init__(*args, instance=instance, initial=begun, **kwargs)
        self.fields["cohorts"].queryset = instance.organisation.cohorts.order_by("name", "pk")
        for name in AS_ANSWERED if is_answered else ():
            self.fields[name].disabled = True

    def clean_questions(self):
        lines = self.cleaned_data["questions"].splitlines()
        return [line.strip() for line in lines if line.strip()]

    def clean_lower_is_better(self):
        said = self.cleaned_data["lower_is_better"].replace(",", " ").split()
        if not all(each.isascii() and each.isdecimal() and len(each) < 4 for each in said):
            raise forms.ValidationError(_("Write the places as numbers, like 4."))
        return sorted({int(each) for each in said})

    def clean(self):
        super().clean()
        if self.errors:
            return
        said = self.cleaned_data
        steps = said["highest"] - said["lowest"]
        if steps <= 0:
            self.add_error("highest", _("The highest number is above the lowest one."))
        if steps > MOST_STEPS:
            self.add_error("highest", _("Use 20 steps at most, so that people can see them all."))
        if any(not 1 <= each <= len(said["questions"]) for each in said["lower_is_better"]):
            self.add_error("lower_is_better", _("There is no question at this place."))
        if said["is_on"]:
            self._may_be_on(said)

    def _may_be_on(self, said):
        if not said["questions"]:
            self.add_error(
                "questions", _("Type in the questions before you ask people about them.")
            )
        if not measures.needs_licence(said["licence_status"]):
            return
        if not said["licence_reference"]:
            self.add_error("licence_reference", _("Name the licence before people are asked."))
        if not said["takes_responsibility"]:
            self.add_error(
                "takes_responsibility", _("Somebody has to answer for it before people are asked.")
            )

    @property
    def details(self):
        apart = ("cohorts", "is_on", "takes_responsibility")
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name not in apart}


class TotalForm(forms.ModelForm):
    """Totals from a measure that an organisation uses under its own licence. No question of it."""

    class Meta:
        model = MeasureTotal
        fields = ["title", "licence_reference", "cohort", "on", "people", "before", "after"]
        labels = {
            "title": _("Name of the measure"),
            "licence_reference": _("Your licence for it"),
            "cohort": _("Group"),
            "on": _("Day"),
            "people": _("People who answered both times"),
            "before": _("Mean before"),
            "after": _("Mean after"),
        }
        help_texts = {"cohort": _("Leave it empty when it is about all your groups.")}
        field_classes = {"on": DayField}
        error_messages = {
            "title": {"required": _("Name the measure."), **_too_long(120)},
            "licence_reference": {"required": _("Name your licence for it."), **_too_long(200)},
            "cohort": {"invalid_choice": _("That group is no longer there.")},
            "people": {
                "required": _("Write how many people answered both times."),
                "invalid": _("Write a whole number."),
                "max_value": _("That is more than we can keep."),
            },
            **{
                name: {
                    "required": _("Write the mean, like 6.4."),
                    "invalid": _("Write a number, like 6.4."),
                    "max_digits": _("Write a number under 10,000."),
                    "max_whole_digits": _("Write a number under 10,000."),
                    "max_decimal_places": _("Use two decimals at most."),
                }
                for name in ("before", "after")
            },
        }

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.small = organisation.small_number
        cohorts = self.fields["cohort"]
        cohorts.queryset = organisation.cohorts.order_by("name", "pk")
        cohorts.empty_label = _("All our groups")

    def clean_people(self):
        people = self.cleaned_data["people"]
        if people < self.small:
            raise forms.ValidationError(
                _("Totals of fewer than %(n)s people are not kept, so that nobody is known.")
                % {"n": self.small}
            )
        return people
