"""What a trainee chooses and writes about their own practices."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from content import days
from courses.forms.journal import TOO_LONG
from courses.forms.progress import KeyForm
from courses.models import SelfReview

TAKEN = gettext_lazy("Somebody has just booked this time. Please choose another one.")


class SlotChoice(forms.ModelChoiceField):
    """Times to choose from, each said in one line."""

    widget = forms.RadioSelect

    def label_from_instance(self, slot):
        said = [
            days.weekday_and_time(slot.starts_at),
            ngettext("%(n)s minute", "%(n)s minutes", slot.minutes) % {"n": slot.minutes},
            f"{slot.get_way_display()}, {slot.place}" if slot.place else slot.get_way_display(),
        ]
        if slot.observer_id:
            said.append(_("%(name)s watches") % {"name": slot.observer.name})
        return " · ".join(said)


class NameChoice(forms.ModelChoiceField):
    """Trainees to choose from, by their names."""

    def label_from_instance(self, enrolment):
        return enrolment.trainee.name


class BookForm(forms.Form):
    """A time, who leads with them, and what they will lead."""

    slot = SlotChoice(
        queryset=None,
        label=gettext_lazy("When"),
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose a time."),
            "invalid_choice": TAKEN,
        },
    )
    partner = NameChoice(
        queryset=None,
        required=False,
        label=gettext_lazy("Who leads with you"),
        empty_label=gettext_lazy("Not decided yet"),
        error_messages={
            "invalid_choice": gettext_lazy("Choose somebody else from your group to lead with.")
        },
    )
    activity = forms.CharField(
        label=gettext_lazy("What you will lead"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For example “a listening round”. You can change it."),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args, slots, partners, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slot"].queryset = slots.select_related("observer")
        self.fields["partner"].queryset = partners


class SelfReviewForm(KeyForm, forms.ModelForm):
    """What a trainee says of their own practice."""

    class Meta:
        model = SelfReview
        fields = ["went_well", "next_time"]
        labels = {
            "went_well": gettext_lazy("What went well?"),
            "next_time": gettext_lazy("What would you do differently another time?"),
        }
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("went_well", "next_time")}
        error_messages = {
            "went_well": {
                "required": gettext_lazy(
                    "Write at least one thing that went well. A few words are enough."
                ),
                "max_length": TOO_LONG,
            },
            "next_time": {"max_length": TOO_LONG},
        }
