"""What organisers fill in for a cohort: a new one and its dates, and what changes about it."""

from datetime import datetime

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.forms.utils import from_current_timezone
from django.utils.translation import gettext_lazy as _

from courses.actions.sessions import PairNeeded, check_pair
from courses.forms.days import DayField, check_day
from courses.models import LEADERS, Cohort, Edition, Organisation, Role

PAIR = ["facilitator", "co_facilitator", "one_facilitator_reason"]
GONE = _("That choice is no longer on the list. Choose another.")


class WhenFields(forms.Form):
    """A day and a time, as two fields that phones know; together they become `starts_at`."""

    day = DayField(label=_("Day"))
    time = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "required": _("Choose the time."),
            "invalid": _("We could not read that time. Write it like 10:00."),
        },
    )

    def clean_day(self):
        return check_day(self.cleaned_data["day"])

    def clean(self):
        super().clean()
        day, time = self.cleaned_data.get("day"), self.cleaned_data.get("time")
        if day and time:
            try:
                self.cleaned_data["starts_at"] = from_current_timezone(datetime.combine(day, time))
            except forms.ValidationError:
                self.add_error(
                    "time",
                    _("The clocks change at that time, so it is not clear. Choose another time."),
                )
        return self.cleaned_data


class PairFields(forms.Form):
    """The two people who lead, or the reason why there is one."""

    facilitator = forms.ModelChoiceField(
        label=_("First facilitator"),
        queryset=None,
        required=False,
        empty_label=_("Nobody yet"),
        error_messages={"invalid_choice": GONE},
    )
    co_facilitator = forms.ModelChoiceField(
        label=_("Second facilitator"),
        queryset=None,
        required=False,
        empty_label=_("Nobody yet"),
        error_messages={"invalid_choice": GONE},
    )
    one_facilitator_reason = forms.CharField(
        label=_("Why only one"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Please say it in 200 letters or fewer.")},
    )

    @property
    def pair(self):
        """The fields about who leads, which a page shows together."""
        return [self[name] for name in PAIR]

    @property
    def what_and_when(self):
        """All other fields."""
        return [field for field in self if field.name not in PAIR]

    def let_lead(self, people):
        """Offer these people as facilitators."""
        for name in ("facilitator", "co_facilitator"):
            self.fields[name].queryset = people

    def clean(self):
        super().clean()
        pair = {name: self.cleaned_data.get(name) for name in ("facilitator", "co_facilitator")}
        reason = self.cleaned_data.get("one_facilitator_reason", "")
        if not self.errors.keys() & set(PAIR):
            try:
                check_pair(**pair, one_facilitator_reason=reason)
            except PairNeeded as needed:
                self.add_error("co_facilitator", str(needed))
        return self.cleaned_data


LABELS = {
    "organisation": _("Organisation"),
    "edition": _("Course"),
    "name": _("Name of the group"),
    "way": _("How you meet"),
    "place": _("Place or link"),
    "capacity": _("Places"),
}
HELP = {
    "name": _(
        "People see it when they join, like “Tuesday group”. Please name no condition in it."
    ),
    "capacity": _("How many people can join."),
}
PLACE_TOO_LONG = _("Please say it in 200 letters or fewer.")
PROBLEMS = {
    "organisation": {"required": _("Choose the organisation."), "invalid_choice": GONE},
    "edition": {"required": _("Choose the course."), "invalid_choice": GONE},
    "name": {
        "required": _("Give the group a name."),
        "max_length": _("Please use a name of 120 letters or fewer."),
    },
    "way": {"required": _("Choose how you meet."), "invalid_choice": GONE},
    "place": {"max_length": PLACE_TOO_LONG},
    "capacity": {
        "required": _("Say how many people can join."),
        "invalid": _("Write the number of places in figures, like 16."),
    },
}


class PlacesField(forms.ModelForm):
    """How many people can be in a group."""

    def clean_capacity(self):
        capacity = self.cleaned_data["capacity"]
        if not 1 <= capacity <= 500:
            raise forms.ValidationError(_("Choose a number of places from 1 to 500."))
        return capacity


class CohortForm(PairFields, WhenFields, PlacesField):
    """A new cohort. The sessions that follow are a week apart from the first."""

    field_order = [
        "organisation",
        "edition",
        "name",
        "day",
        "time",
        "way",
        "place",
        "capacity",
        *PAIR,
    ]

    class Meta:
        model = Cohort
        fields = ["organisation", "edition", "name", "way", "place", "capacity"]
        labels, help_texts, error_messages = LABELS, HELP, PROBLEMS

    def __init__(self, *args, organiser, **kwargs):
        super().__init__(*args, **kwargs)
        mine = Organisation.objects.organised_by(organiser)
        self.fields["day"].label = _("Day of session 1")
        self.fields["day"].help_text = _(
            "The others follow week by week. A Session Zero is the week before."
        )
        self.fields["edition"].queryset = editions()
        self.fields["edition"].empty_label = None
        self.fields["organisation"].queryset = mine
        self.fields["organisation"].empty_label = _("Choose one")
        if len(mine) == 1:
            self.only_organisation = mine[0]
            del self.fields["organisation"]
        self.let_lead(leaders(mine))

    def clean(self):
        super().clean()
        organisation = self.cleaned_data.setdefault(
            "organisation", getattr(self, "only_organisation", None)
        )
        for name in ("facilitator", "co_facilitator"):
            person = self.cleaned_data.get(name)
            if organisation and person and not _leads_in(person, organisation):
                self.add_error(
                    name,
                    _("%(person)s does not lead in %(organisation)s. Choose somebody who does.")
                    % {"person": person, "organisation": organisation},
                )
        return self.cleaned_data

    @property
    def details(self):
        """What `actions.cohorts.start` is told."""
        names = {"organisation", "edition", "name", "way", "place", "capacity"}
        return {name: self.cleaned_data[name] for name in names.union(PAIR)}


class DatesForm(forms.Form):
    """The days that were planned for the sessions, each of which may be another."""

    def __init__(self, data, *, starts, titles):
        """`starts`: {number: when}; `titles`: {number: what the session is called}."""
        asked = {f"day_{number}" for number in starts}
        super().__init__(data if data and asked & data.keys() else None)
        self.starts = starts
        for number, title in titles.items():
            self.fields[f"day_{number}"] = DayField(label=title, initial=starts[number].date())

    def clean(self):
        super().clean()
        found, last = {}, None
        for number in sorted(self.starts):
            day = self.cleaned_data.get(f"day_{number}")
            if day is None:
                continue
            found[number] = self._at(number, day)
            if last and day < last:
                self.add_error(
                    f"day_{number}", _("This is before the session it follows. Look once more.")
                )
            last = day
        self.cleaned_data["starts"] = found
        return self.cleaned_data

    def _at(self, number, day):
        """A day with the group's time of day."""
        when = datetime.combine(day, self.starts[number].time())
        try:
            check_day(day)
            return from_current_timezone(when)
        except forms.ValidationError as problem:
            self.add_error(f"day_{number}", problem)
            return None


class CohortDetailsForm(PlacesField):
    """What a group is called, how and where it meets, and how many can be in it."""

    class Meta:
        model = Cohort
        fields = ["name", "way", "place", "capacity"]
        labels, help_texts, error_messages = LABELS, HELP, PROBLEMS

    @property
    def details(self):
        """What `actions.cohorts.change` is told."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def editions():
    """Editions a cohort could follow: the latest of each course first."""
    newer = Edition.objects.filter(course=OuterRef("course"), number__gt=OuterRef("number"))
    return (
        Edition.objects.defer("contents")
        .annotate(is_older=Exists(newer))
        .order_by("is_older", "title", "-number")
    )


def leaders(organisations, besides=()):
    """People who may lead sessions in these organisations."""
    roles = Role.objects.in_force().filter(organisation__in=organisations, kind__in=LEADERS)
    may_lead = Q(pk__in=roles.values("person"))
    kept = Q(pk__in=[pk for pk in besides if pk])
    return get_user_model().objects.filter(may_lead | kept).order_by("name", "pk")


def _leads_in(person, organisation):
    roles = person.roles.in_force()
    return roles.filter(organisation=organisation, kind__in=LEADERS).exists()
