"""What an organisation settles for all its groups: when it is closed, and what it leaves out."""

from django.db import transaction

from courses.actions import trail
from courses.actions.trail import note
from courses.models import Changed, ClosedDays, Organisation


@transaction.atomic
def change_settings(*, organisation, by=None, at=None, **details):
    """Change whose holidays are kept, quiet hours, and the smallest number that is shown.

    Groups that are planned keep their days.
    """
    before = Organisation.objects.select_for_update().get(pk=organisation.pk)
    columns = trail.settings_of(before, details)
    if columns:
        Organisation.objects.filter(pk=organisation.pk).update(**details)
        note(what=Changed.SETTINGS, by=by, at=at, organisation=before, columns=columns)


@transaction.atomic
def change_contacts(*, organisation, by, at, **details):
    """Change to whom people turn when they are worried. Of the trail only the names of columns."""
    before = Organisation.objects.select_for_update().get(pk=organisation.pk)
    columns = {name: (None, None) for name, new in details.items() if getattr(before, name) != new}
    if columns:
        Organisation.objects.filter(pk=organisation.pk).update(**details)
        note(what=Changed.CONTACTS, by=by, at=at, organisation=before, columns=columns)


@transaction.atomic
def add_closed_days(*, organisation, first_day, last_day, name="", by=None, at=None):
    """Say that an organisation is closed on these days. Twice is once."""
    closed, is_new = ClosedDays.objects.get_or_create(
        organisation=Organisation.objects.select_for_update().get(pk=organisation.pk),
        first_day=first_day,
        last_day=last_day,
        defaults={"name": name},
    )
    if is_new:
        columns = {"closed": (None, f"{first_day} – {last_day}")}
        note(what=Changed.CLOSED_DAYS, by=by, at=at, organisation=organisation, columns=columns)
    return closed


@transaction.atomic
def remove_closed_days(*, closed_days, by=None, at=None):
    """Say that an organisation is open on these days after all. Twice is once."""
    found = ClosedDays.objects.select_related("organisation").filter(pk=closed_days).first()
    if found:
        columns = {"closed": (f"{found.first_day} – {found.last_day}", None)}
        place = found.organisation
        found.delete()
        note(what=Changed.CLOSED_DAYS, by=by, at=at, organisation=place, columns=columns)
