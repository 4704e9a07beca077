from django.core.management.base import BaseCommand
from django.utils import translation

from lms.privacy.record_of_processing import as_markdown


class Command(BaseCommand):
    help = "Print what is kept about people, what for and for how long; docs/privacy.md is this."

    def handle(self, *args, **options):
        with translation.override("en-gb"):
            self.stdout.write(as_markdown(), ending="")
