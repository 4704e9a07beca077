"""What is counted of groups led after training, and of the calls to those who lead them.

Six queries, whatever the size. Groups, sessions and checklists are no counts of people, and are
always shown. A group to which fewer than `small` come is in no average. What counts people, or
calls to them, is shown where `courses.disclosure` lets it be, beside what the report shows.
"""

from collections import defaultdict
from dataclasses import dataclass, fields

from django.utils import timezone

from courses import groups_led
from courses.delivered import is_active
from courses.disclosure import Figure, hidden, total
from courses.models import DeliveredGroup, Enrolment, MilestoneKind
from courses.support import When

ALL = "all"


@dataclass(frozen=True)
class Counted:
    """What was counted in a year, or in several. Nothing is hidden yet.

    `came` and `of_sessions` are of groups large enough for an average.
    """

    groups: int = 0
    full: int = 0
    checked: int = 0
    sessions: int = 0
    alone: int = 0
    came: int = 0
    of_sessions: int = 0
    due: int = 0
    on_time: int = 0

    def __add__(self, other):
        names = [each.name for each in fields(self)]
        return Counted(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def average(self):
        return self.came / self.of_sessions if self.of_sessions else None


@dataclass(frozen=True)
class Led:
    """What may be said of groups led. A number is None where it is hidden.

    `average` is None as well where no group is large enough. `active` is of today, so it is only
    in a report of every year: `is_of_today`.
    """

    counted: Counted
    due: int | None
    on_time: int | None
    active: int | None = None
    is_of_today: bool = False

    @property
    def hides(self):
        few = self.counted.sessions and self.counted.average is None
        hides_active = self.is_of_today and self.active is None
        return bool(few or hides_active or None in (self.due, self.on_time))


@dataclass(frozen=True)
class LedByYear:
    """What was counted, year by year, and how many are active today."""

    years: dict[int, Counted]
    active: int
    small: int

    @property
    def together(self):
        return sum(self.years.values(), Counted())

    def report(self, year, shown):
        """Return the Led of a year; None for every year.

        `shown` is {figure: (number, whether it is hidden)} of the report that this stands in: all
        those groups of people of which the active ones are a part.
        """
        counted = self.years.get(year, Counted()) if year else self.together
        unseen = self._hidden_calls()
        place = year or ALL
        return Led(
            counted=counted,
            due=None if (place, "due") in unseen else counted.due,
            on_time=None if (place, "on_time") in unseen else counted.on_time,
            active=None if year or self._hides_active(shown) else self.active,
            is_of_today=not year,
        )

    def _hidden_calls(self):
        """Return the names of what is hidden of the calls, in all years at once."""
        figures, sums = [], []
        for place, each in {**self.years, ALL: self.together}.items():
            names = {name: (place, name) for name in ("due", "on_time", "not on time")}
            figures += [
                Figure(names["due"], each.due, keep=2),
                Figure(names["on_time"], each.on_time, keep=1),
                Figure(names["not on time"], each.due - each.on_time, is_shown=False),
            ]
            sums.append(total(names["due"], [names["on_time"], names["not on time"]]))
        for name in ("due", "on_time"):
            sums.append(total((ALL, name), [(year, name) for year in self.years]))
        return hidden(figures, sums, small=self.small)

    def _hides_active(self, shown):
        """Tell whether to hide how many are active, beside the groups that they are a part of."""
        figures, sums, decided = [Figure("active", self.active)], [], {}
        for name, (number, is_hidden) in shown.items():
            if number >= self.active:
                rest = Figure((name, "without"), number - self.active, is_shown=False)
                figures += [Figure(name, number), rest]
                sums.append(total(name, ["active", rest.name]))
                decided[name] = is_hidden
        return "active" in hidden(figures, sums, small=self.small, decided=decided)


def led_by_year(organisation, now):
    """Return the LedByYear of an organisation, in six queries."""
    today, small = timezone.localdate(now), organisation.small_number
    groups = list(DeliveredGroup.objects.filter(organisation=organisation))
    series = groups_led.series_in(groups)
    years = defaultdict(Counted)
    for group in groups:
        each = series[group.pk]
        first = each.first_day or timezone.localdate(group.at)
        years[first.year] += _of_series(each, small)
    for call in _calls(organisation, today):
        years[call.day.year] += Counted(due=1, on_time=int(call.is_on_time))
    last_days = groups_led.last_days_of(series.values())
    active = sum(is_active(days, today) for days in last_days.values())
    return LedByYear(dict(years), active, small)


def _of_series(series, small):
    is_large = (series.average or 0) >= small
    return Counted(
        groups=1,
        full=int(series.counts),
        checked=int(series.is_checked),
        sessions=len(series.held),
        alone=series.led_by_one,
        came=sum(series.came) if is_large else 0,
        of_sessions=len(series.came) if is_large else 0,
    )


def _calls(organisation, today):
    """Yield the calls that were made, or whose time is over."""
    people = Enrolment.objects.filter(
        cohort__organisation=organisation, milestones__kind=MilestoneKind.READY, left_at=None
    )
    for each in groups_led.supported(people, today):
        for call in each.several:
            if call.when in (When.MADE, When.LATE, When.PASSED):
                yield call
