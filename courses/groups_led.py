"""Groups led after training, read from what was written down, in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone

from courses import support
from courses.delivered import Written, series_of
from courses.models import (
    DeliveredFidelity,
    DeliveredGroup,
    DeliveredSession,
    Enrolment,
    Milestone,
    MilestoneKind,
    SupportContact,
)


def written(row):
    """Return a DeliveredSession as the rule takes it."""
    leaders = (row.facilitator_id, row.co_facilitator_id)
    return Written(
        number=row.number,
        day=row.held_on,
        came=row.came or 0,
        leaders=tuple(each for each in leaders if each),
    )


def series_in(groups):
    """Return {group id: Series} of these DeliveredGroups, in two queries."""
    pks = [group.pk for group in groups]
    rows = defaultdict(list)
    for row in DeliveredSession.objects.filter(group__in=pks).order_by("pk"):
        rows[row.group_id].append(written(row))
    checks = DeliveredFidelity.objects.filter(group__in=pks).order_by()
    checked = set(checks.values_list("group_id", flat=True))
    return {
        group.pk: series_of(group.sessions_planned, rows[group.pk], is_checked=group.pk in checked)
        for group in groups
    }


def series(group):
    """Return the Series of one group."""
    return series_in([group])[group.pk]


def series_led_by(person):
    """Return [(group, last day)] of the series that count for this person, as they stand now.

    They may have stood in for somebody all along, so their groups are found by their sessions.
    """
    took_part = DeliveredSession.objects.filter(group=OuterRef("pk")).filter(
        Q(facilitator=person) | Q(co_facilitator=person)
    )
    groups = list(DeliveredGroup.objects.filter(Exists(took_part)))
    found = series_in(groups)
    return [
        (group, found[group.pk].last_day)
        for group in groups
        if found[group.pk].counts and person.pk in found[group.pk].led_by
    ]


def last_days_of(several):
    """Return {person id: [last days]} of those of these Series that count for them."""
    days = defaultdict(list)
    for each in several:
        for person in each.led_by if each.counts else ():
            days[person].append(each.last_day)
    return dict(days)


def all_series_led():
    """Return [(group, person id, last day)] of all series that count, in three queries: for
    whoever missed their announcement."""
    groups = list(DeliveredGroup.objects.all())
    found = series_in(groups)
    return [
        (group, person, found[group.pk].last_day)
        for group in groups
        if found[group.pk].counts
        for person in found[group.pk].led_by
    ]


# --- Who may lead ------------------------------------------------------------------------------


def ready_people(organisation):
    """Those who have reached “ready to co-facilitate” in an organisation, by the alphabet."""
    people = get_user_model().objects.filter(Exists(_reached(organisation, OuterRef("pk"))))
    return people.order_by(Lower("name"), "pk")


def is_ready(person, organisation):
    """Tell whether somebody has reached “ready to co-facilitate” in an organisation."""
    return _reached(organisation, person.pk).exists()


def _reached(organisation, person):
    return Milestone.objects.filter(
        kind=MilestoneKind.READY,
        enrolment__trainee=person,
        enrolment__cohort__organisation=organisation,
    )


def leads(person):
    """Tell whether somebody has groups of their own to look at: they lead one, or may."""
    reached = Milestone.objects.of(person).filter(kind=MilestoneKind.READY)
    people = get_user_model().objects.filter(pk=person.pk)
    led = DeliveredGroup.objects.led_by(person)
    return people.filter(Exists(reached) | Exists(led)).exists()


# --- Support -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Supported:
    """Somebody who is ready, their contacts as rows, and how the three of them stand."""

    enrolment: Enrolment
    ready_on: date
    contacts: tuple[SupportContact, ...]
    several: tuple[support.Support, ...]

    @property
    def asked_for(self):
        return support.asked_for(self.several)


def supported(enrolments, today):
    """Return [Supported] for those of these enrolments that are ready, in three queries."""
    found = list(enrolments.select_related("trainee", "cohort__organisation", "mentor"))
    pks = [each.pk for each in found]
    reached = Milestone.objects.filter(enrolment__in=pks, kind=MilestoneKind.READY)
    ready_at = dict(reached.values_list("enrolment_id", "reached_at"))
    rows = defaultdict(list)
    for row in SupportContact.objects.filter(enrolment__in=pks).select_related("by"):
        rows[row.enrolment_id].append(row)
    return [
        _supported(each, timezone.localdate(ready_at[each.pk]), rows[each.pk], today)
        for each in found
        if each.pk in ready_at
    ]


def _supported(enrolment, ready_on, rows, today):
    contacts = [support.Contact(row.month, row.day) for row in rows]
    return Supported(
        enrolment=enrolment,
        ready_on=ready_on,
        contacts=tuple(rows),
        several=support.support_due(ready_on, contacts, today),
    )
