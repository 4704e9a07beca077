from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from courses.actions.milestones import settle
from courses.models import Enrolment, MilestoneKind


class Command(BaseCommand):
    help = "Ask for everyone whether they have completed. Running it twice does no harm."

    def handle(self, *args, **options):
        waiting = Enrolment.objects.exclude(milestones__kind=MilestoneKind.COMPLETION)
        reached = 0
        for pk in waiting.values_list("pk", flat=True).iterator():
            with transaction.atomic():
                locked = Enrolment.objects.select_for_update(of=("self",)).with_cohort().get(pk=pk)
                reached += settle(enrolment=locked, at=timezone.now()) is not None
        self.stdout.write(f"{reached} newly completed.")
