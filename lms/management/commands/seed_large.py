import time
from datetime import date
from math import ceil

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courses.actions.languages import course_called
from courses.models import Cohort
from lms.management.commands._large import COHORT, Group, make_group, make_organisation

COURSE = "becoming-a-peer-facilitator"
BAR = 40
GROUPS_EACH = 20  # that an organisation runs


class Command(BaseCommand):
    help = (
        "Fill a site with many invented people, to see how it does with as many: 1,000 groups "
        "of 100. The same numbers and the same day give the same people, who did the same. "
        "Stopped on the way, it goes on where it was."
    )

    def add_arguments(self, parser):
        parser.add_argument("--groups", type=int, default=1_000, help="how many groups")
        parser.add_argument("--people", type=int, default=100, help="how many in each group")
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            default=timezone.localdate(),
            help="the day from which it is looked back, like 2026-03-31",
        )

    def handle(self, *, groups, people, today, **options):
        if settings.PRODUCTION:
            raise CommandError("Invented people have no place on a site in use (ALONGSIDE_MODE).")
        if course_called(COURSE) is None:
            call_command("load_starter_course", stdout=self.stdout)
        edition = course_called(COURSE).editions.first()
        organisations = [
            make_organisation(number) for number in range(1, ceil(groups / GROUPS_EACH) + 1)
        ]
        there = set(Cohort.objects.values_list("name", flat=True))
        began = time.monotonic()
        for number in range(1, groups + 1):
            if COHORT.format(number) not in there:
                group = Group(number, people, today)
                make_group(group, edition, *organisations[(number - 1) // GROUPS_EACH])
            self._bar(number, groups)
        took = time.monotonic() - began
        self.stdout.write(f"\n{groups * people} people in {groups} groups, in {took:.0f} s.")

    def _bar(self, done, groups):
        filled = BAR * done // groups
        bar = "#" * filled + "." * (BAR - filled)
        self.stdout.write(f"\r[{bar}] {done} of {groups} groups", ending="")
        self.stdout.flush()
