import signal
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from courses.actions import durable

BETWEEN = 2  # seconds, when nothing is due


class Command(BaseCommand):
    help = (
        "Do what was put off for later, as it comes, until it is told to stop. As many as you "
        "like may work at once. Small sites need none: `tick` does the same each minute."
    )

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="end when nothing is due")
        parser.add_argument(
            "--again", action="store_true", help="first, let what was given up be tried again"
        )

    def handle(self, *args, **options):
        self.stopped = False
        if options["again"]:
            self.stdout.write(f"To be tried again: {durable.try_again(at=timezone.now())}.")
        if options["once"]:
            self.work_off()
            return
        for reason in (signal.SIGTERM, signal.SIGINT):
            signal.signal(reason, self.stop)
        while not self.stopped:
            self.work_off()
            time.sleep(0 if self.stopped else BETWEEN)
            close_old_connections()

    def work_off(self):
        well, not_well = durable.work_off(stop=lambda: self.stopped)
        if well or not_well:
            self.stdout.write(f"Done: {well}. Put off: {not_well}.")

    def stop(self, *_signal):
        """The task in hand is done to its end; nothing new is begun."""
        self.stopped = True
