"""The check pages as a static site, for the day when this program is off."""

from django.core.management.base import BaseCommand, CommandError

from certificates import registry


class Command(BaseCommand):
    help = (
        "Write all check pages as files into a folder. Any web server that hands them out at this "
        "site's address keeps every printed link working. Run it again to bring them up to date. "
        "The server should not list what is in a folder."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", help="where to, like /var/www/registry")

    def handle(self, *args, folder, **options):
        try:
            written = sum(1 for _serial in registry.write(folder))
        except OSError as fault:
            raise CommandError(f"{fault.filename}: {fault.strerror}.") from fault
        self.stdout.write(f"Written to {folder}: {written} certificates.")
