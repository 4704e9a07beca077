"""Hears that something was reached or led, and keeps what follows at once, without a worker."""

from django.dispatch import receiver

from certificates.actions import afterwards, issuing
from courses.signals import milestone_reached, series_led


@receiver(milestone_reached, dispatch_uid="certificates.issue")
def issue(sender, milestone, at, **kwargs):
    issuing.issue(milestone=milestone, at=at)


@receiver(series_led, dispatch_uid="certificates.renew")
def renew(sender, group, person, day, by, at, **kwargs):
    afterwards.renew_by_series(
        organisation=group.organisation, person=person, day=day, by=by, at=at
    )
