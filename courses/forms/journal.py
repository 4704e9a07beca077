"""What a trainee writes for themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms.progress import KeyForm
from courses.models import ActionPlan, ActionPlanReview, PlanOutcome, Reflection

TOO_LONG = _(
    "This is a little long: %(show_value)s letters, and there is room for %(limit_value)s."
)


class ReflectionForm(KeyForm, forms.ModelForm):
    class Meta:
        model = Reflection
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        error_messages = {
            "text": {
                "required": _("Write a few words first, then save. You can also go on without."),
                "max_length": _(
                    "This is longer than we can keep in one piece (%(show_value)s of "
                    "%(limit_value)s letters). Please make it shorter. It is still here."
                ),
            }
        }


CONFIDENCES = [(str(n), str(n)) for n in range(11)]


class PlanForm(KeyForm, forms.ModelForm):
    """What, how much, when, how often, how sure. What is missing is asked for, never made up."""

    confidence = forms.TypedChoiceField(
        label=ActionPlan._meta.get_field("confidence").verbose_name,
        choices=CONFIDENCES,
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("0 is not sure at all. 10 is as sure as can be."),
        error_messages={
            "required": _("Choose a number from 0 to 10. Any of them is fine."),
            "invalid_choice": _("Choose one of the numbers from 0 to 10."),
        },
    )

    class Meta:
        model = ActionPlan
        fields = ["what", "how_much", "when", "how_often", "confidence"]
        help_texts = {
            "what": _("Something you want to do, like “walk in the garden”."),
            "how_much": _("For example “ten minutes”."),
            "when": _("For example “after tea, before telly”."),
            "how_often": _("Three to five times a week is easier to keep than every day."),
        }
        error_messages = {
            "what": {"required": _("Say what you will do."), "max_length": TOO_LONG},
            "how_much": {
                "required": _("Say how much, like “ten minutes”."),
                "max_length": TOO_LONG,
            },
            "when": {"required": _("Say when, like “after tea”."), "max_length": TOO_LONG},
            "how_often": {
                "required": _("Say how often, like “three times”."),
                "max_length": TOO_LONG,
            },
        }


class ReviewForm(KeyForm, forms.ModelForm):
    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=PlanOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how it went. Every answer is a good answer."),
            "invalid_choice": _("Choose one of these."),
        },
    )

    class Meta:
        model = ActionPlanReview
        fields = ["outcome", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"note": {"max_length": TOO_LONG}}


class ChecklistForm(KeyForm):
    """Ticks. None of them is an answer as well."""

    def __init__(self, *args, checklist, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["items"] = forms.MultipleChoiceField(
            choices=[(item.id, item.text) for item in checklist.items],
            required=False,
            error_messages={
                "invalid_choice": _("The list has changed. Please look at it again, and save.")
            },
        )

    @property
    def ticked(self):
        """The ids of what is ticked, whether the form holds or not."""
        return self["items"].value() or []
