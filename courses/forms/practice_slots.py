"""What an organiser fills in about practice: times, and a booking for somebody."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.forms.cohorts import GONE, WhenFields
from courses.forms.practice import NameChoice
from courses.models import MeetingWay, PracticeNumber, Role, RoleKind, SessionRun
from courses.observer_hours import MINUTES, ROUND

NUMBERS = _("Write it in figures.")


def _number(label, most, initial, help_text=""):
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=most,
        initial=initial,
        help_text=help_text,
        error_messages={
            "required": NUMBERS,
            "invalid": NUMBERS,
            "min_value": _("Choose a number from 1 on."),
            "max_value": _("Choose a number up to %(limit_value)s."),
        },
    )


class SlotForm(WhenFields):
    """One time: when, for how long, for how many, where, and who watches."""

    field_order = ["day", "time", "minutes", "places", "way", "place", "observer"]

    minutes = _number(_("Minutes"), 480, MINUTES[PracticeNumber.FIRST])
    places = _number(_("People"), 16, 1, _("How many practise in it, one after the other."))
    way = forms.ChoiceField(
        label=_("How you meet"),
        choices=MeetingWay,
        error_messages={"required": _("Choose how you meet."), "invalid_choice": GONE},
    )
    place = forms.CharField(
        label=_("Room or video link"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Please say it in 200 letters or fewer.")},
    )
    observer = forms.ModelChoiceField(
        label=_("Who watches"),
        queryset=None,
        required=False,
        empty_label=_("Not decided yet"),
        help_text=_("Only somebody who has rated a sample practice, and agrees with others."),
        error_messages={"invalid_choice": GONE},
    )

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["observer"].queryset = observers(cohort)

    @property
    def details(self):
        """What is said of a time besides its practice."""
        names = ("starts_at", "minutes", "places", "way", "place", "observer")
        return {name: self.cleaned_data[name] for name in names}


class ChangeSlotForm(SlotForm):
    """What there is to change about a time."""

    def __init__(self, *args, slot, **kwargs):
        starts_at = timezone.localtime(slot.starts_at)
        initial = {
            "day": starts_at.date(),
            "time": starts_at.time(),
            **{name: getattr(slot, name) for name in ("minutes", "places", "way", "place")},
            "observer": slot.observer_id,
        }
        super().__init__(*args, cohort=slot.cohort, initial=initial, **kwargs)


class PlanForm(SlotForm):
    """Many times in one step, one after the other."""

    field_order = ["number", "session_run", "day", "time", "rounds", "minutes"]

    number = forms.TypedChoiceField(
        label=_("Which practice"),
        choices=PracticeNumber,
        coerce=int,
        widget=forms.RadioSelect,
        initial=PracticeNumber.FIRST,
        error_messages={"required": _("Choose which practice."), "invalid_choice": GONE},
    )
    session_run = forms.ModelChoiceField(
        label=_("Part of a session"),
        queryset=None,
        required=False,
        empty_label=_("No, on its own"),
        error_messages={"invalid_choice": GONE},
    )
    rounds = _number(
        _("How many times, one after the other"),
        40,
        ROUND,
        _("Four people take four times. For a second observer, plan once more."),
    )

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, cohort=cohort, **kwargs)
        self.fields["session_run"].queryset = SessionRun.objects.filter(
            cohort=cohort, cancelled_at=None
        )
        self.fields["minutes"].help_text = _(
            "Each. The first practice takes 10 minutes and 6 for feedback, the second 12 and 6."
        )
        self.fields["way"].initial = cohort.way


class BookForForm(forms.Form):
    """A booking that an organiser makes for somebody."""

    enrolment = NameChoice(
        queryset=None,
        label=_("Who practises"),
        empty_label=_("Choose somebody"),
        error_messages={"required": _("Choose somebody."), "invalid_choice": GONE},
    )
    partner = NameChoice(
        queryset=None,
        required=False,
        label=_("Who leads with them"),
        empty_label=_("Not decided yet"),
        error_messages={"invalid_choice": GONE},
    )
    activity = forms.CharField(
        label=_("What they will lead"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Please say it in 200 letters or fewer.")},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["enrolment"].queryset = people
        self.fields["partner"].queryset = people


def observers(cohort):
    """Return the observers of the organisation of this cohort, by their names."""
    roles = Role.objects.in_force().filter(
        organisation=cohort.organisation_id, kind=RoleKind.OBSERVER
    )
    people = get_user_model().objects.filter(pk__in=roles.values("person"))
    return people.order_by("name", "pk")
