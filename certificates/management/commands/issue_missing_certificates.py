"""The catch-up: milestones without a certificate, and certificates without a PDF."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from certificates import actions, pdf
from certificates.models import Certificate
from courses.models import Milestone


class Command(BaseCommand):
    help = "Issue certificates that are missing, and draw those that could not be drawn before."

    def handle(self, *args, **options):
        issued, nameless = self.issue()
        drawn, undrawn = self.draw()
        self.stdout.write(f"Issued: {issued}. Drawn: {drawn}.")
        if nameless:
            self.stdout.write(f"Waiting for a name: {nameless}.")
        if undrawn:
            self.stdout.write(f"Could not be drawn: {undrawn}. The log says why.")

    def issue(self):
        """Return how many were issued, and how many wait for their holder to give a name."""
        issued = nameless = 0
        for milestone in missing().iterator(chunk_size=200):
            try:
                actions.issue(milestone=milestone, at=timezone.now())
            except actions.NameMissing:
                nameless += 1
            else:
                issued += 1
        return issued, nameless

    def draw(self):
        """Return how many were drawn, and how many still could not be."""
        drawn = undrawn = 0
        for certificate in Certificate.objects.undrawn():
            try:
                actions.draw(certificate=certificate)
            except pdf.CannotDraw:
                undrawn += 1
            else:
                drawn += 1
        return drawn, undrawn


def missing():
    """Milestones that have no certificate yet, with all that issuing one asks for."""
    return (
        Milestone.objects.exclude(pk__in=Certificate.objects.values("milestone"))
        .select_related("edition", "enrolment__trainee", "enrolment__cohort__organisation")
        .defer("edition__contents")
        .order_by("pk")
    )
