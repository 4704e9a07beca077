from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from lms import backups


class Command(BaseCommand):
    help = (
        "Make a backup of the database, the files and the keys, in a folder of its own below "
        "TO_FOLDER. The site goes on meanwhile. Keep a copy away from this machine."
    )

    def add_arguments(self, parser):
        parser.add_argument("to_folder", type=Path)
        parser.add_argument(
            "--keep", type=int, default=0, metavar="N", help="remove all but the newest N after it"
        )

    def handle(self, *args, **options):
        try:
            done = backups.make(options["to_folder"].resolve(), keep=options["keep"])
        except (backups.CannotBackUp, OSError) as fault:
            raise CommandError(f"There is no new backup. {fault}") from fault
        manifest = backups.read_manifest(done)
        self.stdout.write(f"The backup is at {done}. Files in it: {len(manifest['files'])}.")
        if manifest["files_elsewhere"]:
            missing = ", ".join(manifest["files_elsewhere"])
            self.stdout.write(f"Not in it, as they are kept elsewhere: {missing}.")
