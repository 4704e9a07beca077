"""Hears that a milestone was reached, and issues its certificate at once: no worker in between."""

from django.dispatch import receiver

from certificates import actions
from courses.models import MilestoneKind
from courses.signals import milestone_reached


@receiver(milestone_reached, dispatch_uid="certificates.issue")
def issue(sender, milestone, at, **kwargs):
    if milestone.kind == MilestoneKind.COMPLETION:
        actions.issue(milestone=milestone, at=at)
