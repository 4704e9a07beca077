"""The catch-up: milestones without a certificate, and certificates without a PDF."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from certificates.actions import bulk
from certificates.models import Certificate

WIDTH = 30  # of the bar, in characters


class Command(BaseCommand):
    help = (
        "Issue certificates that are missing, and draw those that could not be drawn before. It "
        "can be stopped at any moment and started again."
    )

    def handle(self, *args, **options):
        missing = bulk.missing().count()
        issued, nameless = self.follow("Issuing", bulk.issue_missing(at=timezone.now()), missing)
        undrawn = Certificate.objects.undrawn().count()
        drawn, left = self.follow("Drawing", bulk.draw_undrawn(), undrawn)
        self.stdout.write(f"Issued: {issued}. Drawn: {drawn}.")
        if nameless:
            self.stdout.write(f"Waiting for a name: {nameless}.")
        if left:
            self.stdout.write(f"Could not be drawn: {left}. The log says why.")

    def follow(self, what, chunks, total):
        """Show how far it is, chunk by chunk. Return how many were done, and how many are left."""
        done = left = 0
        for chunk in chunks:
            done, left = done + chunk.done, left + chunk.left
            self.show(what, done + left, max(total, done + left))
        return done, left

    def show(self, what, far, total):
        """Draw the bar over the last one; only for somebody who watches."""
        if self.stderr.isatty():
            bar = "#" * (WIDTH * far // total)
            end = "\n" if far == total else ""
            self.stderr.write(f"\r{what} [{bar:<{WIDTH}}] {far} of {total}", ending=end)
