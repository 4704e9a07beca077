from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from courses.actions.milestones import settle
from courses.models import Enrolment, Milestone, MilestoneKind


class Command(BaseCommand):
    help = "Ask for everyone what they have reached. Running it twice does no harm."

    def handle(self, *args, **options):
        completed = Q(milestones__kind=MilestoneKind.COMPLETION)
        ready = Q(milestones__kind=MilestoneKind.READY)
        waiting = Enrolment.objects.filter(
            ~completed | ~Q(cohort__edition__ready_requirements=[]) & ~ready
        )
        before = Milestone.objects.count()
        reached = 0
        for pk in waiting.values_list("pk", flat=True).iterator():
            with transaction.atomic():
                locked = Enrolment.objects.select_for_update(of=("self",)).with_cohort().get(pk=pk)
                reached += settle(enrolment=locked, at=timezone.now()) is not None
        others = Milestone.objects.count() - before - reached
        self.stdout.write(f"{reached} newly completed, {others} newly ready.")
