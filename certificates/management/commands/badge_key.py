"""Make or list the keys that badges are signed with."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from certificates.badges import keys

ELSEWHERE = (
    "The keys come from BADGE_KEY here, so they cannot be kept in a file. "
    "Add this line to BADGE_KEY, after those that are there:"
)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "what",
            nargs="?",
            choices=["list", "new"],
            default="list",
            help="list: which there are (no secret is shown). new: make one, which then signs",
        )

    def handle(self, *args, what, **options):
        try:
            self._make() if what == "new" else self._list()
        except keys.KeysUnreadable as fault:
            raise CommandError(str(fault)) from None

    def _make(self):
        key = keys.new()
        if settings.BADGE_KEY:
            self.stdout.write(f"{ELSEWHERE}\n{key.line}")
            return
        keys.known()  # so that nothing is added to a file that cannot be read
        keys.add(key)
        self.stdout.write(f"From now on badges are signed with {key.public}.")
        self.stdout.write(f"It is in {settings.BADGE_KEYS_FILE}. Keep a copy in a safe place.")

    def _list(self):
        found = keys.known()
        if not found:
            self.stdout.write("There is no key, and so no badges. `badge_key new` makes one.")
        for place, key in enumerate(found):
            does = "signs" if place == 0 else "checks older badges"
            self.stdout.write(f"{key.made_at:%d.%m.%Y %H:%M} UTC  {key.public}  {does}")
