"""What an organisation settles for all its groups: when it is closed, and what it leaves out."""

from django.db import transaction

from courses.models import ClosedDays, Organisation


@transaction.atomic
def change_settings(*, organisation, **details):
    """Change whose holidays are kept, quiet hours, and the smallest number that is shown.

    Groups that are planned keep their days.
    """
    Organisation.objects.filter(pk=organisation.pk).update(**details)


@transaction.atomic
def add_closed_days(*, organisation, first_day, last_day, name=""):
    """Say that an organisation is closed on these days. Twice is once."""
    closed, _is_new = ClosedDays.objects.get_or_create(
        organisation=Organisation.objects.select_for_update().get(pk=organisation.pk),
        first_day=first_day,
        last_day=last_day,
        defaults={"name": name},
    )
    return closed


@transaction.atomic
def remove_closed_days(*, closed_days):
    """Say that an organisation is open on these days after all. Twice is once."""
    ClosedDays.objects.filter(pk=closed_days).delete()
