from django.core.management.base import BaseCommand, CommandError

from lms import starting


class Command(BaseCommand):
    help = (
        "Look whether all is in place to start the site, and say what is missing. It changes "
        "nothing, and ends with an error where something is missing that the site needs."
    )
    requires_system_checks = []  # what they complain of is said here, in words

    def add_arguments(self, parser):
        parser.add_argument("--mail", action="store_true", help="knock at the mail server too")
        parser.add_argument("--quiet", action="store_true", help="say only what is missing")

    def handle(self, *args, **options):
        looks = [*starting.LOOKS, *([starting.MAIL] if options["mail"] else [])]
        needed = []
        for look in looks:
            missing = look.missing()
            if missing and look.needed:
                needed.append(look.what)
            if missing or not options["quiet"]:
                self.stdout.write(f"{_mark(look, missing)} {look.what}. {missing}".rstrip())
        if needed:
            raise CommandError(f"Not ready to start yet: {', '.join(needed)}.")
        self.stdout.write("Ready to start.")


def _mark(look, missing):
    if not missing:
        return "[well]   "
    return "[missing]" if look.needed else "[look]   "
