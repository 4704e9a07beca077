from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from lms import backups, restoring


class Command(BaseCommand):
    help = (
        "Put a backup back. Stop the site first. Nothing is touched before all of the backup has "
        "been checked."
    )
    requires_system_checks = []  # there may be no tables yet

    def add_arguments(self, parser):
        parser.add_argument("backup", type=Path, help="the folder alongside-… that backup made")
        parser.add_argument(
            "--over", action="store_true", help="replace what is here; files are set aside"
        )
        parser.add_argument(
            "--erased", type=Path, help="a newer list of those who were erased (erased.jsonl)"
        )

    def handle(self, *args, **options):
        folder = options["backup"].resolve()
        try:
            restoring.check(folder)
            if not options["over"] and not restoring.is_empty():
                raise CommandError(
                    "This site is not empty, so nothing was touched. To replace what is here, "
                    "stop the site and add --over."
                )
            left = restoring.restore(folder, erased=options["erased"])
        except (restoring.CannotRestore, backups.CannotBackUp, OSError) as fault:
            raise CommandError(str(fault)) from fault
        for sentence in left:
            self.stdout.write(sentence)
        self.stdout.write("All of it is back. Start the site, and sign in to look around.")
