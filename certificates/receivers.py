"""Hears that a milestone was reached, and issues its certificate at once: no worker in between."""

from django.dispatch import receiver

from certificates import actions
from courses.signals import milestone_reached


@receiver(milestone_reached, dispatch_uid="certificates.issue")
def issue(sender, milestone, at, **kwargs):
    actions.issue(milestone=milestone, at=at)
